// entries.ts: what happens inside the nodes of a ranking (nodes.ts): entries that
// come, go, and move from one node to its neighbour. Whoever calls has made the nodes its own.

import {
  BEFORE,
  BEHIND,
  CHILDREN,
  CHUNK_SHIFT,
  COUNTS,
  INNER_REFS,
  LEAF_REFS,
  NODE_DOUBLES,
  NODE_WORDS,
  NONE,
  PLACE_MASK,
  type RankingNodes,
  REFS,
  SCORES,
  SIZE,
} from './nodes.ts'

/** Entries up to which a loop moves them faster than copyWithin. */
const LOOP_MAX = 16

/** Entries in a node. */
export function sizeOf(nodes: RankingNodes, node: number): number {
  return nodes.words[node >>> CHUNK_SHIFT][(node & PLACE_MASK) * NODE_WORDS + SIZE]
}

/** Where the refs of a node begin: LEAF_REFS or INNER_REFS. */
export function refsOf(nodes: RankingNodes, node: number): number {
  return nodes.words[node >>> CHUNK_SHIFT][(node & PLACE_MASK) * NODE_WORDS + REFS]
}

export function isLeaf(nodes: RankingNodes, node: number): boolean {
  return refsOf(nodes, node) === LEAF_REFS
}

/** The node that is a child of an inner one. */
export function childAt(nodes: RankingNodes, inner: number, place: number): number {
  return nodes.words[inner >>> CHUNK_SHIFT][(inner & PLACE_MASK) * NODE_WORDS + CHILDREN + place]
}

export function insertMember(
  nodes: RankingNodes,
  leaf: number,
  place: number,
  score: number,
  ref: number,
): void {
  const doubles = nodes.doubles[leaf >>> CHUNK_SHIFT]
  const words = nodes.words[leaf >>> CHUNK_SHIFT]
  const base = (leaf & PLACE_MASK) * NODE_WORDS
  const scores = (leaf & PLACE_MASK) * NODE_DOUBLES + SCORES
  const refs = base + LEAF_REFS
  const size = words[base + SIZE]
  words[base + SIZE] = size + 1
  if (size - place <= LOOP_MAX) {
    for (let i = size; i > place; i--) {
      doubles[scores + i] = doubles[scores + i - 1]
      words[refs + i] = words[refs + i - 1]
    }
  } else {
    doubles.copyWithin(scores + place + 1, scores + place, scores + size)
    words.copyWithin(refs + place + 1, refs + place, refs + size)
  }
  doubles[scores + place] = score
  words[refs + place] = ref
}

export function removeMembers(
  nodes: RankingNodes,
  leaf: number,
  place: number,
  count: number,
): void {
  const doubles = nodes.doubles[leaf >>> CHUNK_SHIFT]
  const words = nodes.words[leaf >>> CHUNK_SHIFT]
  const base = (leaf & PLACE_MASK) * NODE_WORDS
  const scores = (leaf & PLACE_MASK) * NODE_DOUBLES + SCORES
  const refs = base + LEAF_REFS
  const size = words[base + SIZE] - count
  words[base + SIZE] = size
  if (size - place <= LOOP_MAX) {
    for (let i = place; i < size; i++) {
      doubles[scores + i] = doubles[scores + i + count]
      words[refs + i] = words[refs + i + count]
    }
  } else {
    doubles.copyWithin(scores + place, scores + place + count, scores + size + count)
    words.copyWithin(refs + place, refs + place + count, refs + size + count)
  }
}

/**
 * Enters a child in an inner node.
 * @param count the members below the child
 */
export function insertChild(
  nodes: RankingNodes,
  inner: number,
  place: number,
  child: number,
  count: number,
): void {
  const doubles = nodes.doubles[inner >>> CHUNK_SHIFT]
  const words = nodes.words[inner >>> CHUNK_SHIFT]
  const base = (inner & PLACE_MASK) * NODE_WORDS
  const scores = (inner & PLACE_MASK) * NODE_DOUBLES + SCORES
  const size = words[base + SIZE]
  words[base + SIZE] = size + 1
  doubles.copyWithin(scores + place + 1, scores + place, scores + size)
  for (let row = base + INNER_REFS; row <= base + COUNTS; row += CHILDREN - INNER_REFS) {
    words.copyWithin(row + place + 1, row + place, row + size)
  }
  words[base + CHILDREN + place] = child
  words[base + COUNTS + place] = count
  copyFirst(nodes, inner, place, child)
}

