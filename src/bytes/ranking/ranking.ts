// ranking.ts: members in the order of their scores, and of their names where scores are equal: a
// B+ tree that knows how many members are below each of its nodes.
//
//   inner   ┌ first member │ node │ members below ┬ … up to 100 ┐
//   leaf    ┌ score, ref ┬ score, ref ┬ … up to 168 ┐ ⇄ the next leaf
//
// It holds scores and refs; a name is asked for (Names) only between equal scores. The first member
// of each node is noted above it exactly, so that what is looked for is below the last child whose
// first member does not come after it. A node that is full is divided on the way down, before it is
// entered; one that gets a member beyond its last keeps all the others, so that members that come
// in order fill their leaves. A node of less than a quarter is joined with a neighbour if both fit
// into three quarters of one.
//
// Invariants: firsts and counts are exact; only the root may be empty; an inner root has two
// children or more. `path` and `places` name the way to an entry after `descend` and `seekPath`.
// Cost: insert, remove, move, rankOf, seek, countBelow O(log N), a step of a walk O(1) and nothing
// allocated; clone O(chunks). Some 12 bytes a member in order, 19 where they come at random.
// Not a skip list: its nodes of 40 bytes lie scattered, and each of twenty steps misses the cache.

import { Chunks } from '../memory/chunks.ts'
import type { Ledger } from '../memory/ledger.ts'
import { Span } from '../memory/span.ts'
import { divideChild, settleChild } from './balance.ts'
import { checkTree } from './check.ts'
import {
  childAt,
  firstRef,
  firstScore,
  insertChild,
  insertMember,
  isLeaf,
  link,
  neighbour,
  refsOf,
  removeMembers,
  sizeOf,
  sum,
} from './entries.ts'
import {
  BEFORE,
  BEHIND,
  CHILDREN,
  CHUNK_SHIFT,
  COUNTS,
  INNER_MAX,
  INNER_REFS,
  LEAF_MAX,
  LEAF_REFS,
  NODE_DOUBLES,
  NODE_WORDS,
  NONE,
  PLACE_MASK,
  RankingNodes,
  SCORES,
  SIZE,
} from './nodes.ts'
import { RankingWalk } from './walk.ts'

/** Where the names of members come from: a table, mostly. */
export type Names = { key(ref: number, into: Span): Span }

const DEPTH_MAX = 16

export class Ranking {
  /** Members held. */
  count = 0
  /** Goes from member to member; any change ends it. */
  readonly walk: RankingWalk
  private readonly nodes: RankingNodes
  private readonly names: Names
  private readonly ledger: Ledger
  private root = NONE
  /** Levels of inner nodes. */
  private height = 0
  private readonly path = new Int32Array(DEPTH_MAX)
  private readonly places = new Int32Array(DEPTH_MAX)
  /** Whether the last `search` met the member itself. */
  private found = false
  private readonly name = new Span()
  private readonly other = new Span()

  constructor(names: Names, ledger: Ledger, from?: Ranking) {
    this.names = names
    this.ledger = ledger
    if (from === undefined) this.nodes = new RankingNodes(new Chunks(ledger))
    else {
      this.nodes = new RankingNodes(from.nodes.chunks.clone(), from.nodes)
      this.count = from.count
      this.root = from.root
      this.height = from.height
    }
    this.walk = new RankingWalk(this.nodes)
  }

  /** Bytes it holds, as entered in the ledger. */
  get memory(): number {
    return this.nodes.chunks.memory
  }

