// duration.ts: spans of time as people write them: 250, '250ms', '90s', '5m', '1h30m', '2d'.

/** Milliseconds, or numbers with units (ms, s, m, h, d, w), of which several add up: '1h30m'. */
export type Duration = number | string

const UNITS: Record<string, number> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
}
const PARTS = /(\d+(?:\.\d+)?)\s*(ms|s|m|h|d|w)/g
const WHOLE = /^\s*(?:\d+(?:\.\d+)?\s*(?:ms|s|m|h|d|w)\s*)+$/

/**
 * A duration in milliseconds.
 * @throws RangeError when the text is no duration, or the number is negative or not finite
 */
export function milliseconds(duration: Duration): number {
  const ms = typeof duration === 'number' ? duration : sum(duration)
  if (ms >= 0 && ms < Number.POSITIVE_INFINITY) return ms
  throw new RangeError(`'${duration}' is no duration: write 250, '250ms', '90s', '1h30m' or '2d'`)
}

function sum(text: string): number {
  if (!WHOLE.test(text)) return Number.NaN
  let ms = 0
  for (const [, amount, unit] of text.matchAll(PARTS)) ms += Number(amount) * (UNITS[unit!] ?? 0)
  return ms
}
