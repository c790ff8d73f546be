// listpack.ts: a listpack: many short texts and integers in one stretch of bytes, in exactly the
// layout that Redis keeps in memory, in DUMP payloads and in RDB files.
//
//   listpack  ┌ total bytes u32 ┬ count u16 ┬ entry … ┬ 0xFF ┐    bytes[start, end), little endian
//   entry     ┌ encoding ┬ data ┬ back length ┐
//
//   first byte            holds                                 encoded bytes
//   0xxxxxxx              integer 0 to 127                      1
//   10llllll              text of up to 63 bytes                1 + length
//   110xxxxx +1           integer of 13 bits                    2
//   1110llll +1           text of up to 4095 bytes              2 + length
//   11110000 +4           text of any length                    5 + length
//   11110001 … 11110100   integer of 16, 24, 32, 64 bits        3, 4, 5, 9
//
// The back length is the number of encoded bytes, 7 bits a byte, the last byte of it lowest: so a
// listpack is walked from its end too. A count of 65535 means: not known, count them. What looks
// like an integer is stored as one and nowhere as a text; payloads of strangers may differ, so
// reading and comparing takes any encoding for any value.
//
// An offset is where an entry begins in `bytes`; 0 means none, since the header is before any. The
// entries fill [start + LISTPACK_HEADER, end - 1), hence the shortest walk:
//
//   for (let at = start + LISTPACK_HEADER; at < end - 1; ) at = readListpackEntry(bytes, at, entry)
//
// Room is the caller's: to insert, take `listpackEntrySize`, make room there, write, and say
// `adjustListpack`; to remove, close the gap up to `listpackEntryEnd` and say the same.
// Besides: listpack-find.ts searches and compares, listpack-check.ts judges what a stranger sent,
// listpack-reply.ts sends entries to a client. Nothing here allocates.

import { copyBytes, Span } from '../memory/span.ts'
import { INT64_LENGTH_MAX, Int64 } from '../numbers/int64.ts'
import { writeInteger } from '../numbers/numbers.ts'

/** Bytes before the first entry. */
export const LISTPACK_HEADER = 6
/** Bytes of a listpack without entries. */
export const LISTPACK_MIN = 7
/** A count in the header that says nothing. */
export const COUNT_UNKNOWN = 65535

export const LISTPACK_END = 0xff

/** A listpack without entries, to copy. */
export const EMPTY_LISTPACK = new Uint8Array([LISTPACK_MIN, 0, 0, 0, 0, 0, LISTPACK_END])

const MINUS = 0x2d
const ZERO = 0x30
const NINE = 0x39
const TEXT_6 = 0x80
const INT_13 = 0xc0
const TEXT_12 = 0xe0
const TEXT_32 = 0xf0
const INT_16 = 0xf1
const INT_24 = 0xf2
const INT_64 = 0xf4

/** What an entry holds, read into the same object again and again. */
export class PackedEntry {
  /** The element as text: a loan of the listpack, or an integer's digits in memory of its own. */
  readonly span = new Span()
  /** Whether it is stored as an integer. */
  isInteger = false
  /** The integer, rounded beyond ±2^53. */
  number = 0
  /** The integer, exactly. */
  readonly int64 = new Int64()
  readonly digits = new Uint8Array(INT64_LENGTH_MAX)
}

const wide = new Int64()

/** The bytes of the whole listpack, as its header says. */
export function listpackBytes(bytes: Uint8Array, start: number): number {
  return (
    (bytes[start] |
      (bytes[start + 1] << 8) |
      (bytes[start + 2] << 16) |
      (bytes[start + 3] << 24)) >>>
    0
  )
}

/** The number of entries; walks them where the header does not know it. */
export function listpackCount(bytes: Uint8Array, start: number, end: number): number {
  const known = bytes[start + 4] | (bytes[start + 5] << 8)
  if (known !== COUNT_UNKNOWN) return known
  let count = 0
  for (let at = start + LISTPACK_HEADER; at < end - 1; count++) at = listpackEntryEnd(bytes, at)
  return count
}

export function setListpackHeader(
  bytes: Uint8Array,
  start: number,
  total: number,
  count: number,
): void {
  bytes[start] = total
  bytes[start + 1] = total >>> 8
  bytes[start + 2] = total >>> 16
  bytes[start + 3] = total >>> 24
  const known = count < COUNT_UNKNOWN ? count : COUNT_UNKNOWN
  bytes[start + 4] = known
  bytes[start + 5] = known >>> 8
}

