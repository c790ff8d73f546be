// elements.ts: what collections in RDB files consist of, in whatever layout of whatever age.
//
// Whoever reads a collection hears its elements one after another, and builds a value of them or
// only counts them. What is heard is a loan until the next element. An answer of false ends the
// reading: this is no value. A blob is checked before the first of its elements is heard.

import { copyBytes, Span } from '../../bytes/memory/span.ts'
import { Int64 } from '../../bytes/numbers/int64.ts'
import {
  intsetAt,
  intsetCount,
  intsetWidth,
  readIntsetValue,
  validateIntset,
} from '../../bytes/packed/intset.ts'
import {
  LISTPACK_HEADER,
  listpackEntryEnd,
  listpackInteger,
  PackedEntry,
  readListpackEntry,
} from '../../bytes/packed/listpack.ts'
import { validateListpack } from '../../bytes/packed/listpack-check.ts'
import { readZiplist } from '../ziplist.ts'
import { readZipmap } from '../zipmap.ts'
import { rdbType } from './opcodes.ts'
import type { RdbReader } from './reader.ts'
import { scoreOf } from './score-text.ts'

/** Hears an element of a list, a member of a set. */
export type ElementSink = (element: Span) => boolean
/** Hears a member of a sorted set; the score may be NaN where the text of one is. */
export type MemberSink = (member: Span, score: number) => boolean
/** Hears a field of a hash; `time` is when it expires, in milliseconds since 1970, 0 for never. */
export type FieldSink = (field: Span, value: Span, time: number) => boolean

/** The latest time that a field may have, in milliseconds since 1970. */
export const FIELD_TIME_MAX = 2 ** 48 - 1
const PLAIN_NODE = 1
const PACKED_NODE = 2

const content = new Span()
const first = new PackedEntry()
const second = new PackedEntry()
const integer = new Int64()
const digits = new Span(new Uint8Array(20))
/** The first element of a pair while the second is read. */
const kept = new Span()
let keptBytes = new Uint8Array(256)

/**
 * Reads a list or a set.
 * @returns whether it is one
 * @throws RdbError
 */
export function readElements(layout: number, from: RdbReader, sink: ElementSink): boolean {
  switch (layout) {
    case rdbType.list:
    case rdbType.set:
      return readStrings(from, from.readLength(), sink)
    case rdbType.listZiplist:
      return readZiplist(from.readString(content), sink) >= 0
    case rdbType.setIntset:
      return readIntset(from.readString(content), sink)
    case rdbType.setListpack:
      return readListpack(from.readString(content), sink)
    default:
      return readNodes(layout, from, sink)
  }
}

/** Reads so many strings. */
export function readStrings(from: RdbReader, count: number, sink: ElementSink): boolean {
  for (let left = count; left > 0; left--) if (!sink(from.readString(content))) return false
  return true
}

/** Reads a sorted set; otherwise as `readElements`. */
export function readMembers(layout: number, from: RdbReader, sink: MemberSink): boolean {
  if (layout === rdbType.zsetListpack || layout === rdbType.zsetZiplist) {
    from.readString(content)
    let isScore = false
    const hear = (element: Span): boolean => {
      isScore = !isScore
      if (isScore) keep(element)
      return isScore || sink(kept, scoreOf(element))
    }
    const isList =
      layout === rdbType.zsetListpack
        ? readListpack(content, hear)
        : readZiplist(content, hear) >= 0
    return isList && !isScore
  }
  for (let left = from.readLength(); left > 0; left--) {
    keep(from.readString(content))
    const score = layout === rdbType.zset2 ? from.readDouble() : from.readDoubleText()
    if (!sink(kept, score)) return false
  }
  return true
}

