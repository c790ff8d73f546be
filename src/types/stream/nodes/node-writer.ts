// node-writer.ts: writes nodes: their fields, and entries at the end of the last one.
//
// A node: `begin`, `element` for each field, `endHead`. An entry: room reserved (Nodes.reserve),
// `beginEntry`, `element` for each of its parts, `endEntry`. Nothing else happens in between.

import type { Span } from '../../../bytes/memory/span.ts'
import { writeListpackEntry } from '../../../bytes/packed/listpack.ts'
import { compareIds, copyId, type Id, newId } from '../id.ts'
import { emptyListpackSize, listpackEntryOverhead } from './listpack-node.ts'
import {
  DELETED,
  NODE_DELETED,
  NODE_ENTRIES,
  NODE_FIELDS,
  NODE_LAST_AT,
  NODE_LAST_ID,
  NODE_LISTPACK,
  type Node,
  SAME_FIELDS,
  STEP_ANY,
  STEP_LATER,
  STEP_NEXT,
  STEP_ON,
  STEP_SHIFT,
} from './node.ts'
import type { Nodes } from './nodes.ts'
import { elementEnd, VARINT_MAX, writeVarint } from './varint.ts'

/** The most bytes that an element takes besides its text, while it is written. */
export const ELEMENT_MAX = 10
/** The most bytes that an entry takes besides its elements. */
export const ENTRY_MAX = 1 + 3 * VARINT_MAX
/** A back length of one byte stands behind an element of at most so many bytes with it. */
const SHORT_MAX = 128

const before = newId()

export class NodeWriter {
  private nodes!: Nodes
  private node!: Node
  /** Where the next byte goes. */
  private at = 0
  /** Bytes of what was written as a part of a listpack. */
  private size = 0
  private entryAt = 0
  private flags = 0

  /** Begins a node, with room for so many bytes besides its head. */
  begin(nodes: Nodes, id: Id, room: number): void {
    nodes.add(id, room)
    this.open(nodes)
    this.size = 0
  }

  /** Ends the fields of the node. */
  endHead(fields: number): void {
    const { node, nodes } = this
    node.words[node.head + NODE_FIELDS] = fields
    node.words[node.head + NODE_LISTPACK] = this.size + emptyListpackSize(fields)
    node.fields = fields
    node.entriesAt = this.at
    nodes.grewTo(this.at)
  }

  /**
   * Begins an entry of the last node, where there is room for it.
   * @param id behind that of the last entry that is not deleted
   * @param flags DELETED, SAME_FIELDS
   * @param fields the number of fields
   */
  beginEntry(nodes: Nodes, id: Id, flags: number, fields: number): void {
    this.open(nodes)
    const { node } = this
    const isOwn = (flags & SAME_FIELDS) === 0
    this.entryAt = this.at
    this.flags = flags
    this.size = listpackEntryOverhead(node, id, fields, isOwn)
    this.writeStep(id)
    if (isOwn) this.at = writeVarint(node.bytes, this.at, 0, fields)
    copyId(id, 0, node.words, node.head + NODE_LAST_ID)
  }

  element(element: Span): void {
    const { bytes } = this.node
    const { at } = this
    const end = writeListpackEntry(bytes, at, element)
    this.size += end - at
    // The back length is written over.
    this.at = end - at <= SHORT_MAX ? end - 1 : elementEnd(bytes, at)
  }

  endEntry(): void {
    const { node, nodes } = this
    const { words, head } = node
    words[head + NODE_LISTPACK]! += this.size
    words[head + NODE_LAST_AT] = this.entryAt - node.start
    if ((this.flags & DELETED) === 0) words[head + NODE_ENTRIES] = ++node.entries
    else words[head + NODE_DELETED] = ++node.deleted
    nodes.grewTo(this.at)
  }

  private open(nodes: Nodes): void {
    this.nodes = nodes
    this.node = nodes.tail
    this.at = this.node.end
  }

  /** Writes the control byte and how the id follows from that of the entry before. */
  private writeStep(id: Id): void {
    const { node } = this
    const { bytes } = node
    const isFirst = node.entries + node.deleted === 0
    if (isFirst) copyId(node.id, 0, before, 0)
    else {
      copyId(node.words, node.head + NODE_LAST_ID, before, 0)
      if (compareIds(id, 0, before, 0) <= 0) this.nodes.isTangled = true
    }
    const at = this.at + 1
    if (id[0] === before[0] && id[1] === before[1]) {
      this.writeSameTime(id, at)
      return
    }
    const borrow = id[1]! >>> 0 < before[1]! >>> 0 ? 1 : 0
    const next = writeVarint(
      bytes,
      at,
      (id[0]! - before[0]! - borrow) | 0,
      (id[1]! - before[1]!) | 0,
    )
    const isZero = id[2] === 0 && id[3] === 0
    bytes[this.at] = this.flags | ((isZero ? STEP_LATER : STEP_ANY) << STEP_SHIFT)
    this.at = isZero ? next : writeVarint(bytes, next, id[2]!, id[3]!)
  }

  private writeSameTime(id: Id, at: number): void {
    const { bytes } = this.node
    const borrow = id[3]! >>> 0 < before[3]! >>> 0 ? 1 : 0
    const low = (id[3]! - before[3]!) | 0
    const high = (id[2]! - before[2]! - borrow) | 0
    const isNext = low === 1 && high === 0
    bytes[this.at] = this.flags | ((isNext ? STEP_NEXT : STEP_ON) << STEP_SHIFT)
    this.at = isNext ? at : writeVarint(bytes, at, high, low)
  }
}
