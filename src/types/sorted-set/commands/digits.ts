// digits.ts: a score with 17 significant digits, as C prints it for "%.17g": so ZSCAN shows it.

import { latin1 } from '../../../bytes/memory/span.ts'

const DIGITS = 17

export function digitsOf(score: number): Uint8Array {
  if (!Number.isFinite(score)) return latin1(score > 0 ? 'inf' : '-inf')
  if (score === 0) return latin1(Object.is(score, -0) ? '-0' : '0')
  const [mantissa = '', power = '0'] = score.toExponential(DIGITS - 1).split('e')
  const exponent = Number(power)
  const inFull = exponent >= -4 && exponent < DIGITS
  const text = inFull ? score.toFixed(Math.max(0, DIGITS - 1 - exponent)) : mantissa
  const short = text.includes('.') ? text.replace(/\.?0+$/, '') : text
  if (inFull) return latin1(short)
  const sign = exponent < 0 ? '-' : '+'
  return latin1(`${short}e${sign}${String(Math.abs(exponent)).padStart(2, '0')}`)
}
