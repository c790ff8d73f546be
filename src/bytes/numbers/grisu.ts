// grisu.ts: the decimal digits of a double by Grisu2 (Florian Loitsch, "Printing floating-point
// numbers quickly and accurately with integers", 2010).
//
// Why not `String(d)`: that always finds the shortest digits, Grisu2 finds them for all but one
// double in a thousand, and there the reference prints its longer answer. Only the same method
// gives the same text. It also allocates nothing.
//
// The idea: scale the double and its two rounding boundaries by a cached power of ten until the
// binary point falls inside a 64-bit word, then emit digits of the upper boundary until what is
// left fits between the boundaries, and step the last digit down towards the double itself.
//
// 64-bit words are pairs of int32 bit patterns: whole-number registers made of doubles took twice
// as long. `>>> 0` marks the places where a pattern is meant as an unsigned number.

/** 64 bits as two int32 bit patterns. */
class Wide {
  high = 0
  low = 0

  /** Becomes other + 2^bit. */
  setPlus(other: Wide, bit: number): void {
    const low = bit < 32 ? (other.low + (1 << bit)) | 0 : other.low
    const carry = low >>> 0 < other.low >>> 0 ? 1 : 0
    this.low = low
    this.high = (other.high + (bit < 32 ? carry : 1 << (bit - 32))) | 0
  }

  /** Becomes other - 2^bit. */
  setMinus(other: Wide, bit: number): void {
    const low = bit < 32 ? (other.low - (1 << bit)) | 0 : other.low
    const borrow = low >>> 0 > other.low >>> 0 ? 1 : 0
    this.low = low
    this.high = (other.high - (bit < 32 ? borrow : 1 << (bit - 32))) | 0
  }

  setDifference(left: Wide, right: Wide): void {
    const borrow = left.low >>> 0 < right.low >>> 0 ? 1 : 0
    this.high = (left.high - right.high - borrow) | 0
    this.low = (left.low - right.low) | 0
  }
}

// One conversion runs at a time, so its variables can stay allocated for ever.
const value = new Wide()
const upper = new Wide()
const lower = new Wide()
const width = new Wide()
const distance = new Wide()

const float = new Float64Array(1)
const words = new Int32Array(float.buffer)
// Sign and exponent are in the second half on little-endian machines, in the first on others.
float[0] = 1
const TOP = words[1] === 0 ? 0 : 1

/**
 * Finds the decimal digits of a positive, finite double.
 *
 * @param digits receives up to 17 characters '0' to '9', from offset 0.
 * @returns `exponent * 32 + count`: the double is the `count` digits, read as an integer, times
 *   ten to the power of `exponent`. Take the two apart with `>> 5` and `& 31`.
 */
export function decimalDigits(d: number, digits: Uint8Array): number {
  if (powerHigh[0] === 0) computePowers()
  const exponent = load(d)
  const power = pickPower(exponent)
  multiply(value, power)
  multiply(upper, power)
  multiply(lower, power)
  // A product may be one unit off: the safe interval is one unit narrower on both sides.
  upper.setMinus(upper, 0)
  lower.setPlus(lower, 0)
  width.setDifference(upper, lower)
  distance.setDifference(upper, value)
  // The point lies 32 to 60 bits from the right, so `point` of them are in the high half.
  const point = -(exponent + powerExponent[power] + 64) - 32
  let found = wholeDigits(digits, point)
  if (found < 0) found = fractionDigits(digits, point, -found)
  return found - (POWER_FIRST + power * POWER_STEP) * 32
}

// Value and boundaries, shifted to use all 64 bits; returns their common binary exponent.
function load(d: number): number {
  float[0] = d
  const biased = words[TOP] >>> 20
  const high = (words[TOP] & 0xfffff) | (biased === 0 ? 0 : 0x100000)
  const low = words[1 - TOP]
  const shift = high === 0 ? 32 + Math.clz32(low) : Math.clz32(high)
  if (shift < 32) {
    value.high = (high << shift) | (low >>> (32 - shift))
    value.low = low << shift
  } else {
    value.high = low << (shift - 32)
    value.low = 0
  }
  upper.setPlus(value, shift - 1)
  // Below a power of two the next double is only half as far away.
  lower.setMinus(value, high === 0x100000 && low === 0 ? shift - 2 : shift - 1)
  return (biased === 0 ? -1074 : biased - 1075) - shift
}

// The digits before the point. Returns `exponent * 32 + count` when they are enough, else minus
// their count, with `upper` reduced to what is behind the point.
function wholeDigits(digits: Uint8Array, point: number): number {
  let whole = upper.high >>> point
  const rest = upper.high & ((1 << point) - 1)
  const low = upper.low >>> 0
  const widthHigh = width.high >>> 0
  const widthLow = width.low >>> 0
  let count = 0
  let unit = 1_000_000_000
  let left = 9
  // The scaled value is at least 4, so there is always a digit before the point.
  for (; unit > whole; left--) unit = (unit / 10) >>> 0
  for (; left >= 0; left--) {
    const digit = (whole / unit) >>> 0
    digits[count++] = 48 + digit
    whole -= digit * unit
    const high = ((whole << point) | rest) >>> 0
    if (high < widthHigh || (high === widthHigh && low <= widthLow)) {
      upper.high = high | 0
      roundDown(digits, count - 1, unit * 2 ** point)
      return left * 32 + count
    }
    unit = (unit / 10) >>> 0
  }
  upper.high = rest
  return -count
}

