// nodes.ts: where the nodes of a stream lie.
//
//   directory  an IdTable: id of the node | its chunk | its offset in the chunk
//   chunk      node node node … free        64 KiB; the first one small and doubling
//
// Nodes lie in the order of their ids, each in just as many bytes as it has, rounded up to words:
// in Redis each has a block of its own. The last node grows at the end of its chunk, where there is
// room; when there is none left it moves to a fresh chunk. So the nodes of one chunk are always
// neighbours in the directory. A chunk whose nodes are gone is given back; in one that is a quarter
// full they are moved together. A node that is larger than a chunk has one of its own size.
// Chunks and directory are shared with a clone until one side changes them
// (bytes/memory/chunks.ts).

import { CHUNK_BYTES, Chunks } from '../../../bytes/memory/chunks.ts'
import type { Ledger } from '../../../bytes/memory/ledger.ts'
import { compareIds, copyId, type Id } from '../id.ts'
import { IdTable, Place } from './id-table.ts'
import {
  DELETED,
  type Entry,
  HEAD_BYTES,
  NODE_BYTES,
  NODE_DELETED,
  NODE_ENTRIES,
  Node,
} from './node.ts'

const WIDTH = 6
const CHUNK = 4
const OFFSET = 5
const FIRST_BYTES = 128
/** A node of this size gets a chunk that is not larger than it must be. */
const LARGE_NODE = CHUNK_BYTES / 4
/** Which part of a chunk must be used, one in so many, or its nodes are moved together. */
const LIVE_SHARE = 4
const FRONT_SHARE = 16

const around = new Place()
const here = new Place()

/** The bytes that so many bytes take when they end with a word. */
function wholeWords(bytes: number): number {
  return (bytes + 3) & ~3
}

export class Nodes {
  readonly directory: IdTable
  /** Counts what makes offsets in a node, or numbers of its entries, untrue. */
  changes = 0
  /**
   * Whether entries may follow deleted ones with larger ids: XSETID can set a stream back behind
   * what was deleted. Then ids no longer tell in which node an entry is.
   */
  isTangled = false
  /** The last node, after `lookAtTail`: most is done to it. */
  readonly tail = new Node()
  private isTailKnown = false
  private readonly chunks: Chunks
  /** Bytes of all nodes in a chunk. */
  private live: number[] = []
  private readonly ledger: Ledger

  constructor(ledger: Ledger, directory = new IdTable(WIDTH, ledger), chunks = new Chunks(ledger)) {
    this.ledger = ledger
    this.directory = directory
    this.chunks = chunks
  }

  get count(): number {
    return this.directory.count
  }

  get memory(): number {
    return this.chunks.memory + this.directory.memory
  }

  /** Points `node` at the node of its place. */
  look(node: Node): void {
    const words = this.directory.words(node.place)
    const at = this.directory.offset(node.place)
    const chunk = words[at + CHUNK]!
    copyId(words, at, node.id, 0)
    node.chunk = chunk
    node.look(this.chunks.bytes[chunk]!, this.chunks.words[chunk]!, words[at + OFFSET]!)
  }

  /** Points `node` at the node of another place. */
  lookAt({ page, index }: Place, node: Node): void {
    node.place.page = page
    node.place.index = index
    this.look(node)
  }

  /** The first node; false where there is none. */
  first(node: Node): boolean {
    if (!this.directory.first(node.place)) return false
    this.look(node)
    return true
  }

  /** The last node; false where there is none. */
  last(node: Node): boolean {
    if (!this.directory.last(node.place)) return false
    this.look(node)
    return true
  }

  next(node: Node): boolean {
    if (!this.directory.next(node.place)) return false
    this.look(node)
    return true
  }

  previous(node: Node): boolean {
    if (!this.directory.previous(node.place)) return false
    this.look(node)
    return true
  }

  /** The node that holds an id, if any does; false where all are behind it. */
  floor(id: Id, node: Node): boolean {
    if (!this.directory.floor(id, 0, node.place)) return false
    this.look(node)
    return true
  }

  /** Looks at the last node; false where there is none. */
  lookAtTail(): boolean {
    if (!this.isTailKnown) this.isTailKnown = this.last(this.tail)
    return this.isTailKnown
  }

