// float-text.ts: the grammar of floating point text, as C's strtod reads it in the "C" locale and
// Redis narrows it: the whole text must be used, nothing may stand before it, NaN is refused.
//
//   [+-] ( digits with at most one point [ e [+-] digits ]
//        | 0x hex digits with at most one point [ p [+-] digits ]
//        | inf | infinity )                                        in any case
//
// Doubles and long doubles share it; each makes its own number out of what was found.

export const DECIMAL = 0
export const HEXADECIMAL = 1
export const INFINITE = 2

// An exponent this large has long decided the result; it only must not overflow itself.
const EXPONENT_MAX = 1e12

const CASE_BIT = 0x20
const MINUS = 0x2d
const PLUS = 0x2b
const POINT = 0x2e
const ZERO = 0x30
const LETTER_E = 0x65
const LETTER_P = 0x70
const LETTER_X = 0x78

/** What a text says: an integer of digits, and the power of ten or two it is multiplied by. */
export class FloatText {
  form = DECIMAL
  negative = false
  /** Where the digits lie; a point may be among them. */
  start = 0
  end = 0
  /** A power of ten, or of two if hexadecimal; digits behind a point are already counted. */
  exponent = 0

  /** Reads the text; false when it is not a number from its first to its last byte. */
  scan(bytes: Uint8Array, start: number, end: number): boolean {
    let at = start
    if (at >= end) return false
    this.negative = bytes[at] === MINUS
    if (this.negative || bytes[at] === PLUS) at++
    this.form = DECIMAL
    this.exponent = 0
    if (isWord(bytes, at, end, 'inf') || isWord(bytes, at, end, 'infinity')) {
      this.form = INFINITE
      return true
    }
    if (end - at > 2 && bytes[at] === ZERO && lower(bytes[at + 1]) === LETTER_X) {
      this.form = HEXADECIMAL
      at += 2
    }
    at = this.scanDigits(bytes, at, end)
    if (at < 0) return false
    return at === end || this.scanExponent(bytes, at, end)
  }

  // Returns the offset behind the digits, or -1 when there are none.
  private scanDigits(bytes: Uint8Array, start: number, end: number): number {
    const base = this.form === HEXADECIMAL ? 16 : 10
    let at = start
    let point = -1
    for (; at < end; at++) {
      if (bytes[at] === POINT && point < 0) point = at
      else if (digitValue(bytes[at]) >= base) break
    }
    this.start = start
    this.end = at
    if (point >= 0) this.exponent = (point + 1 - at) * (base === 16 ? 4 : 1)
    return at - start > (point >= 0 ? 1 : 0) ? at : -1
  }

  private scanExponent(bytes: Uint8Array, start: number, end: number): boolean {
    const mark = this.form === HEXADECIMAL ? LETTER_P : LETTER_E
    if (lower(bytes[start]) !== mark) return false
    let at = start + 1
    const negative = bytes[at] === MINUS
    if (at < end && (negative || bytes[at] === PLUS)) at++
    if (at >= end) return false
    let power = 0
    for (; at < end; at++) {
      const digit = digitValue(bytes[at])
      if (digit > 9) return false
      if (power < EXPONENT_MAX) power = power * 10 + digit
    }
    this.exponent += negative ? -power : power
    return true
  }

  /**
   * The significant digits, at most `limit` of them and a '1' in place of more, so that rounding
   * still sees that something follows. `exponent` is adjusted; '' stands for zero.
   */
  significant(bytes: Uint8Array, limit: number): string {
    let text = ''
    let dropped = 0
    let sticky = false
    for (let at = this.start; at < this.end; at++) {
      const byte = bytes[at]
      if (byte === POINT || (byte === ZERO && text === '')) continue
      if (text.length < limit) {
        text += String.fromCharCode(byte)
        continue
      }
      dropped++
      if (byte !== ZERO) sticky = true
    }
    if (sticky) {
      text += '1'
      dropped--
    }
    this.exponent += dropped * (this.form === HEXADECIMAL ? 4 : 1)
    return text
  }
}

/** `n` divided by 2^`bits`, to the nearest integer, ties to the even one. */
export function shiftRounded(n: bigint, bits: bigint): bigint {
  if (bits <= 0n) return n << -bits
  const quotient = n >> bits
  const rest = n - (quotient << bits)
  const half = 1n << (bits - 1n)
  const up = rest > half || (rest === half && (quotient & 1n) === 1n)
  return up ? quotient + 1n : quotient
}

/** How many bits a positive integer has. */
export function bitLength(n: bigint): number {
  const hex = n.toString(16)
  return hex.length * 4 - Math.clz32(Number.parseInt(hex[0], 16)) + 28
}

function isWord(bytes: Uint8Array, start: number, end: number, word: string): boolean {
  if (end - start !== word.length) return false
  for (let i = 0; i < word.length; i++) {
    if (lower(bytes[start + i]) !== word.charCodeAt(i)) return false
  }
  return true
}

function lower(byte: number): number {
  return byte | CASE_BIT
}

// 0 to 15, or 99 for what is no digit in any base.
function digitValue(byte: number): number {
  const digit = byte - ZERO
  if (digit >= 0 && digit <= 9) return digit
  const letter = lower(byte) - 87
  return letter >= 10 && letter <= 15 ? letter : 99
}
