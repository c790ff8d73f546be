// turn.ts: what has to wait until the replies of a batch are out, since all sessions share one
// output: closing transports, resuming sessions, calling listeners that may run commands.

import type { Session } from './session.ts'

export class Turn {
  /** Sessions that ended inside a command of another one; their transports are still open. */
  private readonly leaving: Session[] = []
  /** Sessions that go on after the running batch. */
  private readonly waking: Session[] = []
  /** What runs after the running batch. */
  private readonly pending: (() => void)[] = []
  private settling = false

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
