// pop.ts: LPOP, RPOP and LMPOP, and what the blocking commands have in common with them.

import type { Reply } from '../../../bytes/wire/reply.ts'
import type { Args } from '../../../engine/arguments/args.ts'
import { defineCommand } from '../../../engine/command/command.ts'
import { errors } from '../../../engine/contract/errors.ts'
import type { Context } from '../../../engine/dispatch/context.ts'
import { StoredList } from '../stored-list.ts'
import { listType } from '../type.ts'
import { countAt, isHead } from './arguments.ts'
import { takeMany, takeOne } from './take.ts'

const stored = new StoredList()

const lpop = defineCommand({
  name: 'LPOP',
  group: 'list',
  since: '1.0.0',
  summary: 'Takes elements from the front of a list.',
  complexity: 'O(N) for N elements taken',
  syntax: 'key [count:int]@6.2',
  keys: 'RW access delete',
  flags: ['write', 'fast'],
  history: [['6.2.0', 'takes a count']],
  run: (ctx, args, reply) => pop(ctx, args, reply, true),
})

const rpop = defineCommand({
  name: 'RPOP',
  group: 'list',
  since: '1.0.0',
  summary: 'Takes elements from the back of a list.',
  complexity: 'O(N) for N elements taken',
  syntax: 'key [count:int]@6.2',
  keys: 'RW access delete',
  flags: ['write', 'fast'],
  history: [['6.2.0', 'takes a count']],
  run: (ctx, args, reply) => pop(ctx, args, reply, false),
})

const lmpop = defineCommand({
  name: 'LMPOP',
  group: 'list',
  since: '7.0.0',
  summary: 'Takes elements from the first list that has any.',
  complexity: 'O(N+M) for N keys and M elements',
  syntax: 'numkeys:int key+ (where: LEFT | RIGHT) [COUNT count:int]',
  keys: 'RW access delete',
  flags: ['write'],
  run(ctx, args, reply) {
    readManyOptions(args, 1)
    if (!popFirst(ctx, args, reply)) reply.nilArray()
  },
})

/** What LMPOP and BLMPOP were given, read into the same object again and again. */
export const many = { firstKey: 0, lastKey: 0, atHead: false, count: 1 }

/**
 * Reads the arguments of LMPOP and BLMPOP into `many`.
 * @param at where the number of keys stands
 */
export function readManyOptions(args: Args, at: number): void {
  const keys = countAt(args, at, 1, errors.numKeysPositive)
  const where = at + keys + 1
  if (where >= args.count) throw errors.syntax
  many.firstKey = at + 1
  many.lastKey = at + keys
  many.atHead = isHead(args, where)
  many.count = 0
  for (let i = where + 1; i < args.count; i += 2) {
    if (many.count !== 0 || !args.is(i, 'COUNT') || i + 1 === args.count) throw errors.syntax
    many.count = countAt(args, i + 1, 1, errors.countPositive)
  }
  if (many.count === 0) many.count = 1
}

/** Takes elements, as `many` says, from the first list there is; false where there is none. */
export function popFirst(ctx: Context, args: Args, reply: Reply): boolean {
  const { firstKey, lastKey, atHead, count } = many
  for (let i = firstKey; i <= lastKey; i++) {
    const key = args.key(i)
    const ref = ctx.find(key)
    if (ref === 0) continue
    reply.array(2)
    reply.bulk(key)
    const taken = takeMany(ctx, stored.at(ctx.db, key, ref), count, atHead)
    if (ctx.engine.effects.armed) {
      ctx
        .restate(3)
        .word(atHead ? 'LPOP' : 'RPOP')
        .span(key)
        .number(taken)
    }
    return true
  }
  return false
}

function pop(ctx: Context, args: Args, reply: Reply, atHead: boolean): void {
  if (args.count > 3) throw errors.arity(ctx.command.fullName)
  if (args.count === 3) {
    popCount(ctx, args, reply, atHead)
    return
  }
  const key = args.key(1)
  const ref = ctx.find(key)
  if (ref === 0) reply.nil()
  else takeOne(ctx, stored.at(ctx.db, key, ref), atHead)
}

function popCount(ctx: Context, args: Args, reply: Reply, atHead: boolean): void {
  const count = countAt(args, 2, 0, errors.notPositive)
  const key = args.key(1)
  const ref = ctx.find(key)
  ctx.expectType(ref, listType)
  if (ref === 0) reply.nilArray()
  else if (count === 0) reply.array(0)
  else takeMany(ctx, stored.at(ctx.db, key, ref), count, atHead)
}

export const popCommands = [lpop, rpop, lmpop]
