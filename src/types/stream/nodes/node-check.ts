// node-check.ts: takes nodes of a stream that a stranger sent as listpacks (listpack-node.ts), as
// far as each is one of entries, and all entries are in the order of their ids.

import type { Span } from '../../../bytes/memory/span.ts'
import { Int64 } from '../../../bytes/numbers/int64.ts'
import {
  LISTPACK_HEADER,
  listpackEntryEnd,
  PackedEntry,
  readListpackEntry,
} from '../../../bytes/packed/listpack.ts'
import { countEntries } from '../../../bytes/packed/listpack-check.ts'
import { addToHalf, compareIds, type Id, newId } from '../id.ts'
import { DELETED, FLAGS, SAME_FIELDS } from './node.ts'
import { ENTRY_MAX, NodeWriter } from './node-writer.ts'
import type { Nodes } from './nodes.ts'

const writer = new NodeWriter()
const element = new PackedEntry()
const wide = new Int64()
const id = newId()

/** Takes one node after the other. */
export class NodeCheck {
  /** Entries that are not deleted, of all nodes so far. */
  length = 0
  /** Whether a node was wrong about which part of its entries is deleted. */
  isMiscounted = false
  /** The id of the last entry so far that is not deleted. */
  readonly lastId = newId()
  private nodes!: Nodes
  private bytes!: Uint8Array
  private isFirst = true
  private at = 0
  private limit = 0
  private fields = 0
  /** The id of the node before. */
  private readonly before = newId()
  private isFirstNode = true

  begin(nodes: Nodes): void {
    this.nodes = nodes
    this.length = 0
    this.isMiscounted = false
    this.lastId.fill(0)
    this.isFirst = true
    this.isFirstNode = true
  }

  /** Adds a node; false where the bytes cannot be the next one. */
  take(nodeId: Id, { bytes, start, end }: Span): boolean {
    if (!this.follows(nodeId) || !this.followsNode(nodeId)) return false
    if (countEntries(bytes, start, end) < 0) return false
    this.bytes = bytes
    this.at = start + LISTPACK_HEADER
    this.limit = end - 1
    const entries = this.integer()
    const deleted = this.integer()
    this.fields = this.integer()
    if (entries < 0 || deleted < 0 || this.fields < 0) return false
    writer.begin(this.nodes, nodeId, end - start)
    if (!this.takeElements(this.fields) || this.integer() !== 0) return false
    writer.endHead(this.fields)
    while (this.at < this.limit) if (!this.takeEntry(nodeId)) return false
    const { tail } = this.nodes
    this.length += tail.entries
    if (tail.entries !== entries) this.isMiscounted = true
    const all = entries + deleted
    return tail.entries + tail.deleted === all && all > 0
  }

  private takeEntry(nodeId: Id): boolean {
    const flags = this.integer()
    if (flags < 0 || flags > FLAGS) return false
    id.set(nodeId)
    if (!this.addDifference(0) || !this.addDifference(2)) return false
    // After XSETID, entries may follow that come before one that is deleted.
    const isDeleted = (flags & DELETED) !== 0
    if (!isDeleted && !this.follows(id)) return false
    const isOwn = (flags & SAME_FIELDS) === 0
    const fields = isOwn ? this.integer() : this.fields
    const elements = isOwn ? fields * 2 : fields
    const end = this.endOf(elements)
    if (fields < 0 || end < 0) return false
    this.nodes.reserve(end - this.at + ENTRY_MAX)
    writer.beginEntry(this.nodes, id, flags, fields)
    this.takeElements(elements)
    if (this.integer() !== elements + (isOwn ? 4 : 3)) return false
    writer.endEntry()
    if (isDeleted) return true
    this.lastId.set(id)
    this.isFirst = false
    return true
  }

  private follows(next: Id): boolean {
    return this.isFirst || compareIds(next, 0, this.lastId, 0) > 0
  }

  private followsNode(next: Id): boolean {
    const follows = this.isFirstNode || compareIds(next, 0, this.before, 0) > 0
    this.before.set(next)
    this.isFirstNode = false
    return follows
  }

  /** Where so many elements end; -1 where there are not so many. */
  private endOf(count: number): number {
    let { at } = this
    for (let left = count; left > 0; left--) {
      if (at >= this.limit) return -1
      at = listpackEntryEnd(this.bytes, at)
    }
    return at
  }

  /** Writes so many elements; false where there are not so many. */
  private takeElements(count: number): boolean {
    for (let left = count; left > 0; left--) {
      if (this.at >= this.limit) return false
      this.at = readListpackEntry(this.bytes, this.at, element)
      writer.element(element.span)
    }
    return true
  }

  private addDifference(half: number): boolean {
    if (!this.isInteger()) return false
    addToHalf(id, half, wide.high, wide.low)
    return true
  }

  /** Passes an integer and returns it; -1 where there is none, or one that is no count. */
  private integer(): number {
    const n = this.isInteger() ? wide.number : -1
    return n >= 0 && n <= this.bytes.length ? n : -1
  }

  private isInteger(): boolean {
    if (this.at >= this.limit) return false
    this.at = readListpackEntry(this.bytes, this.at, element)
    if (element.isInteger) {
      wide.low = element.int64.low
      wide.high = element.int64.high
      return true
    }
    const { bytes, start, end } = element.span
    return wide.parse(bytes, start, end)
  }
}
