// stopwatch.ts: how long commands take, without asking the clock for each of them.
//
// A reading of the clock costs 45 ns, a fifth of what a GET does. Brief commands, which take
// constant time or nearly so (command/table.ts), are timed in runs: up to RUN of them share one
// interval in equal parts. All others are timed one by one, so that what is slow is never averaged
// away. `follow`ing the time in such steps is at most RUN brief commands late, some microseconds.

import type { CommandStats } from '../command/stats.ts'
import type { Clock } from '../contract/ports.ts'

const RUN = 16

export class Stopwatch {
  /** The last reading, in microseconds. */
  micros = 0
  /** Whether the commands' histograms are kept (latency-tracking). */
  histograms = true
  /** Batches and ticks so far, and the microseconds they took. */
  cycles = 0
  cycleMicros = 0
  cycleMicrosMax = 0
  /** The part of it that commands took. */
  commandMicros = 0
  /** The part of it that ticks took. */
  tickMicros = 0
  /** The most commands of one batch. */
  commandsMax = 0
  private readonly clock: Clock
  private readonly waiting: (CommandStats | undefined)[] = new Array(RUN).fill(undefined)
  private count = 0
  private sinceReading = 0
  private began = 0
  private commands = 0
  /** Microseconds of commands that the running one has run. */
  nested = 0

  constructor(clock: Clock) {
    this.clock = clock
  }

  /** A batch begins: what comes is measured from now on. */
  start(): void {
    this.micros = this.clock.micros()
    this.began = this.micros
    this.sinceReading = 0
    this.commands = 0
  }

  /** A batch ends: what still waits gets its time. Without it the next batch's time is taken. */
  stop(): void {
    if (this.sinceReading > 0) this.settle()
    this.endCycle(this.micros - this.began)
    if (this.commands > this.commandsMax) this.commandsMax = this.commands
  }

  /** A tick that began at `began` ends. */
  endTick(began: number): void {
    const took = this.clock.micros() - began
    this.tickMicros += took
    this.endCycle(took)
  }

  /** Gives all commands that wait their time, before somebody looks at the statistics. */
  catchUp(): void {
    if (this.count > 0) this.settle()
  }

  /** Forgets all figures. */
  reset(): void {
    this.cycles = 0
    this.cycleMicros = 0
    this.cycleMicrosMax = 0
    this.commandMicros = 0
    this.tickMicros = 0
    this.commandsMax = 0
  }

  /** Called before a command. */
  before(isBrief: boolean): void {
    if (!isBrief && this.sinceReading > 0) this.settle()
  }

  /**
   * The running command, which is not brief, has run another one: what that took is its own too.
   * @param began the reading before it
   * @param nested what others took that it has run before
   */
  include(began: number, nested: number): void {
    if (this.sinceReading > 0) this.settle()
    this.nested = nested + this.micros - began
  }

  /** Called after a command; true when the clock was read. */
  after(stats: CommandStats, isBrief: boolean): boolean {
    stats.calls++
    if (!isBrief) {
      const micros = this.clock.micros()
      stats.add(micros - this.micros + this.nested, this.histograms)
      this.nested = 0
      this.commandMicros += micros - this.micros
      this.commands++
      this.micros = micros
      return true
    }
    this.waiting[this.count++] = stats
    this.sinceReading++
    if (this.count < RUN) return false
    this.settle()
    return true
  }

  /** In place of `after` for a command that has to wait: the microseconds it took so far. */
  lap(): number {
    if (this.sinceReading > 0) this.settle()
    const micros = this.clock.micros()
    const took = micros - this.micros
    this.commandMicros += took
    this.micros = micros
    return took
  }

  private settle(): void {
    const micros = this.clock.micros()
    const share = (micros - this.micros) / Math.max(1, this.sinceReading)
    for (let i = 0; i < this.count; i++) this.waiting[i]!.add(share, this.histograms)
    this.commandMicros += micros - this.micros
    this.commands += this.sinceReading
    this.count = 0
    this.sinceReading = 0
    this.micros = micros
  }

  private endCycle(took: number): void {
    this.cycles++
    this.cycleMicros += took
    if (took > this.cycleMicrosMax) this.cycleMicrosMax = took
  }
}
