// stream.ts: a stream: entries in the order of their ids, and the groups that read them.
//
// The entries lie in nodes (nodes/node.ts, nodes/nodes.ts), packed as Redis packs them; all that
// changes a stream keeps the figures below true. Cloned in O(chunks), given up at once.

import type { Ledger } from '../../bytes/memory/ledger.ts'
import type { Span } from '../../bytes/memory/span.ts'
import { Int64 } from '../../bytes/numbers/int64.ts'
import type { Limits } from '../../engine/contract/limits.ts'
import type { ValueObject } from '../../engine/keyspace/objects.ts'
import { Group } from './groups/group.ts'
import { findName } from './groups/names.ts'
import { compareIds, type Id, isZeroId, newId } from './id.ts'
import { Bookmark } from './nodes/bookmark.ts'
import { beginEntries, Entry, entryEnd, Node, readEntry } from './nodes/node.ts'
import { Nodes } from './nodes/nodes.ts'

/** What the objects take that hold the rest together, about, in bytes. */
const OVERHEAD = 768

/** What a stream takes from the engine it belongs to. */
export type StreamParts = { readonly ledger: Ledger; readonly limits: Limits }

const node = new Node()
const entry = new Entry()

export class Stream implements ValueObject {
  readonly nodes: Nodes
  /** Entries that are not deleted. */
  length = 0
  /** The last id that was given to an entry. */
  readonly lastId = newId()
  /** The first entry that is not deleted; 0-0 where there is none. */
  readonly firstId = newId()
  /** The largest id that was deleted. */
  readonly maxDeletedId = newId()
  /** How many entries were ever added. */
  readonly entriesAdded = new Int64()
  /** By name. */
  groups: Group[] = []
  /** Where it was last read. */
  readonly bookmark = new Bookmark()
  readonly parts: StreamParts
  /** The smallest last id of a group, once it has been asked for. */
  private readonly leastRead = newId()
  private isLeastKnown = false

  constructor(parts: StreamParts, nodes = new Nodes(parts.ledger)) {
    this.parts = parts
    this.nodes = nodes
    parts.ledger.bytes += OVERHEAD
  }

  get memory(): number {
    let memory = OVERHEAD + this.nodes.memory
    for (const group of this.groups) memory += group.memory
    return memory
  }

  findGroup(name: Span): Group | undefined {
    const index = findName(this.groups, name)
    return index < 0 ? undefined : this.groups[index]
  }

  /** Adds a group whose name none has. */
  addGroup(name: Span, lastId: Id): Group {
    const group = new Group(name.copy(), this.parts.ledger)
    group.lastId.set(lastId)
    this.groups.splice(-1 - findName(this.groups, name), 0, group)
    this.checkLeast(lastId)
    return group
  }

  removeGroup(group: Group): void {
    this.groups.splice(this.groups.indexOf(group), 1)
    group.dispose()
  }

  /** Sets up to which entry a group has read. */
  moveGroup({ lastId }: Group, id: Id): void {
    if (this.isLeastKnown && compareIds(lastId, 0, this.leastRead, 0) === 0) {
      this.isLeastKnown = false
    }
    lastId.set(id)
    this.checkLeast(id)
  }

  /**
   * Whether there is a group that has not read up to an id. As in redis-server 8.2.3, one that is
   * gone goes on to count until a group moves from where it was, or to a place before.
   */
  isUnread(id: Id): boolean {
    const { groups, leastRead } = this
    if (groups.length === 0) return false
    if (!this.isLeastKnown) {
      leastRead.fill(-1)
      for (const { lastId } of groups) {
        if (compareIds(lastId, 0, leastRead, 0) < 0) leastRead.set(lastId)
      }
      this.isLeastKnown = true
    }
    return compareIds(id, 0, leastRead, 0) > 0
  }

  private checkLeast(id: Id): void {
    if (compareIds(id, 0, this.leastRead, 0) < 0) this.isLeastKnown = false
  }

  /** Counts one more entry that was added. */
  countAdded(): void {
    const added = this.entriesAdded
    added.low = (added.low + 1) | 0
    if (added.low === 0) added.high = (added.high + 1) | 0
    this.length++
  }

  /**
   * Whether entries may be missing between an id and the end of the stream: whether the largest
   * deleted id lies behind it.
   */
  hasGapsFrom(id: Id): boolean {
    if (this.length === 0 || isZeroId(this.maxDeletedId, 0)) return false
    return compareIds(id, 0, this.maxDeletedId, 0) <= 0
  }

  clone(): Stream {
    const clone = new Stream(this.parts, this.nodes.clone())
    clone.length = this.length
    clone.lastId.set(this.lastId)
    clone.firstId.set(this.firstId)
    clone.maxDeletedId.set(this.maxDeletedId)
    clone.entriesAdded.low = this.entriesAdded.low
    clone.entriesAdded.high = this.entriesAdded.high
    clone.groups = this.groups.map((group) => group.clone())
    return clone
  }

  dispose(): void {
    this.nodes.dispose()
    for (const group of this.groups) group.dispose()
    this.parts.ledger.bytes -= OVERHEAD
  }

  /** Checks all invariants; throws an Error that names the first one broken. */
  verify(): void {
    this.nodes.verify(node)
    for (const group of this.groups) group.verify()
    const last = newId()
    let length = 0
    let first: Id | undefined
    for (let more = this.nodes.first(node); more; more = this.nodes.next(node)) {
      let live = 0
      let deleted = 0
      for (let at = beginEntries(node, entry); at < node.end; at = entryEnd(node, entry)) {
        readEntry(node, at, entry)
        if (entry.isDeleted) {
          deleted++
          continue
        }
        if (compareIds(entry.id, 0, last, 0) <= 0) throw new Error('entries are out of order')
        last.set(entry.id)
        live++
        first ??= entry.id.slice()
      }
      if (live !== node.entries || deleted !== node.deleted) throw new Error('a node counts wrong')
      length += live
    }
    if (length !== this.length) throw new Error('the length is off')
    if (compareIds(last, 0, this.lastId, 0) > 0) throw new Error('the last id is off')
    if (compareIds(first ?? newId(), 0, this.firstId, 0) !== 0) {
      throw new Error('the first id is off')
    }
  }
}
