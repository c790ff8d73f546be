// long-double.ts: the sums of INCRBYFLOAT and HINCRBYFLOAT, to the last digit.
//
// Redis computes them in C's long double, which on x86-64 is the 80-bit extended format: 64 bits
// of mantissa, exponents of 15 bits, round to nearest even. It prints 17 decimals and cuts the
// zeros at the end. Both are done here on integers: exactly, then rounded where the format rounds.
//
// Most sums never need that. Integers are exact in a double, and short decimals print as their
// own decimal sum whenever the format's errors are too small to reach the 17th decimal.

import type { Span } from '../bytes/memory/span.ts'
import {
  bitLength,
  FloatText,
  HEXADECIMAL,
  INFINITE,
  shiftRounded,
} from '../bytes/numbers/float-text.ts'
import { parseInteger, writeInteger } from '../bytes/numbers/numbers.ts'

/** What `addLongDouble` answers when a text is not a number. */
export const NOT_A_FLOAT = -1
/** What `addLongDouble` answers when the sum is infinite or no number at all. */
export const NOT_FINITE = -2
/** Room that the longest sum needs, in bytes. */
export const LONG_DOUBLE_LENGTH_MAX = 5120

// Texts of this length and more are refused unread.
const TEXT_LENGTH_MAX = 5120
const PRECISION = 64
// The exponent of the last bit: of the smallest number above zero, and of what overflows.
const EXPONENT_MIN = -16445
const EXPONENT_END = 16384 - PRECISION + 1
const DECIMALS = 17

/**
 * Adds two numbers given as text and writes the sum as INCRBYFLOAT replies it.
 *
 * @param target has room for `LONG_DOUBLE_LENGTH_MAX` bytes from offset `at`.
 * @returns the offset behind the text, or `NOT_A_FLOAT`, or `NOT_FINITE`; then nothing is written.
 */
export function addLongDouble(target: Uint8Array, at: number, left: Span, right: Span): number {
  const whole =
    parseInteger(left.bytes, left.start, left.end) +
    parseInteger(right.bytes, right.start, right.end)
  if (Number.isSafeInteger(whole)) return writeInteger(target, at, whole)
  if (shortLeft.read(left) && shortRight.read(right)) {
    const end = addShort(target, at)
    if (end > 0) return end
  }
  const a = readLongDouble(left)
  const b = readLongDouble(right)
  if (a === undefined || b === undefined) return NOT_A_FLOAT
  if (a === 'infinite' || b === 'infinite') return NOT_FINITE
  const sum = add(a, b)
  return sum === 'infinite' ? NOT_FINITE : writeText(target, at, humanText(sum))
}

/**
 * What a text is on its own, for callers that report its faults before they add.
 *
 * @returns 0 for a finite number, else `NOT_A_FLOAT` or `NOT_FINITE`.
 */
export function checkLongDouble(text: Span): number {
  if (shortLeft.read(text)) return 0
  const value = readLongDouble(text)
  if (value === undefined) return NOT_A_FLOAT
  return value === 'infinite' ? NOT_FINITE : 0
}

const POWERS_OF_TEN = new Float64Array(16)
for (let i = 0; i < 16; i++) POWERS_OF_TEN[i] = 10 ** i

/** A decimal of at most 15 digits: `digits` / 10^`decimals`, both exact. */
class ShortDecimal {
  digits = 0
  decimals = 0

  read(text: Span): boolean {
    const { bytes, end } = text
    const negative = text.length > 0 && bytes[text.start] === 0x2d
    const start = negative ? text.start + 1 : text.start
    if (end - start < 1 || end - start > 16) return false
    let point = -1
    let size = 0
    for (let at = start; at < end; at++) {
      const digit = bytes[at] - 0x30
      if (digit >= 0 && digit <= 9) size = size * 10 + digit
      else if (bytes[at] === 0x2e && point < 0) point = at
      else return false
    }
    if (size >= 1e15 || (point >= 0 && end - start === 1)) return false
    this.digits = negative ? -size : size
    this.decimals = point < 0 ? 0 : end - point - 1
    return true
  }

  // Whether it is a sum of powers of two, as 0.5 and 10.25 are: then binary holds it exactly.
  isBinary(): boolean {
    return this.digits % 5 ** this.decimals === 0
  }
}

const shortLeft = new ShortDecimal()
const shortRight = new ShortDecimal()

// Writes the decimal sum of the two, or returns 0 when the format's errors might show.
// Below 2^5 the last bit weighs at most 2^-59: two roundings of operands and one of the sum
// stay within 1.5 * 2^-59 = 2.6e-18, and 17 decimals only change from 5e-18 on.
function addShort(target: Uint8Array, at: number): number {
  const decimals = Math.max(shortLeft.decimals, shortRight.decimals)
  const scale = POWERS_OF_TEN[decimals]
  const a = shortLeft.digits * POWERS_OF_TEN[decimals - shortLeft.decimals]
  const b = shortRight.digits * POWERS_OF_TEN[decimals - shortRight.decimals]
  const sum = a + b
  // Each is checked, for a sum of two rounded numbers could look right by chance.
  if (!(Number.isSafeInteger(a) && Number.isSafeInteger(b) && Number.isSafeInteger(sum))) return 0
  const limit = 32 * scale
  const small = Math.abs(a) < limit && Math.abs(b) < limit && Math.abs(sum) < limit
  if (!small && !(shortLeft.isBinary() && shortRight.isBinary())) return 0
  if (sum < 0) target[at++] = 0x2d
  const size = Math.abs(sum)
  const whole = Math.floor(size / scale)
  const end = writeInteger(target, at, whole)
  return writeDecimals(target, end, size - whole * scale, decimals)
}

