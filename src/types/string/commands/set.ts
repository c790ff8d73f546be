// set.ts: SET, and the commands that are one of its options under an older name.

import type { Reply } from '../../../bytes/wire/reply.ts'
import type { Args } from '../../../engine/arguments/args.ts'
import { absoluteExpiry, EX, PX, PXAT, unitOf } from '../../../engine/arguments/expiry-time.ts'
import { defineCommand } from '../../../engine/command/command.ts'
import { setKeys } from '../../../engine/command/key-finders.ts'
import { errors } from '../../../engine/contract/errors.ts'
import { GENERIC, STRING } from '../../../engine/contract/events.ts'
import type { Context } from '../../../engine/dispatch/context.ts'
import type { ExpiryTime } from '../../../engine/keyspace/trailer.ts'
import { replyString, setString, setStringKeepTtl, setStringToExpire, stringType } from '../type.ts'

const NX = 1
const XX = 2
const NEVER = -1 as ExpiryTime

/** Options of one call, read into the same object again and again. */
const options = { condition: 0, get: false, keepTtl: false, unit: 0, expireAt: NEVER }

export const set = defineCommand({
  name: 'SET',
  group: 'string',
  since: '1.0.0',
  summary: 'Stores a string whatever the key held; may set conditions and an expiry time.',
  complexity: 'O(1)',
  syntax:
    'key value [NX | XX]@2.6.12 [GET]@6.2 ' +
    '[expiration: EX seconds:int@2.6.12 | PX milliseconds:int@2.6.12 | ' +
    'EXAT unix-time-seconds@6.2 | PXAT unix-time-milliseconds@6.2 | KEEPTTL@6.0]',
  keys: [{ flags: 'RW access update variable_flags', note: 'reads as well when GET is given' }],
  keysOf: setKeys,
  flags: ['write', 'denyoom'],
  history: [
    ['2.6.12', 'takes EX, PX, NX and XX'],
    ['6.0.0', 'takes KEEPTTL'],
    ['6.2.0', 'takes GET, EXAT and PXAT'],
    ['7.0.0', 'NX may go with GET'],
  ],
  run: runSet,
})

const setnx = defineCommand({
  name: 'SETNX',
  group: 'string',
  since: '1.0.0',
  summary: 'Stores a string unless the key exists.',
  complexity: 'O(1)',
  syntax: 'key value',
  keys: 'OW insert',
  flags: ['write', 'denyoom', 'fast'],
  deprecated: '2.6.12',
  replacedBy: '`SET` with the `NX` argument',
  run(ctx, args, reply) {
    const key = args.key(1)
    const ref = ctx.find(key)
    if (ref === 0) {
      setString(ctx, key, 0, args.at(2))
      ctx.changed(STRING, 'set', key)
    }
    reply.integer(ref === 0 ? 1 : 0)
  },
})

const setex = defineCommand({
  name: 'SETEX',
  group: 'string',
  since: '2.0.0',
  summary: 'Stores a string whose key expires after some seconds.',
  complexity: 'O(1)',
  syntax: 'key seconds:int value',
  keys: 'OW update',
  flags: ['write', 'denyoom'],
  deprecated: '2.6.12',
  replacedBy: '`SET` with the `EX` argument',
  run: (ctx, args, reply) => setExpiring(ctx, args, reply, EX),
})

const psetex = defineCommand({
  name: 'PSETEX',
  group: 'string',
  since: '2.6.0',
  summary: 'Stores a string whose key expires after some milliseconds.',
  complexity: 'O(1)',
  syntax: 'key milliseconds:int value',
  keys: 'OW update',
  flags: ['write', 'denyoom'],
  deprecated: '2.6.12',
  replacedBy: '`SET` with the `PX` argument',
  run: (ctx, args, reply) => setExpiring(ctx, args, reply, PX),
})

