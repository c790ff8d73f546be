// int64.ts: 64-bit integers as two 32-bit words, for who stores them in binary.
//
// A BigInt is an allocation, and few integers need one: what is stored in eight bytes is read
// into the words of one reusable object, and the decimal text comes from the words.

import { parseInteger, writeInteger } from './numbers.ts'

/** More characters than the text of an int64 ever has. */
export const INT64_LENGTH_MAX = 20

const MINUS = 0x2d
const ZERO = 0x30
const BILLION = 1_000_000_000
const WORD = 0x1_0000_0000
// Sixteen digits can pass 2^53; nineteen can pass 2^63.
const DIGITS_MIN = 16
const DIGITS_MAX = 19
// 2^63 is 9,223,372,036 billion and 854,775,808.
const HIGH_MAX = 9_223_372_036
const LOW_MAX = 854_775_807

/** An integer of 64 bits in two's complement. */
export class Int64 {
  /** The lower word. */
  low = 0
  /** The upper word, with the sign. */
  high = 0

  /** The integer as a double, rounded beyond ±2^53. */
  get number(): number {
    return this.high * WORD + (this.low >>> 0)
  }

  /** A safe integer. */
  set(n: number): void {
    this.low = n | 0
    this.high = Math.floor(n / WORD) | 0
  }

  /**
   * Reads a canonical decimal integer (numbers.ts, parseInteger).
   * @returns false where it is none, or does not fit 64 bits
   */
  parse(bytes: Uint8Array, start: number, end: number): boolean {
    const small = parseInteger(bytes, start, end)
    if (!Number.isNaN(small)) {
      this.set(small)
      return true
    }
    const negative = bytes[start] === MINUS
    const first = negative ? start + 1 : start
    const digits = end - first
    // Shorter texts would have been read above if they were integers at all.
    if (digits < DIGITS_MIN || digits > DIGITS_MAX || bytes[first] === ZERO) return false
    const high = readDigits(bytes, first, end - 9)
    const low = readDigits(bytes, end - 9, end)
    if (high < 0 || low < 0 || high > HIGH_MAX) return false
    if (high === HIGH_MAX && low > LOW_MAX + (negative ? 1 : 0)) return false
    this.setBillions(high, low)
    if (negative) this.negate()
    return true
  }

  /** Reads eight bytes, the lowest first. */
  read(bytes: Uint8Array, at: number): void {
    this.low = readWord(bytes, at)
    this.high = readWord(bytes, at + 4)
  }

  /** Writes eight bytes, the lowest first. */
  write(bytes: Uint8Array, at: number): void {
    writeWord(bytes, at, this.low)
    writeWord(bytes, at + 4, this.high)
  }

  /**
   * Writes the decimal text.
   * @returns the offset behind the last digit; INT64_LENGTH_MAX bytes of room are always enough
   */
  writeText(target: Uint8Array, at: number): number {
    const n = this.number
    if (n >= -Number.MAX_SAFE_INTEGER && n <= Number.MAX_SAFE_INTEGER) {
      return writeInteger(target, at, n)
    }
    let from = at
    let { low, high } = this
    if (high < 0) {
      target[from++] = MINUS
      low = -low | 0
      high = ~high + (low === 0 ? 1 : 0)
    }
    return writeWords(target, from, low >>> 0, high >>> 0)
  }

  equals(other: Int64): boolean {
    return this.low === other.low && this.high === other.high
  }

  private negate(): void {
    this.low = -this.low | 0
    this.high = (~this.high + (this.low === 0 ? 1 : 0)) | 0
  }

  /** `high` billions and `low`, computed in halves of 16 bits, which doubles hold exactly. */
  private setBillions(high: number, low: number): void {
    const upper = Math.floor(high / 65536)
    const rest = (high - upper * 65536) * BILLION + low
    const carry = Math.floor(rest / 65536)
    const middle = upper * BILLION + carry
    this.high = Math.floor(middle / 65536) | 0
    this.low = ((middle % 65536) << 16) | (rest - carry * 65536) | 0
  }
}

/** Divides the unsigned words by a billion, 16 bits at a time, and writes both parts. */
function writeWords(target: Uint8Array, at: number, low: number, high: number): number {
  const first = Math.floor(high / BILLION)
  const second = (high - first * BILLION) * 65536 + (low >>> 16)
  const quotient = Math.floor(second / BILLION)
  const third = (second - quotient * BILLION) * 65536 + (low & 0xffff)
  const last = Math.floor(third / BILLION)
  let rest = third - last * BILLION
  const end = writeInteger(target, at, first * WORD + quotient * 65536 + last) + 9
  for (let to = end - 1; to >= end - 9; to--) {
    const next = (rest / 10) | 0
    target[to] = ZERO + rest - next * 10
    rest = next
  }
  return end
}

/** At most ten digits, leading zeros welcome; -1 when one of the bytes is no digit. */
function readDigits(bytes: Uint8Array, start: number, end: number): number {
  let n = 0
  for (let at = start; at < end; at++) {
    const digit = bytes[at] - ZERO
    if (digit < 0 || digit > 9) return -1
    n = n * 10 + digit
  }
  return n
}

function readWord(bytes: Uint8Array, at: number): number {
  return bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16) | (bytes[at + 3] << 24)
}

function writeWord(bytes: Uint8Array, at: number, word: number): void {
  bytes[at] = word
  bytes[at + 1] = word >>> 8
  bytes[at + 2] = word >>> 16
  bytes[at + 3] = word >>> 24
}
