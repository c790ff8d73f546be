// settings.ts: brings the limits of small sorted sets in line with their directives.

import type { Engine } from '../../engine/dispatch/engine.ts'
import { sortedSetLimits } from './limits.ts'

export function followSettings(engine: Engine): void {
  const { config } = engine
  const limits = engine.limits.of(sortedSetLimits)
  config.follow<number>('zset-max-listpack-entries', ({ value }) => {
    limits.entries = value
  })
  config.follow<number>('zset-max-listpack-value', ({ value }) => {
    limits.value = value
  })
}
