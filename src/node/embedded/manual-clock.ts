// manual-clock.ts: a clock that stands still until somebody moves it.

import type { Clock } from '../../engine/contract/ports.ts'

export class ManualClock implements Clock {
  private at: number
  /** Milliseconds that have passed: it never goes back, `at` may. */
  private passed = 0

  /** @param now milliseconds since 1970 */
  constructor(now: number) {
    this.at = now
  }

  now(): number {
    return this.at
  }

  micros(): number {
    return this.passed * 1000
  }

  /** DEBUG SLEEP lets the time pass instead of waiting. */
  sleep(ms: number): void {
    this.set(this.at + ms)
  }

  /** @param now milliseconds since 1970; an earlier time is as good as a later one */
  set(now: number): void {
    this.passed += Math.max(0, now - this.at)
    this.at = now
  }
}