/** Enters in the header that the listpack changed by so many bytes and entries. */
export function adjustListpack(
  bytes: Uint8Array,
  start: number,
  byteChange: number,
  countChange: number,
): void {
  const known = bytes[start + 4] | (bytes[start + 5] << 8)
  const count = known === COUNT_UNKNOWN ? known : known + countChange
  setListpackHeader(bytes, start, listpackBytes(bytes, start) + byteChange, count)
}

/** The first entry, 0 where there is none. */
export function listpackFirst(bytes: Uint8Array, start: number): number {
  const at = start + LISTPACK_HEADER
  return bytes[at] === LISTPACK_END ? 0 : at
}

/** The last entry, 0 where there is none. */
export function listpackLast(bytes: Uint8Array, start: number, end: number): number {
  return listpackPrevious(bytes, start, end - 1)
}

/** The entry behind one, 0 where there is none. */
export function listpackNext(bytes: Uint8Array, at: number): number {
  const next = listpackEntryEnd(bytes, at)
  return bytes[next] === LISTPACK_END ? 0 : next
}

/** The entry before one, or before the end mark; 0 where there is none. */
export function listpackPrevious(bytes: Uint8Array, start: number, at: number): number {
  if (at === start + LISTPACK_HEADER) return 0
  const last = bytes[at - 1]
  if (last < 128) return at - 1 - last
  let length = last & 127
  let from = at - 2
  for (let unit = 128; ; unit *= 128) {
    const byte = bytes[from--]
    length += (byte & 127) * unit
    // Not the bytes read: a stranger's back length may run on through the data before it.
    if (byte < 128) return at - backLengthSize(length) - length
  }
}

/**
 * The entry of a number, counted from 0, or from -1 backwards; 0 where there is none. Walks from
 * the nearer end.
 */
export function listpackAt(bytes: Uint8Array, start: number, end: number, index: number): number {
  const known = bytes[start + 4] | (bytes[start + 5] << 8)
  let steps = index
  if (known !== COUNT_UNKNOWN) {
    if (index < 0) steps += known
    if (steps < 0 || steps >= known) return 0
    if (steps > known >>> 1) steps -= known
  }
  if (steps < 0) {
    let at = end - 1
    for (; steps < 0; steps++) {
      at = listpackPrevious(bytes, start, at)
      if (at === 0) return 0
    }
    return at
  }
  let at = start + LISTPACK_HEADER
  for (; steps > 0 && at < end - 1; steps--) at = listpackEntryEnd(bytes, at)
  return at < end - 1 ? at : 0
}

/** The offset behind an entry: of the next one, or of the end mark. */
export function listpackEntryEnd(bytes: Uint8Array, at: number): number {
  const first = bytes[at]
  if (first < TEXT_6) return at + 2
  if (first < INT_13) return at + 2 + (first & 63)
  if (first < TEXT_12) return at + 3
  if (first < TEXT_32) {
    const size = 2 + (((first & 15) << 8) | bytes[at + 1])
    return at + size + (size < 128 ? 1 : 2)
  }
  if (first === TEXT_32) {
    const size = 5 + longLength(bytes, at)
    return at + size + backLengthSize(size)
  }
  return at + (first === INT_64 ? 10 : first - TEXT_32 + 3)
}

/** Bytes that a back length takes. */
export function backLengthSize(length: number): number {
  if (length <= 127) return 1
  if (length < 16383) return 2
  if (length < 2097151) return 3
  return length < 268435455 ? 4 : 5
}

/**
 * Reads an entry.
 * @returns the offset behind it
 */
export function readListpackEntry(bytes: Uint8Array, at: number, into: PackedEntry): number {
  const first = bytes[at]
  if (first >= TEXT_6 && first < INT_13) {
    const end = at + 1 + (first & 63)
    return readText(bytes, at + 1, end, into) + 1
  }
  if (first >= TEXT_12 && first < TEXT_32) {
    const size = 2 + (((first & 15) << 8) | bytes[at + 1])
    return readText(bytes, at + 2, at + size, into) + (size < 128 ? 1 : 2)
  }
  if (first === TEXT_32) {
    const size = 5 + longLength(bytes, at)
    return readText(bytes, at + 5, at + size, into) + backLengthSize(size)
  }
  into.isInteger = true
  const { span, digits } = into
  span.bytes = digits
  span.start = 0
  if (first === INT_64) {
    into.int64.read(bytes, at + 1)
    into.number = into.int64.number
    span.end = into.int64.writeText(digits, 0)
    return at + 10
  }
  const n = smallInteger(bytes, at, first)
  into.number = n
  into.int64.low = n
  into.int64.high = n >> 31
  span.end = writeInteger(digits, 0, n)
  return listpackEntryEnd(bytes, at)
}

