// set.ts: SET, and the commands that are one of its options under an older name.

import type { Reply } from '../../bytes/reply.ts'
import type { Span } from '../../bytes/span.ts'
import type { Args } from '../../engine/args.ts'
import { defineCommand } from '../../engine/command.ts'
import type { Context } from '../../engine/context.ts'
import { errors } from '../../engine/errors.ts'
import { GENERIC, STRING } from '../../engine/events.ts'
import { absoluteExpiry, unitOf } from '../../engine/expiry-time.ts'
import { setKeys } from '../../engine/key-finders.ts'
import { replyString, setString, stringType } from './string.ts'

const NX = 1
const XX = 2

/** Options of one SET call, read into the same object again and again. */
const options = { condition: 0, get: false, keepTtl: false, expireAt: -1 }

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

function runSet(ctx: Context, args: Args, reply: Reply): void {
  if (args.count === 3) {
    const key = args.key(1)
    const ref = ctx.find(key)
    if (ref === 0) ctx.created(key)
    setString(ctx, key, ref, args.at(2))
    ctx.changed(STRING, 'set', key)
    reply.ok()
    return
  }
  readOptions(ctx, args)
  setWithOptions(ctx, args, reply)
}

function readOptions(ctx: Context, args: Args): void {
  options.condition = 0
  options.get = false
  options.keepTtl = false
  options.expireAt = -1
  let unit = 0
  let timeAt = 0
  for (let i = 3; i < args.count; i++) {
    const expiring = unit !== 0 || options.keepTtl
    const next = i + 1 < args.count ? unitOf(args.at(i)) : 0
    if (args.is(i, 'NX') && options.condition !== XX) options.condition = NX
    else if (args.is(i, 'XX') && options.condition !== NX) options.condition = XX
    else if (args.is(i, 'GET')) options.get = true
    else if (args.is(i, 'KEEPTTL') && unit === 0) options.keepTtl = true
    else if (next !== 0 && !expiring) {
      unit = next
      timeAt = ++i
    } else throw errors.syntax
  }
  if (unit !== 0) options.expireAt = absoluteExpiry(ctx, args, timeAt, unit)
}

function setWithOptions(ctx: Context, args: Args, reply: Reply): void {
  const key = args.key(1)
  const ref = options.get ? ctx.findToRead(key) : ctx.find(key)
  if (options.get) ctx.expectType(ref, stringType)
  const refused = options.condition === NX ? ref !== 0 : options.condition === XX && ref === 0
  if (options.get) {
    if (ref === 0) reply.nil()
    else replyString(ctx, ref, reply)
  }
  if (refused) {
    if (!options.get) reply.nil()
    return
  }
  store(ctx, key, ref, args.at(2))
  if (!options.get) reply.ok()
}

/** Stores the value with the expiry in `options`, as one effect that does not depend on time. */
function store(ctx: Context, key: Span, ref: number, value: Span): void {
  const { expireAt, keepTtl } = options
  if (ref === 0) ctx.created(key)
  const entry = setString(ctx, key, ref, value, keepTtl)
  ctx.changed(STRING, 'set', key)
  if (expireAt < 0) return
  if (expireAt <= ctx.now) {
    // A time that has passed: the key was set, and is gone.
    ctx.rewrite('DEL', key)
    ctx.remove(entry)
    ctx.notify(GENERIC, 'del', key)
    return
  }
  ctx.db.setExpireAt(entry, expireAt)
  ctx.rewrite('SET', key, value, 'PXAT', expireAt)
  ctx.notify(GENERIC, 'expire', key)
}

export const setCommands = [set]
