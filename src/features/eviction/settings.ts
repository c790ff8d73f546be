// settings.ts: brings eviction in line with its directives, now and after each change.

import { gateBit } from '../../engine/contract/gates.ts'
import type { Engine } from '../../engine/dispatch/engine.ts'
import { timeLimit } from '../../engine/upkeep/eviction.ts'

export function followSettings(engine: Engine): void {
  const { config, eviction, limits } = engine
  config.follow<number>('maxmemory', ({ value }) => {
    limits.memory = value
    if (value > 0) engine.armed |= gateBit('memory')
    else engine.armed &= ~gateBit('memory')
  })
  config.onChange<number>('maxmemory', ({ value, text }) => {
    warnOfExcess(engine, value, text)
    eviction.plan()
  })
  config.follow<string>('maxmemory-policy', ({ value }) => eviction.followPolicy(value))
  config.follow<number>('maxmemory-samples', ({ value }) => eviction.followSamples(value))
  config.follow<number>('maxmemory-eviction-tenacity', ({ value }) => {
    eviction.budget = timeLimit(value)
  })
  followAccess(engine)
}

/** What is noted of each use of a key, by which keys are chosen. */
function followAccess({ config, access }: Engine): void {
  config.follow<string>('maxmemory-policy', ({ value }) => {
    access.lfu = value.endsWith('-lfu')
  })
  config.follow<number>('lfu-log-factor', ({ value }) => {
    access.logFactor = value
  })
  config.follow<number>('lfu-decay-time', ({ value }) => {
    access.decayMinutes = value
  })
}

function warnOfExcess({ memory, host }: Engine, limit: number, text: string): void {
  const used = memory.measure()
  if (limit === 0 || used <= limit) return
  host.log(
    'warning',
    `WARNING: the new maxmemory value set via CONFIG SET (${text}) is smaller than the current ` +
      `memory usage (${used}). This will result in key eviction and/or the inability to accept ` +
      'new write commands depending on the maxmemory-policy.',
  )
}
