// watchers.ts: which transactions WATCH which keys of one database.
//
// Most databases are never watched: a write pays one bit of the mask of changes, and names become
// strings only after it. A transaction that is spoilt watches nothing any more: it
// cannot become more spoilt, and writes need not look for it.

import type { Span } from '../../bytes/memory/span.ts'
import { type Interest, WATCHED } from './interest.ts'
import type { Database } from './keyspace.ts'

/** A transaction as far as WATCH goes. */
export type Watcher = {
  dirtyCas: boolean
  /** Forgets all its watched keys. */
  unwatch(): void
}

/** A key that a transaction watches. */
export type Watched = {
  readonly watcher: Watcher
  /** Where it is listed. */
  readonly watchers: Watchers
  /** Number of the database. */
  readonly database: number
  readonly name: string
  readonly key: Span
  /** Whether its time has come, and yet it is there: its removal will change nothing. */
  expired: boolean
}

export class Watchers {
  private readonly byKey = new Map<string, Set<Watched>>()
  private readonly interest: Interest

  /** @param interest is told whether any key is watched */
  constructor(interest: Interest) {
    this.interest = interest
  }

  get armed(): boolean {
    return this.byKey.size !== 0
  }

  /** Number of keys that are watched. */
  get keys(): number {
    return this.byKey.size
  }

  add(watched: Watched): void {
    const set = this.byKey.get(watched.name)
    if (!this.armed) this.interest.want(WATCHED)
    if (set === undefined) this.byKey.set(watched.name, new Set([watched]))
    else set.add(watched)
  }

  remove(watched: Watched): void {
    const set = this.byKey.get(watched.name)
    if (set === undefined || !set.delete(watched) || set.size > 0) return
    this.byKey.delete(watched.name)
    if (!this.armed) this.interest.unwant(WATCHED)
  }

  /** A key was changed: the transactions of its watchers will not execute. */
  touch(key: Span): void {
    const set = this.byKey.get(key.text())
    if (set === undefined) return
    for (const watched of set) spoil(watched)
  }

  /** A key is removed because its time has come. */
  touchExpired(key: Span): void {
    const set = this.byKey.get(key.text())
    if (set === undefined) return
    for (const watched of set) {
      if (watched.expired) watched.expired = false
      else spoil(watched)
    }
  }

  /**
   * A database loses all its keys.
   * @param emptied the database as it still is
   * @param replacement what comes in its place (SWAPDB), if anything does
   * @param now milliseconds since 1970
   */
  touchAll(emptied: Database, replacement: Database | undefined, now: number): void {
    for (const set of this.byKey.values()) {
      for (const watched of set) judge(watched, emptied, replacement, now)
    }
  }
}

/** What the loss of a whole database means for one watched key. */
function judge(
  watched: Watched,
  emptied: Database,
  replacement: Database | undefined,
  now: number,
): void {
  const { key } = watched
  const isThere = emptied.find(key) !== 0
  const comes = replacement !== undefined && replacement.find(key) !== 0
  if (!isThere && !comes) return
  const comesDead = comes && isExpired(replacement, key, now)
  if (!watched.expired) {
    if (!isThere && comesDead) watched.expired = true
    else watched.watcher.dirtyCas = true
  } else if (!comesDead) {
    watched.expired = false
    if (comes) watched.watcher.dirtyCas = true
  }
}

/** Whether a key is there although its time has come. */
export function isExpired(db: Database, key: Span, now: number): boolean {
  const ref = db.find(key)
  return ref !== 0 && db.hasExpiry(ref) && db.expireAt(ref) < now
}

function spoil(watched: Watched): void {
  watched.watcher.dirtyCas = true
  watched.watcher.unwatch()
}
