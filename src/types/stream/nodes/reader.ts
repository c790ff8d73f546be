// reader.ts: walks the entries of a stream that are not deleted, in either direction.
//
// `seek` or `seekLast` goes to an entry, `next` or `previous` on from there. How many entries there
// are up to an id is known before they are read: replies begin with that number.

import { compareIds, copyId, type Id, incrementId } from '../id.ts'
import type { Stream } from '../stream.ts'
import { Bookmark } from './bookmark.ts'
import {
  beginEntries,
  Entry,
  entryEnd,
  Node,
  readEntry,
  readKnownEntry,
  readLastEntry,
} from './node.ts'
import { NodeIndex } from './node-index.ts'
import type { Nodes } from './nodes.ts'

/** Where counting looks ahead. */
const ahead = new Node()
const nowhere = new Bookmark()
const probe = new Entry()

export class Reader {
  readonly node = new Node()
  /** The entry it is at. */
  readonly entry = new Entry()
  private stream!: Stream
  private nodes!: Nodes
  /** Entries of the node from this one on, in the direction of the walk. */
  private left = 0
  /** For a walk backwards: the node's entries, and which one it is at; -1 before it is built. */
  private readonly index = new NodeIndex()
  private indexAt = -1

  /**
   * Goes to the first entry at or behind an id; false where there is none.
   * @param bookmark where a reader of this stream was that may not have been far from it
   */
  seek(stream: Stream, id: Id, bookmark: Bookmark): boolean {
    const { node, entry } = this
    const nodes = this.begin(stream)
    if (stream.length === 0 || compareIds(id, 0, stream.lastId, 0) > 0) return false
    if (!nodes.floor(id, node) && !nodes.first(node)) return false
    if (this.resume(bookmark, id)) {
      if (!entry.isDeleted && compareIds(entry.id, 0, id, 0) >= 0) return true
      return this.walkTo(id)
    }
    return this.walkNodeTo(id) || this.nextNodeTo(id)
  }

  /** The same for the first entry behind an id, which is changed. */
  seekAfter(stream: Stream, id: Id, bookmark: Bookmark): boolean {
    return incrementId(id) && this.seek(stream, id, bookmark)
  }

  /** Goes to the next entry; false at the end. */
  next(): boolean {
    const { node, entry } = this
    this.left--
    for (;;) {
      let at = entryEnd(node, entry)
      for (; at < node.end; at = entryEnd(node, entry)) {
        readEntry(node, at, entry)
        if (!entry.isDeleted) return true
      }
      if (!this.nodes.next(node)) return false
      this.left = node.entries
      readEntry(node, beginEntries(node, entry), entry)
      if (!entry.isDeleted) return true
    }
  }

  /** Goes to the last entry at or before an id; false where there is none. */
  seekLast(stream: Stream, id: Id): boolean {
    const { node, entry } = this
    const nodes = this.begin(stream)
    if (stream.length === 0) return false
    const isEnd = compareIds(id, 0, stream.lastId, 0) >= 0
    if (!(isEnd ? nodes.last(node) : nodes.floor(id, node))) return false
    this.left = node.entries
    readLastEntry(node, entry)
    this.indexAt = -1
    if (!entry.isDeleted && compareIds(entry.id, 0, id, 0) <= 0) return true
    this.index.build(node)
    this.indexAt = this.index.count
    return this.walkBackTo(id)
  }

  /** Goes to the entry before; false at the first. */
  previous(): boolean {
    if (this.indexAt < 0) {
      this.index.build(this.node)
      this.indexAt = this.index.count - 1
    }
    this.left--
    return this.walkBackTo(this.entry.id)
  }

  /** Goes to the entry with an id; false where there is none. */
  find(stream: Stream, id: Id): boolean {
    return this.seek(stream, id, nowhere) && compareIds(this.entry.id, 0, id, 0) === 0
  }

  /** Counts the entries from here to an id, both included: `most` at most. */
  countTo(end: Id, most: number): number {
    let count = this.left
    if (compareIds(this.entry.id, 0, end, 0) > 0) return 0
    if (this.nodes.isTangled) return this.walkAhead(end, most, true)
    if (compareIds(end, 0, this.stream.lastId, 0) >= 0) return this.addNodes(count, most)
    // Only the node in which the end lies is walked.
    if (!this.nodes.floor(end, ahead)) return 0
    const { page, index } = ahead.place
    const outside = ahead.entries - this.countInNode(end, true)
    this.copyPlace()
    while (ahead.place.page !== page || ahead.place.index !== index) {
      if (count >= most) return most
      this.nodes.next(ahead)
      count += ahead.entries
    }
    return Math.min(count - outside, most)
  }

