// numbers.ts: numbers read from and written to bytes, without strings on the way.
//
// Integers within ±2^53 are plain numbers and never allocate. The rest of the int64 range is
// rare (it takes a 16-digit counter to get there) and goes through bigint, so that the common
// path stays one loop over bytes.

import { bitLength, FloatText, HEXADECIMAL, INFINITE, shiftRounded } from './float-text.ts'
import { decimalDigits } from './grisu.ts'

/** The smallest integer that Redis stores and replies with. */
export const INT64_MIN = -(2n ** 63n)
/** The largest integer that Redis stores and replies with. */
export const INT64_MAX = 2n ** 63n - 1n

/** More characters than `writeDouble` ever writes. */
export const DOUBLE_LENGTH_MAX = 32

const MINUS = 0x2d
const POINT = 0x2e
const ZERO = 0x30

// Sixteen digits can pass 2^53; seventeen always do.
const SAFE_DIGITS = 16
const INT64_DIGITS = 19

/**
 * Reads a canonical decimal integer: no sign but '-', no leading zeros, no '-0', no spaces.
 *
 * @returns a safe integer; NaN when the bytes are not canonical, and also when the value does
 *   not fit ±(2^53 - 1): `parseInt64` tells the two apart.
 */
export function parseInteger(bytes: Uint8Array, start: number, end: number): number {
  let at = start
  const negative = at < end && bytes[at] === MINUS
  if (negative) at++
  const digits = end - at
  if (digits < 1 || digits > SAFE_DIGITS) return NaN
  let n = bytes[at] - ZERO
  if (n < 1 || n > 9) return n === 0 && digits === 1 && !negative ? 0 : NaN
  while (++at < end) {
    const digit = bytes[at] - ZERO
    if (digit < 0 || digit > 9) return NaN
    n = n * 10 + digit
  }
  // Rounding keeps order, so a value that lost its last digit is still seen to be too large.
  if (n > Number.MAX_SAFE_INTEGER) return NaN
  return negative ? -n : n
}

/**
 * Reads a canonical decimal integer of the whole int64 range, by the rules of `parseInteger`.
 *
 * @returns undefined when the bytes are not canonical or the value does not fit 64 bits.
 */
export function parseInt64(bytes: Uint8Array, start: number, end: number): bigint | undefined {
  const small = parseInteger(bytes, start, end)
  if (!Number.isNaN(small)) return BigInt(small)
  const negative = start < end && bytes[start] === MINUS
  const first = negative ? start + 1 : start
  const digits = end - first
  // Shorter texts would have been read above if they were integers at all.
  if (digits < SAFE_DIGITS || digits > INT64_DIGITS || bytes[first] === ZERO) return undefined
  const middle = end - 9
  const high = readDigits(bytes, first, middle)
  const low = readDigits(bytes, middle, end)
  if (high < 0 || low < 0) return undefined
  const size = BigInt(high) * 1_000_000_000n + BigInt(low)
  const value = negative ? -size : size
  return value < INT64_MIN || value > INT64_MAX ? undefined : value
}

// At most ten digits, leading zeros welcome; -1 when one of the bytes is no digit.
function readDigits(bytes: Uint8Array, start: number, end: number): number {
  let n = 0
  for (let at = start; at < end; at++) {
    const digit = bytes[at] - ZERO
    if (digit < 0 || digit > 9) return -1
    n = n * 10 + digit
  }
  return n
}

/**
 * Writes a safe integer in decimal.
 *
 * @returns the offset behind the last digit; the target must have room for `integerLength(n)`.
 */
export function writeInteger(target: Uint8Array, at: number, n: number): number {
  let rest = n
  let from = at
  if (n < 0) {
    target[from++] = MINUS
    rest = -n
  }
  const end = from + digitCount(rest)
  let to = end
  // Nine digits at a time fit an int32, where division is a multiplication and a shift.
  while (rest > 999_999_999) {
    const high = Math.floor(rest / 1_000_000_000)
    let low = (rest - high * 1_000_000_000) | 0
    for (let i = 0; i < 9; i++) {
      const next = (low / 10) | 0
      target[--to] = ZERO + low - next * 10
      low = next
    }
    rest = high
  }
  let low = rest | 0
  while (to > from) {
    const next = (low / 10) | 0
    target[--to] = ZERO + low - next * 10
    low = next
  }
  return end
}

/**
 * Writes any int64 in decimal.
 *
 * @returns the offset behind the last digit; 20 bytes of room are always enough.
 */
export function writeInt64(target: Uint8Array, at: number, big: bigint): number {
  if (big >= -9007199254740991n && big <= 9007199254740991n) {
    return writeInteger(target, at, Number(big))
  }
  let from = at
  let size = big
  if (big < 0n) {
    target[from++] = MINUS
    size = -big
  }
  const high = size / 1_000_000_000n
  let low = Number(size - high * 1_000_000_000n) | 0
  const end = writeInteger(target, from, Number(high)) + 9
  for (let to = end - 1; to >= end - 9; to--) {
    const next = (low / 10) | 0
    target[to] = ZERO + low - next * 10
    low = next
  }
  return end
}

/** How many characters `writeInteger` needs for a safe integer, 1 to 17. */
export function integerLength(n: number): number {
  return n < 0 ? 1 + digitCount(-n) : digitCount(n)
}

function digitCount(n: number): number {
  if (n < 10) return 1
  if (n < 100) return 2
  if (n < 1000) return 3
  if (n < 10_000) return 4
  let digits = 5
  let limit = 100_000
  while (n >= limit) {
    digits++
    limit *= 10
  }
  return digits
}

/**
 * Reads a double by the rules of Redis: what C's strtod accepts, hexadecimal forms and infinity
 * included, but all of it, without space before it, and no NaN.
 *
 * @returns NaN when the text is not a number, and also when it is finite but too large for a
 *   double, or not zero but too small for one.
 */
