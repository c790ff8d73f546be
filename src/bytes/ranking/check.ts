// check.ts: checks all invariants of a ranking (ranking.ts), for its tests and for DEBUG.

import { Span } from '../memory/span.ts'
import { firstRef, firstScore, isLeaf, neighbour, sizeOf } from './entries.ts'
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
  type RankingNodes,
  SCORES,
} from './nodes.ts'

/** The tree of a ranking, and the names of its members. */
export type Tree = {
  readonly nodes: RankingNodes
  readonly names: { key(ref: number, into: Span): Span }
  readonly root: number
  /** Levels of inner nodes. */
  readonly height: number
}

/**
 * Checks a tree.
 * @returns how many members it holds
 * @throws Error that names the first invariant broken
 */
export function checkTree(tree: Tree): number {
  tree.nodes.verify()
  if (tree.root === NONE) return 0
  if (tree.height > 0 && sizeOf(tree.nodes, tree.root) < 2) throw new Error('the root is too small')
  const leaves: number[] = []
  const members = checkNode(tree, tree.root, tree.height, leaves)
  checkLinks(tree.nodes, leaves)
  checkOrder(tree, leaves)
  return members
}

function checkNode(tree: Tree, node: number, level: number, leaves: number[]): number {
  const { nodes } = tree
  const size = sizeOf(nodes, node)
  if (isLeaf(nodes, node) !== (level === 0)) throw new Error(`node ${node} is on another level`)
  if (size > (level === 0 ? LEAF_MAX : INNER_MAX)) throw new Error(`node ${node} is too full`)
  if (size === 0 && node !== tree.root) throw new Error(`node ${node} is empty`)
  if (level === 0) {
    leaves.push(node)
    return size
  }
  let members = 0
  for (let i = 0; i < size; i++) {
    const child = word(nodes, node, CHILDREN + i)
    const below = checkNode(tree, child, level - 1, leaves)
    if (below !== word(nodes, node, COUNTS + i)) throw new Error(`child ${child} is miscounted`)
    const sameRef = firstRef(nodes, child) === word(nodes, node, INNER_REFS + i)
    if (!sameRef || !Object.is(firstScore(nodes, child), score(nodes, node, i))) {
      throw new Error(`the first member of node ${child} is noted wrong`)
    }
    members += below
  }
  return members
}

function checkLinks(nodes: RankingNodes, leaves: readonly number[]): void {
  leaves.forEach((leaf, i) => {
    const before = leaves[i - 1] ?? NONE
    const behind = leaves[i + 1] ?? NONE
    if (neighbour(nodes, leaf, BEFORE) !== before || neighbour(nodes, leaf, BEHIND) !== behind) {
      throw new Error(`leaf ${leaf} has other neighbours`)
    }
  })
}

function checkOrder({ nodes, names }: Tree, leaves: readonly number[]): void {
  const name = new Span()
  const before = new Span()
  let low = NaN
  for (const leaf of leaves) {
    for (let i = 0; i < sizeOf(nodes, leaf); i++) {
      const here = score(nodes, leaf, i)
      names.key(word(nodes, leaf, LEAF_REFS + i), name)
      if (here < low || (here === low && before.compare(name) >= 0)) {
        throw new Error(`entry ${i} of leaf ${leaf} is out of order`)
      }
      low = here
      before.set(name.bytes, name.start, name.end)
    }
  }
}

function word(nodes: RankingNodes, node: number, at: number): number {
  return nodes.words[node >>> CHUNK_SHIFT][(node & PLACE_MASK) * NODE_WORDS + at]
}

function score(nodes: RankingNodes, node: number, at: number): number {
  return nodes.doubles[node >>> CHUNK_SHIFT][(node & PLACE_MASK) * NODE_DOUBLES + SCORES + at]
}