export function removeChild(nodes: RankingNodes, inner: number, place: number): void {
  const doubles = nodes.doubles[inner >>> CHUNK_SHIFT]
  const words = nodes.words[inner >>> CHUNK_SHIFT]
  const base = (inner & PLACE_MASK) * NODE_WORDS
  const scores = (inner & PLACE_MASK) * NODE_DOUBLES + SCORES
  const size = words[base + SIZE]
  words[base + SIZE] = size - 1
  doubles.copyWithin(scores + place, scores + place + 1, scores + size)
  for (let row = base + INNER_REFS; row <= base + COUNTS; row += CHILDREN - INNER_REFS) {
    words.copyWithin(row + place, row + place + 1, row + size)
  }
}

/** Notes the first member of a child where its parent has it. */
export function copyFirst(nodes: RankingNodes, inner: number, place: number, child: number): void {
  const score = firstScore(nodes, child)
  const ref = firstRef(nodes, child)
  const doubles = nodes.doubles[inner >>> CHUNK_SHIFT]
  doubles[(inner & PLACE_MASK) * NODE_DOUBLES + SCORES + place] = score
  nodes.words[inner >>> CHUNK_SHIFT][(inner & PLACE_MASK) * NODE_WORDS + INNER_REFS + place] = ref
}

export function firstScore(nodes: RankingNodes, node: number): number {
  return nodes.doubles[node >>> CHUNK_SHIFT][(node & PLACE_MASK) * NODE_DOUBLES + SCORES]
}

export function firstRef(nodes: RankingNodes, node: number): number {
  const words = nodes.words[node >>> CHUNK_SHIFT]
  const base = (node & PLACE_MASK) * NODE_WORDS
  return words[base + words[base + REFS]]
}

/** Moves the entries from a place on to the end of a node's neighbour. */
export function moveEntries(nodes: RankingNodes, from: number, start: number, to: number): void {
  const refsAt = refsOf(nodes, from)
  const source = nodes.words[from >>> CHUNK_SHIFT]
  const target = nodes.words[to >>> CHUNK_SHIFT]
  const fromBase = (from & PLACE_MASK) * NODE_WORDS
  const toBase = (to & PLACE_MASK) * NODE_WORDS
  const end = source[fromBase + SIZE]
  const at = target[toBase + SIZE]
  const scores = (from & PLACE_MASK) * NODE_DOUBLES + SCORES
  const toScores = (to & PLACE_MASK) * NODE_DOUBLES + SCORES
  const doubles = nodes.doubles[from >>> CHUNK_SHIFT].subarray(scores + start, scores + end)
  nodes.doubles[to >>> CHUNK_SHIFT].set(doubles, toScores + at)
  const last = refsAt === LEAF_REFS ? LEAF_REFS : COUNTS
  for (let row = refsAt; row <= last; row += CHILDREN - INNER_REFS) {
    const words = source.subarray(fromBase + row + start, fromBase + row + end)
    target.set(words, toBase + row + at)
  }
  source[fromBase + SIZE] = start
  target[toBase + SIZE] = at + end - start
}

/** The leaf beside one: `side` is BEFORE or BEHIND. */
export function neighbour(nodes: RankingNodes, leaf: number, side: number): number {
  return nodes.words[leaf >>> CHUNK_SHIFT][(leaf & PLACE_MASK) * NODE_WORDS + side]
}

/** Makes two leaves neighbours; either may be NONE, at an end. */
export function link(nodes: RankingNodes, left: number, right: number): void {
  if (left !== NONE) {
    nodes.own(left)
    nodes.words[left >>> CHUNK_SHIFT][(left & PLACE_MASK) * NODE_WORDS + BEHIND] = right
  }
  if (right !== NONE) {
    nodes.own(right)
    nodes.words[right >>> CHUNK_SHIFT][(right & PLACE_MASK) * NODE_WORDS + BEFORE] = left
  }
}

export function sum(words: Int32Array, start: number, end: number): number {
  let total = 0
  for (let i = start; i < end; i++) total += words[i]
  return total
}
