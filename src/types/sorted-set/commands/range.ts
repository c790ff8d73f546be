// range.ts: the members in a range of ranks, scores or names: ZRANGE, ZRANGESTORE, and the
// commands that are one of its options under an older name.

import type { Reply } from '../../../bytes/wire/reply.ts'
import type { Args } from '../../../engine/arguments/args.ts'
import { defineCommand } from '../../../engine/command/command.ts'
import type { Context } from '../../../engine/dispatch/context.ts'
import { errors } from '../errors.ts'
import { sortedSetLimits } from '../limits.ts'
import type { SortedSet } from '../sorted-set.ts'
import { sortedSetType } from '../type.ts'
import { NameRange, ScoreRange } from './bounds.ts'
import { Gathered } from './store.ts'

const BY_RANK = 0
const BY_SCORE = 1
const BY_NAME = 2
/** The options say it. */
const OPEN = 3
const FORWARDS = 0
const BACKWARDS = 1
/** Up to so many members are counted on the way; more are told by the ranks of both ends. */
const WALKED_MAX = 256

/** What a call asks for, read into the same object again and again. */
const range = {
  by: OPEN,
  direction: OPEN,
  withScores: false,
  offset: 0,
  limit: -1,
  /** Limits of ranks. */
  start: 0,
  stop: 0,
}
const scores = new ScoreRange()
const names = new NameRange()
/** How many members the range has; the walk of the set stands at the first one then. */
let length = 0

const zrange = defineCommand({
  name: 'ZRANGE',
  group: 'sorted-set',
  since: '1.2.0',
  summary: 'Lists the members in a range of ranks, scores or names.',
  complexity: 'O(log(N)+M) for M of N members',
  syntax:
    'key start stop [sortby: BYSCORE | BYLEX]@6.2 [REV]@6.2 ' +
    '[LIMIT (offset:int count:int)]@6.2 [WITHSCORES]',
  keys: 'RO access',
  flags: ['readonly'],
  history: [['6.2.0', 'takes REV, BYSCORE, BYLEX and LIMIT']],
  run(ctx, args, reply) {
    begin(OPEN, OPEN)
    replyRange(ctx, args, reply)
  },
})

const zrangestore = defineCommand({
  name: 'ZRANGESTORE',
  group: 'sorted-set',
  since: '6.2.0',
  summary: 'Stores the members in a range of ranks, scores or names.',
  complexity: 'O(log(N)+M) for M of N members',
  syntax:
    'dst:key src:key min max ' + '[sortby: BYSCORE | BYLEX] [REV] [LIMIT (offset:int count:int)]',
  keys: ['OW update', 'RO access'],
  flags: ['write', 'denyoom'],
  run: storeRange,
})

const zrangebyscore = defineCommand({
  name: 'ZRANGEBYSCORE',
  group: 'sorted-set',
  since: '1.0.5',
  summary: 'Lists the members in a range of scores.',
  complexity: 'O(log(N)+M) for M of N members',
  syntax: 'key min:double max:double [WITHSCORES]@2.0 [LIMIT (offset:int count:int)]',
  keys: 'RO access',
  flags: ['readonly'],
  history: [['2.0.0', 'takes WITHSCORES']],
  deprecated: '6.2.0',
  replacedBy: '`ZRANGE` with the `BYSCORE` argument',
  run(ctx, args, reply) {
    begin(BY_SCORE, FORWARDS)
    replyRange(ctx, args, reply)
  },
})

const zrangebylex = defineCommand({
  name: 'ZRANGEBYLEX',
  group: 'sorted-set',
  since: '2.8.9',
  summary: 'Lists the members in a range of names.',
  complexity: 'O(log(N)+M) for M of N members',
  syntax: 'key min max [LIMIT (offset:int count:int)]',
  keys: 'RO access',
  flags: ['readonly'],
  deprecated: '6.2.0',
  replacedBy: '`ZRANGE` with the `BYLEX` argument',
  run(ctx, args, reply) {
    begin(BY_NAME, FORWARDS)
    replyRange(ctx, args, reply)
  },
})

const zrevrange = defineCommand({
  name: 'ZREVRANGE',
  group: 'sorted-set',
  since: '1.2.0',
  summary: 'Lists the members in a range of ranks, the highest score first.',
  complexity: 'O(log(N)+M) for M of N members',
  syntax: 'key start:int stop:int [WITHSCORES]',
  keys: 'RO access',
  flags: ['readonly'],
  deprecated: '6.2.0',
  replacedBy: '`ZRANGE` with the `REV` argument',
  run(ctx, args, reply) {
    begin(BY_RANK, BACKWARDS)
    replyRange(ctx, args, reply)
  },
})

const zrevrangebyscore = defineCommand({
  name: 'ZREVRANGEBYSCORE',
  group: 'sorted-set',
  since: '2.2.0',
  summary: 'Lists the members in a range of scores, the highest first.',
  complexity: 'O(log(N)+M) for M of N members',
  syntax: 'key max:double min:double [WITHSCORES] [LIMIT (offset:int count:int)]',
  keys: 'RO access',
  flags: ['readonly'],
  history: [['2.1.6', 'limits may be exclusive']],
  deprecated: '6.2.0',
  replacedBy: '`ZRANGE` with the `REV` and `BYSCORE` arguments',
  run(ctx, args, reply) {
    begin(BY_SCORE, BACKWARDS)
    replyRange(ctx, args, reply)
  },
})

