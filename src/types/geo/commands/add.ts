// add.ts: GEOADD, which is a ZADD whose scores are the cells of places.

import type { Span } from '../../../bytes/memory/span.ts'
import type { Reply } from '../../../bytes/wire/reply.ts'
import type { Args } from '../../../engine/arguments/args.ts'
import { defineCommand } from '../../../engine/command/command.ts'
import { errors } from '../../../engine/contract/errors.ts'
import { ZSET } from '../../../engine/contract/events.ts'
import type { Context } from '../../../engine/dispatch/context.ts'
import { createPacked, createRanked, isSmall, type SortedSet } from '../../sorted-set/sorted-set.ts'
import { sortedSetType } from '../../sorted-set/type.ts'
import { Place, scoreOf } from '../cell.ts'
import { readPlace } from './arguments.ts'

const NX = 1
const XX = 2
const CH = 4

const place = new Place()
/** The scores of the call, all of which are read before anything is looked up. */
let scores = new Float64Array(64)
/** Its options. */
let options = 0
// What it did.
let added = 0
let updated = 0

const geoadd = defineCommand({
  name: 'GEOADD',
  group: 'geo',
  since: '3.2.0',
  summary: 'Adds places to a geospatial index.',
  complexity: 'O(log(N)) for each place, N being the size of the index',
  syntax: 'key [NX | XX]@6.2 [change:CH]@6.2 (longitude:double latitude:double member)+',
  keys: 'RW update',
  flags: ['write', 'denyoom'],
  history: [['6.2.0', 'takes CH, NX and XX']],
  run: runGeoadd,
})

function runGeoadd(ctx: Context, args: Args, reply: Reply): void {
  options = 0
  let first = 2
  for (let bit = optionAt(args, first); bit !== 0; bit = optionAt(args, ++first)) options |= bit
  const words = args.count - first
  if (words % 3 !== 0 || (options & (NX | XX)) === (NX | XX)) throw errors.syntax
  readScores(args, first)
  if (words === 0) throw errors.syntax
  const key = args.key(1)
  const ref = ctx.find(key)
  ctx.expectType(ref, sortedSetType)
  added = 0
  updated = 0
  if (ref !== 0 || (options & XX) === 0) addAll(ctx, args, first, ref)
  reply.integer((options & CH) !== 0 ? added + updated : added)
  const changes = added + updated
  if (changes === 0) return
  ctx.changed(ZSET, 'zadd', key, changes)
  if (ctx.engine.effects.armed) rewriteAsZadd(ctx, args, first)
}

/** The bit of an option, 0 for any other word. */
function optionAt(args: Args, i: number): number {
  if (args.is(i, 'NX')) return NX
  if (args.is(i, 'XX')) return XX
  return args.is(i, 'CH') ? CH : 0
}

function readScores(args: Args, first: number): void {
  const count = (args.count - first) / 3
  if (count > scores.length) scores = new Float64Array(count * 2)
  for (let i = 0; i < count; i++) {
    readPlace(args, first + 3 * i, place)
    scores[i] = scoreOf(place.longitude, place.latitude)
  }
}

/** Adds the places from argument `first` on; the key's entry is `ref`, 0 for none. */
function addAll(ctx: Context, args: Args, first: number, ref: number): void {
  const count = (args.count - first) / 3
  let entry = ref
  let from = 0
  if (ref === 0) {
    const member = args.at(first + 2)
    const create = isSmall(ctx.db, count, member) ? createPacked : createRanked
    entry = create(ctx.db, args.key(1), member, scores[0]!)
    ctx.created(args.key(1))
    added = 1
    from = 1
  }
  if (from === count) return
  const set = ctx.viewOf(entry, sortedSetType)
  set.prepare(count)
  for (let i = from; i < count; i++) addOne(set, args.at(first + 3 * i + 2), scores[i]!)
}

function addOne(set: SortedSet, member: Span, score: number): void {
  const before = set.find(member)
  if (Number.isNaN(before)) {
    if ((options & XX) !== 0) return
    set.add(member, score)
    added++
  } else if ((options & NX) === 0 && before !== score) {
    set.change(score)
    updated++
  }
}

/** Who follows need not work the scores out again, nor round as we do. */
function rewriteAsZadd(ctx: Context, args: Args, first: number): void {
  const places = (args.count - first) / 3
  const effect = ctx
    .restate(first + 2 * places)
    .word('ZADD')
    .words(args, 1, first)
  for (let i = 0; i < places; i++) effect.number(scores[i]!).span(args.at(first + 3 * i + 2))
}

export const addCommands = [geoadd]
