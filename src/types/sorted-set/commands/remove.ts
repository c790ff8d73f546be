// remove.ts: ZREM and the commands that remove a range: ZREMRANGEBYRANK, -BYSCORE, -BYLEX.

import type { Span } from '../../../bytes/memory/span.ts'
import type { Reply } from '../../../bytes/wire/reply.ts'
import type { Args } from '../../../engine/arguments/args.ts'
import { defineCommand } from '../../../engine/command/command.ts'
import { ZSET } from '../../../engine/contract/events.ts'
import type { Context } from '../../../engine/dispatch/context.ts'
import type { SortedSet } from '../sorted-set.ts'
import { sortedSetType } from '../type.ts'
import { NameRange, ScoreRange } from './bounds.ts'

const scores = new ScoreRange()
const names = new NameRange()

const zrem = defineCommand({
  name: 'ZREM',
  group: 'sorted-set',
  since: '1.2.0',
  summary: 'Removes members of a sorted set, and the set with its last member.',
  complexity: 'O(M*log(N)) for M of N members',
  syntax: 'key member+',
  keys: 'RW delete',
  flags: ['write', 'fast'],
  history: [['2.4.0', 'takes several members']],
  run: runRemove,
})

const zremrangebyrank = defineCommand({
  name: 'ZREMRANGEBYRANK',
  group: 'sorted-set',
  since: '2.0.0',
  summary: 'Removes the members in a range of ranks.',
  complexity: 'O(log(N)+M) for M of N members',
  syntax: 'key start:int stop:int',
  keys: 'RW delete',
  flags: ['write'],
  run(ctx, args, reply) {
    const start = args.position(2)
    const stop = args.position(3)
    const set = sortedSetAt(ctx, args.key(1))
    if (set === null) {
      reply.integer(0)
      return
    }
    const { count } = set
    const first = Math.max(0, start < 0 ? start + count : start)
    const last = Math.min(count - 1, stop < 0 ? stop + count : stop)
    removeRange(ctx, args, reply, { set, first, count: last - first + 1, event: BY_RANK })
  },
})

const zremrangebyscore = defineCommand({
  name: 'ZREMRANGEBYSCORE',
  group: 'sorted-set',
  since: '1.2.0',
  summary: 'Removes the members in a range of scores.',
  complexity: 'O(log(N)+M) for M of N members',
  syntax: 'key min:double max:double',
  keys: 'RW delete',
  flags: ['write'],
  run(ctx, args, reply) {
    scores.read(args.at(2), args.at(3))
    const set = sortedSetAt(ctx, args.key(1))
    const count = set === null ? 0 : set.countScored(scores)
    const first = count === 0 ? 0 : set!.countBefore(scores)
    removeRange(ctx, args, reply, { set, first, count, event: BY_SCORE })
  },
})

const zremrangebylex = defineCommand({
  name: 'ZREMRANGEBYLEX',
  group: 'sorted-set',
  since: '2.8.9',
  summary: 'Removes the members in a range of names.',
  complexity: 'O(log(N)+M) for M of N members',
  syntax: 'key min max',
  keys: 'RW delete',
  flags: ['write'],
  run(ctx, args, reply) {
    names.read(args.at(2), args.at(3))
    const set = sortedSetAt(ctx, args.key(1))
    const count = set === null ? 0 : set.countNamed(names, 0, false)
    const first = count === 0 ? 0 : set!.firstNamed
    removeRange(ctx, args, reply, { set, first, count, event: BY_LEX })
  },
})

const BY_RANK = 'zremrangebyrank'
const BY_SCORE = 'zremrangebyscore'
const BY_LEX = 'zremrangebylex'

/** The sorted set of a key, for a change; null where there is no such key. */
function sortedSetAt(ctx: Context, key: Span): SortedSet | null {
  const ref = ctx.find(key)
  return ref === 0 ? null : ctx.viewOf(ref, sortedSetType)
}

function runRemove(ctx: Context, args: Args, reply: Reply): void {
  const key = args.key(1)
  const set = sortedSetAt(ctx, key)
  let removed = 0
  let isEmpty = false
  for (let i = 2; set !== null && !isEmpty && i < args.count; i++) {
    if (Number.isNaN(set.find(args.at(i)))) continue
    removed++
    // The last one goes with the entry.
    if (set.count === 1) isEmpty = true
    else set.drop()
  }
  if (removed > 0) {
    ctx.changed(ZSET, 'zrem', key, removed)
    if (isEmpty) ctx.remove(set!.ref, key, 0)
  }
  reply.integer(removed)
}

type Removal = { set: SortedSet | null; first: number; count: number; event: string }

function removeRange(ctx: Context, args: Args, reply: Reply, removal: Removal): void {
  const { set, first, count, event } = removal
  if (set === null || count <= 0) {
    reply.integer(0)
    return
  }
  const key = args.key(1)
  const isEmpty = count === set.count
  if (!isEmpty) set.removeRange(first, count)
  ctx.changed(ZSET, event, key, count)
  if (isEmpty) ctx.remove(set.ref, key, 0)
  reply.integer(count)
}

export const removeCommands = [zrem, zremrangebyrank, zremrangebyscore, zremrangebylex]
