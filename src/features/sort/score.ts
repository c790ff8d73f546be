// score.ts: reads an element or a weight as a number, by the rules of the reference's SORT: those
// of strtod without hexadecimal numbers, spaces and NaN. A zero byte ends the text, and no text at
// all is 0; what is too large is infinite.

import type { Span } from '../../bytes/memory/span.ts'
import { parseDouble } from '../../bytes/numbers/numbers.ts'

const PLUS = 0x2b
const MINUS = 0x2d
const UPPER_X = 0x58
const LOWER = 0x20

/** The number; NaN where the text is none. */
export function sortScore({ bytes, start, end }: Span): number {
  let at = start
  let last = at
  while (last < end && bytes[last] !== 0) {
    if ((bytes[last]! & ~LOWER) === UPPER_X) return Number.NaN
    last++
  }
  if (at === last) return 0
  if (bytes[at] === PLUS) {
    at++
    if (bytes[at] === PLUS || bytes[at] === MINUS) return Number.NaN
  }
  const score = parseDouble(bytes, at, last)
  return Number.isNaN(score) ? extremeScore(bytes, at, last) : score
}

const DECIMAL = /^-?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i

/** What parseDouble refuses as too large or too small. */
function extremeScore(bytes: Uint8Array, start: number, end: number): number {
  let text = ''
  for (let at = start; at < end; at++) text += String.fromCharCode(bytes[at]!)
  return DECIMAL.test(text) ? Number(text) : Number.NaN
}
