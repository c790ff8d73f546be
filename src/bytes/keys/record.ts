// record.ts: the block a dictionary holds: a key, its value and room for the owner's own fields.
//
//   word 0  the owner's            (an entry of the keyspace: LRU or LFU clock << 8 | meta)
//   word 1  ref of the next record of the same bucket
//   word 2  key length u16 | value length u16 << 16
//   byte 12 key bytes, then value bytes, then padding to 4, then trailer words of the owner
//
// A key above KEY_MAX bytes lives in an outsized block: its length reads KEY_OUTSIZED and the four
// bytes at its place are the slot. Such keys are legal and rare; only this file knows of them.

import { type Arena, UNIT_MASK, UNIT_SHIFT } from '../memory/arena.ts'
import { copyBytes, type Span } from '../memory/span.ts'

/** Offset of the key in bytes. */
export const RECORD_HEADER = 12
/** The longest key that lies inside its record, in bytes. */
export const KEY_MAX = 4096
const KEY_OUTSIZED = 0xffff

/** Bytes the key takes inside the record. */
export function keyRoom(keyLength: number): number {
  return keyLength > KEY_MAX ? 4 : keyLength
}

/** Bytes of a record whose key takes `keyRoom` bytes and whose value takes `valueRoom`. */
export function recordSize(room: number, valueRoom: number, trailerWords: number): number {
  return ((RECORD_HEADER + room + valueRoom + 3) & ~3) + (trailerWords << 2)
}

/** Writes the header words and the key of a fresh block. */
export function writeRecord(arena: Arena, ref: number, key: Span, valueRoom: number): void {
  const words = arena.words[ref >>> UNIT_SHIFT]
  const word = (ref & UNIT_MASK) << 1
  const length = key.end - key.start
  words[word] = 0
  words[word + 1] = 0
  if (length > KEY_MAX) {
    words[word + 2] = KEY_OUTSIZED | (valueRoom << 16)
    writeSlot(arena, ref, RECORD_HEADER, arena.adoptOutsized(key.copy()))
    return
  }
  words[word + 2] = length | (valueRoom << 16)
  const at = ((ref & UNIT_MASK) << 3) + RECORD_HEADER
  copyBytes(key.bytes, key.start, key.end, arena.bytes[ref >>> UNIT_SHIFT], at)
}

/** Points `into` at the record's key. */
export function readKey(arena: Arena, ref: number, into: Span): Span {
  const length = arena.words[ref >>> UNIT_SHIFT][((ref & UNIT_MASK) << 1) + 2] & 0xffff
  if (length === KEY_OUTSIZED) {
    const outsized = arena.outsized[readSlot(arena, ref, RECORD_HEADER)]!
    return into.set(outsized, 0, outsized.length)
  }
  const at = ((ref & UNIT_MASK) << 3) + RECORD_HEADER
  return into.set(arena.bytes[ref >>> UNIT_SHIFT], at, at + length)
}

/** Whether the record's key is `bytes[start, end)`. */
export function hasKey(
  arena: Arena,
  ref: number,
  bytes: Uint8Array,
  start: number,
  end: number,
): boolean {
  const segment = ref >>> UNIT_SHIFT
  const unit = ref & UNIT_MASK
  const length = arena.words[segment][(unit << 1) + 2] & 0xffff
  if (length === KEY_OUTSIZED) return hasOutsizedKey(arena, ref, bytes, start, end)
  if (length !== end - start) return false
  const own = arena.bytes[segment]
  let at = (unit << 3) + RECORD_HEADER
  for (let i = start; i < end; i++) if (own[at++] !== bytes[i]) return false
  return true
}

/** Bytes from the block's begin to its value. */
export function valueOffset(arena: Arena, ref: number): number {
  return valueOffsetOf(arena.words[ref >>> UNIT_SHIFT][((ref & UNIT_MASK) << 1) + 2])
}

/** The same, from word 2 of the record. */
export function valueOffsetOf(lengths: number): number {
  const length = lengths & 0xffff
  return RECORD_HEADER + (length === KEY_OUTSIZED ? 4 : length)
}

/** Bytes the value takes inside the record. */
export function valueRoom(arena: Arena, ref: number): number {
  return arena.words[ref >>> UNIT_SHIFT][((ref & UNIT_MASK) << 1) + 2] >>> 16
}

/** Bytes the key takes outside the record. */
export function outerKeyBytes(arena: Arena, ref: number): number {
  const length = arena.words[ref >>> UNIT_SHIFT][((ref & UNIT_MASK) << 1) + 2] & 0xffff
  return length === KEY_OUTSIZED ? arena.outsizedBytes(readSlot(arena, ref, RECORD_HEADER)) : 0
}

/** Frees what the key holds outside the record. */
export function freeKey(arena: Arena, ref: number): void {
  const length = arena.words[ref >>> UNIT_SHIFT][((ref & UNIT_MASK) << 1) + 2] & 0xffff
  if (length === KEY_OUTSIZED) arena.freeOutsized(readSlot(arena, ref, RECORD_HEADER))
}

/** Reads a slot number that lies unaligned at a byte offset of the block. */
export function readSlot(arena: Arena, ref: number, offset: number): number {
  const bytes = arena.bytes[ref >>> UNIT_SHIFT]
  const at = ((ref & UNIT_MASK) << 3) + offset
  return bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16) | (bytes[at + 3] << 24)
}

export function writeSlot(arena: Arena, ref: number, offset: number, slot: number): void {
  const bytes = arena.bytes[ref >>> UNIT_SHIFT]
  const at = ((ref & UNIT_MASK) << 3) + offset
  bytes[at] = slot
  bytes[at + 1] = slot >>> 8
  bytes[at + 2] = slot >>> 16
  bytes[at + 3] = slot >>> 24
}

function hasOutsizedKey(
  arena: Arena,
  ref: number,
  bytes: Uint8Array,
  start: number,
  end: number,
): boolean {
  const outsized = arena.outsized[readSlot(arena, ref, RECORD_HEADER)]!
  if (outsized.length !== end - start) return false
  for (let i = 0; i < outsized.length; i++) if (outsized[i] !== bytes[start + i]) return false
  return true
}
