// get.ts: GET, and what reads a string as a whole and does something to its key.

import type { Reply } from '../../../bytes/wire/reply.ts'
import type { Args } from '../../../engine/arguments/args.ts'
import { absoluteExpiry, EXAT, PXAT, unitOf } from '../../../engine/arguments/expiry-time.ts'
import { defineCommand } from '../../../engine/command/command.ts'
import { errors } from '../../../engine/contract/errors.ts'
import { GENERIC } from '../../../engine/contract/events.ts'
import type { Context } from '../../../engine/dispatch/context.ts'
import type { ExpiryTime } from '../../../engine/keyspace/trailer.ts'
import { persistString, replyString, stringType } from '../type.ts'

const NOTHING = 0
const PERSIST = -1

const get = defineCommand({
  name: 'GET',
  group: 'string',
  since: '1.0.0',
  summary: 'Reads a string.',
  complexity: 'O(1)',
  syntax: 'key',
  keys: 'RO access',
  flags: ['readonly', 'fast'],
  run(ctx, args, reply) {
    const ref = ctx.findToRead(args.key(1))
    if (ref === 0) {
      reply.nil()
      return
    }
    ctx.expectType(ref, stringType)
    replyString(ctx, ref, reply)
  },
})

const getdel = defineCommand({
  name: 'GETDEL',
  group: 'string',
  since: '6.2.0',
  summary: 'Reads a string and removes its key.',
  complexity: 'O(1)',
  syntax: 'key',
  keys: 'RW access delete',
  flags: ['write', 'fast'],
  run(ctx, args, reply) {
    const key = args.key(1)
    const ref = ctx.findCounted(key)
    if (ref === 0) {
      reply.nil()
      return
    }
    ctx.expectType(ref, stringType)
    replyString(ctx, ref, reply)
    remove(ctx, args, ref)
  },
})

const getex = defineCommand({
  name: 'GETEX',
  group: 'string',
  since: '6.2.0',
  summary: 'Reads a string and sets, moves or removes the time at which its key expires.',
  complexity: 'O(1)',
  syntax:
    'key [expiration: EX seconds:int | PX milliseconds:int | ' +
    'EXAT unix-time-seconds | PXAT unix-time-milliseconds | PERSIST]',
  keys: [{ flags: 'RW access update', note: 'writes because it may change the expiry' }],
  flags: ['write', 'fast'],
  run: runGetex,
})

function runGetex(ctx: Context, args: Args, reply: Reply): void {
  const change = readChange(args)
  const ref = ctx.findCounted(args.key(1))
  if (ref === 0) {
    reply.nil()
    return
  }
  ctx.expectType(ref, stringType)
  // The time is the last argument: of several the last one counts.
  const expireAt = change > 0 ? absoluteExpiry(ctx, args, args.count - 1, change) : 0
  replyString(ctx, ref, reply)
  if (change === PERSIST) persist(ctx, args, ref)
  else if ((change === EXAT || change === PXAT) && expireAt <= ctx.now) remove(ctx, args, ref)
  else if (change !== NOTHING) expire(ctx, args, ref, expireAt)
}

/** NOTHING, PERSIST, or the unit of the time that is the last argument. */
function readChange(args: Args): number {
  let change = NOTHING
  for (let i = 2; i < args.count; i++) {
    const unit = unitOf(args.at(i))
    if (args.is(i, 'PERSIST') && change <= NOTHING) change = PERSIST
    else if (unit !== 0 && (change === NOTHING || change === unit) && i + 1 < args.count) {
      change = unit
      i++
    } else throw errors.syntax
  }
  return change
}

function persist(ctx: Context, args: Args, ref: number): void {
  if (!persistString(ctx.db, ref)) return
  const key = args.key(1)
  ctx.changed(GENERIC, 'persist', key)
  if (ctx.engine.effects.armed) ctx.restate(2).word('PERSIST').span(key)
}

function expire(ctx: Context, args: Args, ref: number, expireAt: ExpiryTime): void {
  const key = args.key(1)
  ctx.db.setExpireAt(ref, expireAt)
  ctx.changed(GENERIC, 'expire', key)
  if (ctx.engine.effects.armed) ctx.restate(3).word('PEXPIREAT').span(key).number(expireAt)
}

function remove(ctx: Context, args: Args, ref: number): void {
  const key = args.key(1)
  ctx.remove(ref, key)
  if (ctx.engine.effects.armed) ctx.restate(2).word('DEL').span(key)
}

export const getCommands = [get, getdel, getex]
