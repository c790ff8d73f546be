// removal.ts: removes what no command names: keys whose time has come, and keys for which there is
// no room. Here alone is decided whether this engine may do so: look-ups, active expiry, the fields
// of hashes and eviction ask.
//
// While writes are paused the data stands still, and a replica removes nothing of its own accord:
// its primary will say so. What is due then stays, and is there for nobody who reads.

import type { Span } from '../../bytes/memory/span.ts'
import { WRITE } from '../command/flags.ts'
import { EVICTED, EXPIRED } from '../contract/events.ts'
import type { Engine } from '../dispatch/engine.ts'
import { WATCHED } from '../keyspace/interest.ts'
import type { Database } from '../keyspace/keyspace.ts'

export class Removal {
  /** Whether the data stands still for a while, because writes are paused. */
  isPaused = false
  private readonly engine: Engine

  constructor(engine: Engine) {
    this.engine = engine
  }

  /** Whether anything may be removed that no command names. */
  get allowed(): boolean {
    return this.engine.role === 'primary' && !this.isPaused
  }

  /** The same on the way of a command: one that writes may run in a pause that it began itself. */
  get allowedToCommand(): boolean {
    const { context, role } = this.engine
    if (role === 'replica') return false
    return !this.isPaused || (context.command.flags & WRITE) !== 0
  }

  /**
   * Removes an entry if its time has come and that is allowed.
   * @returns whether its time has come: to the command that looks, it is not there
   */
  expireIfDue(db: Database, ref: number, key: Span): boolean {
    const { engine } = this
    // In the millisecond it is set to, a key is still there: redis-server shows a TTL of 0.
    if (db.expireAt(ref) >= engine.now) return false
    // What a replica is told to change was there for its primary.
    if (engine.role === 'replica') return (engine.context.command.flags & WRITE) === 0
    if (this.allowedToCommand) this.expire(db, ref, key)
    return true
  }

  /** Removes an entry whose time has come, as its own effect; the key may lie in the arena. */
  expire(db: Database, ref: number, key: Span): void {
    const { changes, effects, events, stats } = this.engine
    stats.expiredKeys++
    if (effects.armed) effects.state(db.id, 2).word('DEL').span(key)
    if ((changes.mask & WATCHED) !== 0) db.watchers.touchExpired(key)
    const wanted = (changes.mask & EXPIRED) !== 0
    const name = wanted ? key.copy() : undefined
    changes.remove(db, ref, key, 'expired')
    if (name !== undefined) events.raise(EXPIRED, 'expired', key.set(name, 0, name.length), db.id)
  }

  /** Removes an entry so that there is room, as its own effect; the key lies outside the arena. */
  evict(db: Database, ref: number, key: Span): void {
    const { changes, effects, events, stats } = this.engine
    changes.remove(db, ref, key, 'evicted')
    stats.evictedKeys++
    if ((changes.mask & WATCHED) !== 0) db.watchers.touch(key)
    if ((changes.mask & EVICTED) !== 0) events.raise(EVICTED, 'evicted', key, db.id)
    if (!effects.armed) return
    effects.state(db.id, 2).word('DEL').span(key)
    effects.commit()
  }
}
