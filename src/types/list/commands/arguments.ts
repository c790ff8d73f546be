// arguments.ts: what the arguments of several list commands mean.

import { INT64_MIN, parseInt64, parseInteger } from '../../../bytes/numbers/numbers.ts'
import type { Args } from '../../../engine/arguments/args.ts'
import { type CommandError, errors } from '../../../engine/contract/errors.ts'

/**
 * Argument `i`, LEFT or RIGHT: whether it means the head.
 * @throws errors.syntax
 */
export function isHead(args: Args, i: number): boolean {
  if (args.is(i, 'RIGHT')) return false
  if (args.is(i, 'LEFT')) return true
  throw errors.syntax
}

/**
 * Argument `i` as an integer that is at least `least`, rounded beyond 2^53.
 * @param error thrown where it is less, and where it is no integer
 */
export function countAt(args: Args, i: number, least: number, error: CommandError): number {
  const { bytes, start, end } = args.at(i)
  const small = parseInteger(bytes, start, end)
  const n = Number.isNaN(small) ? Number(parseInt64(bytes, start, end) ?? least - 1) : small
  if (n < least) throw error
  return n
}

/**
 * Argument `i` as an integer whose sign says from which end on, rounded beyond ±2^53.
 * @throws errors.notInteger, errors.signedRange
 */
export function signedAt(args: Args, i: number): number {
  const n = args.position(i)
  if (n === Number(INT64_MIN) && args.int64(i) === INT64_MIN) throw errors.signedRange
  return n
}