  /**
   * Makes sure that `room` bytes behind the last node are free, which may move it, and that its
   * bytes may be changed.
   */
  reserve(room: number): void {
    const { chunks, tail } = this
    if (chunks.shared !== 0) this.own(tail)
    if (tail.end + room <= tail.bytes.length) return
    this.slide()
    const needed = tail.end + room
    const size = tail.bytes.length
    if (needed <= size) return
    if (tail.start === 0 || (size < CHUNK_BYTES && needed <= CHUNK_BYTES)) {
      const most = size < CHUNK_BYTES ? CHUNK_BYTES : size + (size >>> 1)
      chunks.resize(tail.chunk, wholeWords(Math.max(needed, Math.min(size * 2, most))))
      this.look(tail)
      return
    }
    this.moveTail(room)
  }

  /** Notes that the last node has grown to an offset, of the bytes that were reserved. */
  grewTo(end: number): void {
    const { tail } = this
    this.live[tail.chunk]! += end - tail.end
    tail.end = end
    tail.words[tail.head + NODE_BYTES] = end - tail.start
  }

  /** Adds an empty node behind the last one, with room for so many bytes besides its head. */
  add(id: Id, room: number): void {
    const { directory, tail } = this
    const needed = HEAD_BYTES + room
    const isBehind = !this.lookAtTail() || compareIds(id, 0, tail.id, 0) > 0
    const fits = isBehind && this.count > 0 && this.makeRoom(needed)
    const start = fits ? wholeWords(tail.end) : 0
    if (!fits) tail.chunk = this.count === 0 ? this.addFirstChunk(needed) : this.addChunk(needed)
    directory.find(id, 0, tail.place)
    const words = directory.insert(id, 0, tail.place)
    const at = directory.offset(tail.place)
    words[at + CHUNK] = tail.chunk
    words[at + OFFSET] = start
    const head = start >> 2
    const chunk = this.chunks.words[tail.chunk]!
    chunk.fill(0, head, head + HEAD_BYTES / 4)
    chunk[head + NODE_BYTES] = HEAD_BYTES
    this.live[tail.chunk]! += HEAD_BYTES
    this.look(tail)
    this.isTailKnown = isBehind
    if (!isBehind) this.isTangled = true
  }

  /** Takes a node out; its place is then that of the next one. */
  remove(node: Node): void {
    const { chunk, place } = node
    // The neighbours of the oldest node are likely to go soon.
    const share = place.page === 0 && place.index === 0 ? FRONT_SHARE : LIVE_SHARE
    this.isTailKnown = false
    this.changes++
    this.live[chunk]! -= node.end - node.start
    const live = this.live[chunk]!
    this.directory.remove(place)
    if (live === 0) this.chunks.drop(chunk)
    else if (live * share < this.chunks.bytes[chunk]!.length) this.packAround(place, chunk)
  }

  /** Flags an entry of a node as deleted, and counts it. */
  flagDeleted(node: Node, entry: Entry): void {
    if (this.chunks.shared !== 0) this.own(node)
    this.isTailKnown = false
    this.changes++
    node.bytes[entry.at]! |= DELETED
    node.words[node.head + NODE_ENTRIES] = --node.entries
    node.words[node.head + NODE_DELETED] = ++node.deleted
  }

  clone(): Nodes {
    const clone = new Nodes(this.ledger, this.directory.clone(this.ledger), this.chunks.clone())
    clone.live = this.live.slice()
    clone.isTangled = this.isTangled
    return clone
  }

  dispose(): void {
    this.directory.dispose()
    this.chunks.dispose()
    this.isTailKnown = false
  }

  /** Checks all invariants; throws an Error that names the first one broken. */
  verify(node: Node): void {
    this.directory.verify()
    const live = this.live.map(() => 0)
    const seen = new Set<number>()
    let chunk = -1
    let end = 0
    for (let more = this.first(node); more; more = this.next(node)) {
      if (node.chunk !== chunk) {
        if (seen.has(node.chunk)) throw new Error('nodes of a chunk are no neighbours')
        seen.add(node.chunk)
        chunk = node.chunk
        end = 0
      }
      if (node.start < end || node.end > node.bytes.length) throw new Error('nodes overlap')
      if (node.start % 4 !== 0) throw new Error('a node begins within a word')
      end = node.end
      live[chunk]! += node.end - node.start
    }
    live.forEach((bytes, i) => {
      if (bytes !== this.live[i]) throw new Error('the bytes of a chunk are off')
    })
  }

  private own(node: Node): void {
    const { chunk } = node
    this.chunks.own(chunk)
    node.bytes = this.chunks.bytes[chunk]!
    node.words = this.chunks.words[chunk]!
  }

  private addFirstChunk(needed: number): number {
    return this.track(this.chunks.add(wholeWords(Math.max(needed, FIRST_BYTES))))
  }

