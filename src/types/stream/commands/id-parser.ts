// id-parser.ts: reads the ids that commands are given: '5-1', '5', '-', '+', '5-*', '(5-1'.
//
// The halves are read as redis-server reads them: first as a canonical integer, else as C's
// strtoull does, which takes leading spaces, zeros and signs. What comes after a NUL is not seen.

import { Span } from '../../../bytes/memory/span.ts'
import { parseInt64, parseInteger } from '../../../bytes/numbers/numbers.ts'
import { errors } from '../errors.ts'
import { decrementId, type Id, incrementId } from '../id.ts'

const MINUS = 0x2d
const PLUS = 0x2b
const STAR = 0x2a
const BRACKET = 0x28
const ZERO = 0x30
const TEXT_MAX = 127
const WORD = 0x1_0000_0000
const UNSIGNED_MAX = 2n ** 64n - 1n

// What an id that names only its milliseconds leaves open.
/** The id stands for the first one of its millisecond. */
export const FIRST = 0
/** The id stands for the last one of its millisecond. */
export const LAST = -1

const part = new Span()
/** The two words of the integer that was read last. */
const half = { high: 0, low: 0 }

/**
 * Reads an id.
 * @param missing FIRST or LAST, for an id without a number
 * @throws errors.streamId
 */
export function parseId(text: Span, id: Id, missing: number): void {
  if (!isSpecial(text, id) && !readId(text, id, missing)) throw errors.streamId
}

/** The same, but '-' and '+' are no ids. */
export function parseStrictId(text: Span, id: Id): void {
  if (!isStrictId(text, id)) throw errors.streamId
}

/** Reads an id that is not '-' or '+'; false where the text is none. */
export function isStrictId(text: Span, id: Id): boolean {
  return !isSingle(text, MINUS) && !isSingle(text, PLUS) && readId(text, id, FIRST)
}

/**
 * Reads an id whose number may be '*', for the next one.
 * @returns false where it is
 */
export function parseNewId(text: Span, id: Id): boolean {
  const { bytes, start } = text
  const end = untilNul(text)
  const middle = untilMinus(bytes, start, end)
  if (middle !== end - 2 || bytes[end - 1] !== STAR || text.end - start > TEXT_MAX) {
    parseStrictId(text, id)
    return true
  }
  if (!readHalf(bytes, start, middle)) throw errors.streamId
  setHalf(id, 0)
  id[2] = 0
  id[3] = 0
  return false
}

/**
 * Reads where a range begins; '(' before the id leaves it out.
 * @throws errors.streamId, errors.streamRangeStart
 */
export function parseStart(text: Span, id: Id): void {
  if (!isExclusive(text)) {
    parseId(text, id, FIRST)
    return
  }
  parseStrictId(part.set(text.bytes, text.start + 1, text.end), id)
  if (!incrementId(id)) throw errors.streamRangeStart
}

/**
 * Reads where a range ends, the same way.
 * @throws errors.streamId, errors.streamRangeEnd
 */
export function parseEnd(text: Span, id: Id): void {
  if (!isExclusive(text)) {
    parseId(text, id, LAST)
    return
  }
  part.set(text.bytes, text.start + 1, text.end)
  if (isSingle(part, MINUS) || isSingle(part, PLUS)) throw errors.streamId
  if (!readId(part, id, LAST)) throw errors.streamId
  if (!decrementId(id)) throw errors.streamRangeEnd
}

/** Whether the text is this one character, up to a NUL. */
export function isSingle(text: Span, character: number): boolean {
  const { bytes, start, end } = text
  if (start === end || bytes[start] !== character) return false
  return end - start === 1 || bytes[start + 1] === 0
}

function isExclusive(text: Span): boolean {
  return text.end - text.start > 1 && text.bytes[text.start] === BRACKET
}

function isSpecial(text: Span, id: Id): boolean {
  if (text.end - text.start > TEXT_MAX) return false
  if (isSingle(text, MINUS)) id.fill(0)
  else if (isSingle(text, PLUS)) id.fill(-1)
  else return false
  return true
}

function readId(text: Span, id: Id, missing: number): boolean {
  const { bytes, start } = text
  if (text.end - start > TEXT_MAX) return false
  const end = untilNul(text)
  const middle = untilMinus(bytes, start, end)
  if (!readHalf(bytes, start, middle)) return false
  setHalf(id, 0)
  if (middle === end) {
    id[2] = missing
    id[3] = missing
    return true
  }
  if (!readHalf(bytes, middle + 1, end)) return false
  setHalf(id, 2)
  return true
}

function untilNul({ bytes, start, end }: Span): number {
  for (let at = start; at < end; at++) if (bytes[at] === 0) return at
  return end
}

function untilMinus(bytes: Uint8Array, start: number, end: number): number {
  let at = start
  while (at < end && bytes[at] !== MINUS) at++
  return at
}

function setHalf(id: Id, at: number): void {
  id[at] = half.high
  id[at + 1] = half.low
}

/** Reads an integer into `half`; false where the text is none. */
function readHalf(bytes: Uint8Array, start: number, end: number): boolean {
  const n = parseInteger(bytes, start, end)
  if (n >= 0) {
    half.high = Math.floor(n / WORD)
    half.low = n | 0
    return true
  }
  // A canonical number below zero is refused; one that is not canonical wraps around.
  return Number.isNaN(n) && readAnyHalf(bytes, start, end)
}

function readAnyHalf(bytes: Uint8Array, start: number, end: number): boolean {
  const canonical = parseInt64(bytes, start, end)
  if (canonical !== undefined && canonical < 0n) return false
  const value = canonical ?? parseAsC(bytes, start, end)
  if (value === undefined) return false
  half.high = Number(value >> 32n)
  half.low = Number(value & 0xffffffffn)
  return true
}

/** What strtoull makes of the whole text; undefined where it does not take all or overflows. */
function parseAsC(bytes: Uint8Array, start: number, end: number): bigint | undefined {
  let from = start
  while (from < end && isSpace(bytes[from]!)) from++
  const negative = bytes[from] === MINUS && from < end
  if (from < end && (negative || bytes[from] === PLUS)) from++
  if (from === end) return undefined
  let value = 0n
  for (let at = from; at < end; at++) {
    const digit = bytes[at]! - ZERO
    if (digit < 0 || digit > 9) return undefined
    value = value * 10n + BigInt(digit)
  }
  if (value > UNSIGNED_MAX) return undefined
  return negative ? BigInt.asUintN(64, -value) : value
}

function isSpace(byte: number): boolean {
  return byte === 32 || (byte >= 9 && byte <= 13)
}
