// time.ts: what time it is for commands: the wall clock, read rarely and moved on by the stopwatch,
// standing still while a command runs others.

import type { Clock } from '../contract/ports.ts'
import type { Engine } from './engine.ts'

export class Time {
  private readonly engine: Engine
  private readonly clock: Clock
  /** Milliseconds that the wall clock is ahead of the monotonic one. */
  private wallOffset = 0
  private isHeld = false
  private heldMicros = 0

  constructor(engine: Engine) {
    this.engine = engine
    this.clock = engine.clock
    this.synchronise()
  }

  /** Wall time in microseconds since 1970; stands still as the engine's `now` does. */
  get micros(): number {
    if (this.isHeld) return this.heldMicros
    return Math.floor(this.wallOffset * 1000 + this.engine.stopwatch.micros)
  }

  /** Lets the time stand still until `release`. */
  hold(): void {
    if (this.isHeld) return
    this.heldMicros = this.micros
    this.isHeld = true
  }

  release(): void {
    this.isHeld = false
  }

  /** Lets the engine's `now` follow the stopwatch, unless the time stands still. */
  follow(): void {
    if (this.isHeld) return
    const { engine } = this
    const now = Math.floor(this.wallOffset + engine.stopwatch.micros / 1000)
    if (now === engine.now) return
    engine.now = now
    engine.access.setTime(now)
  }

  /** Takes over the wall clock: it may have been set since the last time. */
  synchronise(): void {
    this.wallOffset = this.clock.now() - this.clock.micros() / 1000
  }
}
