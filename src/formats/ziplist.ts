// ziplist.ts: the packed lists of RDB files before Redis 7: lists, hashes and sorted sets. They are
// read and never written; listpacks (bytes/packed/listpack.ts) have replaced them.
//
//   ┌ bytes u32 LE ┬ offset of the last entry u32 LE ┬ entries u16 LE ┬ entry … ┬ 0xff ┐
//   entry = ┌ length of the entry before it ┬ encoding ┬ data ┐
//
//   length before   one byte below 254, or 0xfe and u32 LE; 0 for the first entry
//   00llllll        text of up to 63 bytes
//   01llllll 8 bits  text of up to 16383 bytes
//   10______        u32 BE, text of that length
//   0xfe c0 f0 d0 e0   an integer of 1, 2, 3, 4, 8 bytes LE, with a sign
//   0xf1 to 0xfd    an integer, 0 to 12, without data
//
// 65535 entries or more are not counted in the header.

import { Span } from '../bytes/memory/span.ts'
import { writeInt64, writeInteger } from '../bytes/numbers/numbers.ts'

const HEADER = 10
const END = 0xff
const BIG_BEFORE = 254
const UNCOUNTED = 0xffff
const INVALID = -1
const IMMEDIATE_MIN = 0xf1
const IMMEDIATE_MAX = 0xfd

/** The reading of one list, reused from one to the next. */
const entry = new Span()
const digits = new Uint8Array(20)

/**
 * Visits the entries in order, and checks every byte of the list on the way.
 * @param visit takes an entry as text, integers in decimal; a loan until the next one. False ends
 * the reading.
 * @returns the number of entries; -1 when this is no consistent ziplist, or `visit` ended it
 */
export function readZiplist(list: Span, visit: (entry: Span) => boolean): number {
  const { bytes, start, end } = list
  const last = end - 1
  if (last - start < HEADER || bytes[last] !== END) return INVALID
  if (readUint32(bytes, start) !== end - start) return INVALID
  let at = start + HEADER
  let before = at
  let size = 0
  let count = 0
  while (bytes[at] !== END) {
    const next = readEntry(bytes, at, last, size)
    if (next < 0 || !visit(entry)) return INVALID
    size = next - at
    before = at
    at = next
    count++
  }
  if (at !== last) return INVALID
  // The reference does not care where an empty list says that its last entry is.
  const tail = start + readUint32(bytes, start + 4)
  if (count > 0 ? tail !== before : tail > last) return INVALID
  const counted = bytes[start + 8] | (bytes[start + 9] << 8)
  return counted === UNCOUNTED || counted === count ? count : INVALID
}

/**
 * Points `entry` at the text of the entry at `at`.
 * @param last where the end mark of the list stands: nothing reaches beyond it
 * @param size bytes of the entry before it
 * @returns where the next entry begins, -1 when this one is damaged
 */
function readEntry(bytes: Uint8Array, at: number, last: number, size: number): number {
  const encodingAt = bytes[at] < BIG_BEFORE ? at + 1 : at + 5
  if (encodingAt > last) return INVALID
  const before = encodingAt === at + 1 ? bytes[at] : readUint32(bytes, at + 1)
  if (before !== size) return INVALID
  const encoding = bytes[encodingAt]
  const next =
    encoding < 0xc0 ? readText(bytes, encodingAt, last) : readIntegerEntry(bytes, encodingAt, last)
  return next > last ? INVALID : next
}

function readText(bytes: Uint8Array, at: number, last: number): number {
  const encoding = bytes[at]
  let data = at + 1
  let length = encoding & 63
  if (encoding >= 0x80) {
    data = at + 5
    if (data > last) return INVALID
    length = readUint32BigEndian(bytes, at + 1)
  } else if (encoding >= 0x40) {
    data = at + 2
    if (data > last) return INVALID
    length = (length << 8) | bytes[at + 1]
  }
  const next = data + length
  if (next <= last) entry.set(bytes, data, next)
  return next
}

function readIntegerEntry(bytes: Uint8Array, at: number, last: number): number {
  const encoding = bytes[at]
  if (encoding >= IMMEDIATE_MIN && encoding <= IMMEDIATE_MAX) {
    entry.set(digits, 0, writeInteger(digits, 0, encoding - IMMEDIATE_MIN))
    return at + 1
  }
  const length = integerLength(encoding)
  const next = at + 1 + length
  if (length === 0 || next > last) return INVALID
  entry.set(digits, 0, writeBytes(bytes, at + 1, length))
  return next
}

/** Bytes of an integer in that encoding, 0 for an encoding that is none. */
function integerLength(encoding: number): number {
  switch (encoding) {
    case 0xfe:
      return 1
    case 0xc0:
      return 2
    case 0xf0:
      return 3
    case 0xd0:
      return 4
    case 0xe0:
      return 8
    default:
      return 0
  }
}

/** Writes the integer in those bytes to `digits`; returns the number of its digits. */
function writeBytes(bytes: Uint8Array, at: number, length: number): number {
  if (length === 8) {
    const high = BigInt(readUint32(bytes, at + 4) | 0)
    return writeInt64(digits, 0, (high << 32n) | BigInt(readUint32(bytes, at)))
  }
  let n = 0
  for (let i = length - 1; i >= 0; i--) n = (n << 8) | bytes[at + i]
  const unused = 32 - 8 * length
  return writeInteger(digits, 0, (n << unused) >> unused)
}

function readUint32(bytes: Uint8Array, at: number): number {
  const low = bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16)
  return low + bytes[at + 3] * 2 ** 24
}

function readUint32BigEndian(bytes: Uint8Array, at: number): number {
  const low = (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3]
  return bytes[at] * 2 ** 24 + low
}
