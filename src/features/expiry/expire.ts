// expire.ts: EXPIRE, PEXPIRE, EXPIREAT and PEXPIREAT: one command in two units, from now or from
// 1970.

import type { Reply } from '../../bytes/wire/reply.ts'
import type { Args } from '../../engine/arguments/args.ts'
import { anyExpiry, EX, EXAT, PX, PXAT } from '../../engine/arguments/expiry-time.ts'
import { type Command, defineCommand } from '../../engine/command/command.ts'
import { GENERIC } from '../../engine/contract/events.ts'
import type { Context } from '../../engine/dispatch/context.ts'
import type { ExpiryTime } from '../../engine/keyspace/trailer.ts'
import { errors } from './errors.ts'

const NX = 1
const XX = 2
const GT = 4
const LT = 8

type Variant = {
  readonly name: string
  readonly since: string
  readonly summary: string
  readonly time: string
  readonly unit: number
}

function variant({ name, since, summary, time, unit }: Variant): Command {
  return defineCommand({
    name,
    group: 'generic',
    since,
    summary,
    complexity: 'O(1)',
    syntax: `key ${time} [NX | XX | GT | LT]@7.0`,
    keys: 'RW update',
    flags: ['write', 'fast'],
    history: [['7.0.0', 'takes NX, XX, GT and LT']],
    run: (ctx, args, reply) => expire(ctx, args, reply, unit),
  })
}

const expireIn = variant({
  name: 'EXPIRE',
  since: '1.0.0',
  summary: 'Lets a key expire after some seconds.',
  time: 'seconds:int',
  unit: EX,
})

const pexpireIn = variant({
  name: 'PEXPIRE',
  since: '2.6.0',
  summary: 'Lets a key expire after some milliseconds.',
  time: 'milliseconds:int',
  unit: PX,
})

const expireAt = variant({
  name: 'EXPIREAT',
  since: '1.2.0',
  summary: 'Lets a key expire at a Unix time in seconds.',
  time: 'unix-time-seconds',
  unit: EXAT,
})

const pexpireAt = variant({
  name: 'PEXPIREAT',
  since: '2.6.0',
  summary: 'Lets a key expire at a Unix time in milliseconds.',
  time: 'unix-time-milliseconds',
  unit: PXAT,
})

export const expireCommands = [expireIn, pexpireIn, expireAt, pexpireAt]

function expire(ctx: Context, args: Args, reply: Reply, unit: number): void {
  const conditions = readConditions(args)
  const at = anyExpiry(ctx, args, 2, unit)
  const key = args.key(1)
  const ref = ctx.find(key)
  if (ref === 0 || (conditions !== 0 && !allowed(ctx.db.exactExpireAt(ref), at, conditions))) {
    reply.integer(0)
    return
  }
  if (at <= ctx.now) {
    // A time that has passed removes the key at once, and is no expiry to anybody who listens.
    ctx.remove(ref, key)
    if (ctx.engine.effects.armed) ctx.restate(2).word('DEL').span(key)
  } else {
    ctx.db.setExpireAt(ref, at)
    ctx.changed(GENERIC, 'expire', key)
    if (unit !== PXAT && ctx.engine.effects.armed) rewriteAbsolute(ctx, args, at)
  }
  reply.integer(1)
}

function readConditions(args: Args): number {
  let conditions = 0
  for (let i = 3; i < args.count; i++) {
    if (args.is(i, 'NX')) conditions |= NX
    else if (args.is(i, 'XX')) conditions |= XX
    else if (args.is(i, 'GT')) conditions |= GT
    else if (args.is(i, 'LT')) conditions |= LT
    else throw errors.unsupportedOption(upToNul(args.text(i)))
  }
  if ((conditions & NX) !== 0 && conditions !== NX) throw errors.expireNx
  if ((conditions & GT) !== 0 && (conditions & LT) !== 0) throw errors.expireGtLt
  return conditions
}

/**
 * Whether the conditions let a key get the time `at`.
 * @param current its present one, -1 for none: a key that lives for ever outlives every time
 */
function allowed(current: ExpiryTime, at: ExpiryTime, conditions: number): boolean {
  const endless = current === -1
  if ((conditions & NX) !== 0) return endless
  if ((conditions & XX) !== 0 && endless) return false
  if ((conditions & GT) !== 0) return !endless && at > current
  return (conditions & LT) === 0 || endless || at < current
}

/** The effect in words that mean the same whenever they are read. */
function rewriteAbsolute(ctx: Context, args: Args, at: ExpiryTime): void {
  const effect = ctx.restate(args.count).word('PEXPIREAT').span(args.key(1)).number(at)
  effect.words(args, 3, args.count)
}

/** What the reference, which prints it as a C string, shows of a word. */
function upToNul(text: string): string {
  const end = text.indexOf('\0')
  return end < 0 ? text : text.slice(0, end)
}