  /** Adds a member that is not there; its score is not NaN. */
  insert(score: number, ref: number): void {
    const { nodes } = this
    this.names.key(ref, this.name)
    this.makeRoot()
    let node = this.root
    for (let level = this.height; level > 0; level--) {
      nodes.own(node)
      const below = this.search(node, INNER_REFS, score, ref)
      const place = this.makeRoom(node, below === 0 ? 0 : below - 1, score, ref)
      const words = nodes.words[node >>> CHUNK_SHIFT]
      const at = (node & PLACE_MASK) * NODE_WORDS
      words[at + COUNTS + place]++
      if (below === 0) {
        nodes.doubles[node >>> CHUNK_SHIFT][(node & PLACE_MASK) * NODE_DOUBLES + SCORES] = score
        words[at + INNER_REFS] = ref
      }
      node = words[at + CHILDREN + place]
    }
    nodes.own(node)
    insertMember(nodes, node, this.search(node, LEAF_REFS, score, ref), score, ref)
    this.count++
  }

  /** Takes a member out, whose score this is. */
  remove(score: number, ref: number): void {
    this.descend(score, ref)
    this.takeOut(1)
  }

  /**
   * Takes out members from a rank on; the caller has looked which they are.
   * @param count no more than lie together (RankingWalk.copyRefs)
   */
  removeAt(rank: number, count: number): void {
    this.seekPath(rank)
    this.takeOut(count)
  }

  /** Gives a member another score. */
  move(from: number, to: number, ref: number): void {
    const { nodes, height } = this
    this.descend(from, ref)
    const leaf = this.path[height]
    const place = this.places[height]
    const at = (leaf & PLACE_MASK) * NODE_DOUBLES + SCORES + place
    const doubles = nodes.doubles[leaf >>> CHUNK_SHIFT]
    const inside = place > 0 && place < sizeOf(nodes, leaf) - 1
    if (inside && doubles[at - 1] < to && to < doubles[at + 1]) {
      nodes.own(leaf)
      nodes.doubles[leaf >>> CHUNK_SHIFT][at] = to
      return
    }
    this.takeOut(1)
    this.insert(to, ref)
  }

  /** Enters that a member's record moved; both refs still lead to its name. */
  replace(score: number, from: number, to: number): void {
    const { nodes, path, places, height } = this
    this.descend(score, to)
    for (let depth = height; depth >= 0; depth--) {
      const node = path[depth]
      nodes.own(node)
      const refs = (node & PLACE_MASK) * NODE_WORDS + (depth === height ? LEAF_REFS : INNER_REFS)
      const words = nodes.words[node >>> CHUNK_SHIFT]
      if (words[refs + places[depth]] !== from) throw new Error('a moved member is not ranked')
      words[refs + places[depth]] = to
      if (places[depth] !== 0) return
    }
  }

  /** How many members come before one of them. */
  rankOf(score: number, ref: number): number {
    const { nodes, path, places, height } = this
    this.descend(score, ref)
    let rank = places[height]
    for (let depth = 0; depth < height; depth++) {
      const node = path[depth]
      const counts = (node & PLACE_MASK) * NODE_WORDS + COUNTS
      rank += sum(nodes.words[node >>> CHUNK_SHIFT], counts, counts + places[depth])
    }
    return rank
  }

  /**
   * How many members have scores below that one.
   * @param inclusive counts those that have that score too
   */
  countBelow(score: number, inclusive: boolean): number {
    const { nodes } = this
    if (this.count === 0) return 0
    let node = this.root
    let rank = 0
    for (let level = this.height; level > 0; level--) {
      const place = this.searchScore(node, score, inclusive) - 1
      if (place < 0) return rank
      const words = nodes.words[node >>> CHUNK_SHIFT]
      const at = (node & PLACE_MASK) * NODE_WORDS
      rank += sum(words, at + COUNTS, at + COUNTS + place)
      node = words[at + CHILDREN + place]
    }
    return rank + this.searchScore(node, score, inclusive)
  }

  /**
   * How many members come before a name, all scores being the same.
   * @param inclusive counts the member of that name too
   */
  countBelowName(name: Span, inclusive: boolean): number {
    const { nodes } = this
    if (this.count === 0) return 0
    let node = this.root
    let rank = 0
    for (let level = this.height; level > 0; level--) {
      const place = this.searchName(node, INNER_REFS, name, inclusive) - 1
      if (place < 0) return rank
      const words = nodes.words[node >>> CHUNK_SHIFT]
      const at = (node & PLACE_MASK) * NODE_WORDS
      rank += sum(words, at + COUNTS, at + COUNTS + place)
      node = words[at + CHILDREN + place]
    }
    return rank + this.searchName(node, LEAF_REFS, name, inclusive)
  }

