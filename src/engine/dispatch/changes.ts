// changes.ts: the one object through which every change of the key space goes.
//
// It counts changes, fails the transactions that watch a key, notes keys for sessions that wait,
// raises keyspace events, and tells listeners (`listen`) and the write barrier (`guardWith`). One
// mask says whether anybody hears at all: a command pays one test of it.
// Commands reach it by way of `Context`; expiry, eviction and loading come by themselves.

import { Span } from '../../bytes/memory/span.ts'
import { Events, NEW_KEY, OVERWRITTEN, TYPE_CHANGED } from '../contract/events.ts'
import {
  ADJUSTED,
  AWAITED,
  AWAITED_GONE,
  CREATED,
  FLUSHED,
  GUARDED,
  LOADED,
  REMOVED,
  REPLACED,
  SWAPPED,
  WATCHED,
  WRITTEN,
} from '../keyspace/interest.ts'
import type { Database } from '../keyspace/keyspace.ts'
import type { KeyQueue } from '../keyspace/waiting.ts'

/** Why a key is removed; `overwritten`: another entry gets its name, which is said next. */
export type Cause = 'deleted' | 'expired' | 'evicted' | 'moved' | 'overwritten'

/** What a listener is told. One object is used for all: what is to be kept is copied. */
export type Change = {
  /**
   * WRITTEN, ADJUSTED, CREATED, REMOVED, REPLACED, FLUSHED, SWAPPED or LOADED
   * (keyspace/interest.ts).
   */
  readonly kind: number
  readonly db: Database
  /** A loan; empty where the change is one of a whole database. */
  readonly key: Span
  /** By how many changes it counts; 0 where another one of the same command counts for it. */
  readonly count: number
  /** WRITTEN: the name of the keyspace event, '' where there is none. */
  readonly event: string
  /** REMOVED: why. */
  readonly cause: Cause
  /** REPLACED: whether the old value was of another type. */
  readonly typeChanged: boolean
  /** SWAPPED: the other database. */
  readonly other: Database
}

/** Hears of changes while they happen: it looks, but runs no command and changes nothing. */
export type ChangeListener = (change: Change) => void

/** Is shown what is there before it changes: for who copies data that others go on changing. */
export type Barrier = {
  /**
   * The entry may be about to change or to go. It is as it was; the same one may be shown again.
   * @param key a loan
   */
  beforeChange(db: Database, ref: number, key: Span): void
  /** All entries of a database are about to go; `db` is disposed of afterwards. */
  beforeFlush(db: Database): void
}

/** A change in the making. */
type Draft = { -readonly [K in keyof Change]: Change[K] }

const nowhere = {} as Database
const noKey = new Span()

export class Changes {
  /** Changes since the start: the number a save is measured by. */
  dirty = 0
  /** Bits somebody wants (keyspace/interest.ts and contract/events.ts); zero while nobody hears. */
  mask = 0
  readonly events = new Events(this)
  /** Keys that may be ready for those who wait, in the order of notice. */
  readonly noted: KeyQueue[] = []
  private readonly wanted = new Int32Array(32)
  private readonly listeners = new Map<ChangeListener, number>()
  private barrier: Barrier | undefined = undefined
  private readonly name = new Span()
  private readonly draft: Draft = {
    kind: 0,
    db: nowhere,
    key: noKey,
    count: 0,
    event: '',
    cause: 'deleted',
    typeChanged: false,
    other: nowhere,
  }

  /**
   * Tells `listener` of all changes of the kinds in `mask` (keyspace/interest.ts) from now on.
   * @param mask kinds, or EVERYTHING; a listener that is listening already gets the new mask
   */
  listen(listener: ChangeListener, mask: number): void {
    this.unlisten(listener)
    this.listeners.set(listener, mask)
    this.want(mask)
  }

  unlisten(listener: ChangeListener): void {
    const mask = this.listeners.get(listener)
    if (mask === undefined) return
    this.listeners.delete(listener)
    this.unwant(mask)
  }

  /** Shows a barrier what is about to change; undefined takes it away. There is one at most. */
  guardWith(barrier: Barrier | undefined): void {
    if (this.barrier !== undefined) this.unwant(GUARDED)
    this.barrier = barrier
    if (barrier !== undefined) this.want(GUARDED)
  }

  want(bits: number): void {
    for (let bit = 0; bit < 32; bit++) if ((bits & (1 << bit)) !== 0) this.wanted[bit]!++
    this.mask |= bits
  }

  unwant(bits: number): void {
    for (let bit = 0; bit < 32; bit++) {
      if ((bits & (1 << bit)) !== 0 && --this.wanted[bit]! === 0) this.mask &= ~(1 << bit)
    }
  }

  /** Counts changes of which nothing else is said. */
  count(changes: number): void {
    this.dirty += changes
  }

  /** Says how many changes the next `written` or `adjusted` is, which are counted already. */
  by(count: number): this {
    this.draft.count = count
    return this
  }

