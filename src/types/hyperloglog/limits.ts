// limits.ts: what decides whether a HyperLogLog is sparse.

import { defineLimits } from '../../engine/contract/limits.ts'

export const hyperLogLogLimits = defineLimits('hyperloglog', {
  /** hll-sparse-max-bytes: how long a sparse HyperLogLog may become. */
  sparse: 3000,
})
