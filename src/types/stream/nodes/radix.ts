// radix.ts: how many nodes the radix tree has in which redis-server would keep the ids of a
// stream's nodes: XINFO shows it, so it is worked out.
//
// The tree has a node for each id, one wherever ids part, and one for each stretch of bytes, below
// the root or a parting, that all ids beyond it share. Only the partings on the way to the id that
// is looked at are kept.

import { copyId, ID_BYTES, ID_WORDS, newId } from '../id.ts'
import { type IdTable, Place } from './id-table.ts'

/** The depth at which the root's own stretch begins, less one. */
const ROOT = -1

const place = new Place()
const current = newId()
const next = newId()
/** Depths in bytes, growing. */
const partings = new Int32Array(ID_BYTES + 1)

/** The number of nodes; an empty tree has its root. */
export function countRadixNodes(ids: IdTable): number {
  if (!ids.first(place)) return 1
  let nodes = 0
  let top = 0
  let before = ROOT
  partings[0] = ROOT
  copyId(ids.words(place), ids.offset(place), next, 0)
  for (let more = true; more; ) {
    current.set(next)
    more = ids.next(place)
    if (more) copyId(ids.words(place), ids.offset(place), next, 0)
    const shared = more ? sharedBytes() : ROOT
    nodes += 1 + stretch(ID_BYTES, Math.max(before, shared))
    for (; partings[top]! > shared; top--) {
      nodes += stretch(partings[top]!, Math.max(partings[top - 1]!, shared))
    }
    if (partings[top]! < shared) {
      partings[++top] = shared
      nodes++
    }
    before = shared
  }
  return nodes
}

/** The node for the bytes between a parting and what comes next: its first one needs none. */
function stretch(depth: number, above: number): number {
  return depth - above > 1 ? 1 : 0
}

/** How many bytes the two ids begin with alike. */
function sharedBytes(): number {
  for (let word = 0; word < ID_WORDS; word++) {
    const difference = current[word]! ^ next[word]!
    if (difference !== 0) return word * 4 + (Math.clz32(difference) >>> 3)
  }
  return ID_BYTES
}
