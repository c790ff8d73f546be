// agenda.ts: what is due when: refs with a time each, the earliest first.
//
//   nodes    four words: ref | next node of its bucket + 1 | time, low word | time, high word
//   places   for each node its place in the heap
//   heap     node numbers; the children of place i are at 4 i + 1 … 4 i + 4 and are due no earlier
//   buckets  the first node + 1 of each bucket: linear hashing of refs, as in dict.ts
//
// Databases keep one of entries whose values want to be looked at (hashes with fields that
// expire), tables one of their records. Refs move: so a node is found by its ref, and `move` costs
// what a lookup does. Nodes are dense: the last one fills the place of one that goes.
// Rows are chunks (chunks.ts): nothing pauses to grow, and a clone shares what neither side
// changes. An agenda without a ref holds no memory.
// Cost: 28 bytes a ref; set, delete, move O(log n); first O(1).
// Not a heap without the hash, where what is deleted waits to be met: a ref is used again for
// another record, and whoever met it could not tell.

import { Chunks } from './chunks.ts'
import type { Ledger } from './ledger.ts'
import { Row } from './row.ts'

const NODE_SHIFT = 2
const NEXT = 1
const LOW = 2
const HIGH = 3
const WORD = 0x1_0000_0000
const LOW_MIN = 4
/** Row for each ref above which buckets are joined. */
const SPARSE = 4

/** The rows of an agenda that holds something. */
class Rows {
  readonly nodes: Row
  readonly places: Row
  readonly heap: Row
  readonly buckets: Row

  constructor(nodes: Row, places: Row, heap: Row, buckets: Row) {
    this.nodes = nodes
    this.places = places
    this.heap = heap
    this.buckets = buckets
  }

  get memory(): number {
    const { nodes, places, heap, buckets } = this
    return nodes.chunks.memory + places.chunks.memory + heap.chunks.memory + buckets.chunks.memory
  }

  clone(): Rows {
    const { nodes, places, heap, buckets } = this
    return new Rows(cloned(nodes), cloned(places), cloned(heap), cloned(buckets))
  }

  dispose(): void {
    this.nodes.chunks.dispose()
    this.places.chunks.dispose()
    this.heap.chunks.dispose()
    this.buckets.chunks.dispose()
  }
}

export class Agenda {
  /** Refs held. */
  count = 0
  private rows: Rows | null = null
  private low = LOW_MIN
  private split = 0
  private readonly ledger: Ledger

  /** @param ledger where the bytes are entered too that `memory` counts */
  constructor(ledger: Ledger) {
    this.ledger = ledger
  }

  /** When the first ref is due; Infinity where there is none. */
  get next(): number {
    return this.rows === null ? Infinity : this.time(this.rows, this.rows.heap.get(0))
  }

  /** The ref that is due first, 0 where there is none. */
  get first(): number {
    if (this.rows === null) return 0
    return this.rows.nodes.get(this.rows.heap.get(0) << NODE_SHIFT)
  }

  /** When a ref is due, -1 where it is not held. */
  at(ref: number): number {
    if (this.rows === null) return -1
    const node = this.find(this.rows, ref)
    return node < 0 ? -1 : this.time(this.rows, node)
  }

  /**
   * Holds a ref, or changes its time.
   * @param time 0 to 2^53 - 1
   */
  set(ref: number, time: number): void {
    if (this.rows === null) this.rows = this.open()
    const { rows } = this
    let node = this.find(rows, ref)
    if (node < 0) node = this.add(rows, ref)
    const word = node << NODE_SHIFT
    rows.nodes.set(word + LOW, time | 0)
    rows.nodes.set(word + HIGH, Math.floor(time / WORD))
    const place = rows.places.get(node)
    this.sink(rows, node, this.rise(rows, node, place, time), time)
  }

  /** How many refs are due before a time; looks at no others but the next in line. */
  countBefore(time: number): number {
    return this.rows === null ? 0 : this.countFrom(this.rows, 0, time)
  }

  /** Forgets a ref; false where it is not held. */
  delete(ref: number): boolean {
    const { rows } = this
    if (rows === null) return false
    const node = this.find(rows, ref)
    if (node < 0) return false
    if (this.count === 1) {
      this.clear()
      return true
    }
    this.unlink(rows, node)
    this.fillPlace(rows, rows.places.get(node))
    this.fillNode(rows, node)
    if (--this.count * SPARSE < rows.buckets.length) this.join(rows)
    return true
  }