/** Reads a hash; otherwise as `readElements`. */
export function readFields(layout: number, from: RdbReader, sink: FieldSink): boolean {
  switch (layout) {
    case rdbType.hash:
      return readPairs(from, sink)
    case rdbType.hashMetadata:
      return readTimedPairs(from, from.readMilliseconds(), sink)
    case rdbType.hashMetadataPreRelease:
      return readTimedPairs(from, 1, sink)
    case rdbType.hashZipmap:
      return readZipmap(from.readString(content), (field, value) => sink(field, value, 0)) > 0
    case rdbType.hashZiplist:
      return readZiplistPairs(from.readString(content), sink)
    case rdbType.hashListpackEx:
      from.readMilliseconds()
      return readPackedFields(from.readString(content), true, sink)
    default:
      return readPackedFields(from.readString(content), layout !== rdbType.hashListpack, sink)
  }
}

/** Reads the fields of a listpack, which is checked: pairs, or each with a time behind it. */
export function readPackedFields(list: Span, isTimed: boolean, sink: FieldSink): boolean {
  const { bytes, start, end } = list
  if (!validateListpack(bytes, start, end, true)) return false
  for (let at = start + LISTPACK_HEADER; at < end - 1; ) {
    at = readListpackEntry(bytes, at, first)
    if (at >= end - 1) return false
    at = readListpackEntry(bytes, at, second)
    let time = 0
    if (isTimed) {
      if (at >= end - 1) return false
      time = listpackInteger(bytes, at)
      if (!(time >= 0 && time <= FIELD_TIME_MAX)) return false
      at = listpackEntryEnd(bytes, at)
    }
    if (!sink(first.span, second.span, time)) return false
  }
  return true
}

/** Reads the elements of a listpack, which is checked. */
export function readListpack({ bytes, start, end }: Span, sink: ElementSink): boolean {
  if (!validateListpack(bytes, start, end, true)) return false
  for (let at = start + LISTPACK_HEADER; at < end - 1; ) {
    at = readListpackEntry(bytes, at, first)
    if (!sink(first.span)) return false
  }
  return true
}

function readIntset({ bytes, start, end }: Span, sink: ElementSink): boolean {
  if (!validateIntset(bytes, start, end)) return false
  const width = intsetWidth(bytes, start)
  const count = intsetCount(bytes, start)
  for (let i = 0; i < count; i++) {
    readIntsetValue(bytes, intsetAt(start, width, i), width, integer)
    digits.end = integer.writeText(digits.bytes, 0)
    if (!sink(digits)) return false
  }
  return true
}

/** The nodes of a list: ziplists, or listpacks and single elements. */
function readNodes(layout: number, from: RdbReader, sink: ElementSink): boolean {
  for (let left = from.readLength(); left > 0; left--) {
    const kind = layout === rdbType.listQuicklist ? 0 : from.readLength()
    if (kind > PACKED_NODE) return false
    from.readString(content)
    if (content.length === 0) return false
    if (kind === 0 && readZiplist(content, sink) < 0) return false
    if (kind === PLAIN_NODE && !sink(content)) return false
    if (kind === PACKED_NODE && !readListpack(content, sink)) return false
  }
  return true
}

function readPairs(from: RdbReader, sink: FieldSink): boolean {
  for (let left = from.readLength(); left > 0; left--) {
    keep(from.readString(content))
    if (!sink(kept, from.readString(content), 0)) return false
  }
  return true
}

/** @param base what a time of 1 says */
function readTimedPairs(from: RdbReader, base: number, sink: FieldSink): boolean {
  for (let left = from.readLength(); left > 0; left--) {
    const distance = from.readLength()
    const time = distance === 0 ? 0 : distance - 1 + base
    if (time < 0 || time > FIELD_TIME_MAX) return false
    keep(from.readString(content))
    if (!sink(kept, from.readString(content), time)) return false
  }
  return true
}

function readZiplistPairs(list: Span, sink: FieldSink): boolean {
  let isValue = false
  const count = readZiplist(list, (element) => {
    isValue = !isValue
    if (isValue) keep(element)
    return isValue || sink(kept, element, 0)
  })
  return count >= 0 && !isValue
}

/** Copies bytes that the next read could overwrite. */
function keep({ bytes, start, end }: Span): void {
  if (end - start > keptBytes.length) keptBytes = new Uint8Array((end - start) * 2)
  copyBytes(bytes, start, end, keptBytes, 0)
  kept.set(keptBytes, 0, end - start)
}
