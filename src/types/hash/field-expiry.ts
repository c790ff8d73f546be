// field-expiry.ts: fields that expire: how they get their times, and what becomes of them then.
//
// A field whose time has come is there for nobody who reads. Commands that come upon one remove it;
// an active cycle removes the others: a hash with times is in its database's agenda, for the
// earliest of them, and is woken when that has passed (DataType.wake).
// As redis-server does, the agenda's entry is not moved for less than four seconds, nor by what
// makes the earliest field live longer: the hash is woken in vain once, and entered anew.

import { Span } from '../../bytes/memory/span.ts'
import { GENERIC, HASH } from '../../engine/contract/events.ts'
import type { Context } from '../../engine/dispatch/context.ts'
import type { Engine } from '../../engine/dispatch/engine.ts'
import type { Database } from '../../engine/keyspace/keyspace.ts'
import { Hash } from './hash.ts'

/** The latest time a command may give a field, in milliseconds since 1970. */
export const TIME_MAX = 2 ** 46 - 1
/** Later than all times that can be. */
const NEVER = 2 ** 48 - 1
/** Milliseconds by which the agenda may be wrong. */
const TOLERANCE = 4000

// Conditions of HEXPIRE and its kin.
export const ALWAYS = 0
export const NX = 1
export const XX = 2
export const GT = 4
export const LT = 8

// What became of a field that was given a time, as HEXPIRE replies it.
export const NO_FIELD = -2
export const NOT_MET = 0
export const SET = 1
export const DELETED = 2

const hash = new Hash()
const name = new Span()

/**
 * Looks a field up. One whose time has come is removed, and the hash with its last field.
 * @returns its place, 0 where it is not there; the hash may be `gone` then
 */
export function findAlive(ctx: Context, key: Span, found: Hash, field: Span): number {
  const place = found.find(field)
  if (place === 0 || !isDue(ctx.now, found.time(place))) return place
  if (!mayExpire(ctx)) return 0
  expireField(ctx, key, found, place)
  ctx.notify(HASH, 'hexpired', key)
  ctx.touched(key, 0)
  if (found.count === 0) removeHash(ctx, key, found)
  return 0
}

export function isDue(now: number, time: number): boolean {
  return time !== 0 && time < now
}

/** Whether a command that comes upon fields that are due may remove them. */
export function mayExpire({ engine }: Context): boolean {
  return engine.removal.allowedToCommand
}

/** Removes a field whose time has come and says so to replicas; the events are the caller's. */
export function expireField(ctx: Context, key: Span, found: Hash, place: number): void {
  const { effects, stats } = ctx.engine
  ctx.changing(found.ref, key)
  if (effects.armed) effects.state(ctx.db.id, 3).word('HDEL').span(key).span(found.field(place))
  found.remove(place)
  stats.expiredSubkeys++
}

/** Removes a hash that has lost its last field. */
export function removeHash(ctx: Context, key: Span, found: Hash): void {
  ctx.remove(found.ref, key, 0)
  found.gone = true
}

/** Removes all fields that are due; the hash may be `gone` then. */
export function expireAll(ctx: Context, key: Span, found: Hash): void {
  const { earliest } = found
  if (!isDue(ctx.now, earliest) || !mayExpire(ctx)) return
  expireSome(ctx.engine, found, key, Infinity)
  if (!found.gone) enter(found)
}

/** The active cycle comes to a hash: removes some of the fields that are due. */
export function wakeHash(engine: Engine, db: Database, ref: number, most: number): void {
  hash.bind(db, ref)
  const copy = db.key(ref, name).copy()
  expireSome(engine, hash, name.set(copy, 0, copy.length), most)
  if (!hash.gone) enter(hash)
}

/** Enters a hash in the agenda for its earliest time, or takes it out. */
export function enter(found: Hash): void {
  const { agenda } = found.db
  if (found.earliest === 0) agenda.delete(found.ref)
  else agenda.set(found.ref, found.earliest)
}

function expireSome(engine: Engine, found: Hash, key: Span, most: number): void {
  const { changes, effects, now, stats } = engine
  const { db } = found
  changes.guard(db, found.ref, key)
  let count = 0
  for (; count < most && isDue(now, found.earliest); count++) {
    const place = found.earliestPlace
    if (effects.armed) effects.state(db.id, 3).word('HDEL').span(key).span(found.field(place))
    found.remove(place)
  }
  if (count === 0) return
  stats.expiredSubkeys += count
  changes.by(0).written(db, HASH, 'hexpired', key)
  if (found.count > 0) return
  changes.remove(db, found.ref, key, 'expired')
  if ((changes.mask & GENERIC) !== 0) changes.events.raise(GENERIC, 'del', key, db.id)
  found.gone = true
}

/** One command that gives fields of one hash the same time. */
export class TimeChange {
  /** Fields that got the time. */
  updated = 0
  /** Fields that were removed, because the time has passed. */
  deleted = 0
  private ctx!: Context
  private key!: Span
  private found!: Hash
  private before = NEVER
  private earliest = NEVER

  /** Begins with a hash, which gets the layout that has times. */
  begin(ctx: Context, key: Span, found: Hash): this {
    found.addTimes()
    const due = ctx.db.agenda.at(found.ref)
    this.ctx = ctx
    this.key = key
    this.found = found
    this.before = due < 0 ? NEVER : due
    this.earliest = NEVER
    this.updated = 0
    this.deleted = 0
    return this
  }

  /**
   * Gives a field the time, if the condition is met.
   * @returns NO_FIELD, NOT_MET, SET or DELETED
   */
  set(field: Span, time: number, condition: number): number {
    const { ctx, found } = this
    const place = found.find(field)
    if (place === 0) return NO_FIELD
    const old = found.time(place)
    if (!isMet(condition, old, time)) return NOT_MET
    if (old !== 0) this.earliest = Math.min(this.earliest, old)
    if (time <= ctx.now) {
      expireField(ctx, this.key, found, place)
      this.deleted++
      return DELETED
    }
    this.earliest = Math.min(this.earliest, time)
    found.setTime(place, time)
    this.updated++
    return SET
  }

  /** Brings the agenda in line. */
  end(): void {
    const { before, found } = this
    if (this.updated + this.deleted === 0 || found.count === 0) return
    if (before < this.earliest) return
    const after = found.earliest === 0 ? NEVER : found.earliest
    if (Math.abs(after - before) >= TOLERANCE) enter(found)
  }
}

/** @param old the time the field has, 0 for none: that is later than any for LT, but not for GT */
function isMet(condition: number, old: number, time: number): boolean {
  if (old === 0) return condition !== XX && condition !== GT
  if (condition === GT) return old < time
  if (condition === LT) return old > time
  return condition !== NX
}
