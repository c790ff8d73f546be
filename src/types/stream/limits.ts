// limits.ts: how large the nodes of a stream may become.

import { defineLimits, type LimitsOf } from '../../engine/contract/limits.ts'

export const streamLimits = defineLimits('stream', {
  /** stream-node-max-bytes: how long a node of a stream may become; 0 is no limit. */
  nodeBytes: 4096,
  /** stream-node-max-entries: entries that a node of a stream may have; 0 is no limit. */
  nodeEntries: 100,
})

export type StreamLimits = LimitsOf<typeof streamLimits>
