// limits.ts: what decides whether a sorted set is packed.

import { defineLimits } from '../../engine/contract/limits.ts'

export const sortedSetLimits = defineLimits('sorted-set', {
  /** zset-max-listpack-entries: a sorted set of more members is a skiplist. */
  entries: 128,
  /** zset-max-listpack-value: a sorted set with a longer member is a skiplist. */
  value: 64,
})
