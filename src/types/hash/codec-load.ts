// codec-load.ts: reads hashes that DUMP or an RDB file holds, in the layouts of all ages.
//
// A payload is a stranger's: it is taken for a hash only when every field is there once and every
// time is one. What comes packed stays as it is where the settings allow that many fields; all else
// is read into a table first, which finds duplicates, and packed if it is small.

import {
  LISTPACK_HEADER,
  listpackCount,
  listpackEntryEnd,
  listpackInteger,
  PackedEntry,
  readListpackEntry,
} from '../../bytes/listpack.ts'
import { validateListpack } from '../../bytes/listpack-check.ts'
import { findInListpack } from '../../bytes/listpack-find.ts'
import { Span } from '../../bytes/span.ts'
import { EMPTY_VALUE, type LoadTarget } from '../../engine/datatype.ts'
import type { DumpReader } from '../../engine/dump-ports.ts'
import { rdbType } from '../../formats/rdb/opcodes.ts'
import { readZiplist } from '../../formats/ziplist.ts'
import { readZipmap } from '../../formats/zipmap.ts'
import { HashTable } from './hash-table.ts'
import { PLAIN, TIMED } from './packed.ts'
import { storeListpack, storePacked, storeTable } from './store.ts'

/** The latest time that a payload may give a field, in milliseconds since 1970. */
const TIME_MAX = 2 ** 48 - 1
/** Up to so many fields each one is looked for among the others; above, a table does it. */
const FEW_FIELDS = 32

export const RDB_TYPES = [
  rdbType.hash,
  rdbType.hashZipmap,
  rdbType.hashZiplist,
  rdbType.hashListpack,
  rdbType.hashMetadataPreRelease,
  rdbType.hashListpackExPreRelease,
  rdbType.hashMetadata,
  rdbType.hashListpackEx,
]

const payload = new Span()
const fieldCopy = new Span()
const entry = new PackedEntry()

/** Reads a hash as the value of a key without an entry; returns the entry, 0 for what is none. */
export function loadHash(type: number, from: DumpReader, target: LoadTarget): number {
  switch (type) {
    case rdbType.hashListpack:
      return loadListpack(from.readString(payload), target, PLAIN)
    case rdbType.hashListpackEx:
      from.readMilliseconds()
      return loadListpack(from.readString(payload), target, TIMED)
    case rdbType.hashListpackExPreRelease:
      return loadListpack(from.readString(payload), target, TIMED)
    default:
      return loadThroughTable(type, from, target)
  }
}

function loadThroughTable(type: number, from: DumpReader, target: LoadTarget): number {
  const table = new HashTable(target.db.parts)
  let kept = false
  try {
    const isWhole = readInto(table, type, from)
    if (!isWhole) return 0
    if (table.count === 0) return EMPTY_VALUE
    const isTimed = type === rdbType.hashMetadata || type === rdbType.hashMetadataPreRelease
    const { hashEntries, hashValue } = target.db.parts.limits
    const most = type === rdbType.hashZiplist ? Infinity : hashValue
    if (table.count <= hashEntries && isShort(table, most)) {
      return storePacked(table, target, isTimed ? TIMED : PLAIN)
    }
    kept = true
    return storeTable(table, target)
  } finally {
    if (!kept) table.dispose()
  }
}

/** Reads all fields; false when one is there twice or has an impossible time. */
function readInto(table: HashTable, type: number, from: DumpReader): boolean {
  switch (type) {
    case rdbType.hash:
      return readPairs(table, from)
    case rdbType.hashMetadata:
      return readTimedPairs(table, from, from.readMilliseconds())
    case rdbType.hashMetadataPreRelease:
      return readTimedPairs(table, from, 1)
    case rdbType.hashZipmap:
      return readZipmap(from.readString(payload), (field, value) => add(table, field, value)) > 0
    default:
      return readPairsOfZiplist(table, from.readString(payload))
  }
}

function readPairs(table: HashTable, from: DumpReader): boolean {
  for (let left = from.readLength(); left > 0; left--) {
    const field = copyOf(from.readString(payload))
    if (!add(table, field, from.readString(payload))) return false
  }
  return true
}