export function parseDouble(bytes: Uint8Array, start: number, end: number): number {
  const negative = start < end && bytes[start] === MINUS
  let mantissa = 0
  let point = -1
  let at = negative ? start + 1 : start
  const digits = end - at
  // Up to 15 digits are exact in a double, and so is the power of ten: one division rounds once.
  if (digits < 1 || digits > 16) return parseAnyDouble(bytes, start, end)
  for (; at < end; at++) {
    const digit = bytes[at] - ZERO
    if (digit >= 0 && digit <= 9) mantissa = mantissa * 10 + digit
    else if (bytes[at] === POINT && point < 0) point = at
    else return parseAnyDouble(bytes, start, end)
  }
  if (mantissa >= 1e15 || (point >= 0 && digits === 1)) return parseAnyDouble(bytes, start, end)
  const size = point < 0 ? mantissa : mantissa / POWERS_OF_TEN[end - point - 1]
  return negative ? -size : size
}

const POWERS_OF_TEN = new Float64Array(16)
for (let i = 0; i < 16; i++) POWERS_OF_TEN[i] = 10 ** i

const floatText = new FloatText()

// The largest number of digits that can decide how a decimal rounds to a double is 767.
const DECIDING_DIGITS = 800

function parseAnyDouble(bytes: Uint8Array, start: number, end: number): number {
  if (!floatText.scan(bytes, start, end)) return NaN
  const sign = floatText.negative ? -1 : 1
  if (floatText.form === INFINITE) return sign * Infinity
  const digits = floatText.significant(bytes, DECIDING_DIGITS)
  if (digits === '') return sign * 0
  const size =
    floatText.form === HEXADECIMAL
      ? binaryDouble(BigInt('0x' + digits), floatText.exponent)
      : Number(digits + 'e' + floatText.exponent)
  return size === 0 || size === Infinity ? NaN : sign * size
}

// mantissa * 2^exponent, rounded once, also where doubles get fewer bits near zero.
function binaryDouble(mantissa: bigint, exponent: number): number {
  const bits = bitLength(mantissa)
  if (exponent + bits > 1100) return Infinity
  if (exponent + bits < -1100) return 0
  const shift = Math.max(bits - 53, -1074 - exponent, 0)
  return Number(shiftRounded(mantissa, BigInt(shift))) * 2 ** (exponent + shift)
}

/**
 * Writes a double as replies show it: integers below 2^62 in full, others with the fewest digits
 * that read back, 'inf', '-inf', 'nan', '-0'.
 *
 * @returns the offset behind the text; there must be room for `DOUBLE_LENGTH_MAX` bytes.
 */
export function writeDouble(target: Uint8Array, at: number, d: number): number {
  const size = Math.abs(d)
  if (size <= 2 ** 62 && size === Math.floor(size)) {
    const from = writeSign(target, at, d)
    return size <= Number.MAX_SAFE_INTEGER
      ? writeInteger(target, from, size)
      : writeInt64(target, from, BigInt(size))
  }
  return writeShortest(target, at, d)
}

/**
 * Writes a double with the fewest digits that read back, integers too: 1e+17, 100, 'inf', '-0'.
 *
 * @returns the offset behind the text; there must be room for `DOUBLE_LENGTH_MAX` bytes.
 */
export function writeShortest(target: Uint8Array, at: number, d: number): number {
  if (Number.isNaN(d)) return writeWord(target, at, 'nan')
  const from = writeSign(target, at, d)
  const size = Math.abs(d)
  if (size === Infinity) return writeWord(target, from, 'inf')
  if (size === 0) return writeInteger(target, from, 0)
  const packed = decimalDigits(size, digitBuffer)
  return layDigits(target, from, packed & 31, packed >> 5)
}

// A minus where there is one to be, and be it that of -0; returns the offset behind it.
function writeSign(target: Uint8Array, at: number, d: number): number {
  if (d > 0 || Object.is(d, 0)) return at
  target[at] = MINUS
  return at + 1
}

const digitBuffer = new Uint8Array(32)

// Plain when few zeros have to be filled in, scientific otherwise; the limits are the reference's.
function layDigits(target: Uint8Array, at: number, count: number, exponent: number): number {
  const scientific = exponent + count - 1
  if (exponent >= 0 && Math.abs(scientific) < count + 7) {
    const end = copyDigits(target, at, 0, count)
    return fillZeros(target, end, exponent)
  }
  if (exponent < 0 && (exponent > -7 || Math.abs(scientific) < 4)) {
    const whole = count + exponent
    if (whole > 0) {
      const point = copyDigits(target, at, 0, whole)
      target[point] = POINT
      return copyDigits(target, point + 1, whole, count)
    }
    target[at] = ZERO
    target[at + 1] = POINT
    return copyDigits(target, fillZeros(target, at + 2, -whole), 0, count)
  }
  let end = copyDigits(target, at, 0, 1)
  if (count > 1) {
    target[end] = POINT
    end = copyDigits(target, end + 1, 1, count)
  }
  target[end++] = 0x65
  target[end++] = scientific < 0 ? MINUS : 0x2b
  return writeInteger(target, end, Math.abs(scientific))
}

function copyDigits(target: Uint8Array, at: number, from: number, to: number): number {
  for (let i = from; i < to; i++) target[at++] = digitBuffer[i]
  return at
}

function fillZeros(target: Uint8Array, at: number, count: number): number {
  for (let i = 0; i < count; i++) target[at++] = ZERO
  return at
}

function writeWord(target: Uint8Array, at: number, word: string): number {
  for (let i = 0; i < word.length; i++) target[at++] = word.charCodeAt(i)
  return at
}