  private addChunk(needed: number): number {
    return this.track(this.chunks.add(needed > LARGE_NODE ? wholeWords(needed) : CHUNK_BYTES))
  }

  private track(chunk: number): number {
    this.live[chunk] = 0
    return chunk
  }

  /** Moves the last node to a chunk where so many bytes are free behind it. */
  private moveTail(room: number): void {
    const { tail, chunks, directory } = this
    const { bytes, start, end, chunk: old } = tail
    const length = end - start
    const chunk = this.addChunk(length + room)
    chunks.bytes[chunk]!.set(bytes.subarray(start, end))
    const words = directory.writable(tail.place)
    const at = directory.offset(tail.place)
    words[at + CHUNK] = chunk
    words[at + OFFSET] = 0
    this.live[chunk] = length
    this.live[old]! -= length
    if (this.live[old] === 0) chunks.drop(old)
    this.look(tail)
  }

  /** Makes sure that so many bytes are free in the last chunk, unless it becomes too large. */
  private makeRoom(room: number): boolean {
    const { chunks, tail } = this
    this.seal()
    if (chunks.shared !== 0) this.own(tail)
    if (wholeWords(tail.end) + room <= tail.bytes.length) return true
    this.slide()
    const needed = wholeWords(tail.end) + room
    const size = tail.bytes.length
    if (needed <= size) return true
    if (size >= CHUNK_BYTES || needed > CHUNK_BYTES) return false
    chunks.resize(tail.chunk, wholeWords(Math.min(Math.max(needed, size * 2), CHUNK_BYTES)))
    return true
  }

  /** The last node is complete: gives back what a chunk of its own has too much. */
  private seal(): void {
    const { tail, chunks } = this
    const { end, chunk } = tail
    const size = tail.bytes.length
    if (size <= CHUNK_BYTES || end >= size - (size >>> 3)) return
    chunks.resize(chunk, wholeWords(end))
    this.look(tail)
  }

  /** Moves the nodes of the last chunk to its begin, if they are half of it at most. */
  private slide(): void {
    const { tail } = this
    if (this.live[tail.chunk]! * 2 > tail.bytes.length) return
    this.packAround(tail.place, tail.chunk)
    this.look(tail)
  }

  /** Packs a chunk of which a node was taken out; `place` is that of the node behind it. */
  private packAround(place: Place, chunk: number): void {
    around.page = place.page
    around.index = place.index
    const { directory } = this
    if (directory.isEnd(around) || this.chunkAt(around) !== chunk) {
      if (!directory.previous(around) || this.chunkAt(around) !== chunk) return
    }
    while (directory.previous(around)) {
      if (this.chunkAt(around) === chunk) continue
      directory.next(around)
      break
    }
    if (this.isInOrder(around, chunk)) this.pack(around, chunk)
  }

  /** Whether all nodes of a chunk are those from a place on, in the order in which they lie. */
  private isInOrder(place: Place, chunk: number): boolean {
    const { directory } = this
    let bytes = 0
    let end = 0
    here.page = place.page
    here.index = place.index
    do {
      const words = directory.words(here)
      const at = directory.offset(here)
      const start = words[at + OFFSET]!
      if (words[at + CHUNK] !== chunk || start < end) break
      end = start + this.chunks.words[chunk]![(start >> 2) + NODE_BYTES]!
      bytes += end - start
    } while (directory.next(here))
    return bytes === this.live[chunk]
  }

  private chunkAt(place: Place): number {
    return this.directory.words(place)[this.directory.offset(place) + CHUNK]!
  }

  /** Moves the nodes of a chunk together, from the one at a place on, and gives back the rest. */
  private pack(place: Place, chunk: number): void {
    const { directory, chunks } = this
    if (chunks.shared !== 0) chunks.own(chunk)
    const bytes = chunks.bytes[chunk]!
    const heads = chunks.words[chunk]!
    here.page = place.page
    here.index = place.index
    let to = 0
    do {
      const words = directory.writable(here)
      const at = directory.offset(here)
      if (words[at + CHUNK] !== chunk) break
      const start = words[at + OFFSET]!
      const end = start + heads[(start >> 2) + NODE_BYTES]!
      bytes.copyWithin(to, start, end)
      words[at + OFFSET] = to
      to = wholeWords(to + end - start)
    } while (directory.next(here))
    // The last chunk is about to grow again.
    const isLast = directory.isEnd(here)
    const size = isLast ? Math.max(to * 4, FIRST_BYTES) : to
    if (size < bytes.length) chunks.resize(chunk, size)
    this.isTailKnown = false
    this.changes++
  }
}
