// context.ts: what a handler may do: look keys up, change them, say that it did.
//
// One object serves all commands of an engine in turn. Looking up for reading counts hits and
// misses; looking up at all removes a key whose time has come. A handler's shape is always: read
// arguments, look up, change, reply; it throws only in the first two steps.

import type { Span } from '../../bytes/memory/span.ts'
import type { Reply } from '../../bytes/wire/reply.ts'
import { GIVEN_MIN } from '../../bytes/wire/request.ts'
import type { Args } from '../arguments/args.ts'
import { bytesOf, type GivenWord, wordsOf } from '../arguments/given-words.ts'
import type { BoundCommand } from '../command/table.ts'
import type { DataType } from '../contract/datatype.ts'
import { errors } from '../contract/errors.ts'
import { GENERIC, KEY_MISS, NEW_KEY, OVERWRITTEN, TYPE_CHANGED } from '../contract/events.ts'
import type { Effects } from '../effects/effects.ts'
import { MODULE_ID, readMeta, typeOf } from '../keyspace/entry.ts'
import {
  ADJUSTED,
  AWAITED,
  AWAITED_GONE,
  CREATED,
  GUARDED,
  REPLACED,
  WATCHED,
  WRITTEN,
} from '../keyspace/interest.ts'
import type { Database } from '../keyspace/keyspace.ts'
import type { Wait } from '../session/blocking.ts'
import type { Session } from '../session/session.ts'
import type { Removal } from '../upkeep/removal.ts'
import type { Changes } from './changes.ts'
import type { Engine } from './engine.ts'
import type { ReplyValue } from './reply-value.ts'

export type Handler = (ctx: Context, args: Args, reply: Reply) => void

export class Context {
  readonly engine: Engine
  readonly changes: Changes
  private readonly removal: Removal
  /** Whose command runs. */
  session!: Session
  /** The session's database. */
  db!: Database
  /** The command that runs. */
  command!: BoundCommand

  constructor(engine: Engine) {
    this.engine = engine
    this.changes = engine.changes
    this.removal = engine.removal
  }

  /** Milliseconds since 1970: the same for a whole command, script or transaction. */
  get now(): number {
    return this.engine.now
  }

  /**
   * The entry of a key that may be about to change, 0 where there is none. It is shown to the write
   * barrier: a command that only reads looks up with `look`, `peek`, `findToRead` or `read`.
   */
  find(key: Span): number {
    const ref = this.look(key)
    if (ref !== 0) this.changing(ref, key)
    return ref
  }

  /** `find` in any database. */
  findIn(db: Database, key: Span): number {
    const ref = this.lookIn(db, key)
    if (ref !== 0) this.changing(ref, key, db)
    return ref
  }

  /** `find` that counts a hit or a miss, for who reads as well. */
  findCounted(key: Span): number {
    const ref = this.findToRead(key)
    if (ref !== 0) this.changing(ref, key)
    return ref
  }

  /** The entry of a key for reading, 0 where there is none; a use, but neither hit nor miss. */
  look(key: Span): number {
    const ref = this.db.find(key)
    if (ref === 0) return 0
    if (this.db.hasExpiry(ref) && this.removal.expireIfDue(this.db, ref, key)) return 0
    if (!this.session.noTouch) this.engine.access.touch(this.db, ref)
    return ref
  }

  /** `look` in any database. */
  lookIn(db: Database, key: Span): number {
    const ref = db.find(key)
    if (ref === 0) return 0
    if (db.hasExpiry(ref) && this.removal.expireIfDue(db, ref, key)) return 0
    if (!this.session.noTouch) this.engine.access.touch(db, ref)
    return ref
  }

  /** The entry of a key for reading, 0 where there is none; counts a hit or a miss. */
  findToRead(key: Span): number {
    const ref = this.look(key)
    if (ref !== 0) this.engine.stats.keyspaceHits++
    else this.missed(key)
    return ref
  }

  /** As `findToRead` for who looks at the key and not at its value: the access time stays. */
  findUntouched(key: Span): number {
    const ref = this.peek(key)
    if (ref !== 0) this.engine.stats.keyspaceHits++
    else this.missed(key)
    return ref
  }

