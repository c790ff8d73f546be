// samples.ts: what is measured regularly, for INFO's instantaneous figures and the peak of memory.

import type { Engine } from '../../engine/dispatch/engine.ts'
import { notePeak } from '../../engine/upkeep/memory-figures.ts'

const PERIOD_MS = 100

/** Takes the samples when they are due; `now` in milliseconds. */
export function takeSamples(engine: Engine, now: number): void {
  const { stats, stopwatch } = engine
  const since = now - stats.sampledAt
  if (since >= 0 && since < PERIOD_MS) return
  stats.sampledAt = now
  notePeak(engine, engine.memory.used)
  const { rates } = stats
  const seconds = now / 1000
  rates.commands.sample(stats.commands, seconds)
  rates.input.sample(stats.netInput, seconds)
  rates.output.sample(stats.netOutput, seconds)
  rates.cycles.sample(stopwatch.cycles, seconds)
  rates.cycleMicros.sample(stopwatch.cycleMicros, stopwatch.cycles)
}
