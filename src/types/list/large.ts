// large.ts: a large list: nodes in a row, each a listpack or one outsized element (node.ts).
//
//   head ⇄ node ⇄ node ⇄ … ⇄ tail        all but `depth` nodes at either end may be compressed
//
// Which node takes an element, when one is split and when two are merged is decided as
// redis-server decides it, so that a DUMP has the same nodes and a list that shrinks becomes a
// listpack at the same moment; large-edit.ts has what happens in the middle.
// Cost: both ends O(1); an index O(nodes) from the nearer end and a walk within one node; a copy
// O(nodes) without copying bytes.

import type { Span } from '../../bytes/memory/span.ts'
import { LISTPACK_HEADER, listpackEntryEnd, listpackPrevious } from '../../bytes/packed/listpack.ts'
import type { DatabaseParts } from '../../engine/keyspace/database-parts.ts'
import type { ValueObject } from '../../engine/keyspace/objects.ts'
import { Buffers } from './buffers.ts'
import { type ListLimits, listLimits } from './limits.ts'
import { Node } from './node.ts'
import { depthOf, fillOf, nodeBytes, nodeCount } from './node-limits.ts'

/** What an entry takes at most besides its text, as redis-server estimates it. */
const ENTRY_OVERHEAD = 8
/** The least room of a node, as a part of the most, as a shift. */
const FIRST_ROOM_SHIFT = 3

export class Quicklist implements ValueObject {
  head: Node | null = null
  tail: Node | null = null
  /** Number of nodes. */
  length = 0
  /** Number of elements. */
  count = 0
  /** list-max-listpack-size as it was when the list was made. */
  readonly fill: number
  /** list-compress-depth as it was then. */
  readonly depth: number
  readonly buffers: Buffers
  /** The most bytes of a node. */
  readonly most: number
  /** The most elements of a node. */
  readonly countMost: number
  /** Where the last `seek` went: a node, and which of its elements. */
  node!: Node
  place = 0
  private readonly parts: DatabaseParts
  private readonly limits: ListLimits

  constructor(
    parts: DatabaseParts,
    fill = fillOf(parts.limits.of(listLimits)),
    depth = depthOf(parts.limits.of(listLimits)),
  ) {
    this.parts = parts
    this.limits = parts.limits.of(listLimits)
    this.fill = fill
    this.depth = depth
    this.most = nodeBytes(fill)
    this.countMost = nodeCount(fill)
    this.buffers = new Buffers(parts.ledger)
  }

  get memory(): number {
    return this.buffers.memory
  }

  dispose(): void {
    if (this.buffers.releaseAll()) return
    for (let node = this.head; node !== null; node = node.next) this.buffers.release(node.bytes)
  }

  /** A copy that shares all buffers until one of the two changes them. */
  clone(): Quicklist {
    const copy = new Quicklist(this.parts, this.fill, this.depth)
    copy.buffers.share(this.buffers)
    for (let node = this.head; node !== null; node = node.next) {
      copy.link(node.share(copy.buffers), copy.tail, true)
      copy.count += node.count
    }
    return copy
  }

  pushHead(element: Span): void {
    const size = element.end - element.start
    if (this.isOutsize(size)) {
      this.add(Node.plain(this.buffers, element), this.head, false)
      return
    }
    const { head } = this
    const node = this.hasRoom(head, size) ? head! : this.addEmpty(head, false, size)
    node.insert(this.buffers, node.start + LISTPACK_HEADER, element, this.most)
    this.count++
  }

  pushTail(element: Span): void {
    const size = element.end - element.start
    if (this.isOutsize(size)) {
      this.add(Node.plain(this.buffers, element), this.tail, true)
      return
    }
    const { tail } = this
    const node = this.hasRoom(tail, size) ? tail! : this.addEmpty(tail, true, size)
    node.insert(this.buffers, node.end - 1, element, this.most)
    this.count++
  }

  /** Removes the first element; there is one. */
  dropHead(): void {
    const node = this.head!
    if (node.count === 1) {
      this.removeNode(node)
      return
    }
    const at = node.start + LISTPACK_HEADER
    node.remove(this.buffers, at, listpackEntryEnd(node.bytes, at), 1)
    this.count--
  }

