// intrinsic-latency.ts: `--intrinsic-latency`: what the machine itself adds. A short computation
// is repeated and timed; what one repetition takes longer was taken by the system.

import { setImmediate as turn } from 'node:timers/promises'
import { say } from '../format/output.ts'
import { Interruption } from './mode.ts'

/** Repetitions between two looks at what else there is to do. */
const STRETCH = 1000
const WORK = 4096

/** @param seconds how long to measure. */
export async function intrinsicLatency(seconds: number): Promise<void> {
  const interruption = new Interruption()
  const began = process.hrtime.bigint()
  const end = began + BigInt(seconds) * 1_000_000_000n
  let now = began
  let runs = 0
  let worst = 0
  while (now < end && !interruption.pressed) {
    for (let i = 0; i < STRETCH && now < end; i++, runs++) {
      const before = now
      work()
      now = process.hrtime.bigint()
      const micros = Math.floor(Number(now - before) / 1000)
      if (micros <= worst) continue
      worst = micros
      say(`Max latency so far: ${worst} microseconds.`)
    }
    await turn()
    // What the turn took is ours, not the machine's.
    now = process.hrtime.bigint()
  }
  const average = Number(now - began) / 1000 / runs
  const nanos = (average * 1000).toFixed(2)
  const micros = average.toFixed(4)
  say(`\n${runs} total runs (avg latency: ${micros} microseconds / ${nanos} nanoseconds per run).`)
  say(`Worst run took ${(worst / average).toFixed(0)}x longer than the average latency.`)
  interruption.end()
}

let seed = 1

function work(): void {
  let value = seed
  for (let i = 0; i < WORK; i++) value = (Math.imul(value, 1_664_525) + 1_013_904_223) | 0
  seed = value
}
