// databases.ts: SELECT, MOVE and SWAPDB: what has to do with several databases.

import { parseInteger } from '../../bytes/numbers/numbers.ts'
import type { Args } from '../../engine/arguments/args.ts'
import { defineCommand } from '../../engine/command/command.ts'
import type { CommandError } from '../../engine/contract/errors.ts'
import { GENERIC } from '../../engine/contract/events.ts'
import type { Context } from '../../engine/dispatch/context.ts'
import { errors } from './errors.ts'

const select = defineCommand({
  name: 'SELECT',
  group: 'connection',
  since: '1.0.0',
  summary: 'Changes the database of this connection.',
  complexity: 'O(1)',
  syntax: 'index:int',
  flags: ['loading', 'stale', 'fast'],
  run(ctx, args, reply) {
    ctx.session.database = databaseAt(ctx, args, 1)
    ctx.db = ctx.engine.databases[ctx.session.database]!
    reply.ok()
  },
})

const move = defineCommand({
  name: 'MOVE',
  group: 'generic',
  since: '1.0.0',
  summary: 'Takes a key with its value into another database.',
  complexity: 'O(1)',
  syntax: 'key db:int',
  keys: 'RW access update',
  flags: ['write', 'fast'],
  run(ctx, args, reply) {
    const target = ctx.engine.databases[databaseAt(ctx, args, 2)]!
    if (target === ctx.db) throw errors.sameObject
    const key = args.key(1)
    const ref = ctx.find(key)
    const movable = ref !== 0 && ctx.findIn(target, key) === 0
    if (movable) {
      ctx.dataType(ref).settle?.(ctx.db, ref)
      ctx.changes.move(ctx.db, ref, target, key)
      ctx.created(key, target)
      ctx.touched(key, 0, target)
      ctx.gone(GENERIC, 'move_from', key)
      ctx.notify(GENERIC, 'move_to', key, target)
    }
    reply.integer(movable ? 1 : 0)
  },
})

const swapDb = defineCommand({
  name: 'SWAPDB',
  group: 'server',
  since: '4.0.0',
  summary: 'Lets two databases change places.',
  complexity: 'O(N) for N clients that watch or wait for keys of either',
  syntax: 'index1:int index2:int',
  flags: ['write', 'fast'],
  categories: ['keyspace', 'dangerous'],
  run(ctx, args, reply) {
    const { engine } = ctx
    const first = indexAt(args, 1, errors.firstDatabase)
    const second = indexAt(args, 2, errors.secondDatabase)
    if (engine.databases[first] === undefined || engine.databases[second] === undefined) {
      throw errors.databaseRange
    }
    if (first !== second) engine.swapDatabases(first, second)
    ctx.db = engine.databases[ctx.session.database]!
    ctx.count(1)
    reply.ok()
  },
})

export const databaseCommands = [select, move, swapDb]

/**
 * The number of a database that argument `i` names.
 * @throws errors.notInteger, errors.int32Range, errors.databaseRange
 */
export function databaseAt(ctx: Context, args: Args, i: number): number {
  const index = args.int32(i)
  if (ctx.engine.databases[index] === undefined) throw errors.databaseRange
  return index
}

/** Argument `i` as an integer of 32 bits, with an error of its own for all that is none. */
function indexAt(args: Args, i: number, error: CommandError): number {
  const { bytes, start, end } = args.at(i)
  const n = parseInteger(bytes, start, end)
  if (n !== (n | 0)) throw error
  return n
}
