// role.ts: ROLE.

import { defineCommand } from '../../engine/command.ts'

export const role = defineCommand({
  name: 'ROLE',
  group: 'server',
  since: '2.8.12',
  summary: 'Tells whether the server is a primary or a replica, and of what.',
  complexity: 'O(1)',
  flags: ['noscript', 'loading', 'stale', 'fast'],
  categories: ['admin', 'dangerous'],
  run(_ctx, _args, reply) {
    // A primary, whose replication offset stands at 0, without replicas.
    reply.array(3)
    reply.text('master')
    reply.integer(0)
    reply.array(0)
  },
})
