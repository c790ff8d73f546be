// score-text.ts: scores of sorted sets that were written as text.

import type { Span } from '../../bytes/memory/span.ts'
import { parseDouble } from '../../bytes/numbers/numbers.ts'

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?/i
const INFINITE = /^([+-]?)inf/i

/**
 * The score that a text means: what it begins with, as the reference reads it, and 0 where that is
 * no number.
 */
export function scoreOf(element: Span): number {
  const exact = parseDouble(element.bytes, element.start, element.end)
  if (!Number.isNaN(exact)) return exact
  const word = element.text()
  if (/^[+-]?nan/i.test(word)) return NaN
  const infinite = INFINITE.exec(word)
  if (infinite !== null) return infinite[1] === '-' ? -Infinity : Infinity
  return Number(NUMBER.exec(word)?.[0] ?? 0)
}
