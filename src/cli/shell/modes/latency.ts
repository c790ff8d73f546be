// latency.ts: `--latency` and `--latency-history`: how long PING takes, sampled a hundred times a
// second, as least, most and average in milliseconds.

import { setTimeout as pause } from 'node:timers/promises'
import { print } from '../format/output.ts'
import type { Session } from '../session.ts'
import { askPatiently } from './mode.ts'

/** Milliseconds between two samples. */
export const SAMPLE_PAUSE_MS = 10
const HISTORY_MS = 15_000
/** How long samples are taken where the result is one line for a program. */
const ONCE_MS = 1000
const CLEAR_LINE = '\x1b[0G\x1b[2K'

class Samples {
  least = 0
  most = 0
  sum = 0
  count = 0
  readonly began = performance.now()

  add(ms: number): void {
    this.least = this.count === 0 ? ms : Math.min(this.least, ms)
    this.most = Math.max(this.most, ms)
    this.sum += ms
    this.count++
  }

  get age(): number {
    return performance.now() - this.began
  }
}

export async function latency(session: Session): Promise<void> {
  const { format, intervalMs, mode } = session.settings
  const isHistory = mode === 'latency-history'
  const isLive = format.mode === 'standard'
  const rangeMs = intervalMs || HISTORY_MS
  for (let samples = new Samples(); ; await pause(SAMPLE_PAUSE_MS)) {
    samples.add(Math.floor(await roundTripMs(session)))
    if (isLive) print(CLEAR_LINE + shown(samples, format.mode))
    else if (isHistory) print(shown(samples, format.mode))
    else if (samples.age > (intervalMs || ONCE_MS)) {
      print(shown(samples, format.mode))
      return
    }
    if (isHistory && samples.age > rangeMs) {
      print(` -- ${(samples.age / 1000).toFixed(2)} seconds range\n`)
      samples = new Samples()
    }
  }
}

/** Milliseconds, with fractions, until PING is answered. */
export async function roundTripMs(session: Session): Promise<number> {
  const began = performance.now()
  await askPatiently(session, ['PING'])
  return performance.now() - began
}

function shown({ least, most, sum, count }: Samples, mode: string): string {
  const average = (sum / count).toFixed(2)
  switch (mode) {
    case 'standard':
      return `min: ${least}, max: ${most}, avg: ${average} (${count} samples)`
    case 'csv':
      return `${least},${most},${average},${count}\n`
    case 'raw':
      return `${least} ${most} ${average} ${count}\n`
    default:
      return `{"min": ${least}, "max": ${most}, "avg": ${average}, "count": ${count}}\n`
  }
}
