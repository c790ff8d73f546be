// inline.ts: splits a line into arguments, as a person types them.
//
// "double quotes" know \n \r \t \b \a \xHH and \anything; 'single quotes' know \'. Outside of
// quotes white space separates. Arguments without quotes stay where they lie; quoted ones are
// unescaped into a buffer of their own, since the line is the client's memory.

import type { Words } from './request.ts'

const BACKSLASH = 92
const DOUBLE = 34
const SINGLE = 39

/**
 * Splits `bytes[start, end)` into `words`.
 * @returns false when a quote is not closed or something other than space follows a closing quote
 */
export function splitInline(bytes: Uint8Array, start: number, end: number, words: Words): boolean {
  const line = new Uint8Array(end - start)
  words.bytes = line
  let out = 0
  let at = start
  for (;;) {
    while (at < end && isSpace(bytes[at])) at++
    if (at >= end) return true
    const first = out
    let quote = 0
    for (; at < end; at++) {
      const byte = bytes[at]
      if (quote === 0) {
        if (isSpace(byte)) break
        if (byte === DOUBLE || byte === SINGLE) quote = byte
        else line[out++] = byte
      } else if (byte === quote) {
        if (at + 1 < end && !isSpace(bytes[at + 1])) return false
        quote = 0
      } else if (byte === BACKSLASH && at + 1 < end && quote === DOUBLE) {
        const hex = hexEscape(bytes, at, end)
        line[out++] = hex >= 0 ? hex : escaped(bytes[at + 1])
        at += hex >= 0 ? 3 : 1
      } else if (byte === BACKSLASH && at + 1 < end && bytes[at + 1] === SINGLE) {
        line[out++] = SINGLE
        at++
      } else line[out++] = byte
    }
    if (quote !== 0) return false
    words.add(first, out)
  }
}

function isSpace(byte: number): boolean {
  return byte === 32 || (byte >= 9 && byte <= 13)
}

function hexEscape(bytes: Uint8Array, at: number, end: number): number {
  if (at + 3 >= end || bytes[at + 1] !== 120) return -1
  const high = hexDigit(bytes[at + 2])
  const low = hexDigit(bytes[at + 3])
  return high < 0 || low < 0 ? -1 : high * 16 + low
}

function hexDigit(byte: number): number {
  if (byte >= 48 && byte <= 57) return byte - 48
  const letter = byte | 32
  return letter >= 97 && letter <= 102 ? letter - 87 : -1
}

function escaped(byte: number): number {
  switch (byte) {
    case 110:
      return 10
    case 114:
      return 13
    case 116:
      return 9
    case 98:
      return 8
    case 97:
      return 7
    default:
      return byte
  }
}
