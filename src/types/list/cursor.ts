// cursor.ts: walks the elements of a list of either form, from either end.

import { Span } from '../../bytes/memory/span.ts'
import {
  LISTPACK_HEADER,
  listpackEntryEnd,
  listpackPrevious,
  type PackedEntry,
  readListpackEntry,
} from '../../bytes/packed/listpack.ts'
import { holdsWanted, wantElement } from '../../bytes/packed/listpack-find.ts'
import type { Quicklist } from './large.ts'
import type { Node } from './node.ts'

export class Cursor {
  /** The listpack that the element is in, or the element where it is a node of its own. */
  readonly content = new Span()
  /** Where its entry begins. */
  at = 0
  /** Its node, in a quicklist. */
  node: Node | null = null
  /** Which of the node's elements it is; counted in forward walks only. */
  place = -1
  private isPlain = false
  private backwards = false
  /** Whether no element of the content was visited yet. */
  private isFresh = true
  private wanted!: Span

  /** Begins before the first element of a listpack, or behind the last one. */
  startPacked(listpack: Span, backwards: boolean): this {
    this.content.set(listpack.bytes, listpack.start, listpack.end)
    this.node = null
    this.isPlain = false
    return this.begin(backwards)
  }

  /** The same for a quicklist. */
  start(list: Quicklist, backwards: boolean): this {
    this.enter(backwards ? list.tail! : list.head!)
    return this.begin(backwards)
  }

  /** Goes to the next element; false where there is none. */
  next(): boolean {
    for (;;) {
      if (this.step()) {
        this.place++
        return true
      }
      const node = this.backwards ? this.node?.previous : this.node?.next
      if (node == null) return false
      this.enter(node)
    }
  }

  /** Passes over elements, whole nodes at a time. */
  skip(count: number): void {
    let left = count
    while (left > 0) {
      const { node } = this
      const next = this.backwards ? node?.previous : node?.next
      if (this.isFresh && next != null && node!.count <= left) {
        left -= node!.count
        this.enter(next)
      } else if (this.next()) left--
      else return
    }
  }

  /** Says which element `isWanted` is about. */
  want(element: Span): void {
    this.wanted = element
    wantElement(element)
  }

  /** Whether the element is the wanted one. */
  isWanted(): boolean {
    if (this.isPlain) return this.content.equals(this.wanted)
    return holdsWanted(this.content.bytes, this.at)
  }

  /** Reads the element; `entry.span` is true until the next step. */
  read(entry: PackedEntry): Span {
    if (this.isPlain) return this.content
    readListpackEntry(this.content.bytes, this.at, entry)
    return entry.span
  }

  private begin(backwards: boolean): this {
    this.backwards = backwards
    this.isFresh = true
    this.place = -1
    return this
  }

  private enter(node: Node): void {
    this.node = node
    this.isPlain = node.isPlain
    node.read(this.content)
    this.isFresh = true
    this.place = -1
  }

  private step(): boolean {
    const { bytes, start, end } = this.content
    const wasFresh = this.isFresh
    this.isFresh = false
    if (this.isPlain) return wasFresh
    if (this.backwards) {
      this.at = listpackPrevious(bytes, start, wasFresh ? end - 1 : this.at)
      return this.at !== 0
    }
    this.at = wasFresh ? start + LISTPACK_HEADER : listpackEntryEnd(bytes, this.at)
    return this.at < end - 1
  }
}
