// limits.ts: what decides how a list is kept; node-limits.ts says how.

import { defineLimits, type LimitsOf } from '../../engine/contract/limits.ts'

export const listLimits = defineLimits('list', {
  /** list-max-listpack-size: elements of a list's node, or below zero one of its five sizes. */
  node: -2,
  /** list-compress-depth: nodes at each end of a list that stay as they are; 0: all do. */
  depth: 0,
  /** DEBUG QUICKLIST-PACKED-THRESHOLD: from so many bytes on an element is a node; 0: not set. */
  plain: 0,
})

export type ListLimits = LimitsOf<typeof listLimits>
