// expiry-time.ts: reads an expiry time from arguments: EX, PX, EXAT, PXAT and their kin in every
// command that takes one. All come out as milliseconds since 1970.

import type { Span } from '../../bytes/memory/span.ts'
import { parseInt64, parseInteger } from '../../bytes/numbers/numbers.ts'
import { errors } from '../contract/errors.ts'
import type { Context } from '../dispatch/context.ts'
import type { ExpiryTime } from '../keyspace/trailer.ts'
import type { Args } from './args.ts'

/** Set for a unit of seconds. */
const SECONDS = 1
/** Set for a time that counts from now. */
const RELATIVE = 2
const IS_UNIT = 4

export const EX = IS_UNIT | SECONDS | RELATIVE
export const PX = IS_UNIT | RELATIVE
export const EXAT = IS_UNIT | SECONDS
export const PXAT = IS_UNIT

/** The latest time there is, in milliseconds: a 64-bit integer's maximum. */
const LATEST = 2n ** 63n - 1n
const EARLIEST = -(2n ** 63n)

/** Which unit a word names, 0 for none. */
export function unitOf(word: Span): number {
  if (word.is('EX')) return EX
  if (word.is('PX')) return PX
  if (word.is('EXAT')) return EXAT
  return word.is('PXAT') ? PXAT : 0
}

/**
 * The expiry time that argument `i` states.
 * @throws errors.notInteger; errors.invalidExpire for a time not above 0 or beyond 64 bits
 */
export function absoluteExpiry(ctx: Context, args: Args, i: number, unit: number): ExpiryTime {
  const { bytes, start, end } = args.at(i)
  const n = parseInteger(bytes, start, end)
  if (n <= 0) throw errors.invalidExpire(ctx.command.fullName)
  if (n <= PLAIN_MAX) return plainExpiry(ctx, n, unit)
  const exact = parseInt64(bytes, start, end)
  if (exact === undefined) throw errors.notInteger
  if (exact <= 0n) throw errors.invalidExpire(ctx.command.fullName)
  return exactExpiry(ctx, exact, unit)
}

/**
 * The same for commands that allow times in the past (EXPIRE with a negative number).
 * @throws errors.notInteger; errors.invalidExpire when the time leaves 64 bits
 */
export function anyExpiry(ctx: Context, args: Args, i: number, unit: number): ExpiryTime {
  const { bytes, start, end } = args.at(i)
  const n = parseInteger(bytes, start, end)
  if (n >= -PLAIN_MAX && n <= PLAIN_MAX) return plainExpiry(ctx, n, unit)
  const exact = parseInt64(bytes, start, end)
  if (exact === undefined) throw errors.notInteger
  return exactExpiry(ctx, exact, unit)
}

/** Up to here, in either unit and added to any present, a time is a safe integer. */
const PLAIN_MAX = 2 ** 42

function plainExpiry(ctx: Context, n: number, unit: number): number {
  const ms = (unit & SECONDS) !== 0 ? n * 1000 : n
  return (unit & RELATIVE) !== 0 ? ms + ctx.now : ms
}

function exactExpiry(ctx: Context, n: bigint, unit: number): ExpiryTime {
  const ms = (unit & SECONDS) !== 0 ? n * 1000n : n
  const at = (unit & RELATIVE) !== 0 ? ms + BigInt(ctx.now) : ms
  if (ms < EARLIEST || at > LATEST) throw errors.invalidExpire(ctx.command.fullName)
  return plainWhereExact(at)
}

/** The time as a number if that says it exactly. */
export function plainWhereExact(time: bigint): ExpiryTime {
  const rounded = Number(time)
  return Number.isSafeInteger(rounded) ? rounded : time
}
