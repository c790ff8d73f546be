// manual-clock.ts: a clock that stands still until a test moves it.

import type { Clock } from '../engine/ports.ts'

export class ManualClock implements Clock {
  private at: number

  /** @param now milliseconds since 1970 */
  constructor(now: number) {
    this.at = now
  }

  now(): number {
    return this.at
  }

  micros(): number {
    return this.at * 1000
  }

  /** DEBUG SLEEP lets the time pass instead of waiting. */
  sleep(ms: number): void {
    this.at += ms
  }

  /** @param now milliseconds since 1970 */
  set(now: number): void {
    this.at = now
  }
}