  /** Counts the entries from here back to an id, both included: `most` at most. */
  countBackTo(begin: Id, most: number): number {
    let count = this.left
    if (compareIds(this.entry.id, 0, begin, 0) < 0) return 0
    if (this.nodes.isTangled) return this.walkAhead(begin, most, false)
    if (!this.nodes.floor(begin, ahead)) this.nodes.first(ahead)
    const { page, index } = ahead.place
    const outside = this.countInNode(begin, false)
    this.copyPlace()
    while (ahead.place.page !== page || ahead.place.index !== index) {
      if (count >= most) return most
      this.nodes.previous(ahead)
      count += ahead.entries
    }
    return Math.min(count - outside, most)
  }

  /** Counts by walking there with another reader. */
  private walkAhead(to: Id, most: number, isForward: boolean): number {
    const scout = new Reader()
    scout.copy(this)
    let count = 1
    while (count < most && (isForward ? scout.next() : scout.previous())) {
      const order = compareIds(scout.entry.id, 0, to, 0)
      if (isForward ? order > 0 : order < 0) break
      count++
    }
    return count
  }

  /** Goes to where another reader is. */
  private copy(other: Reader): void {
    const { node, entry, index } = this
    this.begin(other.stream).lookAt(other.node.place, node)
    copyId(other.entry.id, 0, entry.id, 0)
    readKnownEntry(node, other.entry.at, entry)
    this.left = other.left
    this.indexAt = other.indexAt
    if (this.indexAt >= 0) index.build(node)
  }

  /** Notes where the reader is, on its way from the begin to the end. */
  leave(bookmark: Bookmark): void {
    const { node, entry } = this
    bookmark.changes = this.nodes.changes
    copyId(node.id, 0, bookmark.node, 0)
    copyId(entry.id, 0, bookmark.entry, 0)
    bookmark.offset = entry.at - node.start
    bookmark.passed = node.entries - this.left
  }

  /** Reads the entry at a bookmark; false where that is not in this node, or behind the id. */
  private resume(bookmark: Bookmark, id: Id): boolean {
    const { node, entry } = this
    const isTrue =
      bookmark.changes === this.nodes.changes &&
      compareIds(bookmark.node, 0, node.id, 0) === 0 &&
      compareIds(bookmark.entry, 0, id, 0) <= 0
    if (!isTrue) return false
    copyId(bookmark.entry, 0, entry.id, 0)
    readKnownEntry(node, node.start + bookmark.offset, entry)
    this.left = node.entries - bookmark.passed
    return true
  }

  /** Goes on from the entry it is at to one at or behind an id. */
  private walkTo(id: Id): boolean {
    while (this.next()) if (compareIds(this.entry.id, 0, id, 0) >= 0) return true
    return false
  }

  /** Goes to the first entry of the node that is at or behind an id. */
  private walkNodeTo(id: Id): boolean {
    const { node, entry } = this
    this.left = node.entries
    if (node.entries === 0) return false
    for (let at = beginEntries(node, entry); at < node.end; at = entryEnd(node, entry)) {
      readEntry(node, at, entry)
      if (entry.isDeleted) continue
      if (compareIds(entry.id, 0, id, 0) >= 0) return true
      this.left--
    }
    return false
  }

  private nextNodeTo(id: Id): boolean {
    while (this.nodes.next(this.node)) if (this.walkNodeTo(id)) return true
    return false
  }

  /** Goes back from the entry it is at to one at or before an id. */
  private walkBackTo(id: Id): boolean {
    const { node, entry, index } = this
    for (;;) {
      while (--this.indexAt >= 0) {
        index.read(node, this.indexAt, entry)
        if (entry.isDeleted) continue
        if (compareIds(entry.id, 0, id, 0) <= 0) return true
        this.left--
      }
      if (!this.nodes.previous(node)) return false
      this.left = node.entries
      index.build(node)
      this.indexAt = index.count
    }
  }

  private begin(stream: Stream): Nodes {
    this.stream = stream
    this.nodes = stream.nodes
    return stream.nodes
  }

  private copyPlace(): void {
    ahead.place.page = this.node.place.page
    ahead.place.index = this.node.place.index
  }

  private addNodes(before: number, most: number): number {
    let count = before
    if (count >= most) return most
    this.copyPlace()
    while (count < most && this.nodes.next(ahead)) count += ahead.entries
    return Math.min(count, most)
  }

  /** Counts the entries of the node ahead that are before an id, or at it. */
  private countInNode(id: Id, isIncluded: boolean): number {
    let count = 0
    for (let at = beginEntries(ahead, probe); at < ahead.end; at = entryEnd(ahead, probe)) {
      readEntry(ahead, at, probe)
      const order = compareIds(probe.id, 0, id, 0)
      if (order > 0 || (order === 0 && !isIncluded)) break
      if (!probe.isDeleted) count++
    }
    return count
  }
}
