// count.ts: an argument that counts something, whose errors have a text of their own.

import { parseInt64, parseInteger } from '../../../bytes/numbers/numbers.ts'
import type { Args } from '../../../engine/arguments/args.ts'
import type { CommandError } from '../../../engine/contract/errors.ts'

/** Argument `i` as an integer of at least `min`; throws `error` for anything else. */
export function countOf(args: Args, i: number, min: number, error: CommandError): number {
  const { bytes, start, end } = args.at(i)
  const small = parseInteger(bytes, start, end)
  const count = Number.isNaN(small) ? Number(parseInt64(bytes, start, end) ?? NaN) : small
  if (!(count >= min)) throw error
  return count
}
