// role.ts: ROLE.

import { defineCommand } from '../../engine/command/command.ts'
import { WIRE_ROLES } from '../../engine/dispatch/role.ts'

export const role = defineCommand({
  name: 'ROLE',
  group: 'server',
  since: '2.8.12',
  summary: 'Tells whether the server is a primary or a replica, and of what.',
  complexity: 'O(1)',
  flags: ['noscript', 'loading', 'stale', 'fast'],
  categories: ['admin', 'dangerous'],
  run({ engine }, _args, reply) {
    // The replication offset stands at 0, and there are no replicas.
    reply.array(3)
    reply.text(WIRE_ROLES[engine.role])
    reply.integer(0)
    reply.array(0)
  },
})
