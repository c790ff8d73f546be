// trailer.ts: the words behind the value of an entry that expires (entry.ts): when, and its place
// in the database's list of expiring entries.

import { valueOffset, valueRoom } from '../../bytes/keys/record.ts'
import { type Arena, UNIT_MASK, UNIT_SHIFT } from '../../bytes/memory/arena.ts'
import type { Vector } from '../../bytes/memory/vector.ts'
import { HAS_TTL, readMeta } from './entry.ts'

/**
 * Milliseconds since 1970. All of 64 bits are legal and must come back to the last digit: beyond
 * 2^53, where a number would be rounded, it is a bigint. The two compare with each other.
 */
export type ExpiryTime = number | bigint

/** Index of the first trailer word in its segment. */
export function trailerOf(arena: Arena, ref: number): number {
  const size = valueOffset(arena, ref) + valueRoom(arena, ref)
  return ((ref & UNIT_MASK) << 1) + ((size + 3) >>> 2)
}

/** When the entry expires, in milliseconds since 1970, rounded beyond 53 bits. */
export function readExpiry(arena: Arena, ref: number): number {
  const words = arena.words[ref >>> UNIT_SHIFT]!
  const at = trailerOf(arena, ref)
  return words[at + 1]! * 0x1_0000_0000 + (words[at]! >>> 0)
}

/** The same to the last bit: a bigint where a number would be rounded. */
export function readExactExpiry(arena: Arena, ref: number): ExpiryTime {
  const rounded = readExpiry(arena, ref)
  if (Number.isSafeInteger(rounded)) return rounded
  const words = arena.words[ref >>> UNIT_SHIFT]!
  const at = trailerOf(arena, ref)
  return (BigInt(words[at + 1]!) << 32n) | BigInt(words[at]! >>> 0)
}

export function writeExpiry(arena: Arena, ref: number, ms: ExpiryTime): void {
  const words = arena.words[ref >>> UNIT_SHIFT]!
  const at = trailerOf(arena, ref)
  if (typeof ms === 'number') {
    words[at] = ms | 0
    words[at + 1] = Math.floor(ms / 0x1_0000_0000)
  } else {
    words[at] = Number(BigInt.asIntN(32, ms))
    words[at + 1] = Number(ms >> 32n)
  }
}

/** The entry's place in the list of expiring entries. */
export function readPlace(arena: Arena, ref: number): number {
  return arena.words[ref >>> UNIT_SHIFT]![trailerOf(arena, ref) + 2]!
}

export function writePlace(arena: Arena, ref: number, place: number): void {
  arena.words[ref >>> UNIT_SHIFT]![trailerOf(arena, ref) + 2] = place
}

/** Gives an entry with room for a TTL the latest time there is, and a place in the list. */
export function enterExpiring(arena: Arena, expiring: Vector, ref: number): void {
  const words = arena.words[ref >>> UNIT_SHIFT]!
  const at = trailerOf(arena, ref)
  words[at] = -1
  words[at + 1] = 0x7fff_ffff
  words[at + 2] = expiring.length
  expiring.push(ref)
}

/** Takes the entry out of the list; the last one gets its place. */
export function leaveExpiring(arena: Arena, expiring: Vector, ref: number): void {
  const place = readPlace(arena, ref)
  const last = expiring.pop()
  if (last === ref) return
  expiring.set(place, last)
  writePlace(arena, last, place)
}

/** Checks that the list holds entries that expire, each in its place; throws an Error. */
export function verifyExpiring(arena: Arena, expiring: Vector): void {
  for (let i = 0; i < expiring.length; i++) {
    const ref = expiring.get(i)
    if ((readMeta(arena, ref) & HAS_TTL) === 0 || readPlace(arena, ref) !== i) {
      throw new Error('the list of expiring keys is off')
    }
  }
}
