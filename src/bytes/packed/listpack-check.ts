// listpack-check.ts: judges a listpack (listpack.ts) that a stranger sent, by Redis's rules.
//
// What passes can be walked both ways without leaving its bytes. What the entries mean (pairs,
// order, no duplicates) is the type's to check.

import {
  backLengthSize,
  COUNT_UNKNOWN,
  LISTPACK_END,
  LISTPACK_HEADER,
  LISTPACK_MIN,
  listpackBytes,
} from './listpack.ts'

const INT_64 = 0xf4

/**
 * Whether `bytes[start, end)` is a listpack.
 * @param deep whether its entries are walked; otherwise only header and end mark are looked at
 */
export function validateListpack(
  bytes: Uint8Array,
  start: number,
  end: number,
  deep: boolean,
): boolean {
  if (!deep) return isFramed(bytes, start, end)
  const known = bytes[start + 4] | (bytes[start + 5] << 8)
  const count = countEntries(bytes, start, end)
  return count >= 0 && (known === COUNT_UNKNOWN || known === count)
}

/**
 * Counts the entries of `bytes[start, end)` by walking them, whatever the header says of their
 * number.
 * @returns -1 where that is no listpack
 */
export function countEntries(bytes: Uint8Array, start: number, end: number): number {
  if (!isFramed(bytes, start, end)) return -1
  const last = end - 1
  let count = 0
  for (let at = start + LISTPACK_HEADER; at < last; count++) {
    at = checkedEnd(bytes, at, last)
    if (at === 0) return -1
  }
  return count
}

/** Whether header and end mark are those of a listpack. */
function isFramed(bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start < LISTPACK_MIN) return false
  return listpackBytes(bytes, start) === end - start && bytes[end - 1] === LISTPACK_END
}

/** The offset behind an entry that ends at `last` at the latest; 0 where it is not sound. */
function checkedEnd(bytes: Uint8Array, at: number, last: number): number {
  const first = bytes[at]
  if (first > INT_64) return 0
  const head = headSize(first)
  if (at + head > last) return 0
  const size = head + dataSize(bytes, at, first)
  const end = at + size + backLengthSize(size)
  return end <= last && readBackLength(bytes, end - 1) === size ? end : 0
}

/** Bytes that tell how long the entry is. */
function headSize(first: number): number {
  if (first < 0xe0) return 1
  if (first < 0xf0) return 2
  return first === 0xf0 ? 5 : 1
}

function dataSize(bytes: Uint8Array, at: number, first: number): number {
  if (first < 0x80) return 0
  if (first < 0xc0) return first & 63
  if (first < 0xe0) return 1
  if (first < 0xf0) return ((first & 15) << 8) | bytes[at + 1]
  if (first === 0xf0) return listpackBytes(bytes, at + 1)
  return first === INT_64 ? 8 : first - 0xef
}

/** The back length whose lowest byte is at `at`; -1 where it takes more than five bytes. */
function readBackLength(bytes: Uint8Array, at: number): number {
  let length = 0
  let unit = 1
  for (let i = 0; i < 5; i++) {
    const byte = bytes[at - i]
    length += (byte & 127) * unit
    if (byte < 128) return length
    unit *= 128
  }
  return -1
}
