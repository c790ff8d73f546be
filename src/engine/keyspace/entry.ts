// entry.ts: an entry of the keyspace is a record (bytes/keys/record.ts) with these fields of its
// own:
//
//   word 0   access clock 24 bits << 8 | meta        LRU: seconds; LFU: minutes << 8 | counter
//   meta     type 3 bits | form 2 bits | variant 2 bits | has a TTL 1 bit
//   type     a native type's number, or MODULE_ID: the value is an object that names its type
//   value    form INLINE: the bytes; OUTSIZED: slot of an outsized block; OBJECT: slot of an object
//   trailer  (only with a TTL) expiry ms low word | high word | place in the list of expiring keys
//
// A string of 32 bytes under a key of 15 costs 64 bytes and 4 in the table: nothing else is
// allocated for it. `variant` is the type's own: strings keep there which of int, embstr and raw
// OBJECT ENCODING says, small collections which packed layout their bytes have.

import { readSlot, valueOffset, valueOffsetOf } from '../../bytes/keys/record.ts'
import { type Arena, UNIT_MASK, UNIT_SHIFT } from '../../bytes/memory/arena.ts'
import { copyBytes, type Span } from '../../bytes/memory/span.ts'

export const FORM_INLINE = 0
export const FORM_OUTSIZED = 1
export const FORM_OBJECT = 2

export const TYPE_MASK = 0x07
export const FORM_SHIFT = 3
export const VARIANT_SHIFT = 5
/** Said with a meta to `Database.put`, the caller sets an expiry time next. */
export const HAS_TTL = 0x80
/** The type number of all types whose values name their type; redis-server has the same. */
export const MODULE_ID = 5
/** Never stored: said with a meta to `Database.put`, the expiry time of an old value stays. */
export const KEEP_TTL = 0x100

/** Words that a TTL adds to an entry. */
export const TTL_WORDS = 3

export function metaOf(type: number, form: number, variant: number): number {
  return type | (form << FORM_SHIFT) | (variant << VARIANT_SHIFT)
}

export function readMeta(arena: Arena, ref: number): number {
  return arena.words[ref >>> UNIT_SHIFT]![(ref & UNIT_MASK) << 1]! & 0xff
}

export function writeMeta(arena: Arena, ref: number, meta: number): void {
  const words = arena.words[ref >>> UNIT_SHIFT]!
  const word = (ref & UNIT_MASK) << 1
  words[word] = (words[word]! & ~0xff) | meta
}

export function readAccess(arena: Arena, ref: number): number {
  return arena.words[ref >>> UNIT_SHIFT]![(ref & UNIT_MASK) << 1]! >>> 8
}

export function writeAccess(arena: Arena, ref: number, access: number): void {
  const words = arena.words[ref >>> UNIT_SHIFT]!
  const word = (ref & UNIT_MASK) << 1
  words[word] = (access << 8) | (words[word]! & 0xff)
}

export function typeOf(meta: number): number {
  return meta & TYPE_MASK
}

export function formOf(meta: number): number {
  return (meta >>> FORM_SHIFT) & 3
}

export function variantOf(meta: number): number {
  return (meta >>> VARIANT_SHIFT) & 3
}

/** Writes a plain value over another that lies in as much room; false where there is none. */
export function overwriteValue(arena: Arena, ref: number, meta: number, value: Span): boolean {
  const words = arena.words[ref >>> UNIT_SHIFT]!
  const word = (ref & UNIT_MASK) << 1
  if (formOf(words[word]!) !== FORM_INLINE) return overwriteOutsized(arena, ref, meta, value)
  const length = value.end - value.start
  const lengths = words[word + 2]!
  const offset = valueOffsetOf(lengths)
  if (length !== lengths >>> 16) {
    const size = offset + length
    const capacity = arena.capacity(ref)
    // A block more than a quarter too large is given back for a smaller one.
    if (size > capacity || size * 4 < capacity * 3) return false
    words[word + 2] = (lengths & 0xffff) | (length << 16)
  }
  const at = ((ref & UNIT_MASK) << 3) + offset
  copyBytes(value.bytes, value.start, value.end, arena.bytes[ref >>> UNIT_SHIFT]!, at)
  words[word] = (words[word]! & ~0xff) | meta
  return true
}

/** The same for an entry with a TTL: what lies behind its value must stay where it is. */
export function overwriteTimed(arena: Arena, ref: number, meta: number, value: Span): boolean {
  const words = arena.words[ref >>> UNIT_SHIFT]!
  const word = (ref & UNIT_MASK) << 1
  if (formOf(words[word]!) !== FORM_INLINE) return overwriteOutsized(arena, ref, meta, value)
  const lengths = words[word + 2]!
  const offset = valueOffsetOf(lengths)
  const length = value.end - value.start
  if ((offset + length + 3) >>> 2 !== (offset + (lengths >>> 16) + 3) >>> 2) return false
  words[word + 2] = (lengths & 0xffff) | (length << 16)
  const at = ((ref & UNIT_MASK) << 3) + offset
  copyBytes(value.bytes, value.start, value.end, arena.bytes[ref >>> UNIT_SHIFT]!, at)
  words[word] = (words[word]! & ~0xff) | meta
  return true
}

function overwriteOutsized(arena: Arena, ref: number, meta: number, value: Span): boolean {
  if (formOf(readMeta(arena, ref)) !== FORM_OUTSIZED) return false
  const slot = readSlot(arena, ref, valueOffset(arena, ref))
  if (!arena.isOwn(slot, value.end - value.start)) return false
  arena.outsized[slot]!.set(value.bytes.subarray(value.start, value.end))
  writeMeta(arena, ref, meta | (FORM_OUTSIZED << FORM_SHIFT))
  return true
}
