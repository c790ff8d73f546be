// stored-list.ts: the list of a key, to be changed, whichever form it has.
//
// A list is a listpack in its entry until it is about to exceed what a node may have
// (node-limits.ts); then it is a quicklist, until it has shrunk to one node of half that size.
// Which of the two comes first, and when, is the reference's order.

import { Span } from '../../bytes/memory/span.ts'
import {
  LISTPACK_HEADER,
  LISTPACK_MIN,
  listpackAt,
  listpackCount,
  listpackEntryEnd,
  listpackPrevious,
} from '../../bytes/packed/listpack.ts'
import type { Args } from '../../engine/arguments/args.ts'
import { KEEP_TTL } from '../../engine/keyspace/entry.ts'
import type { Database } from '../../engine/keyspace/keyspace.ts'
import { gone } from './compact.ts'
import type { Cursor } from './cursor.ts'
import { Quicklist } from './large.ts'
import { insertBeside, removeEqual, removeRange, replaceFound } from './large-edit.ts'
import { listLimits } from './limits.ts'
import { Node } from './node.ts'
import { exceedsNode, fitsListpack } from './node-limits.ts'
import {
  FIRST_ELEMENT,
  insertAt,
  LIST_META,
  pushArguments,
  putArguments,
  putEmpty,
  removeEqualPacked,
  removeOne,
  removePacked,
  replaceAt,
} from './packed.ts'

const value = new Span()

/** The quicklist that is an entry's value. */
export function quicklistOf(db: Database, ref: number): Quicklist {
  return db.object(ref) as Quicklist
}

export class StoredList {
  /** The entry, 0 where there is none yet. */
  ref = 0
  db!: Database
  key!: Span
  /** The quicklist; null where it is a listpack. */
  nodes: Quicklist | null = null

  at(db: Database, key: Span, ref: number): this {
    this.db = db
    this.key = key
    this.ref = ref
    this.nodes = ref !== 0 && db.isObject(ref) ? quicklistOf(db, ref) : null
    return this
  }

  /** Number of elements. */
  get count(): number {
    const { nodes } = this
    if (nodes !== null) return nodes.count
    const { bytes, start, end } = this.db.value(this.ref, value)
    return listpackCount(bytes, start, end)
  }

  /** Adds the arguments behind the key. */
  pushArguments(args: Args, atHead: boolean): void {
    if (this.nodes === null) this.prepareForArguments(args)
    const { db, key, ref, nodes } = this
    if (nodes === null) {
      if (ref === 0) this.ref = putArguments(db, key, args, atHead)
      else this.ref = pushArguments(db, ref, args, atHead)
      return
    }
    for (let i = FIRST_ELEMENT; i < args.count; i++) {
      if (atHead) nodes.pushHead(args.at(i))
      else nodes.pushTail(args.at(i))
    }
  }

  /** Adds one element, whose bytes must not be in the database. */
  push(element: Span, atHead: boolean): void {
    const { db } = this
    if (this.ref === 0) this.ref = putEmpty(db, this.key)
    this.prepareToGrow(element.length, 1)
    const { nodes } = this
    if (nodes === null) {
      const offset = atHead ? LISTPACK_HEADER : db.value(this.ref, value).length - 1
      this.ref = insertAt(db, this.ref, offset, element)
    } else if (atHead) nodes.pushHead(element)
    else nodes.pushTail(element)
  }

  /** Removes the first or the last element. */
  dropEnd(atHead: boolean): void {
    const { db, nodes } = this
    if (nodes !== null) {
      if (atHead) nodes.dropHead()
      else nodes.dropTail()
      return
    }
    const { bytes, start, end } = db.value(this.ref, value)
    const first = start + LISTPACK_HEADER
    const from = atHead ? first : listpackPrevious(bytes, start, end - 1)
    const to = atHead ? listpackEntryEnd(bytes, first) : end - 1
    this.ref = removeOne(db, this.ref, from - start, to - start)
  }

  /** Removes `count` elements from number `first` on. */
  dropRange(first: number, count: number): void {
    const { nodes } = this
    if (nodes === null) this.ref = removePacked(this.db, this.ref, first, count)
    else removeRange(nodes, first, count)
  }

  /**
   * Removes elements equal to one.
   * @param most how many at most; below zero the last ones go first
   * @returns how many went
   */
  dropEqual(element: Span, most: number): number {
    const { nodes } = this
    if (nodes !== null) return removeEqual(nodes, element, most)
    this.ref = removeEqualPacked(this.db, this.ref, element, most)
    return gone.count
  }

  /** Exchanges the element of an index, 0 to count - 1. */
  replace(index: number, element: Span): void {
    const { db, nodes } = this
    if (nodes !== null) {
      nodes.seek(index)
      replaceFound(nodes, element)
      return
    }
    const { bytes, start, end } = db.value(this.ref, value)
    this.ref = replaceAt(db, this.ref, listpackAt(bytes, start, end, index) - start, element)
  }

  /** Puts an element behind or before the one that a cursor has walked to. */
  insert(cursor: Cursor, element: Span, behind: boolean): void {
    const { db, nodes } = this
    if (nodes !== null) {
      nodes.node = cursor.node!
      nodes.place = cursor.place
      insertBeside(nodes, element, behind)
      return
    }
    const { bytes, start } = cursor.content
    const at = behind ? listpackEntryEnd(bytes, cursor.at) : cursor.at
    this.ref = insertAt(db, this.ref, at - start, element)
  }

  /** Makes it a quicklist if it cannot take so many bytes and elements as a listpack. */
  prepareToGrow(bytes: number, count: number): void {
    const { db, ref } = this
    if (this.nodes !== null) return
    db.value(ref, value)
    const elements = listpackCount(value.bytes, value.start, value.end)
    if (!exceedsNode(db.parts.limits.of(listLimits).node, value.length + bytes, elements + count))
      return
    const list = new Quicklist(db.parts)
    if (elements > 0) list.add(Node.listpack(list.buffers, value), null, true)
    this.ref = db.putObject(this.key, ref, LIST_META | KEEP_TTL, list)
    this.nodes = list
  }

  /**
   * Makes it a listpack if it is small enough.
   * @param part 2 when it has lost elements, 1 when it was just made (node-limits.ts)
   */
  packIfSmall(part: number): void {
    const { db, nodes } = this
    if (nodes === null || nodes.length > 1) return
    const node = nodes.head!
    if (
      node.isPlain ||
      !fitsListpack(db.parts.limits.of(listLimits).node, node.size, node.count, part)
    )
      return
    this.ref = db.put(this.key, this.ref, LIST_META | KEEP_TTL, node.read(value))
    this.nodes = null
  }

  /** Makes it a quicklist if it cannot take the arguments behind the key as a listpack. */
  private prepareForArguments(args: Args): void {
    const { db, key, ref } = this
    const count = args.count - FIRST_ELEMENT
    let bytes = 0
    for (let i = FIRST_ELEMENT; i < args.count; i++) bytes += args.at(i).length
    if (ref !== 0) this.prepareToGrow(bytes, count)
    else if (exceedsNode(db.parts.limits.of(listLimits).node, LISTPACK_MIN + bytes, count)) {
      this.nodes = new Quicklist(db.parts)
      this.ref = db.putObject(key, 0, LIST_META, this.nodes)
    }
  }
}