// The digits behind the point, after `count` before it; returns as above.
function fractionDigits(digits: Uint8Array, point: number, count: number): number {
  const mask = (1 << point) - 1
  let high = upper.high
  let low = upper.low
  let widthHigh = width.high
  let widthLow = width.low
  for (let left = -1; ; left--) {
    high = (Math.imul(high, 10) + tenTop(low)) | 0
    low = Math.imul(low, 10)
    widthHigh = (Math.imul(widthHigh, 10) + tenTop(widthLow)) | 0
    widthLow = Math.imul(widthLow, 10)
    digits[count++] = 48 + (high >>> point)
    high &= mask
    const less = high >>> 0 < widthHigh >>> 0
    if (less || (high === widthHigh && low >>> 0 < widthLow >>> 0)) {
      upper.high = high
      upper.low = low
      width.high = widthHigh
      width.low = widthLow
      scaleDistance(-left)
      roundDown(digits, count - 1, 2 ** point)
      return left * 32 + count
    }
  }
}

// What ten times a 32-bit number carries into the next word.
function tenTop(low: number): number {
  return (Math.imul(low >>> 16, 10) + (Math.imul(low & 0xffff, 10) >>> 16)) >>> 16
}

function scaleDistance(tens: number): void {
  let { high, low } = distance
  for (let i = 0; i < tens; i++) {
    high = (Math.imul(high, 10) + tenTop(low)) | 0
    low = Math.imul(low, 10)
  }
  distance.high = high
  distance.low = low
}

// Lowers the last digit while that stays inside the interval and comes closer to the value.
// `upper` holds the rest; `unit` is what one step of the digit is worth, in high halves.
function roundDown(digits: Uint8Array, last: number, unit: number): void {
  const restLow = upper.low >>> 0
  let room = (width.high >>> 0) - (upper.high >>> 0) - (width.low >>> 0 < restLow ? 1 : 0)
  let gap = (distance.high >>> 0) - (upper.high >>> 0) - (distance.low >>> 0 < restLow ? 1 : 0)
  const gapLow = ((distance.low - upper.low) >>> 0) / 2 ** 31
  // Only the sign of the sum matters, and rounding never changes a sign.
  while (room >= unit && 2 * gap - unit + gapLow > 0) {
    digits[last]--
    room -= unit
    gap -= unit
  }
}

// Powers of ten as 64-bit fractions and binary exponents: 10^-348, 10^-340 … 10^340.
const POWERS = 87
const POWER_FIRST = -348
const POWER_STEP = 8
const EXPONENT_MIN = -60
const EXPONENT_MAX = -32

const powerHigh = new Int32Array(POWERS)
const powerLow = new Int32Array(POWERS)
const powerExponent = new Int16Array(POWERS)

// Two neighbours may both fit the window; which one is taken shows in the digits, so the search
// starts where the reference starts.
function pickPower(exponent: number): number {
  const guess = Math.trunc(-(exponent + POWERS) * 0.30102999566398114)
  let index = Math.trunc((guess - POWER_FIRST) / POWER_STEP)
  for (;;) {
    const scaled = exponent + powerExponent[index] + 64
    if (scaled < EXPONENT_MIN) index++
    else if (scaled > EXPONENT_MAX) index--
    else return index
  }
}

// On first use: a program that never prints a fraction does not pay for the table.
function computePowers(): void {
  for (let i = 0; i < POWERS; i++) {
    const power = POWER_FIRST + i * POWER_STEP
    const scale = power < 0 ? 1300 : 200
    const one = 1n << BigInt(scale)
    const exact = power < 0 ? one / 10n ** BigInt(-power) : one * 10n ** BigInt(power)
    const surplus = exact.toString(2).length - 64
    const fraction = ((exact >> BigInt(surplus - 1)) + 1n) >> 1n
    powerHigh[i] = Number(fraction >> 32n)
    powerLow[i] = Number(fraction & 0xffffffffn)
    powerExponent[i] = surplus - scale
  }
}

// The upper 64 bits of the product, rounded by the 32 bits below them.
function multiply(factor: Wide, power: number): void {
  const { high, low } = factor
  const otherHigh = powerHigh[power]
  const otherLow = powerLow[power]
  const cross =
    (Math.imul(high, otherLow) >>> 0) + (Math.imul(low, otherHigh) >>> 0) + top(low, otherLow)
  const bottom =
    (Math.imul(high, otherHigh) >>> 0) +
    top(high, otherLow) +
    top(low, otherHigh) +
    Math.floor((cross + 2 ** 31) / 2 ** 32)
  factor.high = (top(high, otherHigh) + Math.floor(bottom / 2 ** 32)) | 0
  factor.low = bottom | 0
}

// The upper half of the 64-bit product of two unsigned 32-bit numbers. All sums stay below 2^32,
// so wrapping int32 arithmetic is exact and the fastest there is.
function top(a: number, b: number): number {
  const aHigh = a >>> 16
  const aLow = a & 0xffff
  const bHigh = b >>> 16
  const bLow = b & 0xffff
  const first = (Math.imul(aHigh, bLow) + (Math.imul(aLow, bLow) >>> 16)) | 0
  const second = (Math.imul(aLow, bHigh) + (first & 0xffff)) | 0
  return (Math.imul(aHigh, bHigh) + (first >>> 16) + (second >>> 16)) >>> 0
}
