// ticker.ts: gives an engine its turns: when it wants one, and earlier when a deadline asks for it.

// Not the globals: in jest's jsdom they are a browser's.
import { clearTimeout, setTimeout } from 'node:timers'
import type { Engine } from '../../engine/dispatch/engine.ts'

export class Ticker {
  private readonly engine: Engine
  private readonly afterTick: (now: number) => void
  private readonly keepsAlive: boolean
  /** How many wait for something that this timer brings. */
  private holders = 0
  private timer: NodeJS.Timeout | undefined
  private dueAt = Number.POSITIVE_INFINITY

  /**
   * @param afterTick the host's own regular work; `now` in milliseconds
   * @param keepsAlive whether the process goes on for the sake of this timer
   */
  constructor(engine: Engine, afterTick: (now: number) => void, keepsAlive: boolean) {
    this.engine = engine
    this.afterTick = afterTick
    this.keepsAlive = keepsAlive
    engine.deadlines.onSooner = (at) => {
      if (at < this.dueAt && this.timer !== undefined) this.schedule(at - engine.now)
    }
  }

  start(): void {
    this.schedule(0)
  }

  stop(): void {
    clearTimeout(this.timer)
    this.timer = undefined
    this.dueAt = Number.POSITIVE_INFINITY
  }

  private schedule(pauseMs: number): void {
    clearTimeout(this.timer)
    const wait = Math.max(1, Math.ceil(pauseMs))
    this.dueAt = this.engine.now + wait
    this.timer = setTimeout(this.run, wait)
    if (!this.keepsAlive && this.holders === 0) this.timer.unref()
  }

  /** Lets the process go on for the sake of this timer until `release`. */
  hold(): void {
    this.holders++
    this.timer?.ref()
  }

  release(): void {
    this.holders--
    if (!this.keepsAlive && this.holders === 0) this.timer?.unref()
  }

  private readonly run = (): void => {
    const pause = this.engine.tick()
    this.afterTick(this.engine.now)
    // What ran may have stopped this ticker.
    if (this.timer !== undefined) this.schedule(pause)
  }
}