  /**
   * A key's value is another one: tells who watches it and who listens.
   * @param kind the class of its event (contract/events.ts), 0 for none
   */
  written(db: Database, kind: number, event: string, key: Span): void {
    const { mask } = this
    if ((mask & WATCHED) !== 0) db.watchers.touch(key)
    if ((mask & WRITTEN) !== 0) {
      this.draft.event = event
      this.tell(WRITTEN, db, key)
    }
    if ((mask & kind) !== 0) this.events.raise(kind, event, key, db.id)
  }

  /** Something of a key changed that WATCH does not see. */
  adjusted(db: Database, key: Span): void {
    if ((this.mask & ADJUSTED) !== 0) this.tell(ADJUSTED, db, key)
  }

  /** A key is there that was not. */
  created(db: Database, key: Span): void {
    const { mask } = this
    if ((mask & AWAITED) !== 0) db.waiting.ready(key)
    if ((mask & CREATED) !== 0) this.tell(CREATED, db, key)
    if ((mask & NEW_KEY) !== 0) this.events.raise(NEW_KEY, 'new', key, db.id)
  }

  /** A key has a whole other value; `written` is said too. */
  replaced(db: Database, key: Span, typeChanged: boolean): void {
    const { events, mask } = this
    if ((mask & AWAITED_GONE) !== 0) db.waiting.gone(key)
    if ((mask & REPLACED) !== 0) {
      this.draft.typeChanged = typeChanged
      this.tell(REPLACED, db, key)
    }
    if ((mask & OVERWRITTEN) !== 0) events.raise(OVERWRITTEN, 'overwritten', key, db.id)
    if (typeChanged && (mask & TYPE_CHANGED) !== 0) {
      events.raise(TYPE_CHANGED, 'type_changed', key, db.id)
    }
  }

  /** A key came out of a file. */
  loaded(db: Database, key: Span): void {
    if ((this.mask & LOADED) !== 0) this.tell(LOADED, db, key)
  }

  /** Shows the barrier an entry that may be about to change. */
  guard(db: Database, ref: number, key: Span): void {
    if (this.barrier !== undefined) this.barrier.beforeChange(db, ref, key)
  }

  /** Removes an entry; to count that and to raise its event is the caller's. */
  remove(db: Database, ref: number, key: Span, cause: Cause): void {
    if ((this.mask & (GUARDED | REMOVED | AWAITED_GONE)) !== 0) this.removing(db, ref, key, cause)
    db.remove(ref)
  }

  /** The same for an entry that is out of sight already (Database.detach). */
  discard(db: Database, ref: number, key: Span, cause: Cause): void {
    if ((this.mask & (GUARDED | REMOVED | AWAITED_GONE)) !== 0) this.removing(db, ref, key, cause)
    db.discard(ref)
  }

  /** Takes an entry to another key or database (Database.moveTo); `created` is the caller's. */
  move(db: Database, ref: number, target: Database, key: Span): void {
    if ((this.mask & (GUARDED | REMOVED | AWAITED_GONE)) !== 0) {
      this.removing(db, ref, db.key(ref, this.name), 'moved')
    }
    db.moveTo(ref, target, key)
  }

  /** A database is about to lose all its keys; `now` in milliseconds since 1970. */
  flushing(db: Database, now: number): void {
    const { mask } = this
    if ((mask & GUARDED) !== 0) this.barrier!.beforeFlush(db)
    if ((mask & WATCHED) !== 0) db.watchers.touchAll(db, undefined, now)
    if ((mask & AWAITED) !== 0) db.waiting.exchanged(db, undefined)
    if ((mask & FLUSHED) === 0) return
    this.draft.count = db.size
    this.tell(FLUSHED, db, noKey)
  }

  /**
   * Two databases are about to change places: who watches and who waits stays with the number.
   * @param now milliseconds since 1970
   */
  swapping(first: Database, second: Database, now: number): void {
    const { watchers, waiting } = first
    watchers.touchAll(first, second, now)
    second.watchers.touchAll(second, first, now)
    first.watchers = second.watchers
    second.watchers = watchers
    first.waiting = second.waiting
    second.waiting = waiting
    first.waiting.exchanged(second, first)
    waiting.exchanged(first, second)
    if ((this.mask & SWAPPED) === 0) return
    this.draft.other = second
    this.tell(SWAPPED, first, noKey)
  }

  private removing(db: Database, ref: number, key: Span, cause: Cause): void {
    const { mask } = this
    if ((mask & GUARDED) !== 0) this.barrier!.beforeChange(db, ref, key)
    if ((mask & AWAITED_GONE) !== 0) db.waiting.gone(key)
    if ((mask & REMOVED) === 0) return
    this.draft.cause = cause
    this.tell(REMOVED, db, key)
  }

  private tell(kind: number, db: Database, key: Span): void {
    const { draft } = this
    draft.kind = kind
    draft.db = db
    draft.key = key
    for (const [listener, mask] of this.listeners) if ((mask & kind) !== 0) listener(draft)
    // A database that is gone is not to be kept for the next change.
    draft.db = nowhere
    draft.other = nowhere
    draft.key = noKey
  }
}
