// turn.ts: the end of a turn: what is done before the replies of some commands leave, and what has
// to wait until they are out.
//
// A feature that must have done something before a client learns of a change (an append-only file
// its fsync) arms the turn. Before anything is sent its hook onTurnEnd is called then; while nobody
// has armed the turn, a look at `armed` is all that sending costs.
// All sessions share one output: transports are closed, sessions resumed and listeners called that
// may run commands when the replies are out.

import type { Session } from '../session/session.ts'
import type { Engine } from './engine.ts'

export class Turn {
  /** Whether onTurnEnd is called before what comes next is sent. */
  armed = false
  /** Called by `arm`: a host that lets replies wait ends the turn soon, replies or not. */
  onArmed: () => void = () => {}
  private readonly engine: Engine
  /** Sessions that ended inside a command of another one; their transports are still open. */
  private readonly leaving: Session[] = []
  /** Sessions that go on after the running batch. */
  private readonly waking: Session[] = []
  /** What runs after the running batch. */
  private readonly pending: (() => void)[] = []
  private settling = false

  constructor(engine: Engine) {
    this.engine = engine
  }

  /** Asks for onTurnEnd before any reply leaves, also that of the command that runs. */
  arm(): void {
    if (this.armed) return
    this.armed = true
    this.onArmed()
  }

  /** Calls onTurnEnd. Who sends replies does so first, where the turn is `armed`. */
  end(): void {
    this.armed = false
    try {
      for (const hook of this.engine.hooks.onTurnEnd) hook(this.engine)
    } catch (error) {
      // What had to be done was not: no reply may leave as if it had been.
      this.armed = true
      throw error
    }
  }

  /** Closes the transport of a session that has ended, after the running batch. */
  closeLater(session: Session): void {
    this.leaving.push(session)
  }

  /** Resumes a suspended session, after the running batch. */
  wake(session: Session): void {
    this.waking.push(session)
  }

  /** Runs `run`, which may run commands, after the running batch. */
  later(run: () => void): void {
    this.pending.push(run)
  }

  /** Does what waits. Hosts need not call it: `flush` and `tick` do. */
  settle(): void {
    const { leaving, waking, pending } = this
    if (leaving.length + waking.length + pending.length === 0 || this.settling) return
    this.settling = true
    try {
      while (leaving.length + waking.length + pending.length > 0) {
        if (leaving.length > 0) leaving.shift()!.transport.close()
        else if (waking.length > 0) waking.shift()!.resume()
        else pending.shift()!()
      }
    } finally {
      this.settling = false
    }
  }
}
