// wait.ts: the list commands that wait for an element: BLPOP, BRPOP, BLMPOP, BLMOVE, BRPOPLPUSH.

import type { Span } from '../../../bytes/memory/span.ts'
import type { Reply } from '../../../bytes/wire/reply.ts'
import type { Args } from '../../../engine/arguments/args.ts'
import { defineCommand } from '../../../engine/command/command.ts'
import type { Context } from '../../../engine/dispatch/context.ts'
import { StoredList } from '../stored-list.ts'
import { listType } from '../type.ts'
import { isHead } from './arguments.ts'
import { moveElement } from './move.ts'
import { many, popFirst, readManyOptions } from './pop.ts'
import { takeOne } from './take.ts'

const stored = new StoredList()

const blpop = defineCommand({
  name: 'BLPOP',
  group: 'list',
  since: '2.0.0',
  summary: 'Takes the first element of the first list that has any, and waits if none has.',
  complexity: 'O(N) for N keys',
  syntax: 'key+ timeout:double',
  keys: 'RW access delete',
  flags: ['write', 'blocking'],
  history: [['6.0.0', 'the timeout may have decimals']],
  run: (ctx, args, reply) => popOrWait(ctx, args, reply, true),
})

const brpop = defineCommand({
  name: 'BRPOP',
  group: 'list',
  since: '2.0.0',
  summary: 'Takes the last element of the first list that has any, and waits if none has.',
  complexity: 'O(N) for N keys',
  syntax: 'key+ timeout:double',
  keys: 'RW access delete',
  flags: ['write', 'blocking'],
  history: [['6.0.0', 'the timeout may have decimals']],
  run: (ctx, args, reply) => popOrWait(ctx, args, reply, false),
})

const blmpop = defineCommand({
  name: 'BLMPOP',
  group: 'list',
  since: '7.0.0',
  summary: 'Takes elements from the first list that has any, and waits if none has.',
  complexity: 'O(N+M) for N keys and M elements',
  syntax: 'timeout:double numkeys:int key+ (where: LEFT | RIGHT) [COUNT count:int]',
  keys: 'RW access delete',
  flags: ['write', 'blocking'],
  run(ctx, args, reply) {
    readManyOptions(args, 2)
    const timeoutMs = args.timeout(1)
    if (popFirst(ctx, args, reply)) return
    waitFor(ctx, args.keys(many.firstKey, many.lastKey), timeoutMs)
  },
})

const blmove = defineCommand({
  name: 'BLMOVE',
  group: 'list',
  since: '6.2.0',
  summary: 'Moves an element from list to list, and waits for one if need be.',
  complexity: 'O(1)',
  syntax:
    'source:key destination:key ' +
    '(wherefrom: LEFT | RIGHT) (whereto: LEFT | RIGHT) timeout:double',
  keys: ['RW access delete', 'RW insert'],
  flags: ['write', 'denyoom', 'blocking'],
  run(ctx, args, reply) {
    const fromHead = isHead(args, 3)
    const toHead = isHead(args, 4)
    const timeoutMs = args.timeout(5)
    if (moveElement(ctx, args, fromHead, toHead)) {
      if (ctx.engine.effects.armed) {
        ctx.restate(5).word('LMOVE').words(args, 1, 5)
      }
    } else waitToMove(ctx, args, reply, timeoutMs)
  },
})

const brpoplpush = defineCommand({
  name: 'BRPOPLPUSH',
  group: 'list',
  since: '2.2.0',
  summary:
    'Moves the last element of a list to the front of another, and waits for one if need be.',
  complexity: 'O(1)',
  syntax: 'source:key destination:key timeout:double',
  keys: ['RW access delete', 'RW insert'],
  flags: ['write', 'denyoom', 'blocking'],
  history: [['6.0.0', 'the timeout may have decimals']],
  deprecated: '6.2.0',
  replacedBy: '`BLMOVE` with the `RIGHT` and `LEFT` arguments',
  run(ctx, args, reply) {
    const timeoutMs = args.timeout(3)
    if (moveElement(ctx, args, false, true)) {
      if (ctx.engine.effects.armed) ctx.restate(3).word('RPOPLPUSH').words(args, 1, 3)
    } else waitToMove(ctx, args, reply, timeoutMs)
  },
})

function popOrWait(ctx: Context, args: Args, reply: Reply, atHead: boolean): void {
  const last = args.count - 1
  const timeoutMs = args.timeout(last)
  for (let i = 1; i < last; i++) {
    const key = args.key(i)
    const ref = ctx.find(key)
    if (ref === 0) continue
    ctx.expectType(ref, listType)
    reply.array(2)
    reply.bulk(key)
    takeOne(ctx, stored.at(ctx.db, key, ref), atHead)
    if (ctx.engine.effects.armed)
      ctx
        .restate(2)
        .word(atHead ? 'LPOP' : 'RPOP')
        .span(key)
    return
  }
  waitFor(ctx, args.keys(1, last - 1), timeoutMs)
}

function waitToMove(ctx: Context, args: Args, reply: Reply, timeoutMs: number): void {
  // Who may not wait gets another nothing than who has waited in vain.
  if (!ctx.mayBlock) reply.nil()
  else waitFor(ctx, args.keys(1, 1), timeoutMs)
}

function waitFor(ctx: Context, keys: readonly Span[], timeoutMs: number): void {
  ctx.block({ keys, type: listType, timeoutMs, timedOut: replyNothing })
}

function replyNothing(reply: Reply): void {
  reply.nilArray()
}

export const waitCommands = [blpop, brpop, blmove, brpoplpush, blmpop]