/** The integer of an entry, rounded beyond ±2^53; NaN where it holds a text. */
export function listpackInteger(bytes: Uint8Array, at: number): number {
  const first = bytes[at]
  if (first < TEXT_6) return first
  if (first === INT_64) {
    wide.read(bytes, at + 1)
    return wide.number
  }
  if (first < INT_13 || (first >= TEXT_12 && first <= TEXT_32)) return NaN
  return smallInteger(bytes, at, first)
}

/** Bytes that an element takes as an entry, back length included. */
export function listpackEntrySize(element: Span): number {
  const { bytes, start, end } = element
  const length = end - start
  if (isInteger(bytes, start, end)) return wideSize() + 1
  const size = length < 64 ? length + 1 : length < 4096 ? length + 2 : length + 5
  return size + backLengthSize(size)
}

/** The same for a safe integer. */
export function listpackIntegerSize(n: number): number {
  return integerSize(n) + 1
}

/**
 * Writes an element as an entry.
 * @returns the offset behind it
 */
export function writeListpackEntry(target: Uint8Array, at: number, element: Span): number {
  const { bytes, start, end } = element
  const length = end - start
  if (isInteger(bytes, start, end)) return writeWide(target, at)
  let to = at
  if (length < 64) {
    target[to++] = TEXT_6 | length
  } else if (length < 4096) {
    target[to++] = TEXT_12 | (length >>> 8)
    target[to++] = length
  } else {
    target[to++] = TEXT_32
    target[to++] = length
    target[to++] = length >>> 8
    target[to++] = length >>> 16
    target[to++] = length >>> 24
  }
  copyBytes(bytes, start, end, target, to)
  return writeBackLength(target, to + length, to + length - at)
}

/** The same for a safe integer. */
export function writeListpackInteger(target: Uint8Array, at: number, n: number): number {
  wide.set(n)
  return writeWide(target, at)
}

/** Whether a text is an integer, which is in `wide` then. */
function isInteger(bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start > INT64_LENGTH_MAX || start === end) return false
  const first = bytes[start]
  // Most texts are told by their first byte.
  if (first > NINE || (first < ZERO && first !== MINUS)) return false
  return wide.parse(bytes, start, end)
}

/**
 * Writes the back length of so many encoded bytes, for who copies those as they are.
 * @returns the offset behind it
 */
export function writeBackLength(target: Uint8Array, at: number, length: number): number {
  if (length <= 127) {
    target[at] = length
    return at + 1
  }
  const size = backLengthSize(length)
  let rest = length
  for (let to = at + size - 1; to > at; to--) {
    target[to] = (rest & 127) | 128
    rest = rest >>> 7
  }
  target[at] = rest
  return at + size
}

function readText(bytes: Uint8Array, start: number, end: number, into: PackedEntry): number {
  into.isInteger = false
  const span = into.span
  span.bytes = bytes
  span.start = start
  span.end = end
  return end
}

function longLength(bytes: Uint8Array, at: number): number {
  return listpackBytes(bytes, at + 1)
}

/** An integer of up to 32 bits. */
function smallInteger(bytes: Uint8Array, at: number, first: number): number {
  if (first < TEXT_6) return first
  if (first < TEXT_12) return ((((first & 31) << 8) | bytes[at + 1]) << 19) >> 19
  if (first === INT_16) return ((bytes[at + 1] | (bytes[at + 2] << 8)) << 16) >> 16
  const three = bytes[at + 1] | (bytes[at + 2] << 8) | (bytes[at + 3] << 16)
  return first === INT_24 ? (three << 8) >> 8 : three | (bytes[at + 4] << 24)
}

function wideSize(): number {
  return wide.high === wide.low >> 31 ? integerSize(wide.low) : 9
}

function integerSize(n: number): number {
  if (n >= 0 && n <= 127) return 1
  if (n >= -4096 && n <= 4095) return 2
  if (n >= -32768 && n <= 32767) return 3
  if (n >= -8388608 && n <= 8388607) return 4
  return n === (n | 0) ? 5 : 9
}

/** Writes the integer in `wide`, in the fewest bytes. */
function writeWide(target: Uint8Array, at: number): number {
  const size = wideSize()
  const n = wide.low
  if (size === 1) target[at] = n
  else if (size === 2) {
    target[at] = INT_13 | ((n >>> 8) & 31)
    target[at + 1] = n
  } else if (size === 9) {
    target[at] = INT_64
    wide.write(target, at + 1)
  } else {
    target[at] = TEXT_32 + size - 2
    for (let i = 1; i < size; i++) target[at + i] = n >>> (8 * i - 8)
  }
  target[at + size] = size
  return at + size + 1
}
