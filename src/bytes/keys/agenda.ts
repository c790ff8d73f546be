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
// Vectors are chunks (memory/chunks.ts): nothing pauses to grow, and a clone shares what neither
// side changes. An agenda without a ref holds no memory.
// Cost: 28 bytes a ref; set, delete, move O(log n); first O(1).
// Not a heap without the hash, where what is deleted waits to be met: a ref is used again for
// another record, and whoever met it could not tell.

import { Chunks } from '../memory/chunks.ts'
import type { Ledger } from '../memory/ledger.ts'
import { SharedVector } from '../memory/shared-vector.ts'

const NODE_SHIFT = 2
const NEXT = 1
const LOW = 2
const HIGH = 3
const WORD = 0x1_0000_0000
const LOW_MIN = 4
/** Buckets for each ref above which they are joined. */
const SPARSE = 4

/** The vectors of an agenda that holds something. */
class Vectors {
  readonly nodes: SharedVector
  readonly places: SharedVector
  readonly heap: SharedVector
  readonly buckets: SharedVector

  constructor(
    nodes: SharedVector,
    places: SharedVector,
    heap: SharedVector,
    buckets: SharedVector,
  ) {
    this.nodes = nodes
    this.places = places
    this.heap = heap
    this.buckets = buckets
  }

  get memory(): number {
    const { nodes, places, heap, buckets } = this
    return nodes.chunks.memory + places.chunks.memory + heap.chunks.memory + buckets.chunks.memory
  }