  /** Lets another ref take a ref's place, if it is held. */
  move(from: number, to: number): void {
    const { rows } = this
    if (rows === null) return
    const node = this.find(rows, from)
    if (node < 0) return
    this.unlink(rows, node)
    rows.nodes.set(node << NODE_SHIFT, to)
    this.link(rows, node)
  }

  /** Forgets all refs. */
  clear(): void {
    if (this.rows !== null) this.rows.dispose()
    this.rows = null
    this.count = 0
    this.low = LOW_MIN
    this.split = 0
  }

  /** Bytes it holds, as entered in the ledger. */
  get memory(): number {
    return this.rows === null ? 0 : this.rows.memory
  }

  /** An agenda of the same refs, in O(chunks). */
  clone(): Agenda {
    const clone = new Agenda(this.ledger)
    clone.rows = this.rows === null ? null : this.rows.clone()
    clone.count = this.count
    clone.low = this.low
    clone.split = this.split
    return clone
  }

  /** Checks all invariants; throws an Error that names the first one broken. */
  verify(): void {
    const { rows, count } = this
    if (rows === null) {
      if (count !== 0) throw new Error(`no rows, and a count of ${count}`)
      return
    }
    const { nodes, places, heap, buckets } = rows
    const lengths = [nodes.length >> NODE_SHIFT, places.length, heap.length]
    if (lengths.some((length) => length !== count)) throw new Error('rows of different lengths')
    for (let place = 0; place < count; place++) {
      const node = heap.get(place)
      if (places.get(node) !== place) throw new Error(`node ${node} is not at its place`)
      const parent = place === 0 ? node : heap.get((place - 1) >> 2)
      if (this.time(rows, parent) > this.time(rows, node)) {
        throw new Error(`place ${place} is due before its parent`)
      }
      if (this.find(rows, nodes.get(node << NODE_SHIFT)) !== node) {
        throw new Error(`node ${node} is not in its bucket`)
      }
    }
    if (buckets.length !== this.low + this.split) throw new Error('bucket count is off')
  }

  private open(): Rows {
    const row = () => new Row(new Chunks(this.ledger))
    const buckets = row()
    for (let i = 0; i < LOW_MIN; i++) buckets.push()
    return new Rows(row(), row(), row(), buckets)
  }

  private time(rows: Rows, node: number): number {
    const word = node << NODE_SHIFT
    return rows.nodes.get(word + HIGH) * WORD + (rows.nodes.get(word + LOW) >>> 0)
  }

  private bucketOf(rows: Rows, ref: number): number {
    const bucket = scatter(ref) & (this.low * 2 - 1)
    return bucket < rows.buckets.length ? bucket : bucket - this.low
  }

  /** The node of a ref, -1 where there is none. */
  private find(rows: Rows, ref: number): number {
    const { nodes } = rows
    let node = rows.buckets.get(this.bucketOf(rows, ref)) - 1
    while (node >= 0 && nodes.get(node << NODE_SHIFT) !== (ref | 0)) {
      node = nodes.get((node << NODE_SHIFT) + NEXT) - 1
    }
    return node
  }

  /** Adds a node for a ref, at the end of the heap. */
  private add(rows: Rows, ref: number): number {
    const node = this.count++
    for (let i = 0; i < 1 << NODE_SHIFT; i++) rows.nodes.push()
    rows.places.push()
    rows.heap.push()
    rows.nodes.set(node << NODE_SHIFT, ref)
    rows.places.set(node, node)
    rows.heap.set(node, node)
    this.link(rows, node)
    if (this.count > rows.buckets.length) this.divide(rows)
    return node
  }

  private link(rows: Rows, node: number): void {
    const word = node << NODE_SHIFT
    const bucket = this.bucketOf(rows, rows.nodes.get(word))
    rows.nodes.set(word + NEXT, rows.buckets.get(bucket))
    rows.buckets.set(bucket, node + 1)
  }

  private unlink(rows: Rows, node: number): void {
    this.relink(rows, node, rows.nodes.get((node << NODE_SHIFT) + NEXT))
  }

