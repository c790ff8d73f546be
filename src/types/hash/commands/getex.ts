// getex.ts: HGETEX reads fields and gives them a time or takes it away.

import type { Reply } from '../../../bytes/wire/reply.ts'
import type { Args } from '../../../engine/arguments/args.ts'
import { unitOf } from '../../../engine/arguments/expiry-time.ts'
import { defineCommand } from '../../../engine/command/command.ts'
import { HASH } from '../../../engine/contract/events.ts'
import type { Context } from '../../../engine/dispatch/context.ts'
import { errors } from '../errors.ts'
import { ALWAYS, expireField, isDue, mayExpire, removeHash, TimeChange } from '../field-expiry.ts'
import { Hash } from '../hash.ts'
import { hashType } from '../type.ts'
import { fieldTime, firstField } from './arguments.ts'

const READ = 0
const PERSIST = 1
const EXPIRE = 2

const hash = new Hash()
const change = new TimeChange()

/** What one call asks for, read into the same object again and again. */
const request = { action: READ, time: 0, first: 0 }

export const hgetex = defineCommand({
  name: 'HGETEX',
  group: 'hash',
  since: '8.0.0',
  summary: 'Reads fields of a hash and sets, moves or removes their expiry.',
  complexity: 'O(N) for N fields',
  syntax:
    'key [expiration: EX seconds:int | PX milliseconds:int | EXAT unix-time-seconds | ' +
    'PXAT unix-time-milliseconds | PERSIST] FIELDS (numfields:int field+)',
  keys: [{ flags: 'RW access update', note: 'writes because it may change the expiry' }],
  flags: ['write', 'fast'],
  run(ctx, args, reply) {
    const ref = ctx.find(args.key(1))
    ctx.expectType(ref, hashType)
    readRequest(ctx, args)
    reply.array(args.count - request.first)
    if (ref !== 0) replyFields(ctx, args, ref, reply)
    else for (let i = request.first; i < args.count; i++) reply.nil()
  },
})

function readRequest(ctx: Context, args: Args): void {
  const unit = unitOf(args.at(2))
  let at = 2
  request.action = READ
  if (unit !== 0) {
    request.action = EXPIRE
    request.time = fieldTime(ctx, args, 3, unit)
    at += 2
    if (at + 1 >= args.count) throw errors.arity(ctx.command.fullName)
  } else if (args.is(2, 'PERSIST')) {
    request.action = PERSIST
    at++
  }
  request.first = firstField(args, at, errors.fieldCount)
}

function replyFields(ctx: Context, args: Args, ref: number, reply: Reply): void {
  const key = args.key(1)
  const { action, first } = request
  hash.bind(ctx.db, ref)
  if (action === EXPIRE) change.begin(ctx, key, hash)
  else if (action === PERSIST) hash.addTimes()
  let expired = 0
  let persisted = 0
  for (let i = first; i < args.count; i++) {
    const field = args.at(i)
    const place = hash.find(field)
    if (place === 0) reply.nil()
    else if (isDue(ctx.now, hash.time(place))) {
      reply.nil()
      if (!mayExpire(ctx)) continue
      expireField(ctx, key, hash, place)
      expired++
    } else {
      reply.bulk(hash.value(place))
      if (action === EXPIRE) change.set(field, request.time, ALWAYS)
      else if (action === PERSIST && hash.time(place) !== 0) {
        hash.setTime(place, 0)
        persisted++
      }
    }
  }
  if (action === EXPIRE) change.end()
  finish(ctx, args, expired, persisted)
}

function finish(ctx: Context, args: Args, expired: number, persisted: number): void {
  const key = args.key(1)
  const isTimed = request.action === EXPIRE
  const updated = isTimed ? change.updated : persisted
  const deleted = isTimed ? change.deleted : 0
  if (expired > 0) {
    ctx.notify(HASH, 'hexpired', key)
    ctx.touched(key, 0)
  }
  if (updated + deleted > 0) {
    const event = deleted > 0 ? 'hdel' : isTimed ? 'hexpire' : 'hpersist'
    ctx.changed(HASH, event, key, updated + deleted)
    if (ctx.engine.effects.armed) state(ctx, args, updated)
  }
  if (hash.count === 0) removeHash(ctx, key, hash)
}

/** The effect: the time for all fields; those that were removed are said to be already. */
function state(ctx: Context, args: Args, updated: number): void {
  const { action, time, first } = request
  if (updated === 0) {
    ctx.engine.effects.replace()
    return
  }
  const count = args.count - first
  const effect = ctx.restate((action === PERSIST ? 4 : 5) + count)
  effect.word(action === PERSIST ? 'HPERSIST' : 'HPEXPIREAT').span(args.key(1))
  if (action !== PERSIST) effect.number(time)
  effect.word('FIELDS').number(count).words(args, first, args.count)
}