/** @param base what a time of 1 says */
function readTimedPairs(table: HashTable, from: DumpReader, base: number): boolean {
  for (let left = from.readLength(); left > 0; left--) {
    const distance = from.readLength()
    const time = distance === 0 ? 0 : distance - 1 + base
    if (time < 0 || time > TIME_MAX) return false
    const field = copyOf(from.readString(payload))
    if (!add(table, field, from.readString(payload))) return false
    if (time !== 0) table.setTime(table.find(field), time)
  }
  return true
}

function readPairsOfZiplist(table: HashTable, list: Span): boolean {
  let field: Span | undefined
  const count = readZiplist(list, (text) => {
    if (field === undefined) {
      field = copyOf(text)
      return true
    }
    const isNew = add(table, field, text)
    field = undefined
    return isNew
  })
  return count >= 0 && field === undefined
}

/** The text in memory of its own, for the next string may be read into the same place. */
function copyOf(text: Span): Span {
  const bytes = text.copy()
  return fieldCopy.set(bytes, 0, bytes.length)
}

function add(table: HashTable, field: Span, value: Span): boolean {
  if (table.find(field) !== 0) return false
  table.add(field, value)
  return true
}

function isShort(table: HashTable, most: number): boolean {
  const { fields } = table
  for (let place = fields.first(); place !== 0; place = fields.after(place)) {
    if (fields.key(place, payload).length > most || fields.valueLength(place) > most) return false
  }
  return true
}

function loadListpack(list: Span, target: LoadTarget, variant: number): number {
  const { bytes, start, end } = list
  if (!validateListpack(bytes, start, end, true)) return 0
  const stride = variant === TIMED ? 3 : 2
  const count = listpackCount(bytes, start, end) / stride
  if (count === 0) return EMPTY_VALUE
  if (!Number.isInteger(count)) return 0
  if (variant === TIMED && !hasTimes(list)) return 0
  if (count <= FEW_FIELDS && count <= target.db.parts.limits.hashEntries) {
    return hasDuplicates(list, stride) ? 0 : storeListpack(list, target, variant)
  }
  return loadLongListpack(list, target, variant)
}

function loadLongListpack(list: Span, target: LoadTarget, variant: number): number {
  const table = new HashTable(target.db.parts)
  if (!unpack(list, table, variant)) {
    table.dispose()
    return 0
  }
  if (table.count > target.db.parts.limits.hashEntries) return storeTable(table, target)
  table.dispose()
  return storeListpack(list, target, variant)
}

/** Puts the fields of a listpack into a table; false when one is there twice. */
function unpack({ bytes, start, end }: Span, table: HashTable, variant: number): boolean {
  for (let at = start + LISTPACK_HEADER; at < end - 1; ) {
    at = readListpackEntry(bytes, at, entry)
    const field = copyOf(entry.span)
    at = readListpackEntry(bytes, at, entry)
    if (!add(table, field, entry.span)) return false
    if (variant === PLAIN) continue
    const time = listpackInteger(bytes, at)
    if (time !== 0) table.setTime(table.find(field), time)
    at = listpackEntryEnd(bytes, at)
  }
  return true
}

/** Whether every third entry is a time, and they are in order. */
function hasTimes({ bytes, start, end }: Span): boolean {
  let last = 1
  for (let at = start + LISTPACK_HEADER; at < end - 1; ) {
    at = listpackEntryEnd(bytes, listpackEntryEnd(bytes, at))
    const time = listpackInteger(bytes, at)
    const rank = time === 0 ? Infinity : time
    if (!(rank >= last) || time > TIME_MAX) return false
    last = rank
    at = listpackEntryEnd(bytes, at)
  }
  return true
}

function hasDuplicates(list: Span, stride: number): boolean {
  const { bytes, start, end } = list
  for (let at = start + LISTPACK_HEADER; at < end - 1; ) {
    const next = readListpackEntry(bytes, at, entry)
    if (findInListpack(bytes, start, end, entry.span, stride) !== at) return true
    at = next
    for (let skip = stride; skip > 1; skip--) at = listpackEntryEnd(bytes, at)
  }
  return false
}
