// flush.ts: FLUSHDB and FLUSHALL. A database is dropped as a whole, whatever the number of its
// keys: there is nothing to do in the background, and SYNC and ASYNC differ in statistics only.

import type { Args } from '../../engine/arguments/args.ts'
import { defineCommand } from '../../engine/command/command.ts'
import { errors } from '../../engine/contract/errors.ts'
import type { Context } from '../../engine/dispatch/context.ts'
import { TO_ALL } from '../../engine/effects/block.ts'

const flushDb = defineCommand({
  name: 'FLUSHDB',
  group: 'server',
  since: '1.0.0',
  summary: 'Removes the keys of the database.',
  complexity: 'O(N) for N keys',
  syntax: '[flush-type: ASYNC@4.0 | SYNC@6.2]',
  flags: ['write'],
  tips: ['request_policy:all_shards', 'response_policy:all_succeeded'],
  categories: ['keyspace', 'dangerous'],
  history: [
    ['4.0.0', 'takes ASYNC'],
    ['6.2.0', 'takes SYNC'],
  ],
  run(ctx, args, reply) {
    checkType(args)
    flush(ctx, args, ctx.db.id, ctx.db.id)
    reply.ok()
  },
})

const flushAll = defineCommand({
  name: 'FLUSHALL',
  group: 'server',
  since: '1.0.0',
  summary: 'Removes the keys of all databases.',
  complexity: 'O(N) for N keys in all databases',
  syntax: '[flush-type: ASYNC@4.0 | SYNC@6.2]',
  flags: ['write'],
  tips: ['request_policy:all_shards', 'response_policy:all_succeeded'],
  categories: ['keyspace', 'dangerous'],
  history: [
    ['4.0.0', 'takes ASYNC'],
    ['6.2.0', 'takes SYNC'],
  ],
  run(ctx, args, reply) {
    checkType(args)
    flush(ctx, args, 0, ctx.engine.databases.length - 1)
    reply.ok()
  },
})

export const flushCommands = [flushDb, flushAll]

function checkType(args: Args): void {
  const known = args.count === 1 || args.is(1, 'SYNC') || args.is(1, 'ASYNC')
  if (!known || args.count > 2) throw errors.syntax
}

/** Empties the databases from `first` to `last`. */
function flush(ctx: Context, args: Args, first: number, last: number): void {
  const { engine } = ctx
  let gone = 0
  for (let id = first; id <= last; id++) gone += engine.flushDatabase(id)
  ctx.count(gone)
  if (lazily(ctx, args)) engine.stats.lazyFreed += gone
  ctx.db = engine.databases[ctx.session.database]!
  // A replica may hold keys that have gone here: it is told even if nothing was there.
  if (engine.effects.armed) engine.effects.force(TO_ALL)
}

/** redis-server counts what its background thread frees: all but a flush that must not wait. */
function lazily(ctx: Context, args: Args): boolean {
  if (args.is(1, 'ASYNC') || ctx.engine.dispatcher.depth <= 1) return true
  return args.count === 1 && ctx.engine.config.flag('lazyfree-lazy-user-flush').value
}