  /** Makes what points at a node in its bucket point at `to`, a node + 1. */
  private relink(rows: Rows, node: number, to: number): void {
    const { nodes } = rows
    const bucket = this.bucketOf(rows, nodes.get(node << NODE_SHIFT))
    let at = rows.buckets.get(bucket) - 1
    if (at === node) {
      rows.buckets.set(bucket, to)
      return
    }
    for (;;) {
      const next = nodes.get((at << NODE_SHIFT) + NEXT) - 1
      if (next === node) break
      at = next
    }
    nodes.set((at << NODE_SHIFT) + NEXT, to)
  }

  /** Lets the last node of the heap take a place. */
  private fillPlace(rows: Rows, place: number): void {
    const node = rows.heap.pop()
    if (place === rows.heap.length) return
    const time = this.time(rows, node)
    this.sink(rows, node, this.rise(rows, node, place, time), time)
  }

  /** Lets the last node take the number of one that is gone. */
  private fillNode(rows: Rows, node: number): void {
    const { nodes, places, heap } = rows
    const last = this.count - 1
    if (node !== last) {
      this.relink(rows, last, node + 1)
      for (let i = 0; i < 1 << NODE_SHIFT; i++) {
        nodes.set((node << NODE_SHIFT) + i, nodes.get((last << NODE_SHIFT) + i))
      }
      const place = places.get(last)
      places.set(node, place)
      heap.set(place, node)
    }
    for (let i = 0; i < 1 << NODE_SHIFT; i++) nodes.pop()
    places.pop()
  }

  /** Where a node of that time belongs, from a place upwards; those that are due later go down. */
  private rise(rows: Rows, node: number, from: number, time: number): number {
    const { heap, places } = rows
    let place = from
    while (place > 0) {
      const parent = (place - 1) >> 2
      const other = heap.get(parent)
      if (this.time(rows, other) <= time) break
      heap.set(place, other)
      places.set(other, place)
      place = parent
    }
    heap.set(place, node)
    places.set(node, place)
    return place
  }

  /** The same downwards. */
  private sink(rows: Rows, node: number, from: number, time: number): void {
    const { heap, places } = rows
    let place = from
    for (;;) {
      const child = this.earliestChild(rows, place)
      if (child < 0) break
      const other = heap.get(child)
      if (this.time(rows, other) >= time) break
      heap.set(place, other)
      places.set(other, place)
      place = child
    }
    if (place === from) return
    heap.set(place, node)
    places.set(node, place)
  }

  /** The place of the child that is due first, -1 where there is none. */
  private earliestChild(rows: Rows, place: number): number {
    const { heap } = rows
    const first = place * 4 + 1
    const end = Math.min(first + 4, heap.length)
    let best = -1
    let bestTime = Infinity
    for (let child = first; child < end; child++) {
      const time = this.time(rows, heap.get(child))
      if (time >= bestTime) continue
      best = child
      bestTime = time
    }
    return best
  }

  /** Counts in the part of the heap that begins at a place: as deep as the heap, at most 16. */
  private countFrom(rows: Rows, place: number, time: number): number {
    if (place >= this.count || this.time(rows, rows.heap.get(place)) >= time) return 0
    let count = 1
    for (let child = 4 * place + 1; child <= 4 * place + 4; child++) {
      count += this.countFrom(rows, child, time)
    }
    return count
  }

  private divide(rows: Rows): void {
    const { buckets, nodes } = rows
    const from = this.split
    let rest = buckets.get(from)
    buckets.set(from, 0)
    buckets.push()
    if (++this.split === this.low) {
      this.low *= 2
      this.split = 0
    }
    while (rest !== 0) {
      const node = rest - 1
      rest = nodes.get((node << NODE_SHIFT) + NEXT)
      this.link(rows, node)
    }
  }

  private join(rows: Rows): void {
    const { buckets, nodes } = rows
    for (let i = 0; i < SPARSE && buckets.length > LOW_MIN; i++) {
      if (this.split === 0) {
        this.low /= 2
        this.split = this.low
      }
      this.split--
      let rest = buckets.pop()
      while (rest !== 0) {
        const node = rest - 1
        rest = nodes.get((node << NODE_SHIFT) + NEXT)
        this.link(rows, node)
      }
    }
  }
}

function cloned(row: Row): Row {
  return new Row(row.chunks.clone(), row.length)
}

/** Spreads a ref over 32 bits: refs of neighbours differ in their low bits only, or not in them. */
function scatter(ref: number): number {
  const mixed = Math.imul(ref ^ (ref >>> 15), 0x85ebca6b)
  return mixed ^ (mixed >>> 13)
}
