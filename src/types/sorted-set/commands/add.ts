// add.ts: ZADD and ZINCRBY, which is one of its options under an older name.

import type { Span } from '../../../bytes/memory/span.ts'
import { parseDouble } from '../../../bytes/numbers/numbers.ts'
import type { Reply } from '../../../bytes/wire/reply.ts'
import type { Args } from '../../../engine/arguments/args.ts'
import { defineCommand } from '../../../engine/command/command.ts'
import { ZSET } from '../../../engine/contract/events.ts'
import type { Context } from '../../../engine/dispatch/context.ts'
import { errors } from '../errors.ts'
import { createPacked, createRanked, isSmall, type SortedSet } from '../sorted-set.ts'
import { sortedSetType } from '../type.ts'

const NX = 1
const XX = 2
const GT = 4
const LT = 8
const CH = 16
const INCR = 32

/** Options of the call that runs. */
let options = 0
/** Its scores, all of which are read before anything is looked up. */
let scores = new Float64Array(64)
/** What it did. */
let added = 0
let updated = 0
/** The score that INCR made, NaN where it made none; in a field it would be an object each time. */
const result = new Float64Array(1)

const zadd = defineCommand({
  name: 'ZADD',
  group: 'sorted-set',
  since: '1.2.0',
  summary: 'Adds members with their scores, or changes scores.',
  complexity: 'O(log(N)) for each member, N being the size of the set',
  syntax:
    'key [NX | XX]@3.0.2 [comparison: GT | LT]@6.2 ' +
    '[change:CH]@3.0.2 [increment:INCR]@3.0.2 (score:double member)+',
  keys: 'RW update',
  flags: ['write', 'denyoom', 'fast'],
  history: [
    ['2.4.0', 'takes several members'],
    ['3.0.2', 'takes XX, NX, CH and INCR'],
    ['6.2.0', 'takes GT and LT'],
  ],
  run: (ctx, args, reply) => add(ctx, args, reply, 0),
})

const zincrby = defineCommand({
  name: 'ZINCRBY',
  group: 'sorted-set',
  since: '1.2.0',
  summary: 'Raises the score of a member; a missing one starts at 0.',
  complexity: 'O(log(N)) for N members',
  syntax: 'key increment:int member',
  keys: 'RW access update',
  flags: ['write', 'denyoom', 'fast'],
  run: (ctx, args, reply) => add(ctx, args, reply, INCR),
})

function add(ctx: Context, args: Args, reply: Reply, implied: number): void {
  options = implied
  const first = readOptions(args)
  readScores(args, first)
  const key = args.key(1)
  const ref = ctx.find(key)
  added = 0
  updated = 0
  result[0] = NaN
  if (ref !== 0) addAll(ctx.viewOf(ref, sortedSetType), args, first, 0)
  else if ((options & XX) === 0) create(ctx, args, first)
  if ((options & INCR) !== 0) {
    const score = result[0]!
    if (Number.isNaN(score)) reply.nil()
    else reply.double(score)
  } else reply.integer((options & CH) !== 0 ? added + updated : added)
  const changes = added + updated
  if (changes > 0) ctx.changed(ZSET, (options & INCR) !== 0 ? 'zincr' : 'zadd', key, changes)
}

/** Reads the options and checks that they go together; returns where the scores begin. */
function readOptions(args: Args): number {
  let at = 2
  for (let option = optionOf(args.at(at)); option !== 0; ) {
    options |= option
    at++
    option = at < args.count ? optionOf(args.at(at)) : 0
  }
  const words = args.count - at
  if (words === 0 || words % 2 !== 0) throw errors.syntax
  if ((options & NX) !== 0) {
    if ((options & XX) !== 0) throw errors.zaddConditions
    if ((options & (GT | LT)) !== 0) throw errors.zaddComparisons
  }
  if ((options & (GT | LT)) === (GT | LT)) throw errors.zaddComparisons
  if ((options & INCR) !== 0 && words > 2) throw errors.zaddIncrement
  return at
}

/** The bit of an option, 0 for any other word. */
function optionOf(word: Span): number {
  const length = word.end - word.start
  if (length === 4) return word.is('INCR') ? INCR : 0
  if (length !== 2) return 0
  if (word.is('NX')) return NX
  if (word.is('XX')) return XX
  if (word.is('CH')) return CH
  if (word.is('GT')) return GT
  return word.is('LT') ? LT : 0
}

function readScores(args: Args, first: number): void {
  const pairs = (args.count - first) >>> 1
  if (pairs > scores.length) scores = new Float64Array(pairs * 2)
  for (let i = 0; i < pairs; i++) {
    const { bytes, start, end } = args.at(first + 2 * i)
    const score = parseDouble(bytes, start, end)
    if (Number.isNaN(score)) throw errors.notFloat
    scores[i] = score
  }
}

/** Creates the key with the first pair and adds the others. */
function create(ctx: Context, args: Args, first: number): void {
  const pairs = (args.count - first) >>> 1
  const key = args.key(1)
  const member = args.at(first + 1)
  const score = scores[0]!
  const entry = isSmall(ctx.db, pairs, member)
    ? createPacked(ctx.db, key, member, score)
    : createRanked(ctx.db, key, member, score)
  ctx.created(key)
  added = 1
  result[0] = score
  if (pairs > 1) addAll(ctx.viewOf(entry, sortedSetType), args, first, 1)
}

/** Adds the pairs from number `from` on. */
function addAll(set: SortedSet, args: Args, first: number, from: number): void {
  const pairs = (args.count - first) >>> 1
  set.prepare(pairs)
  for (let i = from; i < pairs; i++) addOne(set, args.at(first + 2 * i + 1), scores[i]!)
}

function addOne(set: SortedSet, member: Span, score: number): void {
  const before = set.find(member)
  // Nothing would change, whatever the conditions are.
  if (before === score && (options & INCR) === 0) return
  if (Number.isNaN(before)) {
    if ((options & XX) !== 0) return
    set.add(member, score)
    added++
    result[0] = score
    return
  }
  if ((options & NX) !== 0) return
  const after = (options & INCR) !== 0 ? before + score : score
  if (Number.isNaN(after)) throw errors.scoreNan
  if ((options & GT) !== 0 && after <= before) return
  if ((options & LT) !== 0 && after >= before) return
  result[0] = after
  if (after === before) return
  set.change(after)
  updated++
}

export const addCommands = [zadd, zincrby]
