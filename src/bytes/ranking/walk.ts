// walk.ts: goes through the members of a ranking (ranking.ts) in their order, forwards and
// backwards. What it reads of a leaf lies in fields; a step allocates nothing.

import { neighbour, sizeOf } from './entries.ts'
import {
  BEFORE,
  BEHIND,
  CHUNK_SHIFT,
  LEAF_REFS,
  NODE_DOUBLES,
  NODE_WORDS,
  NONE,
  PLACE_MASK,
  type RankingNodes,
  SCORES,
} from './nodes.ts'

const NO_WORDS = new Int32Array(0)
const NO_DOUBLES = new Float64Array(0)

export class RankingWalk {
  private readonly nodes: RankingNodes
  private leaf = NONE
  private place = 0
  private size = 0
  private doubles: Float64Array = NO_DOUBLES
  private words: Int32Array = NO_WORDS
  private scoresAt = 0
  private refsAt = 0

  constructor(nodes: RankingNodes) {
    this.nodes = nodes
  }

  /** Begins at an entry of a leaf. */
  begin(leaf: number, place: number): void {
    this.leaf = leaf
    this.place = place
    this.doubles = this.nodes.doubles[leaf >>> CHUNK_SHIFT]
    this.words = this.nodes.words[leaf >>> CHUNK_SHIFT]
    this.scoresAt = (leaf & PLACE_MASK) * NODE_DOUBLES + SCORES
    this.refsAt = (leaf & PLACE_MASK) * NODE_WORDS + LEAF_REFS
    this.size = sizeOf(this.nodes, leaf)
  }

  /** The ref of the member where the walk stands. */
  get ref(): number {
    return this.words[this.refsAt + this.place]
  }

  /** Its score. */
  get score(): number {
    return this.doubles[this.scoresAt + this.place]
  }

  /** Goes on to the next member; false at the last one, where it stays. */
  next(): boolean {
    if (this.place + 1 < this.size) {
      this.place++
      return true
    }
    const behind = neighbour(this.nodes, this.leaf, BEHIND)
    if (behind === NONE) return false
    this.begin(behind, 0)
    return true
  }

  /** Goes back to the member before; false at the first one, where it stays. */
  previous(): boolean {
    if (this.place > 0) {
      this.place--
      return true
    }
    const before = neighbour(this.nodes, this.leaf, BEFORE)
    if (before === NONE) return false
    this.begin(before, sizeOf(this.nodes, before) - 1)
    return true
  }

  /**
   * How many members on the way have scores up to a limit, or, backwards, down to it.
   * @param open whether those that have that score itself do not count
   * @param most where to stop counting; the walk stays where it stands
   */
  countTo(limit: number, open: boolean, backwards: boolean, most: number): number {
    const { leaf, place } = this
    let count = 0
    for (let going = true; going && count < most; count++) {
      const { score } = this
      if (backwards ? score < limit : score > limit) break
      if (open && score === limit) break
      going = backwards ? this.previous() : this.next()
    }
    this.begin(leaf, place)
    return count
  }

  /**
   * Copies the refs of members from where the walk stands, as many as lie together and `into` has
   * room for; returns how many. The walk stays.
   */
  copyRefs(into: Int32Array, backwards: boolean): number {
    const { words, refsAt, place } = this
    const left = backwards ? place + 1 : this.size - place
    const count = Math.min(left, into.length)
    const step = backwards ? -1 : 1
    for (let i = 0; i < count; i++) into[i] = words[refsAt + place + i * step]
    return count
  }
}
