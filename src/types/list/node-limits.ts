// node-limits.ts: how large a node of a list may become, and which elements are nodes of their own.
//
// `fill` is list-max-listpack-size: 1 and above is a number of elements (of at most 8192 bytes
// together), -1 to -5 a size. The same rule says when a whole list is no listpack any more.

import type { ListLimits } from './limits.ts'

const SIZES = [4096, 8192, 16384, 32768, 65536]
/** The bytes of a node that is limited by its number of elements. */
const SAFE_SIZE = 8192
const FILL_MIN = -5
const FILL_MAX = 32767
const DEPTH_MAX = 65535

/** What the directive's value means for a new list's nodes. */
export function fillOf({ node }: ListLimits): number {
  return Math.max(FILL_MIN, Math.min(FILL_MAX, node))
}

/** How many nodes at either end of a new list are not compressed. */
export function depthOf({ depth }: ListLimits): number {
  return Math.min(DEPTH_MAX, depth)
}

/** The most bytes that a node may have. */
export function nodeBytes(fill: number): number {
  return fill < 0 ? SIZES[Math.min(-fill, SIZES.length) - 1]! : SAFE_SIZE
}

/** The most elements that a node may have. */
export function nodeCount(fill: number): number {
  return fill < 0 ? Number.MAX_SAFE_INTEGER : Math.max(fill, 1)
}

/** Whether a node, or a listpack, of that size is too large. */
export function exceedsNode(fill: number, bytes: number, count: number): boolean {
  return bytes > nodeBytes(fill) || count > nodeCount(fill)
}

/**
 * Whether a list of one node becomes a listpack.
 * @param part 2 where it has been shrinking: it must be half of what would turn it back
 */
export function fitsListpack(fill: number, bytes: number, count: number, part: number): boolean {
  if (fill < 0) return bytes <= nodeBytes(fill) / part
  return count <= Math.floor(nodeCount(fill) / part)
}
