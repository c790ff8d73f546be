// list.ts: a list as commands read it, whichever of its two forms it has.

import { Span } from '../../bytes/memory/span.ts'
import {
  LISTPACK_HEADER,
  listpackAt,
  listpackCount,
  listpackLast,
  PackedEntry,
  readListpackEntry,
} from '../../bytes/packed/listpack.ts'
import {
  replyListpackBackwards,
  replyListpackEntries,
  replyListpackEntry,
} from '../../bytes/packed/listpack-reply.ts'
import type { Reply } from '../../bytes/wire/reply.ts'
import type { Database } from '../../engine/keyspace/keyspace.ts'
import type { Cursor } from './cursor.ts'
import type { Quicklist } from './large.ts'
import type { Node } from './node.ts'
import { quicklistOf } from './stored-list.ts'

const entry = new PackedEntry()

/** What an entry holds, for reading. */
export class List {
  /** Number of elements. */
  count = 0
  /** The nodes; null where the list is a listpack. */
  private nodes: Quicklist | null = null
  /** The listpack, or the content of the node that is being read. */
  private readonly content = new Span()

  at(db: Database, ref: number): this {
    if (db.isObject(ref)) {
      this.nodes = quicklistOf(db, ref)
      this.count = this.nodes.count
      return this
    }
    this.nodes = null
    const { bytes, start, end } = db.value(ref, this.content)
    this.count = listpackCount(bytes, start, end)
    return this
  }

  /** Writes `length` elements as bulks, from number `first` on. */
  replyRange(reply: Reply, first: number, length: number): void {
    const { nodes, content } = this
    if (nodes === null) {
      const { bytes, start, end } = content
      if (length === 0) return
      replyListpackEntries(reply, bytes, listpackAt(bytes, start, end, first), length)
      return
    }
    let node: Node | null = this.found(first)
    let { place } = nodes
    for (let left = length; left > 0 && node !== null; node = node.next) {
      const taken = Math.min(left, node.count - place)
      this.replyWithin(reply, node, place, taken)
      left -= taken
      place = 0
    }
  }

  /** Writes the last `length` elements as bulks, the last one first. */
  replyBackwards(reply: Reply, length: number): void {
    const { nodes, content } = this
    if (nodes === null) {
      replyListpackBackwards(reply, content, length)
      return
    }
    let node = nodes.tail
    for (let left = length; left > 0 && node !== null; node = node.previous) {
      const taken = Math.min(left, node.count)
      node.read(content)
      if (node.isPlain) reply.bulk(content)
      else replyListpackBackwards(reply, content, taken)
      left -= taken
    }
  }

  /** Writes one element as a bulk, 0 to count - 1. */
  replyElement(reply: Reply, index: number): void {
    const { nodes, content } = this
    if (nodes === null) {
      const { bytes, start, end } = content
      replyListpackEntry(reply, bytes, listpackAt(bytes, start, end, index))
    } else this.replyWithin(reply, this.found(index), nodes.place, 1)
  }

  /** The first or the last element; true until the list changes or another one is read. */
  end(atHead: boolean): Span {
    const { nodes, content } = this
    if (nodes !== null) {
      const node = atHead ? nodes.head! : nodes.tail!
      node.read(content)
      if (node.isPlain) return content
    }
    const { bytes, start, end } = content
    const at = atHead ? start + LISTPACK_HEADER : listpackLast(bytes, start, end)
    readListpackEntry(bytes, at, entry)
    return entry.span
  }

  /** Puts a cursor before the first element, or behind the last one. */
  walk(cursor: Cursor, backwards: boolean): Cursor {
    const { nodes } = this
    if (nodes === null) return cursor.startPacked(this.content, backwards)
    return cursor.start(nodes, backwards)
  }

  private found(index: number): Node {
    const nodes = this.nodes!
    nodes.seek(index)
    return nodes.node
  }

  private replyWithin(reply: Reply, node: Node, place: number, count: number): void {
    const { bytes, start, end } = node.read(this.content)
    if (node.isPlain) reply.bulkBytes(bytes, start, end)
    else replyListpackEntries(reply, bytes, listpackAt(bytes, start, end, place), count)
  }
}
