// pause.ts: a time in which commands are held back: CLIENT PAUSE, and later a failover.
//
// Sessions whose command was put off wait in the order in which they came; they go on after the
// batch in which the pause ends. Nothing expires meanwhile, so that the data stands still.

import { gateBit } from '../../engine/contract/gates.ts'
import { definePart } from '../../engine/contract/parts.ts'
import type { Engine } from '../../engine/dispatch/engine.ts'
import type { Session } from '../../engine/session/session.ts'
import type { Deadline } from '../../engine/upkeep/deadlines.ts'

/** The pause of an engine. */
export const pause = definePart('pause', (engine) => new Pause(engine))

export const PAUSE_NOTHING = 0
export const PAUSE_WRITES = 1
export const PAUSE_ALL = 2

export class Pause {
  /** What is held back. */
  mode = PAUSE_NOTHING
  /** Until when, in milliseconds since 1970. */
  until = 0
  private readonly engine: Engine
  private readonly waiting = new Set<Session>()
  private deadline: Deadline | undefined = undefined

  constructor(engine: Engine) {
    this.engine = engine
  }

  /** Number of sessions that wait. */
  get held(): number {
    return this.waiting.size
  }

  /**
   * Begins a pause, or prolongs the present one: the later end counts, and who holds back
   * everything goes on to.
   * @param until milliseconds since 1970
   */
  begin(mode: number, until: number): void {
    const { now } = this.engine
    if (this.until <= now) this.mode = PAUSE_NOTHING
    this.mode = Math.max(this.mode, mode)
    this.until = Math.max(this.until, until)
    if (this.until <= now) {
      this.end()
      return
    }
    this.engine.armed |= gateBit('paused')
    this.engine.removal.isPaused = true
    if (this.deadline !== undefined) this.engine.deadlines.cancel(this.deadline)
    this.deadline = this.engine.deadlines.add(this.until, () => this.end())
  }

  /** Lets all sessions go on. */
  end(): void {
    this.mode = PAUSE_NOTHING
    this.until = 0
    this.engine.armed &= ~gateBit('paused')
    this.engine.removal.isPaused = false
    if (this.deadline !== undefined) this.engine.deadlines.cancel(this.deadline)
    this.deadline = undefined
    for (const session of this.waiting) this.engine.turn.wake(session)
    this.waiting.clear()
  }

  /** Notes a session whose command was put off. */
  hold(session: Session): void {
    this.waiting.add(session)
  }

  /** A session has ended. */
  forget(session: Session): void {
    this.waiting.delete(session)
  }
}
