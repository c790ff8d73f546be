// random.ts: ZRANDMEMBER: a member at random is the member of a random rank.

import { INT64_MAX } from '../../../bytes/numbers/numbers.ts'
import type { Reply } from '../../../bytes/wire/reply.ts'
import type { Args } from '../../../engine/arguments/args.ts'
import { defineCommand } from '../../../engine/command/command.ts'
import { errors } from '../../../engine/contract/errors.ts'
import type { Random } from '../../../engine/contract/random.ts'
import type { Context } from '../../../engine/dispatch/context.ts'
import type { SortedSet } from '../sorted-set.ts'
import { sortedSetType } from '../type.ts'

/** A part of a large set that is smaller than this is drawn, not sifted. */
const DRAWN = 1 / 3

/** Whether the call that runs wants scores. */
let withScores = false

const zrandmember = defineCommand({
  name: 'ZRANDMEMBER',
  group: 'sorted-set',
  since: '6.2.0',
  summary: 'Picks members of a sorted set at random.',
  complexity: 'O(N) for N members returned',
  syntax: 'key [options: count:int [WITHSCORES]]',
  keys: 'RO access',
  flags: ['readonly'],
  tips: ['nondeterministic_output'],
  run(ctx, args, reply) {
    if (args.count > 2) {
      replyMany(ctx, args, reply)
      return
    }
    const set = ctx.read(args.key(1), sortedSetType)
    if (set === null) {
      reply.nil()
      return
    }
    set.seek(ctx.engine.random.below(set.count))
    reply.bulk(set.member)
  },
})

function replyMany(ctx: Context, args: Args, reply: Reply): void {
  const exact = args.int64(2)
  if (exact < -INT64_MAX) throw errors.signedRange
  if (args.count > 4 || (args.count === 4 && !args.is(3, 'WITHSCORES'))) throw errors.syntax
  withScores = args.count === 4
  if (withScores && (exact < -INT64_MAX / 2n || exact > INT64_MAX / 2n)) throw errors.valueRange
  const set = ctx.read(args.key(1), sortedSetType)
  const count = Number(exact)
  if (set === null || count === 0) {
    reply.array(0)
    return
  }
  const taken = count < 0 ? -count : Math.min(count, set.count)
  reply.array(withScores && reply.protocol === 2 ? taken * 2 : taken)
  const { random } = ctx.engine
  if (count < 0) {
    for (let i = 0; i < taken; i++) replyAt(set, random.below(set.count), reply)
  } else if (taken === set.count) replyAll(set, reply)
  else if (set.isPacked || taken > set.count * DRAWN) sift(set, taken, reply, random)
  else draw(set, taken, reply, random)
}

function replyAt(set: SortedSet, rank: number, reply: Reply): void {
  set.seek(rank)
  replyMember(set, reply)
}

function replyMember(set: SortedSet, reply: Reply): void {
  if (withScores && reply.protocol === 3) reply.array(2)
  reply.bulk(set.member)
  if (withScores) reply.double(set.score)
}

function replyAll(set: SortedSet, reply: Reply): void {
  set.seek(set.count - 1)
  for (let left = set.count; left > 0; left--, set.previous()) replyMember(set, reply)
}

/** Goes through all members and takes each with the chance that makes it `count` of them. */
function sift(set: SortedSet, count: number, reply: Reply, random: Random): void {
  let wanted = count
  set.seek(0)
  for (let left = set.count; wanted > 0; left--, set.next()) {
    if (random.below(left) >= wanted) continue
    replyMember(set, reply)
    wanted--
  }
}

/** Draws ranks, each of them once. */
function draw(set: SortedSet, count: number, reply: Reply, random: Random): void {
  const drawn = new Set<number>()
  while (drawn.size < count) {
    const rank = random.below(set.count)
    if (drawn.has(rank)) continue
    drawn.add(rank)
    replyAt(set, rank, reply)
  }
}

export const randomCommands = [zrandmember]
