// id.ts: ids of stream entries: a time in milliseconds and a number within it, two unsigned
// integers of 64 bits.
//
//   word 0  upper half of the milliseconds      word 2  upper half of the number
//   word 1  lower half of the milliseconds      word 3  lower half of the number
//
// An id is four words at any place of an Int32Array: by itself, or in a record of an IdTable. So
// all 128 bits are exact, and nothing is allocated to compare or to print one.

import { writeInt64, writeInteger } from '../../bytes/numbers/numbers.ts'

/** Words of an id. */
export const ID_WORDS = 4
/** Bytes of an id in binary, the highest first, as Redis keeps and saves it. */
export const ID_BYTES = 16
/** The longest text of an id, in bytes. */
export const ID_TEXT_MAX = 41

/** An id by itself. */
export type Id = Int32Array

const WORD = 0x1_0000_0000
const MINUS = 0x2d
const ZERO = 0x30
/** Below it a 64-bit integer is a safe number. */
const SAFE_HIGH = 1 << 21

export function newId(): Id {
  return new Int32Array(ID_WORDS)
}

/** The smallest id; not to be written to. */
export const ID_MIN = newId()
/** The largest id; not to be written to. */
export const ID_MAX = newId().fill(-1)

export function copyId(from: Int32Array, at: number, to: Int32Array, toAt: number): void {
  to[toAt] = from[at]!
  to[toAt + 1] = from[at + 1]!
  to[toAt + 2] = from[at + 2]!
  to[toAt + 3] = from[at + 3]!
}

/** Sets the milliseconds, a safe number, and makes the rest 0. */
export function setMilliseconds(id: Id, ms: number): void {
  id[0] = Math.floor(ms / WORD)
  id[1] = ms
  id[2] = 0
  id[3] = 0
}

/** Below, at or above zero as the first id is below, at or above the second. */
export function compareIds(a: Int32Array, i: number, b: Int32Array, j: number): number {
  if (a[i] !== b[j]) return (a[i]! >>> 0) - (b[j]! >>> 0)
  if (a[i + 1] !== b[j + 1]) return (a[i + 1]! >>> 0) - (b[j + 1]! >>> 0)
  if (a[i + 2] !== b[j + 2]) return (a[i + 2]! >>> 0) - (b[j + 2]! >>> 0)
  return (a[i + 3]! >>> 0) - (b[j + 3]! >>> 0)
}

export function isZeroId(words: Int32Array, at: number): boolean {
  return (words[at]! | words[at + 1]! | words[at + 2]! | words[at + 3]!) === 0
}

/** Whether it is the largest id. */
export function isLastId(words: Int32Array, at: number): boolean {
  return (words[at]! & words[at + 1]! & words[at + 2]! & words[at + 3]!) === -1
}

/** Makes it the next id; false at the largest, after which comes 0-0. */
export function incrementId(id: Id): boolean {
  for (let i = 3; i >= 0; i--) {
    id[i]!++
    if (id[i] !== 0) return true
  }
  return false
}

/** Makes it the id before; false at 0-0, before which comes the largest. */
export function decrementId(id: Id): boolean {
  for (let i = 3; i >= 0; i--) {
    id[i]!--
    if (id[i] !== -1) return true
  }
  return false
}

/** Adds the two halves of a 64-bit integer to those at `words[at]`, modulo 2^64. */
export function addToHalf(words: Int32Array, at: number, high: number, low: number): void {
  const sum = (words[at + 1]! >>> 0) + (low >>> 0)
  words[at + 1] = sum
  words[at] = words[at]! + high + (sum >= WORD ? 1 : 0)
}

/** Writes the id as text, 'ms-number'; returns the offset behind it. */
export function writeIdText(target: Uint8Array, at: number, id: Int32Array, i: number): number {
  if (id[i] !== shown[0] || id[i + 1] !== shown[1]) {
    shown[0] = id[i]!
    shown[1] = id[i + 1]!
    shownEnd = writeUnsigned(shownText, 0, shown[0], shown[1])
    shownText[shownEnd++] = MINUS
  }
  for (let k = 0; k < shownEnd; k++) target[at + k] = shownText[k]!
  return writeUnsigned(target, at + shownEnd, id[i + 2]!, id[i + 3]!)
}

// Ids that are printed one after the other often have the same milliseconds: their text is kept.
const shown = newId()
const shownText = new Uint8Array(ID_TEXT_MAX)
shownText[0] = ZERO
shownText[1] = MINUS
let shownEnd = 2

/** The id as a string, for who does not mind that it is made. */
export function idText(id: Id): string {
  return `${unsigned64(id[0]!, id[1]!)}-${unsigned64(id[2]!, id[3]!)}`
}

/** Writes an unsigned integer of two words; returns the offset behind it. */
export function writeUnsigned(target: Uint8Array, at: number, high: number, low: number): number {
  const upper = high >>> 0
  if (upper < SAFE_HIGH) return writeInteger(target, at, upper * WORD + (low >>> 0))
  return writeInt64(target, at, unsigned64(high, low))
}

/** Two words as one unsigned integer. */
export function unsigned64(high: number, low: number): bigint {
  return (BigInt(high >>> 0) << 32n) | BigInt(low >>> 0)
}

/** Reads an id in binary. */
export function readIdBytes(bytes: Uint8Array, at: number, id: Int32Array, i: number): void {
  for (let word = 0; word < ID_WORDS; word++, at += 4) {
    id[i + word] =
      (bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!
  }
}

/** Writes an id in binary: ID_BYTES bytes. */
export function writeIdBytes(bytes: Uint8Array, at: number, id: Int32Array, i: number): void {
  for (let word = 0; word < ID_WORDS; word++, at += 4) {
    const value = id[i + word]!
    bytes[at] = value >>> 24
    bytes[at + 1] = value >>> 16
    bytes[at + 2] = value >>> 8
    bytes[at + 3] = value
  }
}
