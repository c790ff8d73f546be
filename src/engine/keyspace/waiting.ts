// waiting.ts: which blocked sessions wait for which keys of one numbered database.
//
// Mostly nobody waits: a command that makes a key pays one bit of the mask of changes, and names
// become strings only after it. A key that may be ready is noted once, in the order of
// notice; session/blocking.ts serves it when the running command or transaction has ended.

import { Span } from '../../bytes/memory/span.ts'
import { AWAITED, AWAITED_GONE, type Interest } from './interest.ts'
import type { Database } from './keyspace.ts'

/** Who waits, as far as the keyspace knows: a session that is blocked. */
export type Waiter = {
  /** Whether it wants to know when a key is gone. */
  readonly whenGone: boolean
  /** Where it stands, for who takes it out again. */
  readonly queues: KeyQueue[]
}

/** Those that wait for one key, in the order in which they came. */
export class KeyQueue {
  readonly home: WaitingKeys
  readonly name: string
  readonly key: Span
  readonly waiters = new Set<Waiter>()
  /** How many of them want to know when the key is gone. */
  forGone = 0
  /** Whether it is noted as ready. */
  isNoted = false

  constructor(home: WaitingKeys, name: string, key: Uint8Array) {
    this.home = home
    this.name = name
    this.key = new Span(key, 0, key.length)
  }
}

export class WaitingKeys {
  /** The number of the database. */
  readonly database: number
  /** Whether anybody waits. */
  armed = false
  /** Whether anybody wants to know when a key is gone. */
  armedForGone = false
  private readonly queues = new Map<string, KeyQueue>()
  private readonly noted: KeyQueue[]
  private readonly interest: Interest
  private forGone = 0

  /**
   * @param noted where keys that may be ready are noted
   * @param interest is told whether anybody waits
   */
  constructor(database: number, noted: KeyQueue[], interest: Interest) {
    this.database = database
    this.noted = noted
    this.interest = interest
  }

  /** Number of keys that sessions wait for. */
  get keys(): number {
    return this.queues.size
  }

  /** Number of keys whose end somebody waits for. */
  get keysForGone(): number {
    if (!this.armedForGone) return 0
    let count = 0
    for (const queue of this.queues.values()) if (queue.forGone > 0) count++
    return count
  }

  /** Puts a session at the end of a key's queue, unless it is there already. */
  add(key: Span, waiter: Waiter): void {
    const name = key.text()
    let queue = this.queues.get(name)
    if (queue === undefined) {
      queue = new KeyQueue(this, name, key.copy())
      this.queues.set(name, queue)
      if (!this.armed) this.interest.want(AWAITED)
      this.armed = true
    }
    if (queue.waiters.has(waiter)) return
    queue.waiters.add(waiter)
    waiter.queues.push(queue)
    if (!waiter.whenGone) return
    queue.forGone++
    this.forGone++
    if (!this.armedForGone) this.interest.want(AWAITED_GONE)
    this.armedForGone = true
  }

  remove(queue: KeyQueue, waiter: Waiter): void {
    if (!queue.waiters.delete(waiter)) return
    if (waiter.whenGone) {
      queue.forGone--
      this.forGone--
      this.armedForGone = this.forGone > 0
      if (!this.armedForGone) this.interest.unwant(AWAITED_GONE)
    }
    if (queue.waiters.size > 0) return
    this.queues.delete(queue.name)
    this.armed = this.queues.size > 0
    if (!this.armed) this.interest.unwant(AWAITED)
  }

  /** Something was put into a key: who waits for it may be served. */
  ready(key: Span): void {
    const queue = this.queues.get(key.text())
    if (queue !== undefined) this.note(queue)
  }

  /** A key is gone, or holds something else. */
  gone(key: Span): void {
    const queue = this.queues.get(key.text())
    if (queue !== undefined && queue.forGone > 0) this.note(queue)
  }

  /**
   * The content of the database is another one.
   * @param before as it was
   * @param after as it is; undefined for an empty one
   */
  exchanged(before: Database, after: Database | undefined): void {
    for (const queue of this.queues.values()) {
      const isThere = after !== undefined && after.find(queue.key) !== 0
      const isGone = queue.forGone > 0 && before.find(queue.key) !== 0
      if (isThere || isGone) this.note(queue)
    }
  }

  private note(queue: KeyQueue): void {
    if (queue.isNoted) return
    queue.isNoted = true
    this.noted.push(queue)
  }
}
