// persist.ts: PERSIST.

import { defineCommand } from '../../engine/command/command.ts'
import { GENERIC } from '../../engine/contract/events.ts'

export const persist = defineCommand({
  name: 'PERSIST',
  group: 'generic',
  since: '2.2.0',
  summary: 'Takes the expiry time of a key away.',
  complexity: 'O(1)',
  syntax: 'key',
  keys: 'RW update',
  flags: ['write', 'fast'],
  run(ctx, args, reply) {
    const key = args.key(1)
    const ref = ctx.find(key)
    if (ref !== 0) ctx.dataType(ref).settle?.(ctx.db, ref)
    const persisted = ref !== 0 && ctx.db.persist(ref)
    if (persisted) ctx.changed(GENERIC, 'persist', key)
    reply.integer(persisted ? 1 : 0)
  },
})
