// duration.ts: spans of time as people write them: 250, '250ms', '90s', '5m', '1h', '2d', '1h30m'.

const UNITS: Record<string, number> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
}

/** Milliseconds, or numbers with units: ms, s, m, h, d, w; several add up ('1h30m'). */
export type Duration = number | string

/**
 * A duration in milliseconds.
 * @throws RangeError when the text is no duration, or it is negative or not finite
 */
export function milliseconds(duration: Duration): number {
  const ms = typeof duration === 'number' ? duration : parse(duration)
  if (!(ms >= 0 && ms < Number.POSITIVE_INFINITY)) {
    throw new RangeError(`'${duration}' is no duration: write 250, '250ms', '90s', '1h30m' or '2d'`)
  }
  return ms
}

function parse(text: string): number {
  let sum = 0
  const rest = text.replace(/\s*(\d+(?:\.\d+)?)\s*(ms|s|m|h|d|w)\s*/y, '')
  if (rest === text) return Number.NaN
  const parts = text.matchAll(/(\d+(?:\.\d+)?)\s*(ms|s|m|h|d|w)/g)
  for (const [, amount, unit] of parts) sum += Number(amount) * UNITS[unit!]!
  return /^(?:\s*\d+(?:\.\d+)?\s*(?:ms|s|m|h|d|w)\s*)+$/.test(text) ? sum : Number.NaN
}
