// random.ts: HRANDFIELD.

import { parseInteger } from '../../../bytes/numbers/numbers.ts'
import type { Reply } from '../../../bytes/wire/reply.ts'
import type { Args } from '../../../engine/arguments/args.ts'
import { defineCommand } from '../../../engine/command/command.ts'
import { errors } from '../../../engine/contract/errors.ts'
import type { Random } from '../../../engine/contract/random.ts'
import type { Context } from '../../../engine/dispatch/context.ts'
import { expireAll } from '../field-expiry.ts'
import { Hash } from '../hash.ts'
import type { HashTable } from '../large.ts'
import { hashType } from '../type.ts'

const INT64_MIN = -(2n ** 63n)
const HALF_MAX = 2n ** 62n - 1n
/** Where more than this share of a table is wanted, all its fields are dealt like cards. */
const DEAL_SHARE = 3

// Picks that may repeat are made as often as is asked for, be it a million times a million: a reply
// that nobody could take is refused before or while it is made.
/** Fields of one reply. */
const REPLY_MAX = 2 ** 25
/** Bytes of picks that may repeat. */
const REPLY_BYTES_MAX = 2 ** 30

const hash = new Hash()

export const hrandfield = defineCommand({
  name: 'HRANDFIELD',
  group: 'hash',
  since: '6.2.0',
  summary: 'Picks fields of a hash at random.',
  complexity: 'O(N) for N fields returned',
  syntax: 'key [options: count:int [WITHVALUES]]',
  keys: 'RO access',
  flags: ['readonly'],
  tips: ['nondeterministic_output'],
  run(ctx, args, reply) {
    if (args.count === 2) replyOne(ctx, args, reply)
    else replyMany(ctx, args, reply)
  },
})

function replyOne(ctx: Context, args: Args, reply: Reply): void {
  if (!find(ctx, args)) reply.nil()
  else reply.bulk(hash.field(anyPlace(ctx.engine.random)))
}

function replyMany(ctx: Context, args: Args, reply: Reply): void {
  const count = readCount(args)
  const withValues = args.count === 4
  const size = find(ctx, args) ? hash.count : 0
  if (size === 0 || count === 0) {
    reply.array(0)
    return
  }
  const wanted = count < 0 ? -count : Math.min(count, size)
  if (wanted > REPLY_MAX) throw errors.valueRange
  reply.array(withValues && reply.protocol === 2 ? wanted * 2 : wanted)
  if (count < 0) replyAnew(ctx, reply, wanted, withValues)
  else if (wanted === size) replyAll(reply, withValues)
  else for (const place of pick(ctx.engine.random, wanted)) replyField(reply, place, withValues)
}

/** @throws errors.notInteger, errors.signedRange, errors.syntax, errors.valueRange */
function readCount(args: Args): number {
  const { bytes, start, end } = args.at(2)
  const count = parseInteger(bytes, start, end)
  const exact = Number.isNaN(count) ? args.int64(2) : 0n
  if (exact === INT64_MIN) throw errors.signedRange
  if (args.count > 4 || (args.count === 4 && !args.is(3, 'WITHVALUES'))) throw errors.syntax
  if (args.count === 4 && (exact > HALF_MAX || exact < -HALF_MAX)) throw errors.valueRange
  return Number.isNaN(count) ? Number(exact) : count
}

/** Points `hash` at the hash without its fields that are due; false where nothing is left. */
function find(ctx: Context, args: Args): boolean {
  const key = args.key(1)
  const ref = ctx.findToRead(key)
  if (ref === 0) return false
  ctx.expectType(ref, hashType)
  expireAll(ctx, key, hash.bind(ctx.db, ref))
  return !hash.gone
}

function anyPlace(random: Random): number {
  if (hash.table !== null) return hash.table.fields.random(random)
  return hash.packed.at(random.below(hash.count))
}

/** Fields of which each is picked from all. */
function replyAnew(ctx: Context, reply: Reply, wanted: number, withValues: boolean): void {
  const { random } = ctx.engine
  const end = reply.output.length + REPLY_BYTES_MAX
  for (let i = 0; i < wanted; i++) {
    replyField(reply, anyPlace(random), withValues)
    if (reply.output.length > end) throw errors.valueRange
  }
}

function replyAll(reply: Reply, withValues: boolean): void {
  for (let place = hash.first; place !== 0; place = hash.after(place)) {
    replyField(reply, place, withValues)
  }
}

function replyField(reply: Reply, place: number, withValues: boolean): void {
  if (withValues && reply.protocol !== 2) reply.array(2)
  reply.bulk(hash.field(place))
  if (withValues) reply.bulk(hash.value(place))
}

/** Places of different fields, each set of them as likely as any other. */
function pick(random: Random, wanted: number): Iterable<number> {
  const { table } = hash
  if (table !== null && wanted * DEAL_SHARE <= table.count) return draw(table, random, wanted)
  return deal(random, wanted)
}

/** Draws until enough different ones have come. */
function draw(table: HashTable, random: Random, wanted: number): Set<number> {
  const places = new Set<number>()
  while (places.size < wanted) places.add(table.fields.random(random))
  return places
}

/** Goes through all fields and takes each with the chance that is right for the rest. */
function deal(random: Random, wanted: number): number[] {
  const places: number[] = []
  let left = hash.count
  for (let place = hash.first; places.length < wanted; place = hash.after(place), left--) {
    if (random.below(left) < wanted - places.length) places.push(place)
  }
  return places
}
