// pop.ts: members that are taken out at an end: ZPOPMIN, ZPOPMAX, ZMPOP, and BZPOPMIN, BZPOPMAX and
// BZMPOP, which wait for some.

import type { Span } from '../../../bytes/memory/span.ts'
import type { Reply } from '../../../bytes/wire/reply.ts'
import type { Args } from '../../../engine/arguments/args.ts'
import { defineCommand } from '../../../engine/command/command.ts'
import { errors } from '../../../engine/contract/errors.ts'
import { ZSET } from '../../../engine/contract/events.ts'
import type { Context } from '../../../engine/dispatch/context.ts'
import type { SortedSet } from '../sorted-set.ts'
import { sortedSetType } from '../type.ts'
import { countOf } from './count.ts'

/** What a call asks for, read into the same object again and again. */
const request = { max: false, count: 1, nested: false, firstKey: 0, lastKey: 0 }

const zpopmin = defineCommand({
  name: 'ZPOPMIN',
  group: 'sorted-set',
  since: '5.0.0',
  summary: 'Takes the members with the lowest scores.',
  complexity: 'O(log(N)*M) for M of N members',
  syntax: 'key [count:int]',
  keys: 'RW access delete',
  flags: ['write', 'fast'],
  run: (ctx, args, reply) => pop(ctx, args, reply, false),
})

const zpopmax = defineCommand({
  name: 'ZPOPMAX',
  group: 'sorted-set',
  since: '5.0.0',
  summary: 'Takes the members with the highest scores.',
  complexity: 'O(log(N)*M) for M of N members',
  syntax: 'key [count:int]',
  keys: 'RW access delete',
  flags: ['write', 'fast'],
  run: (ctx, args, reply) => pop(ctx, args, reply, true),
})

const zmpop = defineCommand({
  name: 'ZMPOP',
  group: 'sorted-set',
  since: '7.0.0',
  summary: 'Takes members of the first sorted set that has any, from its low or high end.',
  complexity: 'O(K)+O(M*log(N)) for K keys and M of N members',
  syntax: 'numkeys:int key+ (where: MIN | MAX) [COUNT count:int]',
  keys: 'RW access delete',
  flags: ['write'],
  run(ctx, args, reply) {
    readRequest(args, 1)
    if (!popFirst(ctx, args, reply)) reply.nilArray()
  },
})

const bzpopmin = defineCommand({
  name: 'BZPOPMIN',
  group: 'sorted-set',
  since: '5.0.0',
  summary: 'Takes the lowest member of the first sorted set that has any, and waits if none has.',
  complexity: 'O(log(N)) for N members',
  syntax: 'key+ timeout:double',
  keys: 'RW access delete',
  flags: ['write', 'blocking', 'fast'],
  history: [['6.0.0', 'the timeout may have decimals']],
  run: (ctx, args, reply) => popOrWait(ctx, args, reply, false),
})

const bzpopmax = defineCommand({
  name: 'BZPOPMAX',
  group: 'sorted-set',
  since: '5.0.0',
  summary: 'Takes the highest member of the first sorted set that has any, and waits if none has.',
  complexity: 'O(log(N)) for N members',
  syntax: 'key+ timeout:double',
  keys: 'RW access delete',
  flags: ['write', 'blocking', 'fast'],
  history: [['6.0.0', 'the timeout may have decimals']],
  run: (ctx, args, reply) => popOrWait(ctx, args, reply, true),
})

const bzmpop = defineCommand({
  name: 'BZMPOP',
  group: 'sorted-set',
  since: '7.0.0',
  summary: 'Takes members of the first sorted set that has any, and waits if none has.',
  complexity: 'O(K)+O(M*log(N)) for K keys and M of N members',
  syntax: 'timeout:double numkeys:int key+ (where: MIN | MAX) [COUNT count:int]',
  keys: 'RW access delete',
  flags: ['write', 'blocking'],
  run(ctx, args, reply) {
    readRequest(args, 2)
    const timeoutMs = args.timeout(1)
    if (!popFirst(ctx, args, reply)) wait(ctx, args, timeoutMs)
  },
})

