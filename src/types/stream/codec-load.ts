// codec-load.ts: reads streams that DUMP or a file has brought.
//
// Entries, and what is pending, must be in order. A figure that says something else of them than
// they do themselves is put right: files of redis-server have such, and it takes them as they are.
//
// The layout is in codec-save.ts. Type 15, of Redis 5 and 6, ends its figures with the last id and
// knows no entries read; type 19 has no active times. Nodes and what is pending must name each id
// once, and each entry that is pending belongs to one consumer.

import { Span } from '../../bytes/memory/span.ts'
import { Int64 } from '../../bytes/numbers/int64.ts'
import type { DumpReader } from '../../engine/contract/dump-ports.ts'
import { rdbType } from '../../formats/rdb/opcodes.ts'
import { findFirst } from './erase.ts'
import type { Consumer } from './groups/consumer.ts'
import type { Group } from './groups/group.ts'
import { estimateRead } from './groups/lag.ts'
import { compareIds, ID_BYTES, type Id, newId, readIdBytes } from './id.ts'
import { Place } from './nodes/id-table.ts'
import { NodeCheck } from './nodes/node-check.ts'
import { Stream, type StreamParts } from './stream.ts'

const text = new Span()
const id = newId()
const place = new Place()
const figure = new Int64()
const none = new Int64()
const check = new NodeCheck()

/** Reads a stream; undefined where the bytes are none. */
export function loadStream(type: number, from: DumpReader, parts: StreamParts): Stream | undefined {
  const stream = new Stream(parts)
  let isWhole = false
  try {
    isWhole =
      loadNodes(stream, from) && loadFigures(type, stream, from) && loadGroups(type, stream, from)
  } finally {
    if (!isWhole) stream.dispose()
  }
  return isWhole ? stream : undefined
}

function loadNodes(stream: Stream, from: DumpReader): boolean {
  check.begin(stream.nodes)
  for (let left = from.readLength(); left > 0; left--) {
    from.readString(text)
    if (text.length !== ID_BYTES) return false
    readIdBytes(text.bytes, text.start, id, 0)
    if (!check.take(id, from.readString(text))) return false
  }
  stream.length = check.length
  return true
}

function loadFigures(type: number, stream: Stream, from: DumpReader): boolean {
  const { lastId, entriesAdded } = stream
  readInt64(from, figure)
  if (stream.nodes.count === 0 && !figure.equals(none)) return false
  if (check.isMiscounted || figure.number !== stream.length) from.repaired('the length of a stream')
  readId(from, lastId)
  if (compareIds(check.lastId, 0, lastId, 0) > 0) {
    lastId.set(check.lastId)
    from.repaired('the last id of a stream')
  }
  findFirst(stream)
  if (type === rdbType.streamListpacks) {
    entriesAdded.set(stream.length)
    return true
  }
  readId(from, id)
  // What is left of a stream without entries, as the reference leaves it, means nothing.
  if (stream.length > 0 && compareIds(id, 0, stream.firstId, 0) !== 0) {
    from.repaired('the first id of a stream')
  }
  readId(from, stream.maxDeletedId)
  readInt64(from, entriesAdded)
  return true
}

function loadGroups(type: number, stream: Stream, from: DumpReader): boolean {
  for (let left = from.readLength(); left > 0; left--) {
    const name = new Span(from.readString(text).copy())
    readId(from, id)
    if (type === rdbType.streamListpacks) estimateRead(stream, id, figure)
    else readInt64(from, figure)
    if (stream.findGroup(name) !== undefined) return false
    const group = stream.addGroup(name, id)
    group.entriesRead.low = figure.low
    group.entriesRead.high = figure.high
    if (!loadPending(group, from) || !loadConsumers(type, group, from)) return false
  }
  return true
}

function loadPending(group: Group, from: DumpReader): boolean {
  for (let left = from.readLength(); left > 0; left--) {
    readBinaryId(from)
    const time = from.readMilliseconds()
    readInt64(from, figure)
    if (!group.insertUnowned(id, place)) return false
    group.setTime(place, time)
    group.setCount(place, figure.high, figure.low)
  }
  return true
}

function loadConsumers(type: number, group: Group, from: DumpReader): boolean {
  let owned = 0
  for (let left = from.readLength(); left > 0; left--) {
    from.readString(text)
    if (group.find(text) !== undefined) return false
    const consumer = group.add(text, 0)
    consumer.seenTime = from.readMilliseconds()
    const hasActive = type === rdbType.streamListpacks3
    consumer.activeTime = hasActive ? from.readMilliseconds() : consumer.seenTime
    if (!loadOwned(group, consumer, from)) return false
    owned += consumer.pending.count
  }
  return owned === group.pending.count
}

function loadOwned(group: Group, consumer: Consumer, from: DumpReader): boolean {
  for (let left = from.readLength(); left > 0; left--) {
    readBinaryId(from)
    if (!group.own(id, consumer, place)) return false
  }
  return true
}

function readBinaryId(from: DumpReader): void {
  from.readRaw(ID_BYTES, text)
  readIdBytes(text.bytes, text.start, id, 0)
}

function readId(from: DumpReader, into: Id): void {
  readInt64(from, figure)
  into[0] = figure.high
  into[1] = figure.low
  readInt64(from, figure)
  into[2] = figure.high
  into[3] = figure.low
}

function readInt64(from: DumpReader, into: Int64): void {
  const value = from.readLength64()
  into.high = Number(value >> 32n) | 0
  into.low = Number(value & 0xffffffffn) | 0
}