  clone(): Vectors {
    const { nodes, places, heap, buckets } = this
    return new Vectors(cloned(nodes), cloned(places), cloned(heap), cloned(buckets))
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
  private vectors: Vectors | null = null
  private low = LOW_MIN
  private split = 0
  private readonly ledger: Ledger

  /** @param ledger where the bytes are entered too that `memory` counts */
  constructor(ledger: Ledger) {
    this.ledger = ledger
  }

  /** When the first ref is due; Infinity where there is none. */
  get next(): number {
    return this.vectors === null ? Infinity : this.time(this.vectors, this.vectors.heap.get(0))
  }

  /** The ref that is due first, 0 where there is none. */
  get first(): number {
    if (this.vectors === null) return 0
    return this.vectors.nodes.get(this.vectors.heap.get(0) << NODE_SHIFT)
  }

  /** When a ref is due, -1 where it is not held. */
  at(ref: number): number {
    if (this.vectors === null) return -1
    const node = this.find(this.vectors, ref)
    return node < 0 ? -1 : this.time(this.vectors, node)
  }

  /**
   * Holds a ref, or changes its time.
   * @param time 0 to 2^53 - 1
   */
  set(ref: number, time: number): void {
    if (this.vectors === null) this.vectors = this.open()
    const { vectors } = this
    let node = this.find(vectors, ref)
    if (node < 0) node = this.add(vectors, ref)
    const word = node << NODE_SHIFT
    vectors.nodes.set(word + LOW, time | 0)
    vectors.nodes.set(word + HIGH, Math.floor(time / WORD))
    const place = vectors.places.get(node)
    this.sink(vectors, node, this.rise(vectors, node, place, time), time)
  }

  /** How many refs are due before a time; looks at no others but the next in line. */
  countBefore(time: number): number {
    return this.vectors === null ? 0 : this.countFrom(this.vectors, 0, time)
  }

  /** Forgets a ref; false where it is not held. */
  delete(ref: number): boolean {
    const { vectors } = this
    if (vectors === null) return false
    const node = this.find(vectors, ref)
    if (node < 0) return false
    if (this.count === 1) {
      this.clear()
      return true
    }
    this.unlink(vectors, node)
    this.fillPlace(vectors, vectors.places.get(node))
    this.fillNode(vectors, node)
    if (--this.count * SPARSE < vectors.buckets.length) this.join(vectors)
    return true
  }

  /** Lets another ref take a ref's place, if it is held. */
  move(from: number, to: number): void {
    const { vectors } = this
    if (vectors === null) return
    const node = this.find(vectors, from)
    if (node < 0) return
    this.unlink(vectors, node)
    vectors.nodes.set(node << NODE_SHIFT, to)
    this.link(vectors, node)
  }

  /** Forgets all refs. */
  clear(): void {
    if (this.vectors !== null) this.vectors.dispose()
    this.vectors = null
    this.count = 0
    this.low = LOW_MIN
    this.split = 0
  }

  /** Bytes it holds, as entered in the ledger. */
  get memory(): number {
    return this.vectors === null ? 0 : this.vectors.memory
  }

  /** An agenda of the same refs, in O(chunks). */
  clone(): Agenda {
    const clone = new Agenda(this.ledger)
    clone.vectors = this.vectors === null ? null : this.vectors.clone()
    clone.count = this.count
    clone.low = this.low
    clone.split = this.split
    return clone
  }

  /** Checks all invariants; throws an Error that names the first one broken. */
  verify(): void {
    const { vectors, count } = this
    if (vectors === null) {
      if (count !== 0) throw new Error(`no vectors, and a count of ${count}`)
      return
    }
    const { nodes, places, heap, buckets } = vectors
    const lengths = [nodes.length >> NODE_SHIFT, places.length, heap.length]
    if (lengths.some((length) => length !== count)) throw new Error('vectors of different lengths')
    for (let place = 0; place < count; place++) {
      const node = heap.get(place)
      if (places.get(node) !== place) throw new Error(`node ${node} is not at its place`)
      const parent = place === 0 ? node : heap.get((place - 1) >> 2)
      if (this.time(vectors, parent) > this.time(vectors, node)) {
        throw new Error(`place ${place} is due before its parent`)
      }
      if (this.find(vectors, nodes.get(node << NODE_SHIFT)) !== node) {
        throw new Error(`node ${node} is not in its bucket`)
      }
    }
    if (buckets.length !== this.low + this.split) throw new Error('bucket count is off')
  }

  private open(): Vectors {
    const vector = () => new SharedVector(new Chunks(this.ledger))
    const buckets = vector()
    for (let i = 0; i < LOW_MIN; i++) buckets.push()
    return new Vectors(vector(), vector(), vector(), buckets)
  }

  private time(vectors: Vectors, node: number): number {
    const word = node << NODE_SHIFT
    return vectors.nodes.get(word + HIGH) * WORD + (vectors.nodes.get(word + LOW) >>> 0)
  }

  private bucketOf(vectors: Vectors, ref: number): number {
    const bucket = scatter(ref) & (this.low * 2 - 1)
    return bucket < vectors.buckets.length ? bucket : bucket - this.low
  }

  /** The node of a ref, -1 where there is none. */
  private find(vectors: Vectors, ref: number): number {
    const { nodes } = vectors
    let node = vectors.buckets.get(this.bucketOf(vectors, ref)) - 1
    while (node >= 0 && nodes.get(node << NODE_SHIFT) !== (ref | 0)) {
      node = nodes.get((node << NODE_SHIFT) + NEXT) - 1
    }
    return node
  }

  /** Adds a node for a ref, at the end of the heap. */
  private add(vectors: Vectors, ref: number): number {
    const node = this.count++
    for (let i = 0; i < 1 << NODE_SHIFT; i++) vectors.nodes.push()
    vectors.places.push()
    vectors.heap.push()
    vectors.nodes.set(node << NODE_SHIFT, ref)
    vectors.places.set(node, node)
    vectors.heap.set(node, node)
    this.link(vectors, node)
    if (this.count > vectors.buckets.length) this.divide(vectors)
    return node
  }

  private link(vectors: Vectors, node: number): void {
    const word = node << NODE_SHIFT
    const bucket = this.bucketOf(vectors, vectors.nodes.get(word))
    vectors.nodes.set(word + NEXT, vectors.buckets.get(bucket))
    vectors.buckets.set(bucket, node + 1)
  }

  private unlink(vectors: Vectors, node: number): void {
    this.relink(vectors, node, vectors.nodes.get((node << NODE_SHIFT) + NEXT))
  }

  /** Makes what points at a node in its bucket point at `to`, a node + 1. */
  private relink(vectors: Vectors, node: number, to: number): void {
    const { nodes } = vectors
    const bucket = this.bucketOf(vectors, nodes.get(node << NODE_SHIFT))
    let at = vectors.buckets.get(bucket) - 1
    if (at === node) {
      vectors.buckets.set(bucket, to)
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
  private fillPlace(vectors: Vectors, place: number): void {
    const node = vectors.heap.pop()
    if (place === vectors.heap.length) return
    const time = this.time(vectors, node)
    this.sink(vectors, node, this.rise(vectors, node, place, time), time)
  }

  /** Lets the last node take the number of one that is gone. */
  private fillNode(vectors: Vectors, node: number): void {
    const { nodes, places, heap } = vectors
    const last = this.count - 1
    if (node !== last) {
      this.relink(vectors, last, node + 1)
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
  private rise(vectors: Vectors, node: number, from: number, time: number): number {
    const { heap, places } = vectors
    let place = from
    while (place > 0) {
      const parent = (place - 1) >> 2
      const other = heap.get(parent)
      if (this.time(vectors, other) <= time) break
      heap.set(place, other)
      places.set(other, place)
      place = parent
    }
    heap.set(place, node)
    places.set(node, place)
    return place
  }

  /** The same downwards. */
  private sink(vectors: Vectors, node: number, from: number, time: number): void {
    const { heap, places } = vectors
    let place = from
    for (;;) {
      const child = this.earliestChild(vectors, place)
      if (child < 0) break
      const other = heap.get(child)
      if (this.time(vectors, other) >= time) break
      heap.set(place, other)
      places.set(other, place)
      place = child
    }
    if (place === from) return
    heap.set(place, node)
    places.set(node, place)
  }

  /** The place of the child that is due first, -1 where there is none. */
  private earliestChild(vectors: Vectors, place: number): number {
    const { heap } = vectors
    const first = place * 4 + 1
    const end = Math.min(first + 4, heap.length)
    let best = -1
    let bestTime = Infinity
    for (let child = first; child < end; child++) {
      const time = this.time(vectors, heap.get(child))
      if (time >= bestTime) continue
      best = child
      bestTime = time
    }
    return best
  }

  /** Counts in the part of the heap that begins at a place: as deep as the heap, at most 16. */
  private countFrom(vectors: Vectors, place: number, time: number): number {
    if (place >= this.count || this.time(vectors, vectors.heap.get(place)) >= time) return 0
    let count = 1
    for (let child = 4 * place + 1; child <= 4 * place + 4; child++) {
      count += this.countFrom(vectors, child, time)
    }
    return count
  }

  private divide(vectors: Vectors): void {
    const { buckets, nodes } = vectors
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
      this.link(vectors, node)
    }
  }

  private join(vectors: Vectors): void {
    const { buckets, nodes } = vectors
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
        this.link(vectors, node)
      }
    }
  }
}

function cloned(vector: SharedVector): SharedVector {
  return new SharedVector(vector.chunks.clone(), vector.length)
}

/** Spreads a ref over 32 bits: refs of neighbours differ in their low bits only, or not in them. */
function scatter(ref: number): number {
  const mixed = Math.imul(ref ^ (ref >>> 15), 0x85ebca6b)
  return mixed ^ (mixed >>> 13)
}