  /** Begins the walk at a rank, which is there. */
  seek(rank: number): void {
    this.seekPath(rank)
    this.walk.begin(this.path[this.height], this.places[this.height])
  }

  /**
   * Begins the walk at the first member whose score is not below that one.
   * @param above passes over those that have that score too
   * @returns false where there is none: then the walk stands at the last member
   */
  seekScore(score: number, above: boolean): boolean {
    const { nodes } = this
    let node = this.root
    for (let level = this.height; level > 0; level--) {
      node = childAt(nodes, node, Math.max(0, this.searchScore(node, score, above) - 1))
    }
    const place = this.searchScore(node, score, above)
    const isInside = place < sizeOf(nodes, node)
    this.walk.begin(node, isInside ? place : place - 1)
    return isInside || this.walk.next()
  }

  /** The same members for another owner, whose records have the same refs. */
  clone(names: Names): Ranking {
    return new Ranking(names, this.ledger, this)
  }

  /** Gives everything up. */
  dispose(): void {
    this.nodes.dispose()
    this.root = NONE
    this.height = 0
    this.count = 0
  }

  /** Checks all invariants; throws an Error that names the first one broken. */
  verify(): void {
    const { nodes, names, root, height } = this
    const members = checkTree({ nodes, names, root, height })
    if (members !== this.count) throw new Error(`count is ${this.count}, leaves have ${members}`)
  }

  /** How many entries of a node come before the member whose name is in `name`. */
  private search(node: number, refsAt: number, score: number, ref: number): number {
    const doubles = this.nodes.doubles[node >>> CHUNK_SHIFT]
    const words = this.nodes.words[node >>> CHUNK_SHIFT]
    const scores = (node & PLACE_MASK) * NODE_DOUBLES + SCORES
    const base = (node & PLACE_MASK) * NODE_WORDS
    let low = 0
    let high = words[base + SIZE]
    while (low < high) {
      const middle = (low + high) >>> 1
      const there = doubles[scores + middle]
      let order = there < score ? -1 : 1
      if (there === score) order = this.compareName(words[base + refsAt + middle], ref)
      if (order === 0) {
        this.found = true
        return middle
      }
      if (order < 0) low = middle + 1
      else high = middle
    }
    this.found = false
    return low
  }

  private compareName(held: number, ref: number): number {
    return held === ref ? 0 : this.names.key(held, this.other).compare(this.name)
  }

  private searchScore(node: number, score: number, inclusive: boolean): number {
    const doubles = this.nodes.doubles[node >>> CHUNK_SHIFT]
    const scores = (node & PLACE_MASK) * NODE_DOUBLES + SCORES
    let low = 0
    let high = sizeOf(this.nodes, node)
    while (low < high) {
      const middle = (low + high) >>> 1
      const there = doubles[scores + middle]
      if (there < score || (inclusive && there === score)) low = middle + 1
      else high = middle
    }
    return low
  }

  private searchName(node: number, refsAt: number, name: Span, inclusive: boolean): number {
    const words = this.nodes.words[node >>> CHUNK_SHIFT]
    const base = (node & PLACE_MASK) * NODE_WORDS
    let low = 0
    let high = words[base + SIZE]
    while (low < high) {
      const middle = (low + high) >>> 1
      const order = this.names.key(words[base + refsAt + middle], this.other).compare(name)
      if (order < 0 || (inclusive && order === 0)) low = middle + 1
      else high = middle
    }
    return low
  }