  /** The entry of a key for reading that leaves no trace: neither statistics nor access time. */
  peek(key: Span): number {
    const ref = this.db.find(key)
    if (ref === 0) return 0
    return this.db.hasExpiry(ref) && this.removal.expireIfDue(this.db, ref, key) ? 0 : ref
  }

  /**
   * The value of a key, for reading.
   * @returns the type's view, or null where there is no such key
   * @throws errors.wrongType
   */
  read<V>(key: Span, type: DataType<V>): V | null {
    const ref = this.findToRead(key)
    if (ref === 0) return null
    return this.viewOf(ref, type)
  }

  /** The same for a value that may be about to change. */
  readToChange<V>(key: Span, type: DataType<V>): V | null {
    const ref = this.findCounted(key)
    if (ref === 0) return null
    return this.viewOf(ref, type)
  }

  /**
   * Gives a key bytes as its value (Database.put). A long argument is not copied where the request
   * can do without it.
   */
  put(key: Span, ref: number, meta: number, value: Span): number {
    const { db } = this
    const isLong = value.end - value.start >= GIVEN_MIN
    const own = isLong ? this.session.request.give(value) : undefined
    return own === undefined ? db.put(key, ref, meta, value) : db.putOwn(key, ref, meta, own)
  }

  /** Shows the write barrier an entry that was looked up for reading, and will change after all. */
  changing(ref: number, key: Span, db: Database = this.db): void {
    if ((this.changes.mask & GUARDED) !== 0) this.changes.guard(db, ref, key)
  }

  /** The type of an entry's value. */
  dataType(ref: number, db: Database = this.db): DataType<unknown> {
    return this.engine.types.of(db, ref)
  }

  /** An entry's value as that type; throws errors.wrongType. */
  viewOf<V>(ref: number, type: DataType<V>): V {
    if (!this.isOf(ref, type)) throw errors.wrongType
    return type.view(this.db, ref)
  }

  /** Stops with errors.wrongType unless the entry, if there is one, has this type. */
  expectType(ref: number, type: DataType<unknown>): void {
    if (ref !== 0 && !this.isOf(ref, type)) throw errors.wrongType
  }

  /**
   * Says that a key was changed: counts it, fails the transactions that watch it, raises an event.
   * @param kind the event's class (contract/events.ts)
   * @param count by how many changes that counts; 0 where another change counts for it
   */
  changed(kind: number, event: string, key: Span, count = 1): void {
    const { changes } = this
    changes.dirty += count
    if ((changes.mask & (kind | WATCHED | WRITTEN)) === 0) return
    changes.by(count).written(this.db, kind, event, key)
  }

  /** `changed` for a key of another database. */
  changedIn(db: Database, kind: number, event: string, key: Span): void {
    const { changes } = this
    changes.dirty++
    changes.by(1).written(db, kind, event, key)
  }

  /** `changed` without an event, or with one that `notify` raises later. */
  touched(key: Span, count: number, db: Database = this.db): void {
    const { changes } = this
    changes.dirty += count
    if ((changes.mask & (WATCHED | WRITTEN)) === 0) return
    changes.by(count).written(db, 0, '', key)
  }

  /** Says that something of a key changed that WATCH does not see: a group, a way of keeping. */
  adjusted(key: Span, count = 1): void {
    const { changes } = this
    changes.dirty += count
    if ((changes.mask & ADJUSTED) !== 0) changes.by(count).adjusted(this.db, key)
  }

  /** Counts changes of which nothing else is said. */
  count(changes: number): void {
    this.changes.dirty += changes
  }

  /** Says that a key is new, besides `changed`. */
  created(key: Span, db: Database = this.db): void {
    const { changes } = this
    if ((changes.mask & (AWAITED | CREATED | NEW_KEY)) !== 0) changes.created(db, key)
  }

  /** Says that there may be something for those who wait for a key; `created` says it too. */
  ready(key: Span): void {
    if ((this.changes.mask & AWAITED) !== 0) this.db.waiting.ready(key)
  }

