// expiry-time.ts: reads an expiry time from arguments: EX, PX, EXAT, PXAT and their kin in every
// command that takes one. All come out as milliseconds since 1970.

import { parseInt64 } from '../bytes/numbers.ts'
import type { Span } from '../bytes/span.ts'
import type { Args } from './args.ts'
import type { Context } from './context.ts'
import { errors } from './errors.ts'

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
const LATEST = 2 ** 63

/** Which unit a word names, 0 for none. */
export function unitOf(word: Span): number {
  if (word.is('EX')) return EX
  if (word.is('PX')) return PX
  if (word.is('EXAT')) return EXAT
  return word.is('PXAT') ? PXAT : 0
}

/**
 * The expiry time that argument `i` states, in milliseconds since 1970.
 * @throws errors.notInteger; errors.invalidExpire for a time not above 0 or beyond 64 bits
 */
export function absoluteExpiry(ctx: Context, args: Args, i: number, unit: number): number {
  const at = expiryFrom(ctx, args.at(i), unit)
  const word = Number(parseInt64(args.at(i).bytes, args.at(i).start, args.at(i).end))
  if (word <= 0 || at >= LATEST) throw errors.invalidExpire(ctx.command.fullName)
  return at
}

/**
 * The same for commands that allow times in the past (EXPIRE with a negative number).
 * @throws errors.notInteger; errors.invalidExpire when the sum leaves 64 bits
 */
export function anyExpiry(ctx: Context, word: Span, unit: number): number {
  const at = expiryFrom(ctx, word, unit)
  if (at >= LATEST || at < -LATEST) throw errors.invalidExpire(ctx.command.fullName)
  return at
}

function expiryFrom(ctx: Context, word: Span, unit: number): number {
  const n = parseInt64(word.bytes, word.start, word.end)
  if (n === undefined) throw errors.notInteger
  const ms = (unit & SECONDS) !== 0 ? Number(n) * 1000 : Number(n)
  return (unit & RELATIVE) !== 0 ? ms + ctx.now : ms
}
