// memory.ts: how much memory the engine uses, and how what it gave up goes back to the system.
//
// `used` is what maxmemory limits and INFO calls used_memory: all keys, values and tables as the
// arenas account them, and what clients wait for or have half sent. The JavaScript runtime is not
// in it: its 60 MB would turn `maxmemory 10mb`, copied from another server, into a server
// that refuses every write (docs/decisions/used-memory.md).

import { Ledger } from '../../bytes/memory/ledger.ts'
import { partBytes } from '../contract/parts.ts'
import type { Engine } from '../dispatch/engine.ts'
import type { Session } from '../session/session.ts'

/** Bytes a connection takes before it has said anything: its session, socket and buffers. */
export const SESSION_BYTES = 8192
/** Replies of fewer bytes are counted at the next look at all sessions only. */
export const NOTED_MIN = 16384
/** Dropped bytes for which the host is asked to collect them. */
const WORTH_COLLECTING = 8 << 20
/** How often an idle host is asked once more. */
const COLLECTIONS_AFTER = 3

export class Memory {
  readonly ledger = new Ledger()
  /** Bytes in the buffers of sessions, as of the last look at each. */
  private buffers = 0
  private readonly bySession = new Map<Session, number>()
  private lookedAt = -1
  /** Collections still to be asked for, while nothing was read since the last one. */
  private collectionsLeft = 0
  private collectedAt = 0
  private readonly engine: Engine

  constructor(engine: Engine) {
    this.engine = engine
  }

  /** Bytes in use: data to the byte, clients as of the last look at their buffers. */
  get used(): number {
    return this.ledger.bytes + this.clients
  }

  /** Bytes that clients take. */
  get clients(): number {
    return this.buffers + this.engine.sessions.size * SESSION_BYTES
  }

  /** Looks at the buffers of a session that may hold something. */
  look(session: Session): void {
    const { request, transaction, transport } = session
    const own = request.buffered + transaction.bytes
    const held = own + transport.pending + partBytes(session)
    const bytes = session.ended ? 0 : held
    const before = this.bySession.get(session) ?? 0
    if (bytes === before) return
    this.buffers += bytes - before
    if (bytes === 0) this.bySession.delete(session)
    else this.bySession.set(session, bytes)
  }

  /** Bytes that a session takes, as of the last look at its buffers. */
  of(session: Session): number {
    return SESSION_BYTES + (this.bySession.get(session) ?? 0)
  }

  /** Bytes in use after a look at the buffers of all clients. */
  measure(): number {
    for (const session of this.engine.sessions.values()) this.look(session)
    return this.used
  }

  /** Looks again at those who held something, since they may have read it: once for each read. */
  lookAgain(): void {
    const { inputReads } = this.engine.stats
    if (this.lookedAt === inputReads) return
    this.lookedAt = inputReads
    for (const session of this.bySession.keys()) this.look(session)
  }

  /**
   * Asks the host to collect what was dropped, where that is worth it; and, while nobody sends
   * anything, some more times: one collection seldom finds all.
   */
  giveBack(): void {
    const { ledger } = this
    const { host, stats } = this.engine
    if (ledger.droppedBytes >= WORTH_COLLECTING) {
      if (!host.collect()) return
      ledger.droppedBytes = 0
      this.collectionsLeft = COLLECTIONS_AFTER
      this.collectedAt = stats.inputReads
    } else if (this.collectionsLeft > 0 && this.collectedAt === stats.inputReads) {
      if (host.collect()) this.collectionsLeft--
    }
  }
}