  /** Whether the command may wait: inside a transaction it may not. */
  get mayBlock(): boolean {
    return this.engine.dispatcher.depth === 1
  }

  /** Whether the session may be sent messages besides replies; in a transaction it always may. */
  get mayListen(): boolean {
    const { expectsReplies, transaction } = this.session
    return !expectsReplies && (this.mayBlock || transaction.open)
  }

  /**
   * Lets the session wait for keys (session/blocking.ts): the request is run again when one of them
   * may be ready. Where it may not wait, its time is over at once.
   */
  block(wait: Wait): void {
    if (this.mayBlock) this.engine.blocking.block(wait)
    else wait.timedOut(this.engine.reply)
  }

  /**
   * Says that a key's value was replaced as a whole, besides `changed`.
   * @param typeChanged whether it was one of another type
   */
  replaced(key: Span, typeChanged: boolean, db: Database = this.db): void {
    const { changes } = this
    if ((changes.mask & (AWAITED_GONE | REPLACED | OVERWRITTEN | TYPE_CHANGED)) === 0) return
    changes.replaced(db, key, typeChanged)
  }

  /** Raises an event without saying that something changed. */
  notify(kind: number, event: string, key: Span, db: Database = this.db): void {
    const { changes } = this
    if ((changes.mask & kind) !== 0) changes.events.raise(kind, event, key, db.id)
  }

  /**
   * Removes a key, and says so: a change as in `changed`, with the event 'del'.
   * @param key lies outside the arena
   * @param count by how many changes that counts; 0 where another change counts for it
   */
  remove(ref: number, key: Span, count = 1): void {
    this.changes.remove(this.db, ref, key, 'deleted')
    this.gone(GENERIC, 'del', key, count)
  }

  /** Removes an entry so that another gets its key: the caller says `created`, and `replaced`. */
  displace(ref: number, key: Span, db: Database = this.db): void {
    this.changes.remove(db, ref, key, 'overwritten')
  }

  /** `changed` for a key that is not there any more, and of which it is said why. */
  gone(kind: number, event: string, key: Span, count = 1): void {
    const { changes, db } = this
    changes.dirty += count
    if ((changes.mask & (kind | WATCHED)) === 0) return
    if ((changes.mask & WATCHED) !== 0) db.watchers.touch(key)
    if ((changes.mask & kind) !== 0) changes.events.raise(kind, event, key, db.id)
  }

  /** Keeps an argument, a password, from being shown to who watches. */
  redact(argument: number): void {
    if (this.engine.onlookers.armed) this.engine.onlookers.hide(argument)
  }

  /**
   * States the effect of this command in words other than its own: exactly `count` of them have to
   * follow, `ctx.restate(2).word('DEL').span(key)`. Asked only while `effects.armed`.
   */
  restate(count: number): Effects {
    return this.engine.effects.restate(this.db.id, count)
  }

  /**
   * Runs another command in this one, whose declaration says `runs_commands`, and gives its reply
   * as RESP3 has it. For who writes a module: what the house does often goes by way of `invoke`.
   * @returns a ReplyError where the reply is an error
   */
  call(...words: GivenWord[]): ReplyValue {
    const { session, engine } = this
    const { protocol } = session
    session.protocol = 3
    try {
      return engine.dispatcher.ask(session, wordsOf(words))
    } finally {
      session.protocol = protocol
    }
  }

  /** As `restate`, from words that are given all together. */
  replicate(...words: GivenWord[]): void {
    if (!this.engine.effects.armed) return
    const effect = this.restate(words.length)
    for (const word of words) effect.bytes(bytesOf(word))
  }

  private isOf(ref: number, type: DataType<unknown>): boolean {
    const { id } = type
    if (typeOf(readMeta(this.db.arena, ref)) !== id) return false
    return id !== MODULE_ID || this.dataType(ref) === type
  }

  private missed(key: Span): void {
    this.engine.stats.keyspaceMisses++
    this.notify(KEY_MISS, 'keymiss', key)
  }
}
