// inline.ts: splits a line into arguments, as a person types them.
//
// "double quotes" know \n \r \t \b \a \xHH and \anything; 'single quotes' know \'. Outside of
// quotes white space separates. Arguments without quotes stay where they lie; quoted ones are
// unescaped into a buffer of their own, since the line is the client's memory.

import type { Words } from './request.ts'

const BACKSLASH = 92
const DOUBLE = 34
const SINGLE = 39

/** Where reading and writing of one line have come to. */
const cursor = { at: 0, out: 0 }

/**
 * Splits `bytes[start, end)` into `words`.
 * @returns false when a quote is not closed or something other than space follows a closing quote
 */
export function splitInline(bytes: Uint8Array, start: number, end: number, words: Words): boolean {
  const line = new Uint8Array(end - start)
  words.bytes = line
  cursor.at = start
  cursor.out = 0
  for (;;) {
    while (cursor.at < end && isSpace(bytes[cursor.at])) cursor.at++
    if (cursor.at >= end) return true
    const first = cursor.out
    if (!readWord(bytes, end, line)) return false
    words.add(first, cursor.out)
  }
}

/** Reads one word, whose end is a closing quote, or white space where there is none. */
function readWord(bytes: Uint8Array, end: number, line: Uint8Array): boolean {
  while (cursor.at < end && !endsWord(bytes[cursor.at])) {
    const byte = bytes[cursor.at++]
    if (byte === DOUBLE || byte === SINGLE) return readQuoted(bytes, end, byte, line)
    line[cursor.out++] = byte
  }
  return true
}

/** Reads on to the closing quote; false where there is none, or no space behind it. */
function readQuoted(bytes: Uint8Array, end: number, quote: number, line: Uint8Array): boolean {
  while (cursor.at < end) {
    const byte = bytes[cursor.at++]
    if (byte === quote) return cursor.at >= end || isSpace(bytes[cursor.at])
    if (byte !== BACKSLASH || cursor.at >= end) line[cursor.out++] = byte
    else if (quote === DOUBLE) line[cursor.out++] = readEscape(bytes, end)
    else if (bytes[cursor.at] !== SINGLE) line[cursor.out++] = byte
    else {
      line[cursor.out++] = SINGLE
      cursor.at++
    }
  }
  return false
}

/** The byte that the escape behind a backslash stands for. */
function readEscape(bytes: Uint8Array, end: number): number {
  const hex = hexEscape(bytes, cursor.at - 1, end)
  const byte = hex >= 0 ? hex : escaped(bytes[cursor.at])
  cursor.at += hex >= 0 ? 3 : 1
  return byte
}

/** Vertical tab and form feed separate words but do not end one: so it is in redis-server. */
function endsWord(byte: number): boolean {
  return byte === 32 || byte === 9 || byte === 10 || byte === 13 || byte === 0
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
