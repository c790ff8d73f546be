// manual-time.ts: `db.clock`: the time of an embedded database, and how a test moves it.

import { Span } from '../../bytes/memory/span.ts'
import type { Clock } from '../../engine/contract/ports.ts'
import type { Engine } from '../../engine/dispatch/engine.ts'
import type { Database } from '../../engine/keyspace/keyspace.ts'
import { type Duration, milliseconds } from './duration.ts'
import { ManualClock } from './manual-clock.ts'

/** The time of a database. Only that of one opened with `clock: 'manual'` can be moved. */
export class Time {
  private readonly engine: Engine
  private readonly source: Clock
  private readonly afterwards: () => void
  private readonly key = new Span()

  /** @param afterwards called when what was due has happened */
  constructor(engine: Engine, source: Clock, afterwards: () => void) {
    this.engine = engine
    this.source = source
    this.afterwards = afterwards
  }

  /** Milliseconds since 1970. */
  get now(): number {
    return Math.floor(this.source.now())
  }

  /**
   * Lets time pass. Whatever is due on the way happens, each thing at its own time; keys whose time
   * has come are removed, also those due at the very moment that is reached.
   * @param duration milliseconds, or text such as '250ms', '1h', '1h30m', '2d'
   * @throws RangeError when that is no duration
   * @throws Error when the clock runs by itself
   */
  advance(duration: Duration): void {
    this.set(this.source.now() + milliseconds(duration))
  }

  /**
   * Sets the time. Going forward lets everything in between happen; going back happens at once.
   * @param now a date, or milliseconds since 1970
   */
  set(now: Date | number): void {
    const { source, engine } = this
    if (!(source instanceof ManualClock)) {
      throw new Error("this clock runs by itself: open the database with clock: 'manual'")
    }
    const target = Number(now)
    if (!Number.isFinite(target)) throw new RangeError('no valid time')
    for (;;) {
      // What a deadline does may set another one before the target.
      const next = Math.max(engine.deadlines.next, source.now())
      if (next >= target) break
      source.set(next)
      this.happen()
    }
    source.set(target)
    this.happen()
    this.afterwards()
  }

  private happen(): void {
    const { engine } = this
    engine.beginBatch()
    const expires = engine.expiry.enabled && engine.removal.allowed
    if (expires) for (const db of engine.databases) this.expire(db)
    engine.tick()
  }

  /** Removes what is due, the earliest first. */
  private expire(db: Database): void {
    const { engine } = this
    const due: number[] = []
    for (let i = 0; i < db.expiring.length; i++) {
      const ref = db.expiring.get(i)
      if (db.expireAt(ref) <= engine.now) due.push(ref)
    }
    due.sort((a, b) => db.expireAt(a) - db.expireAt(b))
    for (const ref of due) engine.removal.expire(db, ref, db.key(ref, this.key))
  }
}
