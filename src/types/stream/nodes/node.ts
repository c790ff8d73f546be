// node.ts: one node of a stream: entries that lie together, packed.
//
//   node     ┌ head: 10 words ┬ field 1 … field n ┬ entry … ┐
//   head     bytes of the node | bytes of its listpack | entries | deleted entries | n |
//            offset of the last entry | id of the last entry: 4 words
//   entry    ┌ control ┬ step of the id ┬ (fields m, field 1,) value 1 … ┐
//   control  bit 0: deleted, bit 1: has the fields that the node names, bits 2 and 3: the step
//   step     0  the next number of the same millisecond      2  later by `varint`, number 0
//            1  further on in it by `varint`                 3  later by `varint`, number `varint`
//
// In Redis a node is a listpack, and which entries share one is visible; so nodes are cut as Redis
// cuts them, and come and go as listpacks (listpack-node.ts). But a listpack spends seven bytes on
// each entry so that it can be read backwards, and repeats flags and counts. Here ids are steps
// from one entry to the next and elements have no back length: a stream of a million small entries
// takes a quarter less, and there is less to walk over. A deleted entry keeps its place.
// The first step is taken from the id of the node, which Redis gives it: that of its first entry.

import { addToHalf, copyId, newId } from '../id.ts'
import { Place } from './id-table.ts'
import { elementEnd, readVarint, varint } from './varint.ts'

/** The entry is deleted. */
export const DELETED = 1
/** The entry has the fields that the node names. */
export const SAME_FIELDS = 2
export const FLAGS = 3
export const STEP_SHIFT = 2
export const STEP_NEXT = 0
export const STEP_ON = 1
export const STEP_LATER = 2
export const STEP_ANY = 3

/** Words of the head. */
export const NODE_BYTES = 0
/** Bytes of the node as a listpack, without the two elements that count entries. */
export const NODE_LISTPACK = 1
export const NODE_ENTRIES = 2
export const NODE_DELETED = 3
export const NODE_FIELDS = 4
export const NODE_LAST_AT = 5
export const NODE_LAST_ID = 6
export const HEAD_BYTES = 40

const NO_BYTES = new Uint8Array(0)
const NO_WORDS = new Int32Array(0)

/** A node that is looked at: true until the stream changes. */
export class Node {
  readonly place = new Place()
  readonly id = newId()
  /** The chunk it lies in: `bytes[start, end)`, seen as words its head begins at `head`. */
  chunk = 0
  bytes: Uint8Array = NO_BYTES
  words: Int32Array = NO_WORDS
  start = 0
  end = 0
  /** Entries that are not deleted. */
  entries = 0
  deleted = 0
  /** Number of fields that the node names, and where the first is. */
  fields = 0
  fieldsAt = 0
  /** Where the first entry is. */
  entriesAt = 0

  /** Points it at the node that begins at `start`, in a chunk given as bytes and as words. */
  look(bytes: Uint8Array, words: Int32Array, start: number): void {
    const head = start >> 2
    this.bytes = bytes
    this.words = words
    this.start = start
    this.end = start + words[head + NODE_BYTES]!
    this.entries = words[head + NODE_ENTRIES]!
    this.deleted = words[head + NODE_DELETED]!
    this.fields = words[head + NODE_FIELDS]!
    this.fieldsAt = start + HEAD_BYTES
    let at = this.fieldsAt
    for (let left = this.fields; left > 0; left--) at = elementEnd(bytes, at)
    this.entriesAt = at
  }

  /** Where in `words` its head begins. */
  get head(): number {
    return this.start >> 2
  }

  /** Where the last entry is. */
  get lastAt(): number {
    return this.start + this.words[(this.start >> 2) + NODE_LAST_AT]!
  }
}

/** An entry that is looked at, read into the same object again and again. */
export class Entry {
  readonly id = newId()
  /** Where it begins. */
  at = 0
  control = 0
  /** Number of fields, and where the first value, or a first field of its own, is. */
  fields = 0
  dataAt = 0
  /** The offset behind it, once it is known; 0 until then. */
  end = 0

  get isDeleted(): boolean {
    return (this.control & DELETED) !== 0
  }

  get hasNodeFields(): boolean {
    return (this.control & SAME_FIELDS) !== 0
  }
}

/** Makes ready to read the first entry; returns where it is. */
export function beginEntries(node: Node, entry: Entry): number {
  copyId(node.id, 0, entry.id, 0)
  return node.entriesAt
}

/** Reads the entry that begins at `at`; `entry` is at the one before. */
export function readEntry(node: Node, at: number, entry: Entry): void {
  const { bytes } = node
  const { id } = entry
  const control = bytes[at]!
  const step = control >> STEP_SHIFT
  let next = at + 1
  if (step === STEP_NEXT) {
    if (++id[3]! === 0) id[2]!++
  } else {
    next = readVarint(bytes, next)
    addToHalf(id, step === STEP_ON ? 2 : 0, varint.high, varint.low)
    if (step !== STEP_ON) {
      if (step === STEP_ANY) next = readVarint(bytes, next)
      id[2] = step === STEP_ANY ? varint.high : 0
      id[3] = step === STEP_ANY ? varint.low : 0
    }
  }
  finishEntry(node, at, next, entry)
}

/** Reads the entry that begins at `at` and whose id is in `entry` already. */
export function readKnownEntry(node: Node, at: number, entry: Entry): void {
  const { bytes } = node
  const step = bytes[at]! >> STEP_SHIFT
  let next = at + 1
  if (step !== STEP_NEXT) next = readVarint(bytes, next)
  if (step === STEP_ANY) next = readVarint(bytes, next)
  finishEntry(node, at, next, entry)
}

/** Reads the last entry of a node. */
export function readLastEntry(node: Node, entry: Entry): void {
  copyId(node.words, node.head + NODE_LAST_ID, entry.id, 0)
  readKnownEntry(node, node.lastAt, entry)
}

/** Reads what follows the step of an entry, which ends at `next`. */
function finishEntry(node: Node, at: number, next: number, entry: Entry): void {
  const control = node.bytes[at]!
  entry.at = at
  entry.control = control
  entry.end = 0
  if ((control & SAME_FIELDS) !== 0) {
    entry.fields = node.fields
    entry.dataAt = next
  } else {
    entry.dataAt = readVarint(node.bytes, next)
    entry.fields = varint.low
  }
}

/** The offset behind an entry: of the next one, or the end of the node. */
export function entryEnd(node: Node, entry: Entry): number {
  if (entry.end !== 0) return entry.end
  const { bytes } = node
  let at = entry.dataAt
  let left = entry.hasNodeFields ? entry.fields : entry.fields * 2
  for (; left > 0; left--) at = elementEnd(bytes, at)
  return at
}
