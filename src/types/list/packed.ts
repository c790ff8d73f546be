// packed.ts: a small list: a listpack that is the entry's bytes. Offsets are from its begin, since
// the entry may move; whoever changes it goes on with the entry that comes back.

import { Span } from '../../bytes/memory/span.ts'
import {
  adjustListpack,
  EMPTY_LISTPACK,
  LISTPACK_END,
  LISTPACK_HEADER,
  LISTPACK_MIN,
  listpackAt,
  listpackCount,
  listpackEntryEnd,
  listpackEntrySize,
  setListpackHeader,
  writeListpackEntry,
} from '../../bytes/packed/listpack.ts'
import { findInListpack } from '../../bytes/packed/listpack-find.ts'
import type { Args } from '../../engine/arguments/args.ts'
import { metaOf } from '../../engine/keyspace/entry.ts'
import type { Database } from '../../engine/keyspace/keyspace.ts'
import { compactListpack, gone } from './compact.ts'

/** The number of the list type. */
export const LIST_ID = 1
export const LIST_META = metaOf(LIST_ID, 0, 0)

/** The argument of a push that is its first element. */
export const FIRST_ELEMENT = 2

const value = new Span()
const fresh = new Span()
let scratch = new Uint8Array(1024)

/** Puts a list without elements, which must get one at once, into a key that has no entry. */
export function putEmpty(db: Database, key: Span): number {
  return db.put(key, 0, LIST_META, value.set(EMPTY_LISTPACK, 0, LISTPACK_MIN))
}

/** Puts the arguments into a key that has no entry. */
export function putArguments(db: Database, key: Span, args: Args, atHead: boolean): number {
  const total = LISTPACK_MIN + sizeOf(args)
  if (total > scratch.length) scratch = new Uint8Array(total * 2)
  writeArguments(scratch, LISTPACK_HEADER, args, atHead)
  scratch[total - 1] = LISTPACK_END
  setListpackHeader(scratch, 0, total, args.count - FIRST_ELEMENT)
  return db.put(key, 0, LIST_META, fresh.set(scratch, 0, total))
}

/** Adds the arguments. */
export function pushArguments(db: Database, ref: number, args: Args, atHead: boolean): number {
  const size = sizeOf(args)
  const offset = atHead ? LISTPACK_HEADER : db.value(ref, value).length - 1
  const entry = db.splice(ref, offset, size, value)
  writeArguments(value.bytes, value.start + offset, args, atHead)
  adjustListpack(value.bytes, value.start, size, args.count - FIRST_ELEMENT)
  return entry
}

/** Adds an element, whose bytes must not be in the database, before the entry at an offset. */
export function insertAt(db: Database, ref: number, offset: number, element: Span): number {
  const size = listpackEntrySize(element)
  const entry = db.splice(ref, offset, size, value)
  writeListpackEntry(value.bytes, value.start + offset, element)
  adjustListpack(value.bytes, value.start, size, 1)
  return entry
}

/** Exchanges the element of the entry at an offset. */
export function replaceAt(db: Database, ref: number, offset: number, element: Span): number {
  db.value(ref, value)
  const at = value.start + offset
  const change = listpackEntrySize(element) - (listpackEntryEnd(value.bytes, at) - at)
  const entry = change === 0 ? ref : db.splice(ref, offset, change, value)
  writeListpackEntry(value.bytes, value.start + offset, element)
  adjustListpack(value.bytes, value.start, change, 0)
  return entry
}

/** Removes the entry between two offsets. */
export function removeOne(db: Database, ref: number, from: number, to: number): number {
  const entry = db.splice(ref, from, from - to, value)
  adjustListpack(value.bytes, value.start, from - to, -1)
  return entry
}

/** Removes `count` elements from number `first` on. */
export function removePacked(db: Database, ref: number, first: number, count: number): number {
  if (count === 0) return ref
  const { bytes, start, end } = db.value(ref, value)
  const from = listpackAt(bytes, start, end, first)
  let to = end - 1
  if (first + count < listpackCount(bytes, start, end)) {
    to = from
    for (let left = count; left > 0; left--) to = listpackEntryEnd(bytes, to)
  }
  const entry = db.splice(ref, from - start, from - to, value)
  adjustListpack(value.bytes, value.start, from - to, -count)
  return entry
}

/** Removes elements equal to one (compact.ts); `gone.count` says how many went. */
export function removeEqualPacked(db: Database, ref: number, element: Span, most: number): number {
  gone.count = 0
  const { bytes, start, end } = db.value(ref, value)
  if (findInListpack(bytes, start, end, element, 1) === 0) return ref
  const left = listpackCount(bytes, start, end)
  const last = compactListpack(value, element, most)
  bytes[last] = LISTPACK_END
  setListpackHeader(bytes, start, last + 1 - start, left - gone.count)
  return db.resize(ref, last + 1 - start, value)
}

/** Bytes of the arguments as entries. */
function sizeOf(args: Args): number {
  let size = 0
  for (let i = FIRST_ELEMENT; i < args.count; i++) size += listpackEntrySize(args.at(i))
  return size
}

function writeArguments(target: Uint8Array, at: number, args: Args, atHead: boolean): void {
  const { count } = args
  let to = at
  // At the head, each is put before the one that came before it.
  for (let i = FIRST_ELEMENT; i < count; i++) {
    to = writeListpackEntry(target, to, args.at(atHead ? count + FIRST_ELEMENT - 1 - i : i))
  }
}
