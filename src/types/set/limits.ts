// limits.ts: what decides how a set is kept.

import { defineLimits, type LimitsOf } from '../../engine/contract/limits.ts'

export const setLimits = defineLimits('set', {
  /** set-max-intset-entries: a set of integers with more members is a table. */
  integers: 512,
  /** set-max-listpack-entries: a set with more members, not all integers, is a table. */
  entries: 128,
  /** set-max-listpack-value: a set with a longer member is a table. */
  value: 64,
})

export type SetLimits = LimitsOf<typeof setLimits>
