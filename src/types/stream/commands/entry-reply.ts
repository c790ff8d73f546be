// entry-reply.ts: sends ids and entries to a client.

import { latin1 } from '../../../bytes/memory/span.ts'
import type { Int64 } from '../../../bytes/numbers/int64.ts'
import { writeInteger } from '../../../bytes/numbers/numbers.ts'
import { PackedEntry, readListpackEntry } from '../../../bytes/packed/listpack.ts'
import type { Reply } from '../../../bytes/wire/reply.ts'
import type { Id } from '../id.ts'
import { ID_TEXT_MAX, writeIdText } from '../id.ts'
import type { Reader } from '../nodes/reader.ts'
import { elementEnd } from '../nodes/varint.ts'

const CR = 13
const LF = 10
const ARRAY = 0x2a
/** An array of two begins, and a bulk as its first. */
const ENTRY_HEAD = latin1('*2\r\n$')
const HEAD_MAX = ID_TEXT_MAX + 40

const text = new Uint8Array(ID_TEXT_MAX)
const element = new PackedEntry()

/** The id at `words[at]`, as a bulk. */
export function replyId(reply: Reply, words: Int32Array, at: number): void {
  reply.bulkBytes(text, 0, writeIdText(text, 0, words, at))
}

/** An entry: its id, and its fields and values in turn. */
export function replyEntry(reply: Reply, { node, entry }: Reader): void {
  const { bytes } = node
  const { fields } = entry
  replyHead(reply, entry.id, fields)
  let at = entry.dataAt
  if (entry.hasNodeFields) {
    let fieldAt = node.fieldsAt
    for (let left = fields; left > 0; left--) {
      fieldAt = replyElement(reply, bytes, fieldAt)
      at = replyElement(reply, bytes, at)
    }
  } else for (let left = fields * 2; left > 0; left--) at = replyElement(reply, bytes, at)
  entry.end = at
}

/** What comes before the fields; it is alike in both protocols, and written at a stroke. */
function replyHead(reply: Reply, id: Id, fields: number): void {
  const { output } = reply
  output.reserve(HEAD_MAX)
  const { bytes } = output
  const length = writeIdText(text, 0, id, 0)
  let { at } = output
  for (let i = 0; i < ENTRY_HEAD.length; i++) bytes[at++] = ENTRY_HEAD[i]!
  at = writeLineEnd(bytes, writeInteger(bytes, at, length))
  for (let i = 0; i < length; i++) bytes[at++] = text[i]!
  at = writeLineEnd(bytes, at)
  bytes[at++] = ARRAY
  output.at = writeLineEnd(bytes, writeInteger(bytes, at, fields * 2))
}

function writeLineEnd(target: Uint8Array, at: number): number {
  target[at] = CR
  target[at + 1] = LF
  return at + 2
}

/** Entries from where a reader is: so many as there are, at least one. */
export function replyEntries(reply: Reply, reader: Reader, count: number): void {
  reply.array(count)
  replyEntry(reply, reader)
  for (let left = count - 1; left > 0; left--) {
    reader.next()
    replyEntry(reply, reader)
  }
}

function replyElement(reply: Reply, bytes: Uint8Array, at: number): number {
  const first = bytes[at]!
  if (first >= 0x80 && first < 0xc0) {
    const end = at + 1 + (first & 63)
    reply.bulkBytes(bytes, at + 1, end)
    return end
  }
  readListpackEntry(bytes, at, element)
  reply.bulk(element.span)
  return elementEnd(bytes, at)
}

/** Any 64-bit integer. */
export function replyInt64(reply: Reply, n: Int64): void {
  const { number } = n
  if (Number.isSafeInteger(number)) reply.integer(number)
  else reply.int64((BigInt(n.high) << 32n) | BigInt(n.low >>> 0))
}
