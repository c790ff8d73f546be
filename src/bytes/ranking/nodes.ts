// nodes.ts: the nodes of a ranking (ranking.ts): blocks of 2 KiB in chunks that clones
// share until one of them writes (memory/chunks.ts).
//
//   chunk    32 nodes, seen as doubles and as words; the first chunk alone begins with one node and
//            doubles, so that a ranking of 130 members costs little
//   node     number = chunk << 5 | place, from 0 on; NONE is none
//
//   word 0   entries in it (members of a leaf, children of an inner node)
//   word 1   leaf: the one before it       word 2   leaf: the one behind it
//   word 3   where its refs begin: that tells a leaf from an inner node
//   leaf     168 scores from double 2 on, 168 refs from word 340 on
//   inner    100 children, each by the score and the ref of its first member, its node and how many
//            members are below it: from double 2, words 204, 304 and 404 on
//
// Two levels of inner nodes hold over a million members. When less than half of the nodes are used,
// those of the last chunk move to the others, so that a ranking that shrinks gives memory back.
// Cost: allocate and release O(1), clone O(chunks), the first write to a shared chunk its copy.

import { CHUNK_BYTES, type Chunks } from '../memory/chunks.ts'

export const NONE = -1

export const LEAF_MAX = 168
export const INNER_MAX = 100

// Where things lie in a node: doubles from its first double, words from its first word.
export const SCORES = 2
export const LEAF_REFS = 340
export const INNER_REFS = 204
export const CHILDREN = 304
export const COUNTS = 404
export const SIZE = 0
export const BEFORE = 1
export const BEHIND = 2
export const REFS = 3

export const CHUNK_SHIFT = 5
export const PLACE_MASK = 31
export const NODE_DOUBLES = 256
export const NODE_WORDS = 512
const NODE_BYTES = 2048
const ALL_FREE = -1

export class RankingNodes {
  readonly chunks: Chunks
  /** The chunks' words: the same array as `chunks.words`. */
  readonly words: Int32Array[]
  readonly doubles: Float64Array[] = []
  /** Nodes that are in use. */
  count = 0
  /** A bit for each node of a chunk that is free; a chunk that is not there has none. */
  private readonly free: number[] = []
  /** Nodes that the chunks have room for. */
  private room = 0
  /** No chunk before this one has a free node. */
  private lowestFree = 0

  /** @param chunks no chunk yet, or clones of those of `from` */
  constructor(chunks: Chunks, from?: RankingNodes) {
    this.chunks = chunks
    this.words = chunks.words
    if (from === undefined) return
    for (const doubles of from.doubles) this.doubles.push(doubles)
    for (const bits of from.free) this.free.push(bits)
    this.count = from.count
    this.room = from.room
    this.lowestFree = from.lowestFree
  }

  /**
   * A node with nothing in it.
   * @param refsAt LEAF_REFS or INNER_REFS
   */
  allocate(refsAt: number): number {
    let chunk = this.lowestFree
    while (chunk < this.free.length && this.free[chunk] === 0) chunk++
    if (chunk === this.free.length) chunk = this.addChunk()
    this.lowestFree = chunk
    const bits = this.free[chunk]
    const place = 31 - Math.clz32(bits & -bits)
    // Places are given from the lowest on, so that only the first chunk ever has too few.
    if ((place + 1) * NODE_WORDS > this.words[chunk].length) this.grow(chunk)
    const node = (chunk << CHUNK_SHIFT) | place
    this.own(node)
    this.free[chunk] = bits & ~(1 << place)
    this.words[chunk][place * NODE_WORDS + SIZE] = 0
    this.words[chunk][place * NODE_WORDS + REFS] = refsAt
    this.count++
    return node
  }

  release(node: number): void {
    const chunk = node >>> CHUNK_SHIFT
    this.free[chunk] |= 1 << (node & PLACE_MASK)
    this.count--
    if (chunk < this.lowestFree) this.lowestFree = chunk
    if (this.free[chunk] === ALL_FREE) this.dropChunk(chunk)
  }

  /** Makes the chunk of a node this ranking's alone: before anything is written to it. */
  own(node: number): void {
    if (this.chunks.shared === 0) return
    const chunk = node >>> CHUNK_SHIFT
    this.chunks.own(chunk)
    const { buffer } = this.words[chunk]
    if (this.doubles[chunk].buffer !== buffer) this.doubles[chunk] = new Float64Array(buffer)
  }

  /** Whether emptying a chunk is worth it. */
  get sparse(): boolean {
    return this.count * 2 < this.room && this.room > 2 << CHUNK_SHIFT
  }

  /** A node of the last chunk that has any. */
  get last(): number {
    let chunk = this.free.length - 1
    while (this.words[chunk].length === 0) chunk--
    return (chunk << CHUNK_SHIFT) | (31 - Math.clz32(~this.free[chunk]))
  }

  /** Copies what a node holds to another one. */
  copy(from: number, to: number): void {
    this.own(to)
    const start = (from & PLACE_MASK) * NODE_WORDS
    const source = this.words[from >>> CHUNK_SHIFT].subarray(start, start + NODE_WORDS)
    this.words[to >>> CHUNK_SHIFT].set(source, (to & PLACE_MASK) * NODE_WORDS)
  }

  /** Gives all nodes up. */
  dispose(): void {
    this.chunks.dispose()
    this.doubles.length = 0
    this.free.length = 0
    this.count = 0
    this.room = 0
  }

  /** Checks the accounts; throws an Error that names the first one that is off. */
  verify(): void {
    let nodes = 0
    let room = 0
    for (let chunk = 0; chunk < this.words.length; chunk++) {
      if (this.words[chunk].length === 0) continue
      for (let bits = ~this.free[chunk]; bits !== 0; bits &= bits - 1) nodes++
      room += this.words[chunk].length / NODE_WORDS
      if (this.doubles[chunk].buffer !== this.words[chunk].buffer) throw new Error('views differ')
    }
    if (nodes !== this.count) throw new Error(`count is ${this.count}, ${nodes} nodes are in use`)
    if (room !== this.room) throw new Error(`room is ${this.room}, chunks have ${room}`)
  }

  private addChunk(): number {
    const chunk = this.chunks.add(this.words.length === 0 ? NODE_BYTES : CHUNK_BYTES)
    this.enter(chunk)
    this.free[chunk] = ALL_FREE
    return chunk
  }

  private grow(chunk: number): void {
    this.room -= this.words[chunk].length / NODE_WORDS
    this.chunks.resize(chunk, this.words[chunk].byteLength * 2)
    this.enter(chunk)
  }

  private enter(chunk: number): void {
    this.doubles[chunk] = new Float64Array(this.words[chunk].buffer)
    this.room += this.words[chunk].length / NODE_WORDS
  }

  private dropChunk(chunk: number): void {
    this.room -= this.words[chunk].length / NODE_WORDS
    this.chunks.drop(chunk)
    this.doubles[chunk] = NO_DOUBLES
    this.free[chunk] = 0
  }
}

const NO_DOUBLES = new Float64Array(0)
