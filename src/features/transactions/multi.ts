// multi.ts: MULTI and DISCARD, the ends of a transaction that is not executed.

import { defineCommand } from '../../engine/command/command.ts'
import { errors } from './errors.ts'

export const multi = defineCommand({
  name: 'MULTI',
  group: 'transactions',
  since: '1.2.0',
  summary: 'Opens a transaction: what follows is queued until EXEC.',
  complexity: 'O(1)',
  flags: ['noscript', 'loading', 'stale', 'fast', 'allow_busy', 'unqueued'],
  reply: 'OK',
  run(ctx, _args, reply) {
    // Thrown by a handler, not by a gate: the transaction goes on unharmed.
    if (ctx.session.transaction.open) throw errors.nestedMulti
    ctx.session.beginTransaction()
    reply.ok()
  },
})

export const discard = defineCommand({
  name: 'DISCARD',
  group: 'transactions',
  since: '2.0.0',
  summary: 'Drops the transaction and all that is queued.',
  complexity: 'O(N) for N queued commands',
  flags: ['noscript', 'loading', 'stale', 'fast', 'allow_busy', 'unqueued'],
  reply: 'OK',
  run(ctx, _args, reply) {
    if (!ctx.session.transaction.open) throw errors.discardWithoutMulti
    ctx.session.endTransaction()
    reply.ok()
  },
})
