// fixed-text.ts: numbers with a fixed count of decimals: distances in replies, and coordinates in
// an error.

import { integerLength, writeInteger } from '../../bytes/numbers/numbers.ts'
import type { Reply } from '../../bytes/wire/reply.ts'

const POINT = 0x2e
const ZERO = 0x30
/** Four decimals of a distance. */
const SCALE = 10_000
/** What the reference makes of a distance that is not a number: the smallest integer, scaled. */
const NO_DISTANCE = '-922337203685477.5808'

const buffer = new Uint8Array(32)

/** Replies with a distance of at least 0. */
export function replyDistance(reply: Reply, distance: number): void {
  if (Number.isNaN(distance)) {
    reply.text(NO_DISTANCE)
    return
  }
  const scaled = roundEven(distance * SCALE)
  const whole = Math.floor(scaled / SCALE)
  let end = writeInteger(buffer, 0, whole)
  buffer[end++] = POINT
  const decimals = scaled - whole * SCALE
  for (let zeros = 4 - integerLength(decimals); zeros > 0; zeros--) buffer[end++] = ZERO
  end = writeInteger(buffer, end, decimals)
  reply.bulkBytes(buffer, 0, end)
}

/** Rounds to a whole number; what lies in the middle goes to the even one. */
function roundEven(n: number): number {
  const floor = Math.floor(n)
  const rest = n - floor
  if (rest < 0.5 || (rest === 0.5 && floor % 2 === 0)) return floor
  return floor + 1
}

/** A number with six decimals, as C prints it; exact, however large it is. */
export function fixedText(n: number): string {
  if (!Number.isFinite(n)) return n < 0 ? '-inf' : 'inf'
  const sign = n < 0 || Object.is(n, -0) ? '-' : ''
  const size = Math.abs(n)
  const whole = Math.floor(size)
  // Both are exact: a fraction times a million is rounded at most behind its 53 bits.
  const millionths = BigInt(whole) * 1_000_000n + BigInt(roundEven((size - whole) * 1e6))
  const digits = millionths.toString().padStart(7, '0')
  return `${sign}${digits.slice(0, -6)}.${digits.slice(-6)}`
}