  /** Removes the last element; there is one. */
  dropTail(): void {
    const node = this.tail!
    if (node.count === 1) {
      this.removeNode(node)
      return
    }
    const end = node.end - 1
    node.remove(this.buffers, listpackPrevious(node.bytes, node.start, end), end, 1)
    this.count--
  }

  /** Finds the element of an index, 0 to count - 1: sets `node` and `place`. */
  seek(index: number): void {
    let left = index
    let node = this.head!
    if (index < this.count / 2) {
      while (left >= node.count) {
        left -= node.count
        node = node.next!
      }
      this.place = left
    } else {
      node = this.tail!
      left = this.count - 1 - index
      while (left >= node.count) {
        left -= node.count
        node = node.previous!
      }
      this.place = node.count - 1 - left
    }
    this.node = node
  }

  /** Whether an element of that many bytes is a node of its own. */
  isOutsize(size: number): boolean {
    const { plain } = this.limits
    return plain === 0 ? size > this.most : size >= plain
  }

  /** Whether a node takes an element of that many bytes. */
  allows(node: Node | null, size: number): boolean {
    return !this.isOutsize(size) && this.hasRoom(node, size)
  }

  /** Puts a node with its elements behind or before another one. */
  add(node: Node, beside: Node | null, behind: boolean): void {
    this.link(node, beside, behind)
    this.count += node.count
    if (beside !== null) {
      beside.trim(this.buffers)
      this.settle(beside)
    }
    this.settle(node)
  }

  /** A new node there without elements; it must get one of about that many bytes at once. */
  addEmpty(beside: Node | null, behind: boolean, size: number): Node {
    const room = Math.max(this.most >>> FIRST_ROOM_SHIFT, Math.min(size * 2, this.most))
    const node = Node.empty(this.buffers, room, !behind)
    this.add(node, beside, behind)
    return node
  }

  /** Takes a node out, with its elements. */
  removeNode(node: Node): void {
    const { previous, next } = node
    if (previous === null) this.head = next
    else previous.next = next
    if (next === null) this.tail = previous
    else next.previous = previous
    this.length--
    this.count -= node.count
    this.buffers.release(node.bytes)
    this.settle(null)
  }

  /** Compresses a node that lies deep enough; sees to it that the outer ones are not compressed. */
  settle(node: Node | null): void {
    const { depth, buffers } = this
    if (depth === 0 || this.length < depth * 2) return
    let front = this.head!
    let back = this.tail!
    let isOuter = false
    for (let i = 0; i < depth; i++) {
      front.unpack(buffers)
      back.unpack(buffers)
      if (front === node || back === node) isOuter = true
      if (front === back || front.next === back) return
      front = front.next!
      back = back.previous!
    }
    if (node !== null && !isOuter) node.compress(buffers)
    front.compress(buffers)
    back.compress(buffers)
  }

  /** Checks all invariants; throws an Error that names the first one broken. */
  verify(): void {
    let count = 0
    let length = 0
    let last: Node | null = null
    for (let node = this.head; node !== null; node = node.next) {
      if (node.previous !== last) throw new Error('a node has another one before it')
      if (node.count === 0) throw new Error('a node is empty')
      const isOuter = length < this.depth || length >= this.length - this.depth
      if (node.isCompressed && isOuter) throw new Error('an outer node is compressed')
      count += node.count
      length++
      last = node
    }
    if (this.tail !== last) throw new Error('the tail is off')
    if (count !== this.count || length !== this.length) throw new Error('the counts are off')
  }

  /** Whether a node takes an element that is not outsized. */
  private hasRoom(node: Node | null, size: number): boolean {
    if (node === null || node.isPlain) return false
    return node.size + size + ENTRY_OVERHEAD <= this.most && node.count < this.countMost
  }

  private link(node: Node, beside: Node | null, behind: boolean): void {
    const previous = behind ? beside : (beside?.previous ?? null)
    const next = behind ? (beside?.next ?? null) : beside
    node.previous = previous
    node.next = next
    if (previous === null) this.head = node
    else previous.next = node
    if (next === null) this.tail = node
    else next.previous = node
    this.length++
  }
}
