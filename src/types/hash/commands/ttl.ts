// ttl.ts: HTTL, HPTTL, HEXPIRETIME and HPEXPIRETIME tell when fields expire, HPERSIST lets them
// live for ever.

import type { Reply } from '../../../bytes/wire/reply.ts'
import type { Args } from '../../../engine/arguments/args.ts'
import { type Command, defineCommand } from '../../../engine/command/command.ts'
import { HASH } from '../../../engine/contract/events.ts'
import type { Context } from '../../../engine/dispatch/context.ts'
import { errors } from '../errors.ts'
import { isDue } from '../field-expiry.ts'
import { Hash } from '../hash.ts'
import { hashType } from '../type.ts'
import { firstField } from './arguments.ts'

const NO_FIELD = -2
const NO_TIME = -1
const PERSISTED = 1

const hash = new Hash()

/** What distinguishes the four. */
type Variant = { readonly name: string; readonly summary: string; readonly tips?: string[] }

/** @param tell what to reply of a time in milliseconds since 1970 */
function timeCommand(variant: Variant, tell: (time: number, now: number) => number): Command {
  return defineCommand({
    ...variant,
    group: 'hash',
    since: '7.4.0',
    complexity: 'O(N) for N fields',
    syntax: 'key FIELDS (numfields:int field+)',
    keys: 'RO access',
    flags: ['readonly', 'fast'],
    run(ctx, args, reply) {
      const ref = ctx.findToRead(args.key(1))
      ctx.expectType(ref, hashType)
      const first = firstField(args, 2, errors.fieldCount)
      reply.array(args.count - first)
      if (ref !== 0) hash.bind(ctx.db, ref)
      for (let i = first; i < args.count; i++) {
        const time = ref === 0 ? NO_FIELD : timeOf(ctx, args, i)
        reply.integer(time < 0 ? time : tell(time, ctx.now))
      }
    },
  })
}

const httl = timeCommand(
  {
    name: 'HTTL',
    summary: 'Tells how many seconds fields have left.',
    tips: ['nondeterministic_output'],
  },
  (time, now) => Math.floor((time - now + 999) / 1000),
)

const hpttl = timeCommand(
  {
    name: 'HPTTL',
    summary: 'Tells how many milliseconds fields have left.',
    tips: ['nondeterministic_output'],
  },
  (time, now) => time - now,
)

const hexpiretime = timeCommand(
  { name: 'HEXPIRETIME', summary: 'Tells the Unix times in seconds at which fields expire.' },
  (time) => Math.floor((time + 999) / 1000),
)

const hpexpiretime = timeCommand(
  { name: 'HPEXPIRETIME', summary: 'Tells the Unix times in milliseconds at which fields expire.' },
  (time) => time,
)

const hpersist = defineCommand({
  name: 'HPERSIST',
  group: 'hash',
  since: '7.4.0',
  summary: 'Takes the expiry of fields away.',
  complexity: 'O(N) for N fields',
  syntax: 'key FIELDS (numfields:int field+)',
  keys: 'RW update',
  flags: ['write', 'fast'],
  run: persist,
})

export const ttlCommands = [httl, hpttl, hexpiretime, hpexpiretime, hpersist]

/** The time of argument `i`, NO_TIME or NO_FIELD. */
function timeOf(ctx: Context, args: Args, i: number): number {
  const place = hash.find(args.at(i))
  if (place === 0) return NO_FIELD
  const time = hash.time(place)
  if (time === 0) return NO_TIME
  // In the millisecond it is set to, a field of a large hash still has its time, one of a packed
  // hash has not: redis-server shows them so.
  const last = hash.table === null ? ctx.now : ctx.now - 1
  return time <= last ? NO_FIELD : time
}

function persist(ctx: Context, args: Args, reply: Reply): void {
  const key = args.key(1)
  const ref = ctx.find(key)
  ctx.expectType(ref, hashType)
  const first = firstField(args, 2, errors.fieldCount)
  reply.array(args.count - first)
  if (ref !== 0) hash.bind(ctx.db, ref)
  let changed = false
  for (let i = first; i < args.count; i++) {
    const outcome = ref === 0 ? NO_FIELD : persistField(ctx, args, i)
    if (outcome === PERSISTED) changed = true
    reply.integer(outcome)
  }
  if (changed) ctx.changed(HASH, 'hpersist', key)
}

function persistField(ctx: Context, args: Args, i: number): number {
  const place = hash.find(args.at(i))
  if (place === 0) return NO_FIELD
  const time = hash.time(place)
  if (time === 0) return NO_TIME
  if (isDue(ctx.now, time)) return NO_FIELD
  hash.setTime(place, 0)
  return PERSISTED
}
