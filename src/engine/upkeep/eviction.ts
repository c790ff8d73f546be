// eviction.ts: removes keys while memory is above maxmemory, those first that the policy says.
//
// The method and its figures are redis-server's: sample a few keys of every database, keep the best
// candidates in a pool, evict the best of all. It never looks through all keys, and it stops when
// its time is up (maxmemory-eviction-tenacity): the rest is evicted in slices between commands.
// An evicted key is an effect of its own, never part of the transaction of the command that
// happened to come next.

import { Span } from '../../bytes/memory/span.ts'
import type { Vector } from '../../bytes/memory/vector.ts'
import type { Random } from '../contract/random.ts'
import type { Engine } from '../dispatch/engine.ts'
import type { Database } from '../keyspace/keyspace.ts'
import type { Deadline } from './deadlines.ts'
import { EvictionPool } from './eviction-pool.ts'

/** Memory is within its limit, or nothing may be evicted now. */
export const EVICTION_DONE = 0
/** Memory is above its limit and more will be evicted. */
export const EVICTION_GOES_ON = 1
/** Memory is above its limit and there is nothing to evict. */
export const EVICTION_FAILED = 2

/** What decides which key goes first. */
type Order = 'lru' | 'lfu' | 'ttl' | 'random' | 'none'

/** Keys after which the clock is looked at. */
const CHECK_EVERY = 16
/** Milliseconds between two slices. */
const SLICE_PAUSE = 1

export class Eviction {
  /** Microseconds one run may take (maxmemory-eviction-tenacity). */
  budget = timeLimit(10)
  private order: Order = 'none'
  /** Whether keys without a TTL are evicted too. */
  private allKeys = true
  private sample = new Int32Array(5)
  private readonly pool = new EvictionPool()
  private readonly key = new Span()
  private name = new Uint8Array(64)
  private nextDatabase = 0
  /** The next slice, while one is planned. */
  private slice: Deadline | undefined = undefined
  private readonly engine: Engine

  constructor(engine: Engine) {
    this.engine = engine
  }

  /** Follows maxmemory-policy, named as CONFIG GET prints it. */
  followPolicy(name: string): void {
    this.order = name === 'noeviction' ? 'none' : (name.slice(name.indexOf('-') + 1) as Order)
    this.allKeys = name.startsWith('allkeys')
    // Scores of one policy mean nothing to another.
    this.pool.clear()
  }

  /** Follows maxmemory-samples: keys looked at for each one evicted, 1 to 64. */
  followSamples(count: number): void {
    this.sample = new Int32Array(count)
  }

  /** Evicts in slices, beginning with the next tick: memory may be above a new limit. */
  plan(): void {
    if (this.slice !== undefined) return
    const { deadlines, now } = this.engine
    this.slice = deadlines.add(now + SLICE_PAUSE, () => {
      this.slice = undefined
      this.run()
    })
  }

  /**
   * Evicts until memory is within its limit or the time is up.
   * @returns EVICTION_DONE, EVICTION_GOES_ON or EVICTION_FAILED
   */
  run(): number {
    const { engine } = this
    if (!engine.removal.allowed) return EVICTION_DONE
    const outcome = this.isOver ? this.evict() : EVICTION_DONE
    engine.stats.noteExceeded(outcome !== EVICTION_DONE, engine.clock.micros())
    return outcome
  }

  /** Whether memory is above its limit. */
  get isOver(): boolean {
    const { memory, limits } = this.engine
    if (limits.memory === 0 || memory.used <= limits.memory) return false
    memory.lookAgain()
    return memory.used > limits.memory
  }

  private evict(): number {
    if (this.order === 'none') return EVICTION_FAILED
    const { engine } = this
    const { clock, memory, limits } = engine
    const began = clock.micros()
    for (let evicted = 1; memory.used > limits.memory; evicted++) {
      const db = this.order === 'random' ? this.pickAny() : this.pickBest()
      if (db === undefined) return EVICTION_FAILED
      engine.removal.evict(db, db.find(this.key), this.key)
      if (evicted % CHECK_EVERY === 0 && clock.micros() - began > this.budget) {
        this.plan()
        break
      }
    }
    return this.slice === undefined ? EVICTION_DONE : EVICTION_GOES_ON
  }

  /** Points `key` at the best candidate; returns its database, undefined where nothing is left. */
  private pickBest(): Database | undefined {
    const { databases } = this.engine
    for (;;) {
      let found = 0
      for (let i = 0; i < databases.length; i++) found += this.fill(databases[i]!)
      if (found === 0) return undefined
      while (this.pool.take(this.key)) {
        const db = databases[this.pool.database]
        const ref = db === undefined ? 0 : db.find(this.key)
        if (ref !== 0 && (this.allKeys || db!.hasExpiry(ref))) return db
      }
    }
  }

  /** Points `key` at any key, of one database after the other. */
  private pickAny(): Database | undefined {
    const { databases, random } = this.engine
    for (let i = 0; i < databases.length; i++) {
      this.nextDatabase = (this.nextDatabase + 1) % databases.length
      const db = databases[this.nextDatabase]!
      const { expiring } = db
      if ((this.allKeys ? db.size : expiring.length) === 0) continue
      this.hold(db, this.allKeys ? db.dict.random(random) : anyOf(expiring, random))
      return db
    }
    return undefined
  }

  /** Brings a sample of a database into the pool; returns how many keys it may evict. */
  private fill(db: Database): number {
    const { sample, pool } = this
    const available = this.allKeys ? db.size : db.expiring.length
    if (available === 0) return 0
    const { random } = this.engine
    const found = this.allKeys
      ? db.dict.sample(random, sample)
      : sampleOf(db.expiring, random, sample)
    for (let i = 0; i < found; i++) {
      const score = this.score(db, sample[i]!)
      if (pool.wants(score)) pool.add(score, db.id, db.key(sample[i]!, this.key))
    }
    return available
  }

  /** How much a key deserves to be evicted. */
  private score(db: Database, ref: number): number {
    const { access } = this.engine
    if (this.order === 'lru') return access.idleSeconds(db, ref)
    return this.order === 'lfu' ? 255 - access.frequency(db, ref) : -db.expireAt(ref)
  }

  /** Points `key` at a copy of an entry's key. */
  private hold(db: Database, ref: number): void {
    const { key } = this
    db.key(ref, key)
    const length = key.end - key.start
    if (length > this.name.length) this.name = new Uint8Array(length)
    this.name.set(key.bytes.subarray(key.start, key.end))
    key.set(this.name, 0, length)
  }
}

/** Fills `into` with refs picked at random, all of them where there are no more; how many. */
function sampleOf(refs: Vector, random: Random, into: Int32Array): number {
  const all = refs.length <= into.length
  const count = all ? refs.length : into.length
  for (let i = 0; i < count; i++) into[i] = all ? refs.get(i) : anyOf(refs, random)
  return count
}

function anyOf(refs: Vector, random: Random): number {
  return refs.get(random.below(refs.length))
}

/** Microseconds that maxmemory-eviction-tenacity, 0 to 100, grants one run. */
export function timeLimit(tenacity: number): number {
  if (tenacity <= 10) return 50 * tenacity
  return tenacity < 100 ? Math.floor(500 * 1.15 ** (tenacity - 10)) : Number.POSITIVE_INFINITY
}
