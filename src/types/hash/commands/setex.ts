// setex.ts: HSETEX sets fields and their time, if a condition holds.

import { parseInteger } from '../../../bytes/numbers/numbers.ts'
import type { Args } from '../../../engine/arguments/args.ts'
import { unitOf } from '../../../engine/arguments/expiry-time.ts'
import { defineCommand } from '../../../engine/command/command.ts'
import { HASH } from '../../../engine/contract/events.ts'
import type { Context } from '../../../engine/dispatch/context.ts'
import { errors } from '../errors.ts'
import { ALWAYS, expireField, isDue, mayExpire, removeHash, TimeChange } from '../field-expiry.ts'
import { createHash, Hash } from '../hash.ts'
import { hashType } from '../type.ts'
import { fieldTime } from './arguments.ts'

const ANYWAY = 0
/** Only if none of the fields is there. */
const FNX = 1
/** Only if all of them are. */
const FXX = 2

const COUNT_MAX = 2 ** 31 - 1

const hash = new Hash()
const change = new TimeChange()

/** What one call asks for, read into the same object again and again. */
const request = {
  condition: ANYWAY,
  keepTime: false,
  /** Where the time's unit is, 0 where there is none. */
  unitAt: 0,
  time: 0,
  /** Where the first field is, 0 while it is not known. */
  first: 0,
}

export const hsetex = defineCommand({
  name: 'HSETEX',
  group: 'hash',
  since: '8.0.0',
  summary: 'Sets fields of a hash together with their expiry, if a condition holds.',
  complexity: 'O(N) for N fields',
  syntax:
    'key [FNX | FXX] [expiration: EX seconds:int | PX milliseconds:int | ' +
    'EXAT unix-time-seconds | PXAT unix-time-milliseconds | KEEPTTL] ' +
    'FIELDS (numfields:int (field value)+)',
  keys: 'RW update',
  flags: ['write', 'denyoom', 'fast'],
  run(ctx, args, reply) {
    readRequest(ctx, args)
    const key = args.key(1)
    const ref = ctx.find(key)
    ctx.expectType(ref, hashType)
    if (ref !== 0) hash.bind(ctx.db, ref)
    const isMet = meetsCondition(ctx, args, ref)
    if (isMet) setFields(ctx, args, ref)
    else if (ref !== 0 && hash.count === 0) removeHash(ctx, key, hash)
    reply.integer(isMet ? 1 : 0)
  },
})

function readRequest(ctx: Context, args: Args): void {
  request.condition = ANYWAY
  request.keepTime = false
  request.unitAt = 0
  request.first = 0
  let at = 2
  while (request.first === 0 && at < args.count) at = readOption(ctx, args, at)
}

/** Reads the option at a word; returns the word behind it. */
function readOption(ctx: Context, args: Args, at: number): number {
  const word = args.at(at)
  if (word.is('FIELDS')) {
    request.first = firstPair(ctx, args, at)
    return at
  }
  if (word.is('FNX') || word.is('FXX')) {
    if (request.condition !== ANYWAY) throw errors.fxxAndFnx
    request.condition = word.is('FNX') ? FNX : FXX
    return at + 1
  }
  const unit = unitOf(word)
  if (unit === 0 && !word.is('KEEPTTL')) throw errors.unknownArgument(word.text())
  if (request.keepTime || request.unitAt !== 0) throw errors.fieldExpireTwice
  if (unit === 0) {
    request.keepTime = true
    return at + 1
  }
  if (at + 1 >= args.count) throw errors.arity(ctx.command.fullName)
  request.unitAt = at
  request.time = fieldTime(ctx, args, at + 1, unit)
  return at + 2
}

/** @throws errors.arity, errors.fieldCountInvalid */
function firstPair(ctx: Context, args: Args, at: number): number {
  if (at + 3 >= args.count) throw errors.arity(ctx.command.fullName)
  const { bytes, start, end } = args.at(at + 1)
  const count = parseInteger(bytes, start, end)
  if (!(count >= 1 && count <= COUNT_MAX)) throw errors.fieldCountInvalid
  if (count * 2 !== args.count - at - 2) throw errors.arity(ctx.command.fullName)
  return at + 2
}

/** Whether the fields are as the condition wants them; some may be found to have expired. */
function meetsCondition(ctx: Context, args: Args, ref: number): boolean {
  const { condition } = request
  if (condition === ANYWAY) return true
  if (ref === 0) return condition === FNX
  const key = args.key(1)
  let expired = 0
  let isMet = true
  for (let i = request.first; isMet && i < args.count; i += 2) {
    const place = hash.find(args.at(i))
    const due = place !== 0 && isDue(ctx.now, hash.time(place))
    isMet = (place !== 0 && !due) === (condition === FXX)
    if (!due || !mayExpire(ctx)) continue
    expireField(ctx, key, hash, place)
    expired++
  }
  if (expired === 0) return isMet
  ctx.notify(HASH, 'hexpired', key)
  ctx.touched(key, 0)
  return isMet
}

function setFields(ctx: Context, args: Args, ref: number): void {
  const key = args.key(1)
  const isTimed = request.unitAt !== 0
  if (ref !== 0) hash.prepare(args, request.first)
  else {
    createHash(ctx.db, key, args, request.first)
    ctx.created(key)
    hash.bind(ctx.db, ctx.db.find(key))
  }
  if (isTimed) change.begin(ctx, key, hash)
  if (ref !== 0 || isTimed) setPairs(args, ref === 0)
  if (isTimed) change.end()
  ctx.changed(HASH, 'hset', key, (args.count - request.first) / 2)
  if (!isTimed) return
  ctx.notify(HASH, change.deleted > 0 ? 'hdel' : 'hexpire', key)
  if (ctx.engine.effects.armed) state(ctx, args)
  if (hash.count === 0) removeHash(ctx, key, hash)
}

/** Sets the fields and their time; where that has passed, each is gone before the next one. */
function setPairs(args: Args, areSet: boolean): void {
  const { first, unitAt, keepTime, time } = request
  for (let i = first; i < args.count; i += 2) {
    const field = args.at(i)
    if (!areSet) hash.set(field, args.at(i + 1), keepTime || unitAt !== 0)
    if (unitAt !== 0) change.set(field, time, ALWAYS)
  }
}

/** The effect: the same with a time since 1970; a field that was removed is said to be. */
function state(ctx: Context, args: Args): void {
  if (change.deleted > 0) {
    ctx.engine.effects.replace()
    return
  }
  const { unitAt, time } = request
  const effect = ctx.restate(args.count).words(args, 0, unitAt)
  effect
    .word('PXAT')
    .number(time)
    .words(args, unitAt + 2, args.count)
}