// The point and `count` digits of a fraction, without the zeros at its end; nothing for zero.
function writeDecimals(target: Uint8Array, at: number, fraction: number, count: number): number {
  if (fraction === 0) return at
  let rest = fraction
  let end = at + 1 + count
  target[at] = 0x2e
  for (let to = end - 1; to > at; to--) {
    const next = Math.floor(rest / 10)
    target[to] = 0x30 + rest - next * 10
    rest = next
  }
  while (target[end - 1] === 0x30) end--
  return end
}

/** mantissa * 2^exponent; the sign is the mantissa's. */
interface LongDouble {
  mantissa: bigint
  exponent: number
}

const floatText = new FloatText()
const ZERO: LongDouble = { mantissa: 0n, exponent: 0 }

function readLongDouble(text: Span): LongDouble | 'infinite' | undefined {
  if (text.length >= TEXT_LENGTH_MAX) return undefined
  if (!floatText.scan(text.bytes, text.start, text.end)) return undefined
  if (floatText.form === INFINITE) return 'infinite'
  const digits = floatText.significant(text.bytes, TEXT_LENGTH_MAX)
  if (digits === '') return ZERO
  const { exponent, negative } = floatText
  const size =
    floatText.form === HEXADECIMAL
      ? fromBinary(BigInt('0x' + digits), exponent)
      : fromDecimal(digits, exponent)
  // Finite text that became infinite or zero is refused, as strtold's range error is.
  if (size === 'infinite' || size.mantissa === 0n) return undefined
  return negative ? { mantissa: -size.mantissa, exponent: size.exponent } : size
}

function fromBinary(mantissa: bigint, exponent: number): LongDouble | 'infinite' {
  if (exponent > 20_000) return 'infinite'
  return exponent < -50_000 ? ZERO : round(mantissa, exponent)
}

function fromDecimal(digits: string, exponent: number): LongDouble | 'infinite' {
  // Decide by magnitude first, so that no exponent can ask for gigabytes of digits.
  if (digits.length + exponent > 4940) return 'infinite'
  if (digits.length + exponent < -4960) return ZERO
  const numerator = BigInt(digits)
  if (exponent >= 0) return round(numerator * 10n ** BigInt(exponent), 0)
  const denominator = 10n ** BigInt(-exponent)
  const shift = Math.max(0, PRECISION + 2 + bitLength(denominator) - bitLength(numerator))
  const shifted = numerator << BigInt(shift)
  const quotient = shifted / denominator
  // One more bit tells the rounding that the quotient was not exact.
  const sticky = quotient * denominator === shifted ? 0n : 1n
  return round((quotient << 1n) | sticky, -shift - 1)
}

// Rounds to the format's precision, which shrinks near zero.
function round(mantissa: bigint, exponent: number): LongDouble | 'infinite' {
  if (mantissa === 0n) return ZERO
  const negative = mantissa < 0n
  const size = negative ? -mantissa : mantissa
  const drop = Math.max(bitLength(size) - PRECISION, EXPONENT_MIN - exponent, 0)
  const rounded = shiftRounded(size, BigInt(drop))
  const last = exponent + drop
  const surplus = rounded === 0n ? 0 : bitLength(rounded) - PRECISION
  if (last + surplus >= EXPONENT_END) return 'infinite'
  return { mantissa: negative ? -rounded : rounded, exponent: last }
}

function add(a: LongDouble, b: LongDouble): LongDouble | 'infinite' {
  const exponent = Math.min(a.exponent, b.exponent)
  const left = a.mantissa << BigInt(a.exponent - exponent)
  const right = b.mantissa << BigInt(b.exponent - exponent)
  return round(left + right, exponent)
}

// C's "%.17Lf" without the zeros at the end, and without the sign of a zero.
function humanText(value: LongDouble): string {
  const negative = value.mantissa < 0n
  const size = negative ? -value.mantissa : value.mantissa
  const sign = negative ? '-' : ''
  if (value.exponent >= 0) return sign + (size << BigInt(value.exponent)).toString()
  const scaled = shiftRounded(size * 10n ** BigInt(DECIMALS), BigInt(-value.exponent))
  if (scaled === 0n) return '0'
  const digits = scaled.toString().padStart(DECIMALS + 1, '0')
  const whole = digits.slice(0, -DECIMALS)
  const fraction = digits.slice(-DECIMALS).replace(/0+$/, '')
  return sign + (fraction === '' ? whole : whole + '.' + fraction)
}

function writeText(target: Uint8Array, at: number, text: string): number {
  for (let i = 0; i < text.length; i++) target[at++] = text.charCodeAt(i)
  return at
}