function pop(ctx: Context, args: Args, reply: Reply, max: boolean): void {
  if (args.count > 3) throw errors.syntax
  const isCounted = args.count === 3
  request.max = max
  request.count = isCounted ? countOf(args, 2, 0, errors.notPositive) : 1
  const key = args.key(1)
  const ref = ctx.find(key)
  if (ref === 0 || request.count === 0) {
    ctx.expectType(ref, sortedSetType)
    reply.array(0)
    return
  }
  const set = ctx.viewOf(ref, sortedSetType)
  const count = Math.min(request.count, set.count)
  request.nested = isCounted && reply.protocol === 3
  reply.array(request.nested ? count : count * 2)
  take(ctx, key, set, reply)
}

function popOrWait(ctx: Context, args: Args, reply: Reply, max: boolean): void {
  const timeoutMs = args.timeout(args.count - 1)
  request.max = max
  request.count = 1
  request.nested = false
  request.firstKey = 1
  request.lastKey = args.count - 2
  if (!popFirst(ctx, args, reply)) wait(ctx, args, timeoutMs)
}

/** Reads the number of keys at an argument, and what follows it. */
function readRequest(args: Args, at: number): void {
  const keys = countOf(args, at, 1, errors.numKeysPositive)
  const where = at + keys + 1
  if (where >= args.count) throw errors.syntax
  request.max = args.is(where, 'MAX')
  if (!request.max && !args.is(where, 'MIN')) throw errors.syntax
  request.nested = true
  request.firstKey = at + 1
  request.lastKey = at + keys
  request.count = 1
  const more = args.count - where - 1
  if (more === 0) return
  if (more < 2 || !args.is(where + 1, 'COUNT')) throw errors.syntax
  request.count = countOf(args, where + 2, 1, errors.countPositive)
  if (more > 2) throw errors.syntax
}

/** Takes members of the first key that has any; false when none has. */
function popFirst(ctx: Context, args: Args, reply: Reply): boolean {
  for (let i = request.firstKey; i <= request.lastKey; i++) {
    const key = args.key(i)
    const ref = ctx.find(key)
    if (ref === 0) continue
    const set = ctx.viewOf(ref, sortedSetType)
    const count = Math.min(request.count, set.count)
    reply.array(request.nested ? 2 : 3)
    reply.bulk(key)
    if (request.nested) reply.array(count)
    take(ctx, key, set, reply)
    if (ctx.engine.effects.armed) {
      const effect = ctx.restate(request.nested ? 3 : 2)
      effect.word(request.max ? 'ZPOPMAX' : 'ZPOPMIN').span(key)
      if (request.nested) effect.number(count)
    }
    return true
  }
  return false
}

/** Replies with members of an end and takes them out. */
function take(ctx: Context, key: Span, set: SortedSet, reply: Reply): void {
  const { max, nested } = request
  const count = Math.min(request.count, set.count)
  set.seek(max ? set.count - 1 : 0)
  for (let left = count; left > 0; left--) {
    if (nested) reply.array(2)
    reply.bulk(set.member)
    reply.double(set.score)
    if (max) set.previous()
    else set.next()
  }
  const isEmpty = count === set.count
  if (!isEmpty) set.removeRange(max ? set.count - count : 0, count)
  ctx.changed(ZSET, max ? 'zpopmax' : 'zpopmin', key, count)
  if (isEmpty) ctx.remove(set.ref, key, 0)
}

function wait(ctx: Context, args: Args, timeoutMs: number): void {
  const keys = args.keys(request.firstKey, request.lastKey)
  ctx.block({ keys, type: sortedSetType, timeoutMs, timedOut: replyNothing })
}

function replyNothing(reply: Reply): void {
  reply.nilArray()
}

export const popCommands = [zpopmin, zpopmax, zmpop, bzpopmin, bzpopmax, bzmpop]
