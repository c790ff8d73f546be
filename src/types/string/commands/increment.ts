// increment.ts: strings as numbers: INCR, DECR, INCRBY, DECRBY, INCRBYFLOAT.
//
// A counter within 2^53 is read from its digits and, while their number stays the same, printed
// over them: nothing is allocated and nothing else of the entry is touched. The rest of the
// 64-bit range goes through bigint.

import { latin1, Span } from '../../../bytes/memory/span.ts'
import {
  INT64_MAX,
  INT64_MIN,
  integerLength,
  parseInt64,
  parseInteger,
  writeInt64,
  writeInteger,
} from '../../../bytes/numbers/numbers.ts'
import type { Reply } from '../../../bytes/wire/reply.ts'
import { defineCommand } from '../../../engine/command/command.ts'
import { STRING } from '../../../engine/contract/events.ts'
import type { Context } from '../../../engine/dispatch/context.ts'
import { KEEP_TTL, metaOf, readMeta, typeOf, variantOf } from '../../../engine/keyspace/entry.ts'
import {
  addLongDouble,
  LONG_DOUBLE_LENGTH_MAX,
  NOT_A_FLOAT,
  NOT_FINITE,
} from '../../../formats/long-double.ts'
import { errors } from '../errors.ts'
import { INT, STRING_ID, stringType, variantOfText } from '../type.ts'

const SAFE_MAX = Number.MAX_SAFE_INTEGER
const ZERO = new Span(latin1('0'))

const current = new Span()
const scratch = new Uint8Array(LONG_DOUBLE_LENGTH_MAX)
const result = new Span(scratch, 0, 0)

const incr = defineCommand({
  name: 'INCR',
  group: 'string',
  since: '1.0.0',
  summary: 'Raises an integer by one; a missing key counts as 0.',
  complexity: 'O(1)',
  syntax: 'key',
  keys: 'RW access update',
  flags: ['write', 'denyoom', 'fast'],
  run: (ctx, args, reply) => add(ctx, args.key(1), 1, reply),
})

const decr = defineCommand({
  name: 'DECR',
  group: 'string',
  since: '1.0.0',
  summary: 'Lowers an integer by one; a missing key counts as 0.',
  complexity: 'O(1)',
  syntax: 'key',
  keys: 'RW access update',
  flags: ['write', 'denyoom', 'fast'],
  run: (ctx, args, reply) => add(ctx, args.key(1), -1, reply),
})

const incrby = defineCommand({
  name: 'INCRBY',
  group: 'string',
  since: '1.0.0',
  summary: 'Raises an integer by an amount; a missing key counts as 0.',
  complexity: 'O(1)',
  syntax: 'key increment:int',
  keys: 'RW access update',
  flags: ['write', 'denyoom', 'fast'],
  run(ctx, args, reply) {
    const { bytes, start, end } = args.at(2)
    const delta = parseInteger(bytes, start, end)
    if (Number.isNaN(delta)) addBig(ctx, args.key(1), args.int64(2), reply)
    else add(ctx, args.key(1), delta, reply)
  },
})

const decrby = defineCommand({
  name: 'DECRBY',
  group: 'string',
  since: '1.0.0',
  summary: 'Lowers an integer by an amount; a missing key counts as 0.',
  complexity: 'O(1)',
  syntax: 'key decrement:int',
  keys: 'RW access update',
  flags: ['write', 'denyoom', 'fast'],
  run(ctx, args, reply) {
    const { bytes, start, end } = args.at(2)
    const delta = parseInteger(bytes, start, end)
    if (!Number.isNaN(delta)) {
      add(ctx, args.key(1), -delta, reply)
      return
    }
    const big = args.int64(2)
    if (big === INT64_MIN) throw errors.decrementOverflow
    addBig(ctx, args.key(1), -big, reply)
  },
})

const incrbyfloat = defineCommand({
  name: 'INCRBYFLOAT',
  group: 'string',
  since: '2.6.0',
  summary: 'Raises a number with decimals by an amount; a missing key counts as 0.',
  complexity: 'O(1)',
  syntax: 'key increment:double',
  keys: 'RW access update',
  flags: ['write', 'denyoom', 'fast'],
  run(ctx, args, reply) {
    const key = args.key(1)
    const ref = ctx.find(key)
    ctx.expectType(ref, stringType)
    const value = ref === 0 ? ZERO : ctx.db.value(ref, current)
    const end = addLongDouble(scratch, 0, value, args.at(2))
    if (end === NOT_A_FLOAT) throw errors.notFloat
    if (end === NOT_FINITE) throw errors.nanOrInfinity
    result.end = end
    const withTtl = ref !== 0 && ctx.db.hasExpiry(ref)
    store(ctx, key, ref, variantOfText(end, key.length, withTtl))
    ctx.changed(STRING, 'incrbyfloat', key)
    // The sum may not be made twice: another machine could round it otherwise.
    if (ctx.engine.effects.armed) {
      ctx.restate(4).word('SET').span(key).span(result).word('KEEPTTL')
    }
    reply.bulk(result)
  },
})

/** Adds within 2^53 where it can. */
function add(ctx: Context, key: Span, delta: number, reply: Reply): void {
  const ref = ctx.find(key)
  if (ref === 0) {
    result.end = writeInteger(scratch, 0, delta)
    store(ctx, key, 0, INT)
    ctx.changed(STRING, 'incrby', key)
    reply.integer(delta)
    return
  }
  const meta = readMeta(ctx.db.arena, ref)
  if (typeOf(meta) !== STRING_ID) throw errors.wrongType
  const { bytes, start, end } = ctx.db.value(ref, current)
  const sum = parseInteger(bytes, start, end) + delta
  // Not so either when the text was no integer, or not one within 2^53.
  if (!(sum >= -SAFE_MAX && sum <= SAFE_MAX)) {
    reply.int64(addExactly(ctx, key, ref, BigInt(delta)))
    return
  }
  if (integerLength(sum) === end - start) {
    writeInteger(bytes, start, sum)
    if (variantOf(meta) !== INT) ctx.db.setVariant(ref, INT)
  } else {
    result.end = writeInteger(scratch, 0, sum)
    store(ctx, key, ref, INT)
  }
  ctx.changed(STRING, 'incrby', key)
  reply.integer(sum)
}

function addBig(ctx: Context, key: Span, delta: bigint, reply: Reply): void {
  const ref = ctx.find(key)
  ctx.expectType(ref, stringType)
  reply.int64(addExactly(ctx, key, ref, delta))
}

/** Adds within 64 bits to the number of an entry, or to 0 where there is none; returns the sum. */
function addExactly(ctx: Context, key: Span, ref: number, delta: bigint): bigint {
  const { bytes, start, end } = ref === 0 ? ZERO : ctx.db.value(ref, current)
  const value = parseInt64(bytes, start, end)
  if (value === undefined) throw errors.notInteger
  const sum = value + delta
  if (sum > INT64_MAX || sum < INT64_MIN) throw errors.overflow
  result.end = writeInt64(scratch, 0, sum)
  store(ctx, key, ref, INT)
  ctx.changed(STRING, 'incrby', key)
  return sum
}

/** Makes `result` the value. */
function store(ctx: Context, key: Span, ref: number, variant: number): void {
  ctx.db.put(key, ref, metaOf(STRING_ID, 0, variant) | KEEP_TTL, result)
  if (ref === 0) ctx.created(key)
}

export const incrementCommands = [incr, decr, incrby, decrby, incrbyfloat]
