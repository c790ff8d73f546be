// codec-load.ts: reads hashes that DUMP or an RDB file holds, in the layouts of all ages.
//
// A payload is a stranger's: it is taken for a hash only when every field is there once and every
// time is one. What comes packed stays as it is where the settings allow that many fields; all else
// is read into a table first, which finds duplicates, and packed if it is small.

import { Span } from '../../bytes/memory/span.ts'
import {
  LISTPACK_HEADER,
  listpackCount,
  listpackEntryEnd,
  listpackInteger,
  PackedEntry,
  readListpackEntry,
} from '../../bytes/packed/listpack.ts'
import { validateListpack } from '../../bytes/packed/listpack-check.ts'
import { findInListpack } from '../../bytes/packed/listpack-find.ts'
import { EMPTY_VALUE, type LoadTarget } from '../../engine/contract/datatype.ts'
import type { DumpReader } from '../../engine/contract/dump-ports.ts'
import type { ValueFacts } from '../../engine/contract/value-facts.ts'
import {
  FIELD_TIME_MAX,
  type FieldSink,
  readFields,
  readPackedFields,
} from '../../formats/rdb/elements.ts'
import { rdbType } from '../../formats/rdb/opcodes.ts'
import { HashTable } from './large.ts'
import { hashLimits } from './limits.ts'
import { PLAIN, TIMED } from './packed.ts'
import { storeListpack, storePacked, storeTable } from './store.ts'

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

/** Those whose fields may have times. */
const TIMED_TYPES: readonly number[] = [
  rdbType.hashMetadataPreRelease,
  rdbType.hashListpackExPreRelease,
  rdbType.hashMetadata,
  rdbType.hashListpackEx,
]
/** Those that are packed whatever the lengths of their fields. */
const WHOLE_TYPES: readonly number[] = [
  rdbType.hashZiplist,
  rdbType.hashListpack,
  rdbType.hashListpackEx,
  rdbType.hashListpackExPreRelease,
]

const payload = new Span()
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
    const { entries, value } = target.db.parts.limits.of(hashLimits)
    const most = type === rdbType.hashZiplist ? Infinity : value
    if (table.count <= entries && isShort(table, most)) {
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
  return readFields(type, from, (field, value, time) => add(table, field, value, time))
}

function add(table: HashTable, field: Span, value: Span, time: number): boolean {
  if (table.find(field) !== 0) return false
  const place = table.add(field, value)
  if (time !== 0) table.setTime(place, time)
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
  if (count <= FEW_FIELDS && count <= target.db.parts.limits.of(hashLimits).entries) {
    return hasDuplicates(list, stride) ? 0 : storeListpack(list, target, variant)
  }
  return loadLongListpack(list, target, variant)
}

function loadLongListpack(list: Span, target: LoadTarget, variant: number): number {
  const table = new HashTable(target.db.parts)
  const into: FieldSink = (field, value, time) => add(table, field, value, time)
  if (!readPackedFields(list, variant === TIMED, into)) {
    table.dispose()
    return 0
  }
  if (table.count > target.db.parts.limits.of(hashLimits).entries) return storeTable(table, target)
  table.dispose()
  return storeListpack(list, target, variant)
}

/** Whether every third entry is a time, and they are in order. */
function hasTimes({ bytes, start, end }: Span): boolean {
  let last = 1
  for (let at = start + LISTPACK_HEADER; at < end - 1; ) {
    at = listpackEntryEnd(bytes, listpackEntryEnd(bytes, at))
    const time = listpackInteger(bytes, at)
    const rank = time === 0 ? Infinity : time
    if (!(rank >= last) || time > FIELD_TIME_MAX) return false
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

/** Tells what a hash consists of; see DataType.observe. */
export function observeHash(type: number, from: DumpReader, facts: ValueFacts): boolean {
  let isTimed = TIMED_TYPES.includes(type)
  const isHash = readFields(type, from, (field, value, time) => {
    facts.addPart(field.length)
    if (time !== 0) isTimed = true
    return facts.add(value)
  })
  const { entries, value } = facts.limits.of(hashLimits)
  const most = WHOLE_TYPES.includes(type) ? Infinity : value
  const isSmall = facts.count <= entries && facts.longest <= most
  const packed = isTimed ? 'listpackex' : 'listpack'
  facts.encoding = isSmall ? packed : 'hashtable'
  return isHash
}
