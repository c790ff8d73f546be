// increment.ts: fields as numbers: HINCRBY and HINCRBYFLOAT.

import { latin1, Span } from '../../../bytes/memory/span.ts'
import {
  INT64_MAX,
  INT64_MIN,
  parseInt64,
  parseInteger,
  writeInt64,
  writeInteger,
} from '../../../bytes/numbers/numbers.ts'
import type { Reply } from '../../../bytes/wire/reply.ts'
import type { Args } from '../../../engine/arguments/args.ts'
import { defineCommand } from '../../../engine/command/command.ts'
import { HASH } from '../../../engine/contract/events.ts'
import type { Context } from '../../../engine/dispatch/context.ts'
import {
  addLongDouble,
  checkLongDouble,
  LONG_DOUBLE_LENGTH_MAX,
  NOT_A_FLOAT,
  NOT_FINITE,
} from '../../../formats/long-double.ts'
import { errors } from '../errors.ts'
import { findAlive } from '../field-expiry.ts'
import { createHashOf, Hash } from '../hash.ts'
import { hashType } from '../type.ts'

const SAFE_MAX = Number.MAX_SAFE_INTEGER
const ZERO = new Span(latin1('0'))

const hash = new Hash()
const scratch = new Uint8Array(LONG_DOUBLE_LENGTH_MAX)
const result = new Span(scratch, 0, 0)

const hincrby = defineCommand({
  name: 'HINCRBY',
  group: 'hash',
  since: '2.0.0',
  summary: 'Raises an integer in a field by an amount; a missing field counts as 0.',
  complexity: 'O(1)',
  syntax: 'key field increment:int',
  keys: 'RW access update',
  flags: ['write', 'denyoom', 'fast'],
  run: runHincrby,
})

const hincrbyfloat = defineCommand({
  name: 'HINCRBYFLOAT',
  group: 'hash',
  since: '2.6.0',
  summary: 'Raises a number with decimals in a field by an amount.',
  complexity: 'O(1)',
  syntax: 'key field increment:double',
  keys: 'RW access update',
  flags: ['write', 'denyoom', 'fast'],
  run: runHincrbyfloat,
})

export const incrementCommands = [hincrby, hincrbyfloat]

function runHincrby(ctx: Context, args: Args, reply: Reply): void {
  const { bytes, start, end } = args.at(3)
  const delta = parseInteger(bytes, start, end)
  const exact = Number.isNaN(delta) ? args.int64(3) : 0n
  const value = current(ctx, args)
  const sum = parseInteger(value.bytes, value.start, value.end) + delta
  if (sum >= -SAFE_MAX && sum <= SAFE_MAX) {
    result.end = writeInteger(scratch, 0, sum)
    reply.integer(sum)
  } else {
    const big = addExactly(value, Number.isNaN(delta) ? exact : BigInt(delta))
    result.end = writeInt64(scratch, 0, big)
    reply.int64(big)
  }
  store(ctx, args)
  ctx.changed(HASH, 'hincrby', args.key(1))
}

/** @throws errors.hashNotInteger, errors.overflow */
function addExactly(value: Span, delta: bigint): bigint {
  const old = parseInt64(value.bytes, value.start, value.end)
  if (old === undefined) throw errors.hashNotInteger
  const sum = old + delta
  if (sum > INT64_MAX || sum < INT64_MIN) throw errors.overflow
  return sum
}

function runHincrbyfloat(ctx: Context, args: Args, reply: Reply): void {
  const delta = args.at(3)
  const fault = checkLongDouble(delta)
  if (fault === NOT_A_FLOAT) throw errors.notFloat
  if (fault === NOT_FINITE) throw errors.incrementNotFinite
  const end = addLongDouble(scratch, 0, current(ctx, args), delta)
  if (end === NOT_A_FLOAT) throw errors.hashNotFloat
  if (end === NOT_FINITE) throw errors.nanOrInfinity
  result.end = end
  store(ctx, args)
  const key = args.key(1)
  ctx.changed(HASH, 'hincrbyfloat', key)
  reply.bulk(result)
  // The sum may not be made twice: another machine could round it otherwise.
  if (!ctx.engine.effects.armed) return
  const effect = ctx.restate(7).word('HSETEX').span(key).word('KEEPTTL')
  effect.word('FIELDS').number(1).span(args.at(2)).span(result)
}

/** The value of argument 2 in the hash of argument 1, '0' where it is not there. */
function current(ctx: Context, args: Args): Span {
  const key = args.key(1)
  const ref = ctx.find(key)
  ctx.expectType(ref, hashType)
  hash.gone = true
  if (ref === 0) return ZERO
  const place = findAlive(ctx, key, hash.bind(ctx.db, ref), args.at(2))
  return place === 0 ? ZERO : hash.value(place)
}

/** Makes `result` the value; the field's time stays. */
function store(ctx: Context, args: Args): void {
  const key = args.key(1)
  const field = args.at(2)
  if (hash.gone) {
    createHashOf(ctx.db, key, field, result)
    ctx.created(key)
  } else hash.set(field, result, true)
}
