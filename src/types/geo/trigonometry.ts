// trigonometry.ts: sine, cosine and arcsine that are rounded correctly but for about one argument
// in ten thousand. JavaScript's own are off by one in the last place for several in a hundred;
// clients see that in distances that are stored, and in the order of places that are equally far
// away.
//
// An angle is taken apart into the nearest multiple of 1/128, whose sine and cosine are known to
// twice the precision of a double, and a rest that is so small that a few terms of a series do.

const STEPS_PER_UNIT = 128
/** Up to 2, which is beyond a right angle. */
const STEPS = 2 * STEPS_PER_UNIT + 1
const HALF_PI_HIGH = Math.PI / 2
const HALF_PI_LOW = 6.123233995736766e-17
/** Above this the arcsine is steep, and is worked out from the other side. */
const STEEP_MIN = 0.75
/** Splits a double into two halves of its digits, whose products are exact. */
const SPLIT = 2 ** 27 + 1

const sinHigh = new Float64Array(STEPS)
const sinLow = new Float64Array(STEPS)
const cosHigh = new Float64Array(STEPS)
const cosLow = new Float64Array(STEPS)

// What the last sine was, as a sum of two doubles.
let high = 0
let low = 0

/** The sine of an angle from -π to π. */
export function sine(angle: number): number {
  const size = Math.abs(angle)
  if (size > HALF_PI_HIGH) splitSine(Math.PI - size, 2 * HALF_PI_LOW)
  else splitSine(size, 0)
  return angle < 0 ? -(high + low) : high + low
}

/** The cosine of an angle from -1.5 to 1.5. */
export function cosine(angle: number): number {
  const size = Math.abs(angle)
  const step = Math.round(size * STEPS_PER_UNIT)
  const rest = size - step / STEPS_PER_UNIT
  const square = rest * rest
  const sin = sinHigh[step]!
  const cos = cosHigh[step]!
  const product = sin * rest
  const sum = cos - product
  const error = cos - sum - product
  const tail = cosLow[step]! - productError(sin, rest, product) - sinLow[step]! * rest
  return sum + (error + tail + cos * cosTail(square) - sin * rest * square * sinTail(square))
}

/** The arcsine of a number from 0 to 1; NaN above. */
export function arcsine(n: number): number {
  if (!(n <= 1)) return Number.NaN
  if (n < STEEP_MIN) return correctedArcsine(n, 0, n * n) + low
  const square = (1 - n) / 2
  const root = Math.sqrt(square)
  if (root === 0) return HALF_PI_HIGH
  const error = (square - root * root - productError(root, root, root * root)) / (2 * root)
  const half = 2 * correctedArcsine(root, error, square)
  const angle = HALF_PI_HIGH - half
  return angle + (HALF_PI_HIGH - angle - half + (HALF_PI_LOW - 2 * low))
}

/**
 * The arcsine of the sum of two numbers, whose square is given roughly; leaves in `low` what has to
 * be added.
 */
function correctedArcsine(n: number, tail: number, square: number): number {
  const angle = Math.asin(n)
  splitSine(angle, 0)
  low = (n - high - low + tail) / Math.sqrt(1 - square)
  return angle
}

/** Leaves the sine of the sum of two angles, of which the second is tiny, in `high` and `low`. */
function splitSine(angle: number, tiny: number): void {
  const step = Math.round(angle * STEPS_PER_UNIT)
  const rest = angle - step / STEPS_PER_UNIT
  const square = rest * rest
  const sin = sinHigh[step]!
  const cos = cosHigh[step]!
  const product = cos * rest
  high = sin + product
  const error = product - (high - sin)
  const tail = sinLow[step]! + productError(cos, rest, product) + cosLow[step]! * rest
  const series = sin * cosTail(square) + cos * rest * square * sinTail(square)
  low = error + tail + (cos - sin * rest) * tiny + series
}

/** (sin x - x) / x³ from x². */
function sinTail(square: number): number {
  return -1 / 6 + square * (1 / 120 - square / 5040)
}

/** cos x - 1 from x². */
function cosTail(square: number): number {
  return square * (-1 / 2 + square * (1 / 24 - square * (1 / 720 - square / 40320)))
}

/** What a product of doubles lost by rounding. */
function productError(a: number, b: number, product: number): number {
  const a1 = a * SPLIT - (a * SPLIT - a)
  const a2 = a - a1
  const b1 = b * SPLIT - (b * SPLIT - b)
  const b2 = b - b1
  return a1 * b1 - product + a1 * b2 + a2 * b1 + a2 * b2
}

/** Fills the tables, turning by one step after the other in integers of 2^-FRACTION. */
function fillTables(): void {
  const [stepSin, stepCos] = firstStep()
  let sin = 0n
  let cos = ONE
  for (let step = 0; step < STEPS; step++) {
    sinHigh[step] = Number(sin) / 2 ** FRACTION
    sinLow[step] = Number(sin - BigInt(sinHigh[step]! * 2 ** FRACTION)) / 2 ** FRACTION
    cosHigh[step] = Number(cos) / 2 ** FRACTION
    cosLow[step] = Number(cos - BigInt(cosHigh[step]! * 2 ** FRACTION)) / 2 ** FRACTION
    const turned = (sin * stepCos + cos * stepSin) >> BigInt(FRACTION)
    cos = (cos * stepCos - sin * stepSin) >> BigInt(FRACTION)
    sin = turned
  }
}

const FRACTION = 140
const ONE = 1n << BigInt(FRACTION)

/** Sine and cosine of one step, by their series. */
function firstStep(): [bigint, bigint] {
  const sums: [bigint, bigint] = [0n, 0n]
  let term = ONE
  for (let i = 0n; term !== 0n; i++) {
    const sign = i % 4n < 2n ? 1n : -1n
    if (i % 2n === 0n) sums[1] += sign * term
    else sums[0] += sign * term
    term = term / ((i + 1n) * BigInt(STEPS_PER_UNIT))
  }
  return sums
}

fillTables()
