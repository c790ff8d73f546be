// entry.ts: an entry of the keyspace is a record (bytes/record.ts) with these fields of its own:
//
//   word 0   access clock 24 bits << 8 | meta        LRU: seconds; LFU: minutes << 8 | counter
//   meta     type 3 bits | form 2 bits | variant 2 bits | has a TTL 1 bit
//   value    form INLINE: the bytes; LARGE: slot of a large block; OBJECT: slot of an object
//   trailer  (only with a TTL) expiry ms low word | high word | place in the list of expiring keys
//
// A string of 32 bytes under a key of 15 costs 64 bytes and 4 in the table: nothing else is
// allocated for it. `variant` is the type's own: strings keep there which of int, embstr and raw
// OBJECT ENCODING says, small collections which packed layout their bytes have.

import { type Arena, UNIT_MASK, UNIT_SHIFT } from '../bytes/arena.ts'

export const FORM_INLINE = 0
export const FORM_LARGE = 1
export const FORM_OBJECT = 2

export const TYPE_MASK = 0x07
export const FORM_SHIFT = 3
export const VARIANT_SHIFT = 5
export const HAS_TTL = 0x80
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
