// layout.ts: the bytes of a HyperLogLog, which is a string of this form:
//
//   ┌ "HYLL" ┬ encoding u8 ┬ 3 unused ┬ cached count u64 LE ┬ registers … ┐
//
// The highest bit of the cached count says that registers changed since it was worked out. There
// are 16384 registers of 6 bits. Dense, they are packed one behind the other from the lowest bits
// of a byte on. Sparse, they are runs (sparse.ts).

import type { Span } from '../../bytes/memory/span.ts'

export const REGISTERS = 16384
export const REGISTER_MAX = 63
/** How many values a register can have. */
export const VALUES = 64
/** Histograms of registers that are kept side by side (estimate.ts). */
export const HISTOGRAMS = 4
export const HEADER_BYTES = 16
export const DENSE_BYTES = HEADER_BYTES + (REGISTERS * 6) / 8
export const DENSE = 0
export const SPARSE = 1

const ENCODING_AT = 4
const COUNT_AT = 8
const STALE = 0x80
const TWO_32 = 2 ** 32
/** From here on a count does not fit the integer it is rounded to. */
const COUNT_LIMIT = 2 ** 63

/** Whether a string has the form of a HyperLogLog; sparse registers may still be inconsistent. */
export function isSketch({ bytes, start, end }: Span): boolean {
  const length = end - start
  if (length < HEADER_BYTES) return false
  const magic =
    bytes[start] === 0x48 &&
    bytes[start + 1] === 0x59 &&
    bytes[start + 2] === 0x4c &&
    bytes[start + 3] === 0x4c
  if (!magic) return false
  const encoding = bytes[start + ENCODING_AT]!
  return encoding === SPARSE || (encoding === DENSE && length === DENSE_BYTES)
}

export function isSparse(bytes: Uint8Array, start: number): boolean {
  return bytes[start + ENCODING_AT] === SPARSE
}

/** Writes the header of one without elements, whose count of 0 is cached. */
export function writeHeader(bytes: Uint8Array, start: number, encoding: number): void {
  bytes.fill(0, start, start + HEADER_BYTES)
  bytes[start] = 0x48
  bytes[start + 1] = 0x59
  bytes[start + 2] = 0x4c
  bytes[start + 3] = 0x4c
  bytes[start + ENCODING_AT] = encoding
}

export function setEncoding(bytes: Uint8Array, start: number, encoding: number): void {
  bytes[start + ENCODING_AT] = encoding
}

/** Says that the cached count is no longer true. */
export function invalidateCount(bytes: Uint8Array, start: number): void {
  bytes[start + COUNT_AT + 7]! |= STALE
}

export function hasCount(bytes: Uint8Array, start: number): boolean {
  return (bytes[start + COUNT_AT + 7]! & STALE) === 0
}

/** The cached count: a bigint where a number would be rounded, which takes a forged one. */
export function readCount(bytes: Uint8Array, start: number): number | bigint {
  const high = readWord(bytes, start + COUNT_AT + 4)
  const low = readWord(bytes, start + COUNT_AT)
  if (high < 0x200000) return high * TWO_32 + low
  return (BigInt(high) << 32n) | BigInt(low)
}

/** Caches an estimate; one that is too large for 64 bits reads as none. */
export function writeCount(bytes: Uint8Array, start: number, count: number): void {
  const fits = count < COUNT_LIMIT
  writeWord(bytes, start + COUNT_AT, fits ? count % TWO_32 : 0)
  writeWord(bytes, start + COUNT_AT + 4, fits ? Math.floor(count / TWO_32) : 0x80000000)
}

/** An estimate as a reply has it: one that is too large overflows to the smallest integer. */
export function wholeCount(count: number): number | bigint {
  if (count <= Number.MAX_SAFE_INTEGER) return count
  return count < COUNT_LIMIT ? BigInt(count) : -(2n ** 63n)
}

function readWord(bytes: Uint8Array, at: number): number {
  const word = bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24)
  return word >>> 0
}

function writeWord(bytes: Uint8Array, at: number, word: number): void {
  bytes[at] = word
  bytes[at + 1] = word >>> 8
  bytes[at + 2] = word >>> 16
  bytes[at + 3] = word >>> 24
}
