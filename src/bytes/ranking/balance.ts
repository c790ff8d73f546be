// balance.ts: how the nodes of a ranking (ranking.ts) divide, join and move. A child is
// told by its parent and its place there. Whoever calls has made the parent its own.

import {
  childAt,
  copyFirst,
  insertChild,
  isLeaf,
  link,
  moveEntries,
  neighbour,
  refsOf,
  removeChild,
  sizeOf,
  sum,
} from './entries.ts'
import {
  BEFORE,
  BEHIND,
  CHUNK_SHIFT,
  COUNTS,
  INNER_MAX,
  LEAF_MAX,
  NODE_WORDS,
  PLACE_MASK,
  type RankingNodes,
} from './nodes.ts'

/**
 * Divides a child that is full.
 * @param below how many of its entries come before the member that is to be inserted
 * @returns the place of the half into which that member goes
 */
export function divideChild(
  nodes: RankingNodes,
  parent: number,
  place: number,
  below: number,
): number {
  const left = childAt(nodes, parent, place)
  const size = sizeOf(nodes, left)
  // What goes beyond an end will be followed by more: the other entries stay together.
  let at = size >>> 1
  if (below === size) at = size - 1
  else if (below === 0) at = 1
  const right = nodes.allocate(refsOf(nodes, left))
  nodes.own(left)
  moveEntries(nodes, left, at, right)
  if (isLeaf(nodes, left)) {
    link(nodes, right, neighbour(nodes, left, BEHIND))
    link(nodes, left, right)
  }
  const moved = isLeaf(nodes, left) ? size - at : membersBelow(nodes, right)
  addCount(nodes, parent, place, -moved)
  insertChild(nodes, parent, place + 1, right, moved)
  return below > at ? place + 1 : place
}

/** Brings a parent in line with a child that lost members: one that is nearly empty goes. */
export function settleChild(
  nodes: RankingNodes,
  parent: number,
  place: number,
  count: number,
): void {
  const child = childAt(nodes, parent, place)
  addCount(nodes, parent, place, -count)
  const size = sizeOf(nodes, child)
  if (size === 0) {
    if (isLeaf(nodes, child)) {
      link(nodes, neighbour(nodes, child, BEFORE), neighbour(nodes, child, BEHIND))
    }
    removeChild(nodes, parent, place)
    nodes.release(child)
    return
  }
  copyFirst(nodes, parent, place, child)
  const most = isLeaf(nodes, child) ? LEAF_MAX : INNER_MAX
  if (size * 4 > most) return
  const enough = (most * 3) >>> 2
  const last = sizeOf(nodes, parent) - 1
  if (place < last && size + sizeOf(nodes, childAt(nodes, parent, place + 1)) <= enough) {
    joinChildren(nodes, parent, place)
  } else if (place > 0 && size + sizeOf(nodes, childAt(nodes, parent, place - 1)) <= enough) {
    joinChildren(nodes, parent, place - 1)
  }
}

/** Makes one of a child and the next one. */
function joinChildren(nodes: RankingNodes, parent: number, place: number): void {
  const left = childAt(nodes, parent, place)
  const right = childAt(nodes, parent, place + 1)
  nodes.own(left)
  nodes.own(right)
  moveEntries(nodes, right, 0, left)
  if (isLeaf(nodes, left)) link(nodes, left, neighbour(nodes, right, BEHIND))
  const counts = (parent & PLACE_MASK) * NODE_WORDS + COUNTS
  addCount(nodes, parent, place, nodes.words[parent >>> CHUNK_SHIFT][counts + place + 1])
  removeChild(nodes, parent, place + 1)
  nodes.release(right)
}

function addCount(nodes: RankingNodes, parent: number, place: number, change: number): void {
  const words = nodes.words[parent >>> CHUNK_SHIFT]
  words[(parent & PLACE_MASK) * NODE_WORDS + COUNTS + place] += change
}

function membersBelow(nodes: RankingNodes, inner: number): number {
  const counts = (inner & PLACE_MASK) * NODE_WORDS + COUNTS
  return sum(nodes.words[inner >>> CHUNK_SHIFT], counts, counts + sizeOf(nodes, inner))
}
