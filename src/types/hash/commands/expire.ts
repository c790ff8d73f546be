// expire.ts: HEXPIRE, HPEXPIRE, HEXPIREAT and HPEXPIREAT: fields get a time.

import type { Reply } from '../../../bytes/wire/reply.ts'
import type { Args } from '../../../engine/arguments/args.ts'
import { EX, EXAT, PX, PXAT } from '../../../engine/arguments/expiry-time.ts'
import { type Command, defineCommand } from '../../../engine/command/command.ts'
import { HASH } from '../../../engine/contract/events.ts'
import type { Context } from '../../../engine/dispatch/context.ts'
import { errors } from '../errors.ts'
import { ALWAYS, GT, LT, NO_FIELD, NX, removeHash, SET, TimeChange, XX } from '../field-expiry.ts'
import { Hash } from '../hash.ts'
import { hashType } from '../type.ts'
import { fieldTime, firstField } from './arguments.ts'

const CONDITION_AT = 3

const hash = new Hash()
const change = new TimeChange()

/** What distinguishes the four. */
type Variant = { readonly name: string; readonly summary: string; readonly time: string }

function expireCommand({ name, summary, time }: Variant, unit: number): Command {
  return defineCommand({
    name,
    group: 'hash',
    since: '7.4.0',
    summary,
    complexity: 'O(N) for N fields',
    syntax: `key ${time} [NX | XX | GT | LT] FIELDS (numfields:int field+)`,
    keys: 'RW update',
    flags: ['write', 'fast'],
    run: (ctx, args, reply) => expire(ctx, args, reply, unit),
  })
}

const hexpire = expireCommand(
  {
    name: 'HEXPIRE',
    summary: 'Lets fields of a hash expire after some seconds.',
    time: 'seconds:int',
  },
  EX,
)

const hpexpire = expireCommand(
  {
    name: 'HPEXPIRE',
    summary: 'Lets fields of a hash expire after some milliseconds.',
    time: 'milliseconds:int',
  },
  PX,
)

const hexpireat = expireCommand(
  {
    name: 'HEXPIREAT',
    summary: 'Lets fields of a hash expire at a Unix time in seconds.',
    time: 'unix-time-seconds',
  },
  EXAT,
)

const hpexpireat = expireCommand(
  {
    name: 'HPEXPIREAT',
    summary: 'Lets fields of a hash expire at a Unix time in milliseconds.',
    time: 'unix-time-milliseconds',
  },
  PXAT,
)

export const expireCommands = [hexpire, hpexpire, hexpireat, hpexpireat]

function expire(ctx: Context, args: Args, reply: Reply, unit: number): void {
  const ref = ctx.find(args.key(1))
  ctx.expectType(ref, hashType)
  const time = fieldTime(ctx, args, 2, unit)
  const condition = conditionOf(args)
  const at = condition === ALWAYS ? CONDITION_AT : CONDITION_AT + 1
  const first = firstField(args, at, errors.fieldCountZero)
  reply.array(args.count - first)
  if (ref === 0) for (let i = first; i < args.count; i++) reply.integer(NO_FIELD)
  else expireFields(ctx, args, reply, { ref, time, condition, first })
}

function conditionOf(args: Args): number {
  if (args.is(CONDITION_AT, 'NX')) return NX
  if (args.is(CONDITION_AT, 'XX')) return XX
  if (args.is(CONDITION_AT, 'GT')) return GT
  return args.is(CONDITION_AT, 'LT') ? LT : ALWAYS
}

type Request = {
  readonly ref: number
  readonly time: number
  readonly condition: number
  readonly first: number
}

function expireFields(ctx: Context, args: Args, reply: Reply, request: Request): void {
  const { ref, time, condition, first } = request
  const key = args.key(1)
  const { effects } = ctx.engine
  const updated: number[] = []
  change.begin(ctx, key, hash.bind(ctx.db, ref))
  for (let i = first; i < args.count; i++) {
    const field = args.at(i)
    const outcome = change.set(field, time, condition)
    reply.integer(outcome)
    if (outcome === SET && effects.armed) updated.push(i)
  }
  change.end()
  if (effects.armed) state(ctx, args, request, updated)
  const { deleted } = change
  if (deleted + change.updated === 0) return
  ctx.changed(HASH, deleted > 0 ? 'hdel' : 'hexpire', key, deleted + change.updated)
  if (hash.count === 0) removeHash(ctx, key, hash)
}

/** The effect: HPEXPIREAT of the fields that got the time; what was removed is said already. */
function state(ctx: Context, args: Args, request: Request, updated: readonly number[]): void {
  if (updated.length === 0) {
    ctx.engine.effects.replace()
    return
  }
  const isConditional = request.condition !== ALWAYS
  const effect = ctx.restate(5 + updated.length + (isConditional ? 1 : 0))
  effect.word('HPEXPIREAT').span(args.key(1)).number(request.time)
  if (isConditional) effect.span(args.at(CONDITION_AT))
  effect.word('FIELDS').number(updated.length)
  for (const i of updated) effect.span(args.at(i))
}
