// intset.ts: a sorted set of integers in one stretch of bytes, in exactly the layout that Redis
// keeps in memory, in DUMP payloads and in RDB files.
//
//   intset  ┌ width u32 ┬ count u32 ┬ integer … ┐    bytes[start, end), little endian
//
// All integers have the same width: 2, 4 or 8 bytes, as the largest of them asked for; it does not
// shrink again. They ascend, and none is there twice.
//
// Room is the caller's: to insert, make room for one width at `intsetAt(start, width, index)`,
// write, and say `setIntsetHeader`; where the new integer is wider than the others, make room for
// all first and `widenIntset`. Cost: search O(log n), without BigInt; the integers of the two
// narrow widths are compared as numbers, those of eight bytes as two words.

import { Int64 } from '../numbers/int64.ts'

/** Bytes before the first integer. */
export const INTSET_HEADER = 8

const NARROW = 2
const MIDDLE = 4
const WIDE = 8

const moved = new Int64()

/** Bytes that each integer takes: 2, 4 or 8. */
export function intsetWidth(bytes: Uint8Array, start: number): number {
  return bytes[start]
}

/** Number of integers. */
export function intsetCount(bytes: Uint8Array, start: number): number {
  return readWord(bytes, start + 4) >>> 0
}

export function setIntsetHeader(
  bytes: Uint8Array,
  start: number,
  width: number,
  count: number,
): void {
  writeWord(bytes, start, width)
  writeWord(bytes, start + 4, count)
}

/** The width that an integer asks for. */
export function widthOf(n: Int64): number {
  if (n.low >> 31 !== n.high) return WIDE
  return (n.low << 16) >> 16 === n.low ? NARROW : MIDDLE
}

/** Where the integer with an index lies, or would. */
export function intsetAt(start: number, width: number, index: number): number {
  return start + INTSET_HEADER + width * index
}

/** Reads the integer that lies at an offset (`intsetAt`). */
export function readIntsetValue(bytes: Uint8Array, at: number, width: number, into: Int64): void {
  if (width === WIDE) {
    into.read(bytes, at)
    return
  }
  const n = width === NARROW ? readShort(bytes, at) : readWord(bytes, at)
  into.low = n
  into.high = n >> 31
}

export function writeIntsetValue(bytes: Uint8Array, at: number, width: number, n: Int64): void {
  bytes[at] = n.low
  bytes[at + 1] = n.low >>> 8
  if (width === NARROW) return
  bytes[at + 2] = n.low >>> 16
  bytes[at + 3] = n.low >>> 24
  if (width === WIDE) writeWord(bytes, at + 4, n.high)
}

/**
 * Looks for an integer.
 * @returns its index; where it is absent -1 - the index that it would get
 */
export function searchIntset(bytes: Uint8Array, start: number, n: Int64): number {
  const width = intsetWidth(bytes, start)
  const count = intsetCount(bytes, start)
  if (widthOf(n) > width) return n.high < 0 ? -1 : -1 - count
  if (width === WIDE) return searchWide(bytes, start + INTSET_HEADER, count, n)
  const sought = n.low
  let low = 0
  let high = count - 1
  while (low <= high) {
    const middle = (low + high) >>> 1
    const at = start + INTSET_HEADER + middle * width
    const value = width === NARROW ? readShort(bytes, at) : readWord(bytes, at)
    if (value === sought) return middle
    if (value < sought) low = middle + 1
    else high = middle - 1
  }
  return -1 - low
}

/**
 * Rewrites the first `count` integers in a greater width, from the last one on, in place.
 * @param from the width they have
 * @param to the width they get; there is room for them
 */
export function widenIntset(bytes: Uint8Array, start: number, from: number, to: number): void {
  const count = intsetCount(bytes, start)
  for (let i = count - 1; i >= 0; i--) {
    readIntsetValue(bytes, intsetAt(start, from, i), from, moved)
    writeIntsetValue(bytes, intsetAt(start, to, i), to, moved)
  }
  setIntsetHeader(bytes, start, to, count)
}

/** Whether `bytes[start, end)` is an intset that is not empty and in order. */
export function validateIntset(bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start < INTSET_HEADER) return false
  const width = readWord(bytes, start)
  if (width !== NARROW && width !== MIDDLE && width !== WIDE) return false
  const count = intsetCount(bytes, start)
  if (count === 0 || INTSET_HEADER + count * width !== end - start) return false
  for (let at = start + INTSET_HEADER; at + width < end; at += width) {
    if (!ascends(bytes, at, width)) return false
  }
  return true
}

/** Whether the integer at an offset is below the one after it. */
function ascends(bytes: Uint8Array, at: number, width: number): boolean {
  if (width === NARROW) return readShort(bytes, at) < readShort(bytes, at + NARROW)
  if (width === MIDDLE) return readWord(bytes, at) < readWord(bytes, at + MIDDLE)
  moved.read(bytes, at + WIDE)
  return compareWide(bytes, at, moved) < 0
}

function searchWide(bytes: Uint8Array, first: number, count: number, n: Int64): number {
  let low = 0
  let high = count - 1
  while (low <= high) {
    const middle = (low + high) >>> 1
    const order = compareWide(bytes, first + middle * WIDE, n)
    if (order === 0) return middle
    if (order < 0) low = middle + 1
    else high = middle - 1
  }
  return -1 - low
}

/** Below, at or above zero as the integer at an offset is below, at or above `n`. */
function compareWide(bytes: Uint8Array, at: number, n: Int64): number {
  const high = readWord(bytes, at + 4)
  if (high !== n.high) return high < n.high ? -1 : 1
  return (readWord(bytes, at) >>> 0) - (n.low >>> 0)
}

function readShort(bytes: Uint8Array, at: number): number {
  return ((bytes[at] | (bytes[at + 1] << 8)) << 16) >> 16
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