const getset = defineCommand({
  name: 'GETSET',
  group: 'string',
  since: '1.0.0',
  summary: 'Stores a string and answers the one that was there before.',
  complexity: 'O(1)',
  syntax: 'key value',
  keys: 'RW access update',
  flags: ['write', 'denyoom', 'fast'],
  deprecated: '6.2.0',
  replacedBy: '`SET` with the `!GET` argument',
  run(ctx, args, reply) {
    const key = args.key(1)
    const ref = ctx.findCounted(key)
    ctx.expectType(ref, stringType)
    if (ref === 0) reply.nil()
    else replyString(ctx, ref, reply)
    setString(ctx, key, ref, args.at(2))
    ctx.changed(STRING, 'set', key)
    if (ctx.engine.effects.armed) ctx.restate(3).word('SET').span(key).span(args.at(2))
  },
})

function runSet(ctx: Context, args: Args, reply: Reply): void {
  if (args.count === 3) {
    const key = args.key(1)
    setString(ctx, key, ctx.find(key), args.at(2))
    ctx.changed(STRING, 'set', key)
    reply.ok()
    return
  }
  readOptions(ctx, args)
  setWithOptions(ctx, args, reply)
}

function readOptions(ctx: Context, args: Args): void {
  clearOptions()
  let timeAt = 0
  for (let i = 3; i < args.count; i++) {
    const { unit, keepTtl, condition } = options
    const word = args.at(i)
    const named = unitOf(word)
    if (named !== 0) {
      if ((unit !== 0 && unit !== named) || keepTtl || i + 1 === args.count) throw errors.syntax
      options.unit = named
      timeAt = ++i
    } else if (word.is('NX') && condition !== XX) options.condition = NX
    else if (word.is('XX') && condition !== NX) options.condition = XX
    else if (word.is('GET')) options.get = true
    else if (word.is('KEEPTTL') && unit === 0) options.keepTtl = true
    else throw errors.syntax
  }
  if (timeAt !== 0) options.expireAt = absoluteExpiry(ctx, args, timeAt, options.unit)
}

function clearOptions(): void {
  options.condition = 0
  options.get = false
  options.keepTtl = false
  options.unit = 0
  options.expireAt = NEVER
}

function setWithOptions(ctx: Context, args: Args, reply: Reply): void {
  const { condition, get } = options
  const key = args.key(1)
  const ref = get ? ctx.findCounted(key) : ctx.find(key)
  if (get) ctx.expectType(ref, stringType)
  if (get) {
    if (ref === 0) reply.nil()
    else replyString(ctx, ref, reply)
  }
  if (condition === NX ? ref !== 0 : condition === XX && ref === 0) {
    if (!get) reply.nil()
    return
  }
  store(ctx, args, ref, 2)
  if (!get) reply.ok()
  else if (options.expireAt < 0) rewriteWithoutGet(ctx, args)
}

function setExpiring(ctx: Context, args: Args, reply: Reply, unit: number): void {
  clearOptions()
  options.unit = unit
  options.expireAt = absoluteExpiry(ctx, args, 2, unit)
  store(ctx, args, ctx.find(args.key(1)), 3)
  reply.ok()
}

/** Stores argument `valueAt` with the expiry in `options`. */
function store(ctx: Context, args: Args, ref: number, valueAt: number): void {
  const { expireAt, keepTtl } = options
  const key = args.key(1)
  const value = args.at(valueAt)
  if (expireAt < 0) {
    if (keepTtl) setStringKeepTtl(ctx, key, ref, value)
    else setString(ctx, key, ref, value)
    ctx.changed(STRING, 'set', key)
    return
  }
  // A time that has passed is no exception: the key is set, and gone when it is looked for.
  ctx.db.setExpireAt(setStringToExpire(ctx, key, ref, value), expireAt)
  ctx.changed(STRING, 'set', key)
  ctx.notify(GENERIC, 'expire', key)
  if (options.unit !== PXAT && ctx.engine.effects.armed) {
    ctx.restate(5).word('SET').span(key).span(value).word('PXAT').number(expireAt)
  }
}

/** Who gets the effect has no use for the old value. */
function rewriteWithoutGet(ctx: Context, args: Args): void {
  if (!ctx.engine.effects.armed) return
  let gets = 0
  for (let i = 3; i < args.count; i++) if (args.is(i, 'GET')) gets++
  const effect = ctx.restate(args.count - gets).words(args, 0, 3)
  for (let i = 3; i < args.count; i++) if (!args.is(i, 'GET')) effect.span(args.at(i))
}

export const setCommands = [set, setnx, setex, psetex, getset]
