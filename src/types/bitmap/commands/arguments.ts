// arguments.ts: what the bitmap commands read from their arguments: offsets of bits and ranges.

import { parseInt64, parseInteger } from '../../../bytes/numbers/numbers.ts'
import type { Args } from '../../../engine/arguments/args.ts'
import type { Context } from '../../../engine/dispatch/context.ts'
import type { BitRange } from '../bits.ts'
import { errors } from '../errors.ts'

const HASH = 0x23

/**
 * Argument `i` as the offset of a bit.
 * @param width with a width above 0, '#n' is the offset of field number n of that many bits
 * @throws errors.bitOffset where no string may be that long
 */
export function bitOffset(ctx: Context, args: Args, i: number, width: number): number {
  const { bytes, start, end } = args.at(i)
  const counted = width > 0 && start < end && bytes[start] === HASH
  let offset = parseInteger(bytes, counted ? start + 1 : start, end)
  if (counted) offset *= width
  if (!(Math.abs(offset) <= Number.MAX_SAFE_INTEGER)) {
    const n = parseInt64(bytes, counted ? start + 1 : start, end)
    if (n === undefined) throw errors.bitOffset
    // The reference's product wraps around, too.
    offset = Number(counted ? BigInt.asIntN(64, n * BigInt(width)) : n)
  }
  if (offset < 0 || Math.floor(offset / 8) >= ctx.engine.limits.bulk) throw errors.bitOffset
  return offset
}

/**
 * Whether argument `i` says that a range counts bits; bytes where it is absent.
 * @throws errors.syntax
 */
export function countsBits(args: Args, i: number): boolean {
  if (i >= args.count || args.is(i, 'BYTE')) return false
  if (!args.is(i, 'BIT')) throw errors.syntax
  return true
}

/** The range of bits that arguments name. */
export class NamedRange implements BitRange {
  from = 0
  to = -1

  /**
   * The part of `length` bytes that two numbers name; negative ones count from the end.
   * @param bits whether they count bits, or else bytes
   */
  part(start: number, end: number, length: number, bits: boolean): void {
    const total = bits ? length * 8 : length
    const first = Math.max(0, start < 0 ? total + start : start)
    const last = Math.min(total - 1, Math.max(0, end < 0 ? total + end : end))
    this.from = bits ? first : first * 8
    this.to = bits ? last : last * 8 + 7
  }
}
