// cell.ts: places as numbers. The globe is cut in half by longitude and by latitude in turn; each
// cut is a bit, and 26 cuts each way make a number of 52 bits, which is a member's score:
//
//   bit 51        50        …   1       0
//       longitude latitude  …   longitude latitude     the first cut is the highest bit
//
// Doubles hold 53 bits, so a score is exact. Bits are put together in two halves of 32.

/** Cuts each way that a score has. */
export const STEPS_MAX = 26
export const LONGITUDE_MAX = 180
export const LATITUDE_MAX = 85.05112878

const LONGITUDE_RANGE = LONGITUDE_MAX * 2
const LATITUDE_RANGE = LATITUDE_MAX * 2
const TWO_32 = 2 ** 32
const TWO_63 = 2 ** 63
const TWO_64 = 2 ** 64
const INT_MIN = -0x80000000
const DIGITS = '0123456789bcdefghjkmnpqrstuvwxyz'

/** A point on the globe, in degrees. */
export class Place {
  longitude = 0
  latitude = 0
}

// Powers of two by their exponent, each way: `2 ** n` takes longer than all the rest of a place.
const COUNTS = new Float64Array(STEPS_MAX + 1)
const SHARES = new Float64Array(STEPS_MAX + 1)
for (let steps = 0; steps <= STEPS_MAX; steps++) {
  COUNTS[steps] = 2 ** steps
  SHARES[steps] = 2 ** -steps
}

/** The number of the cell along the longitude: of 2^steps, but one more at the very end. */
export function columnOf(longitude: number, steps: number): number {
  return Math.floor(((longitude + LONGITUDE_MAX) / LONGITUDE_RANGE) * COUNTS[steps]!)
}

/** The same along the latitude. */
export function rowOf(latitude: number, steps: number): number {
  return Math.floor(((latitude + LATITUDE_MAX) / LATITUDE_RANGE) * COUNTS[steps]!)
}

/** The western edge of a column. */
export function columnEdge(column: number, steps: number): number {
  return -LONGITUDE_MAX + column * SHARES[steps]! * LONGITUDE_RANGE
}

/** The southern edge of a row. */
export function rowEdge(row: number, steps: number): number {
  return -LATITUDE_MAX + row * SHARES[steps]! * LATITUDE_RANGE
}

/** The score of a place. */
export function scoreOf(longitude: number, latitude: number): number {
  return interleave(rowOf(latitude, STEPS_MAX), columnOf(longitude, STEPS_MAX), 0)
}

/** Puts the bits of a row and a column together and adds `more`, in one rounding. */
export function interleave(row: number, column: number, more: number): number {
  const high = spread(row >>> 16) | (spread(column >>> 16) << 1)
  const low = spread(row & 0xffff) | (spread(column & 0xffff) << 1)
  return (high >>> 0) * TWO_32 + ((low >>> 0) + more)
}

/** The place in the middle of a score's cell. Any score has one: it is taken as 64 bits. */
export function placeOf(score: number, into: Place): Place {
  const high = highBits(score)
  const low = lowBits(score)
  const row = (squash(low) | (squash(high) << 16)) >>> 0
  const column = (squash(low >>> 1) | (squash(high >>> 1) << 16)) >>> 0
  const west = columnEdge(column, STEPS_MAX)
  const south = rowEdge(row, STEPS_MAX)
  const longitude = (west + columnEdge((column + 1) >>> 0, STEPS_MAX)) / 2
  const latitude = (south + rowEdge((row + 1) >>> 0, STEPS_MAX)) / 2
  into.longitude = Math.max(-LONGITUDE_MAX, Math.min(LONGITUDE_MAX, longitude))
  into.latitude = Math.max(-LATITUDE_MAX, Math.min(LATITUDE_MAX, latitude))
  return into
}

/** The geohash of a place, as other programs write it: 10 digits of 5 bits, and a zero. */
export function geohashOf({ longitude, latitude }: Place): string {
  // It divides all latitudes up to the poles, which scores do not reach.
  const row = Math.floor(((latitude + 90) / 180) * 2 ** STEPS_MAX)
  const column = columnOf(longitude, STEPS_MAX) & (2 ** STEPS_MAX - 1)
  let bits = Math.floor(interleave(row, column, 0) / 4)
  let text = '0'
  for (let i = 0; i < 10; i++) {
    text = DIGITS[bits % 32] + text
    bits = Math.floor(bits / 32)
  }
  return text
}

/** The upper half of a score's bits, in two's complement; it is cut to a whole number. */
function highBits(score: number): number {
  // What an x86 processor makes of a number that does not fit 64 bits.
  if (score >= TWO_64) return 0
  if (score < -TWO_63) return INT_MIN
  return Math.floor(Math.trunc(score) / TWO_32) | 0
}

function lowBits(score: number): number {
  if (score >= TWO_64 || score < -TWO_63) return 0
  const whole = Math.trunc(score)
  return (whole - Math.floor(whole / TWO_32) * TWO_32) | 0
}

/** Moves the lower 16 bits apart, to the even places. */
function spread(n: number): number {
  let x = (n | (n << 8)) & 0x00ff00ff
  x = (x | (x << 4)) & 0x0f0f0f0f
  x = (x | (x << 2)) & 0x33333333
  return (x | (x << 1)) & 0x55555555
}

/** Moves the bits at even places together. */
function squash(n: number): number {
  let x = n & 0x55555555
  x = (x | (x >>> 1)) & 0x33333333
  x = (x | (x >>> 2)) & 0x0f0f0f0f
  x = (x | (x >>> 4)) & 0x00ff00ff
  return (x | (x >>> 8)) & 0xffff
}
