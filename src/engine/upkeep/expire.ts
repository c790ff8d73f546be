// expire.ts: removes keys whose time has come although nobody asks for them.
//
// The method and its figures are redis-server's: sample keys with a TTL at random, remove those
// that are due, and go on with the database while more than an acceptable share of the sample was
// due and there is time left. Effort 1 to 10 (active-expire-effort) trades CPU for freshness.
// Values of which parts expire (fields of hashes) wait in an agenda of their database, the earliest
// first; they are woken before keys are sampled.
// One slice never takes longer than SLICE_MICROS, so that a million keys that are due at the same
// moment are no stall: the host is asked to come back sooner instead.

import { Span } from '../../bytes/memory/span.ts'
import type { Engine } from '../dispatch/engine.ts'
import type { Database } from '../keyspace/keyspace.ts'

const KEYS_PER_LOOP = 20
const STALE_PERCENT = 10
const SLOW_PERCENT = 25
/** The longest slice, in microseconds. */
const SLICE_MICROS = 2000
/** Pause between slices while there is more to remove, in milliseconds. */
const SLICE_PAUSE = 8
const CHECK_EVERY = 16
/** Elements of a value that are dealt with before the clock is looked at. */
const WAKE_STEP = 1000

export class Expiry {
  /** active-expire-effort, 1 to 10. */
  effort = 1
  /** Calls per second of a full cycle (hz). */
  hz = 10
  /** DEBUG SET-ACTIVE-EXPIRE. */
  enabled = true
  private database = 0
  private readonly key = new Span()
  private readonly engine: Engine

  constructor(engine: Engine) {
    this.engine = engine
  }

  /**
   * One slice of the cycle.
   * @returns milliseconds after which to go on: a whole period, or less when time ran out
   */
  run(): number {
    const { engine } = this
    if (!this.enabled || !engine.removal.allowed) return 1000 / this.hz
    const extra = this.effort - 1
    const percent = SLOW_PERCENT + 2 * extra
    const period = 1_000_000 / this.hz
    const budget = Math.min((percent * period) / 100, SLICE_MICROS)
    const began = engine.clock.micros()
    let sampled = 0
    let stale = 0
    let exhausted = false
    for (let i = 0; i < engine.databases.length && !exhausted; i++) {
      // The next one is next even if time runs out in this one: no database starves another.
      const db = engine.databases[this.database++ % engine.databases.length]!
      exhausted = this.wake(db, began + budget)
      if (exhausted || db.expiring.length === 0) continue
      const before = engine.stats.expiredKeys
      const seen = this.sample(db, began + budget)
      stale += engine.stats.expiredKeys - before
      sampled += Math.abs(seen)
      exhausted = seen < 0
    }
    const took = engine.clock.micros() - began
    const stats = engine.stats
    stats.expireCycleMicros += took
    const share = sampled === 0 ? 0 : (stale * 100) / sampled
    stats.expiredStalePercent = share * 0.05 + stats.expiredStalePercent * 0.95
    if (!exhausted) return 1000 / this.hz
    stats.expiredTimeCapReached++
    return (SLICE_PAUSE * SLOW_PERCENT) / percent
  }

  /** Wakes the values that are due; returns whether time ran out before all were done. */
  private wake(db: Database, deadline: number): boolean {
    const { engine } = this
    const { agenda } = db
    while (agenda.next < engine.now) {
      const ref = agenda.first
      engine.types.of(db, ref).wake!(engine, db, ref, WAKE_STEP)
      if (engine.clock.micros() > deadline) return true
    }
    return false
  }

  /** Samples one database until it is fresh: keys looked at, negative when the time ran out. */
  private sample(db: Database, deadline: number): number {
    const { engine } = this
    const extra = this.effort - 1
    const perLoop = KEYS_PER_LOOP + (KEYS_PER_LOOP / 4) * extra
    const acceptable = STALE_PERCENT - extra
    let total = 0
    for (let loops = 1; ; loops++) {
      const count = Math.min(perLoop, db.expiring.length)
      let due = 0
      let lifeSum = 0
      for (let i = 0; i < count && db.expiring.length > 0; i++) {
        const ref = db.expiring.get(engine.random.below(db.expiring.length))
        const life = db.expireAt(ref) - engine.now
        if (life > 0) lifeSum += life
        else {
          engine.removal.expire(db, ref, db.key(ref, this.key))
          due++
        }
      }
      total += count
      if (count > due) {
        const average = lifeSum / (count - due)
        db.averageTtl = db.averageTtl === 0 ? average : db.averageTtl * 0.98 + average * 0.02
      }
      if (count === 0 || due * 100 <= count * acceptable) return total
      if (loops % CHECK_EVERY === 0 && engine.clock.micros() > deadline) return -total
    }
  }
}