  /** Notes the way to a member that is there. */
  private descend(score: number, ref: number): void {
    const { nodes, path, places, height } = this
    this.names.key(ref, this.name)
    let node = this.root
    for (let depth = 0; depth < height; depth++) {
      const below = this.search(node, INNER_REFS, score, ref)
      const place = this.found || below === 0 ? below : below - 1
      path[depth] = node
      places[depth] = place
      node = nodes.words[node >>> CHUNK_SHIFT][(node & PLACE_MASK) * NODE_WORDS + CHILDREN + place]
    }
    path[height] = node
    places[height] = this.search(node, LEAF_REFS, score, ref)
    if (!this.found) throw new Error('a member is not ranked')
  }

  /** Notes the way to the member of a rank, which is there. */
  private seekPath(rank: number): void {
    const { nodes, path, places, height } = this
    let node = this.root
    let rest = rank
    for (let depth = 0; depth < height; depth++) {
      const words = nodes.words[node >>> CHUNK_SHIFT]
      const at = (node & PLACE_MASK) * NODE_WORDS
      let place = 0
      for (let n = words[at + COUNTS]; rest >= n; n = words[at + COUNTS + place]) {
        rest -= n
        place++
      }
      path[depth] = node
      places[depth] = place
      node = words[at + CHILDREN + place]
    }
    path[height] = node
    places[height] = rest
  }

  /** Sees to it that there is a root with room for an entry. */
  private makeRoot(): void {
    const { nodes, root, height } = this
    if (root === NONE) {
      this.root = nodes.allocate(LEAF_REFS)
      link(nodes, NONE, this.root)
      link(nodes, this.root, NONE)
      return
    }
    if (sizeOf(nodes, root) < (height === 0 ? LEAF_MAX : INNER_MAX)) return
    this.root = nodes.allocate(INNER_REFS)
    this.height++
    insertChild(nodes, this.root, 0, root, this.count)
  }

  /**
   * Sees to it that the child into which a member goes has room for an entry.
   * @returns the child's place
   */
  private makeRoom(node: number, place: number, score: number, ref: number): number {
    const { nodes } = this
    const child = childAt(nodes, node, place)
    const refsAt = refsOf(nodes, child)
    if (sizeOf(nodes, child) < (refsAt === LEAF_REFS ? LEAF_MAX : INNER_MAX)) return place
    return divideChild(nodes, node, place, this.search(child, refsAt, score, ref))
  }

  /** Takes out the entry to which the way was noted, and those behind it in its leaf. */
  private takeOut(count: number): void {
    const { nodes, path, places, height } = this
    nodes.own(path[height])
    removeMembers(nodes, path[height], places[height], count)
    this.count -= count
    for (let depth = height - 1; depth >= 0; depth--) {
      nodes.own(path[depth])
      settleChild(nodes, path[depth], places[depth], count)
    }
    while (this.height > 0 && sizeOf(nodes, this.root) === 1) {
      const child = childAt(nodes, this.root, 0)
      nodes.release(this.root)
      this.root = child
      this.height--
    }
    if (nodes.sparse) this.relocate(nodes.last)
  }

  /** Moves a node to another place in memory. */
  private relocate(from: number): void {
    const { nodes } = this
    const to = nodes.allocate(refsOf(nodes, from))
    nodes.copy(from, to)
    if (isLeaf(nodes, to)) {
      link(nodes, neighbour(nodes, to, BEFORE), to)
      link(nodes, to, neighbour(nodes, to, BEHIND))
    }
    if (from === this.root) this.root = to
    else this.replaceChild(from, to)
    nodes.release(from)
  }

  private replaceChild(from: number, to: number): void {
    const { nodes } = this
    const score = firstScore(nodes, from)
    const ref = firstRef(nodes, from)
    this.names.key(ref, this.name)
    for (let node = this.root; ; ) {
      const below = this.search(node, INNER_REFS, score, ref)
      const place = this.found ? below : below - 1
      const child = childAt(nodes, node, place)
      if (child === from) {
        nodes.own(node)
        const at = (node & PLACE_MASK) * NODE_WORDS + CHILDREN + place
        nodes.words[node >>> CHUNK_SHIFT][at] = to
        return
      }
      node = child
    }
  }
}
