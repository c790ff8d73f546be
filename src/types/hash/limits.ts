// limits.ts: what decides whether a hash is packed.

import { defineLimits } from '../../engine/contract/limits.ts'

export const hashLimits = defineLimits('hash', {
  /** hash-max-listpack-entries: a hash of more fields is a table. */
  entries: 512,
  /** hash-max-listpack-value: a hash with a longer field or value is a table. */
  value: 64,
})
