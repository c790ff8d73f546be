// append.ts: puts an entry at the end of a stream.
//
// Which node it goes to decides where approximate trimming stops later, so the rule is the
// reference's to the byte: a node is full when its bytes as a listpack and the entry's texts reach
// stream-node-max-bytes, or when it has stream-node-max-entries, deleted ones included.

import type { Span } from '../../bytes/memory/span.ts'
import { listpackEntryEquals } from '../../bytes/packed/listpack-find.ts'
import type { Args } from '../../engine/arguments/args.ts'
import { errors } from './errors.ts'
import type { Id } from './id.ts'
import { type StreamLimits, streamLimits } from './limits.ts'
import { listpackSize } from './nodes/listpack-node.ts'
import { type Node, SAME_FIELDS } from './nodes/node.ts'
import { ELEMENT_MAX, ENTRY_MAX, NodeWriter } from './nodes/node-writer.ts'
import { elementEnd } from './nodes/varint.ts'
import type { Stream } from './stream.ts'

/** The first byte of a text of less than 64 bytes, without its length. */
const SHORT_TEXT = 0x80
/** The longest entry, and the largest node that any directive allows. */
const SIZE_MAX = 1 << 30

const writer = new NodeWriter()

/**
 * Adds an entry whose id is behind the last one's.
 * @param from the first of the arguments it is made of: fields and values in turn, to the last
 * @throws errors.streamEntryTooLarge
 */
export function appendEntry(stream: Stream, id: Id, args: Args, from: number): void {
  const size = textSize(args, from)
  if (size > SIZE_MAX) throw errors.streamEntryTooLarge
  const { nodes } = stream
  const { tail } = nodes
  const fields = (args.count - from) >> 1
  const room = size + fields * 2 * ELEMENT_MAX + ENTRY_MAX
  let flags = SAME_FIELDS
  if (!nodes.lookAtTail() || isFull(tail, size, stream.parts.limits.of(streamLimits))) {
    writer.begin(nodes, id, room + size + fields * ELEMENT_MAX)
    for (let i = from; i < args.count; i += 2) writer.element(args.at(i))
    writer.endHead(fields)
  } else {
    nodes.reserve(room)
    if (fields !== tail.fields || !hasFieldsOf(tail, args, from)) flags = 0
  }
  writer.beginEntry(nodes, id, flags, fields)
  for (let i = from; i < args.count; i += 2) {
    if (flags === 0) writer.element(args.at(i))
    writer.element(args.at(i + 1))
  }
  writer.endEntry()
  stream.countAdded()
  stream.lastId.set(id)
  if (stream.length === 1) stream.firstId.set(id)
}

function textSize({ words }: Args, from: number): number {
  const { starts, ends, count } = words
  let size = 0
  for (let i = from; i < count; i++) size += ends[i]! - starts[i]!
  return size
}

function isFull(tail: Node, size: number, limits: StreamLimits): boolean {
  const { nodeBytes: bytes, nodeEntries: entries } = limits
  if (entries > 0 && tail.entries + tail.deleted >= entries) return true
  const bytesMax = bytes === 0 || bytes > SIZE_MAX ? SIZE_MAX : bytes
  return listpackSize(tail) + size >= bytesMax
}

function hasFieldsOf({ bytes, fieldsAt }: Node, args: Args, from: number): boolean {
  let at = fieldsAt
  for (let i = from; i < args.count; i += 2) {
    const field = args.at(i)
    const length = field.end - field.start
    if (length < 64 && bytes[at] === (SHORT_TEXT | length)) {
      if (!holds(bytes, at + 1, field)) return false
      at += length + 1
    } else {
      if (!listpackEntryEquals(bytes, at, field)) return false
      at = elementEnd(bytes, at)
    }
  }
  return true
}

function holds(bytes: Uint8Array, at: number, { bytes: other, start, end }: Span): boolean {
  for (let i = start; i < end; i++) if (bytes[at++] !== other[i]) return false
  return true
}
