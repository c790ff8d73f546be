// listpack-node.ts: nodes as Redis has them in memory, in DUMP payloads and in RDB files.
//
//   node    ┌ entries ┬ deleted ┬ fields n ┬ field 1 … field n ┬ 0 ┬ entry … ┐
//   entry   ┌ flags ┬ ms ┬ number ┬ value 1 … value n ┬ pieces ┐               flags: same fields
//           ┌ flags ┬ ms ┬ number ┬ fields m ┬ field 1 ┬ value 1 … ┬ pieces ┐  others
//
// Each part is an element of a listpack. `ms` and `number` are differences to the id of the node,
// modulo 2^64; `pieces` is how many elements the entry has before it.

import { copyBytes } from '../../../bytes/memory/span.ts'
import {
  LISTPACK_END,
  LISTPACK_HEADER,
  LISTPACK_MIN,
  listpackIntegerSize,
  setListpackHeader,
  writeBackLength,
  writeListpackInteger,
} from '../../../bytes/packed/listpack.ts'
import type { Id } from '../id.ts'
import {
  beginEntries,
  Entry,
  entryEnd,
  FLAGS,
  NODE_LISTPACK,
  type Node,
  readEntry,
} from './node.ts'
import { elementEnd } from './varint.ts'

/** Bytes of an integer that takes eight, its first byte and its back length included. */
const INT64_SIZE = 10
const INT64_FIRST = 0xf4
/** Elements besides the values of an entry that has the node's fields; besides all of another. */
const PIECES_SAME = 3
const PIECES_OWN = 4
/** Elements before the entries, besides the fields. */
const PIECES_HEAD = 4

const entry = new Entry()
const difference = { high: 0, low: 0 }
/** Where the next byte goes. */
let to = 0

/** The bytes of a node as a listpack. */
export function listpackSize(node: Node): number {
  const base = node.words[node.head + NODE_LISTPACK]!
  return base + listpackIntegerSize(node.entries) + listpackIntegerSize(node.deleted)
}

/** The bytes of a listpack of so many fields and no entries, without counts and fields. */
export function emptyListpackSize(fields: number): number {
  return LISTPACK_MIN + listpackIntegerSize(fields) + 2
}

/** The bytes of an entry besides its elements. */
export function listpackEntryOverhead(node: Node, id: Id, fields: number, own: boolean): number {
  const ids = 2 + differenceSize(id, node.id, 0) + differenceSize(id, node.id, 2)
  if (!own) return ids + listpackIntegerSize(fields + PIECES_SAME)
  return ids + listpackIntegerSize(fields) + listpackIntegerSize(fields * 2 + PIECES_OWN)
}

/** A node as a listpack: `bytes[0, length)` of an object that is used again and again. */
export const listpack = { bytes: new Uint8Array(8192), length: 0 }

/** Writes a node as a listpack, into `listpack`. */
export function writeListpackNode(node: Node): void {
  const { fields } = node
  listpack.length = listpackSize(node)
  if (listpack.length > listpack.bytes.length) listpack.bytes = new Uint8Array(listpack.length)
  to = LISTPACK_HEADER
  writeInteger(node.entries)
  writeInteger(node.deleted)
  writeInteger(fields)
  copyElements(node, node.fieldsAt, fields)
  writeInteger(0)
  let count = PIECES_HEAD + fields
  for (let at = beginEntries(node, entry); at < node.end; at = entryEnd(node, entry)) {
    readEntry(node, at, entry)
    count += writeEntry(node) + 1
  }
  listpack.bytes[to] = LISTPACK_END
  setListpackHeader(listpack.bytes, 0, to + 1, count)
}

/** Writes the entry that was read; returns of how many pieces. */
function writeEntry(node: Node): number {
  const own = !entry.hasNodeFields
  const elements = own ? entry.fields * 2 : entry.fields
  const pieces = elements + (own ? PIECES_OWN : PIECES_SAME)
  writeInteger(entry.control & FLAGS)
  writeDifference(node, 0)
  writeDifference(node, 2)
  if (own) writeInteger(entry.fields)
  copyElements(node, entry.dataAt, elements)
  writeInteger(pieces)
  return pieces
}

function writeInteger(n: number): void {
  to = writeListpackInteger(listpack.bytes, to, n)
}

/** Copies elements of a node, the first at `at`, and writes the back length of each. */
function copyElements({ bytes }: Node, at: number, count: number): void {
  let from = at
  for (let left = count; left > 0; left--) {
    const end = elementEnd(bytes, from)
    copyBytes(bytes, from, end, listpack.bytes, to)
    to = writeBackLength(listpack.bytes, to + end - from, end - from)
    from = end
  }
}

function writeDifference(node: Node, half: number): void {
  subtract(entry.id, node.id, half)
  const { high, low } = difference
  if (high === low >> 31) {
    writeInteger(low)
    return
  }
  const { bytes } = listpack
  bytes[to] = INT64_FIRST
  for (let i = 0; i < 4; i++) {
    bytes[to + 1 + i] = low >>> (8 * i)
    bytes[to + 5 + i] = high >>> (8 * i)
  }
  to = writeBackLength(bytes, to + INT64_SIZE - 1, INT64_SIZE - 1)
}

function differenceSize(id: Id, other: Id, half: number): number {
  subtract(id, other, half)
  const { high, low } = difference
  return high === low >> 31 ? listpackIntegerSize(low) : INT64_SIZE
}

/** Sets `difference` to how far a half of an id lies from that of another, modulo 2^64. */
function subtract(id: Id, other: Id, half: number): void {
  const borrow = id[half + 1]! >>> 0 < other[half + 1]! >>> 0 ? 1 : 0
  difference.low = (id[half + 1]! - other[half + 1]!) | 0
  difference.high = (id[half]! - other[half]! - borrow) | 0
}
