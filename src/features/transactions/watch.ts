// watch.ts: WATCH and UNWATCH: a transaction that executes only if nobody changed the keys it was
// built on.

import { defineCommand } from '../../engine/command/command.ts'
import { errors } from './errors.ts'

export const watch = defineCommand({
  name: 'WATCH',
  group: 'transactions',
  since: '2.2.0',
  summary: 'Makes the next EXEC fail if one of the keys changes before it.',
  complexity: 'O(1) for each key',
  syntax: 'key+',
  keys: 'RO',
  flags: ['noscript', 'loading', 'stale', 'fast', 'allow_busy', 'unqueued'],
  reply: 'OK',
  run(ctx, args, reply) {
    const { transaction } = ctx.session
    if (transaction.open) throw errors.watchInMulti
    if (!transaction.dirtyCas) {
      for (let i = 1; i < args.count; i++) transaction.watch(ctx.db, args.key(i), ctx.now)
    }
    reply.ok()
  },
})

export const unwatch = defineCommand({
  name: 'UNWATCH',
  group: 'transactions',
  since: '2.2.0',
  summary: 'Forgets all watched keys.',
  complexity: 'O(1)',
  flags: ['noscript', 'loading', 'stale', 'fast', 'allow_busy'],
  reply: 'OK',
  run(ctx, _args, reply) {
    const { transaction } = ctx.session
    transaction.unwatch()
    transaction.dirtyCas = false
    reply.ok()
  },
})
