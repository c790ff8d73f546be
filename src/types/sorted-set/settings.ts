// settings.ts: brings the limits of small sorted sets in line with their directives.

import type { Engine } from '../../engine/dispatch/engine.ts'

export function followSettings({ config, limits }: Engine): void {
  config.follow<number>('zset-max-listpack-entries', ({ value }) => {
    limits.sortedSetEntries = value
  })
  config.follow<number>('zset-max-listpack-value', ({ value }) => {
    limits.sortedSetValue = value
  })
}