const zrevrangebylex = defineCommand({
  name: 'ZREVRANGEBYLEX',
  group: 'sorted-set',
  since: '2.8.9',
  summary: 'Lists the members in a range of names, the last name first.',
  complexity: 'O(log(N)+M) for M of N members',
  syntax: 'key max min [LIMIT (offset:int count:int)]',
  keys: 'RO access',
  flags: ['readonly'],
  deprecated: '6.2.0',
  replacedBy: '`ZRANGE` with the `REV` and `BYLEX` arguments',
  run(ctx, args, reply) {
    begin(BY_NAME, BACKWARDS)
    replyRange(ctx, args, reply)
  },
})

function begin(by: number, direction: number): void {
  range.by = by
  range.direction = direction
  range.withScores = false
  range.offset = 0
  range.limit = -1
}

function replyRange(ctx: Context, args: Args, reply: Reply): void {
  readRange(args, 2, true)
  const set = ctx.read(args.key(1), sortedSetType)
  length = 0
  if (set !== null) select(set)
  const { withScores } = range
  const nested = withScores && reply.protocol === 3
  reply.array(withScores && !nested ? length * 2 : length)
  if (length === 0) return
  const backwards = range.direction === BACKWARDS
  let near = 0
  for (let left = length; left > 0; left--) {
    if (near-- === 0) near = set!.fetch(backwards) - 1
    if (nested) reply.array(2)
    reply.bulk(set!.member)
    if (withScores) reply.double(set!.score)
    if (backwards) set!.previous()
    else set!.next()
  }
}

function storeRange(ctx: Context, args: Args, reply: Reply): void {
  begin(OPEN, OPEN)
  readRange(args, 3, false)
  const set = ctx.read(args.key(2), sortedSetType)
  length = 0
  if (set !== null) select(set)
  const gathered = new Gathered(ctx)
  const { entries, value } = ctx.db.parts.limits.of(sortedSetLimits)
  // The reference packs the members until they are too many, which makes 0 of -0.
  let packs = range.by !== BY_RANK || length <= entries
  for (let i = 0; i < length; i++) {
    const { member } = set!
    if (i === entries || member.length > value) packs = false
    gathered.find(member)
    gathered.add(member, packs ? set!.score + 0 : set!.score)
    if (range.direction === BACKWARDS) set!.previous()
    else set!.next()
  }
  reply.integer(gathered.store(ctx, args.key(1), 'zrangestore'))
}

/**
 * Reads limits and options.
 * @param at the argument that is the first limit
 * @param mayShow whether WITHSCORES is allowed
 */
function readRange(args: Args, at: number, mayShow: boolean): void {
  for (let i = at + 2; i < args.count; i++) {
    if (mayShow && args.is(i, 'WITHSCORES')) range.withScores = true
    else if (i + 2 < args.count && args.is(i, 'LIMIT')) {
      range.offset = args.position(i + 1)
      range.limit = args.position(i + 2)
      i += 2
    } else if (range.direction === OPEN && args.is(i, 'REV')) range.direction = BACKWARDS
    else if (range.by === OPEN && args.is(i, 'BYLEX')) range.by = BY_NAME
    else if (range.by === OPEN && args.is(i, 'BYSCORE')) range.by = BY_SCORE
    else throw errors.syntax
  }
  if (range.by === OPEN) range.by = BY_RANK
  if (range.limit !== -1 && range.by === BY_RANK) throw errors.rangeLimit
  if (range.withScores && range.by === BY_NAME) throw errors.rangeScores
  readLimits(args, at)
}

function readLimits(args: Args, at: number): void {
  if (range.by === BY_RANK) {
    range.start = args.position(at)
    range.stop = args.position(at + 1)
    return
  }
  // Backwards, the upper limit comes first.
  const swap = range.direction === BACKWARDS ? 1 : 0
  const min = args.at(at + swap)
  const max = args.at(at + 1 - swap)
  if (range.by === BY_SCORE) scores.read(min, max)
  else names.read(min, max)
}

/** Finds the range in a sorted set: its `length`, and where it begins. */
function select(set: SortedSet): void {
  length = 0
  if (range.by === BY_RANK) selectRanks(set)
  else if (range.offset < 0) return
  else if (range.by === BY_SCORE) selectScores(set)
  else selectNames(set)
}

function selectRanks(set: SortedSet): void {
  const { count } = set
  const { start, stop } = range
  const from = Math.max(0, start < 0 ? start + count : start)
  const to = Math.min(count - 1, stop < 0 ? stop + count : stop)
  if (from > to) return
  length = to - from + 1
  set.seek(range.direction === BACKWARDS ? count - 1 - from : from)
}

function selectScores(set: SortedSet): void {
  const { offset, limit } = range
  const backwards = range.direction === BACKWARDS
  if (offset === 0 && limit >= 0 && limit <= WALKED_MAX) {
    length = set.seekScored(scores, backwards, limit)
    return
  }
  if (scores.isEmpty) return
  const before = set.countBefore(scores)
  const all = set.countBelow(scores.max, !scores.maxOpen) - before
  if (all <= offset) return
  length = limited(all - offset)
  set.seek(backwards ? before + all - 1 - offset : before + offset)
}

function selectNames(set: SortedSet): void {
  length = limited(set.countNamed(names, range.offset, range.direction === BACKWARDS))
  if (length > 0) set.seek(set.firstNamed)
}

function limited(count: number): number {
  return range.limit >= 0 && range.limit < count ? range.limit : count
}

export const rangeCommands = [
  zrange,
  zrangestore,
  zrangebyscore,
  zrangebylex,
  zrevrange,
  zrevrangebyscore,
  zrevrangebylex,
]
