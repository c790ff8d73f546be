// change.ts: SADD, SREM and SMOVE.

import type { Span } from '../../../bytes/memory/span.ts'
import { INT64_LENGTH_MAX, Int64 } from '../../../bytes/numbers/int64.ts'
import type { Args } from '../../../engine/arguments/args.ts'
import { defineCommand } from '../../../engine/command/command.ts'
import { SET } from '../../../engine/contract/events.ts'
import type { Context } from '../../../engine/dispatch/context.ts'
import { setLimits } from '../limits.ts'
import { Members } from '../members.ts'
import { INTSET, LISTPACK, TABLE } from '../room.ts'
import { build, storeBuilt } from '../store.ts'
import { setType } from '../type.ts'

const FIRST_MEMBER = 2

const integer = new Int64()
const source = new Members()
const target = new Members()

const sadd = defineCommand({
  name: 'SADD',
  group: 'set',
  since: '1.0.0',
  summary: 'Adds members to a set, which it creates if need be.',
  complexity: 'O(N) for N members',
  syntax: 'key member+',
  keys: 'RW insert',
  flags: ['write', 'denyoom', 'fast'],
  history: [['2.4.0', 'takes several members']],
  run(ctx, args, reply) {
    const key = args.key(1)
    const ref = ctx.find(key)
    ctx.expectType(ref, setType)
    const added = ref === 0 ? create(ctx, key, args) : add(ctx, ref, args)
    if (added > 0) ctx.changed(SET, 'sadd', key, added)
    reply.integer(added)
  },
})

const srem = defineCommand({
  name: 'SREM',
  group: 'set',
  since: '1.0.0',
  summary: 'Removes members of a set, and the set with its last member.',
  complexity: 'O(N) for N members',
  syntax: 'key member+',
  keys: 'RW delete',
  flags: ['write', 'fast'],
  history: [['2.4.0', 'takes several members']],
  run(ctx, args, reply) {
    const key = args.key(1)
    const ref = ctx.find(key)
    ctx.expectType(ref, setType)
    reply.integer(ref === 0 ? 0 : remove(ctx, key, ref, args))
  },
})

const smove = defineCommand({
  name: 'SMOVE',
  group: 'set',
  since: '1.0.0',
  summary: 'Moves a member from set to set.',
  complexity: 'O(1)',
  syntax: 'source:key destination:key member',
  keys: ['RW access delete', 'RW insert'],
  flags: ['write', 'fast'],
  run(ctx, args, reply) {
    reply.integer(move(ctx, args) ? 1 : 0)
  },
})

function add(ctx: Context, ref: number, args: Args): number {
  const { count } = args
  target.bind(ctx.db, ref).prepare(count - FIRST_MEMBER)
  let added = 0
  for (let i = FIRST_MEMBER; i < count; i++) if (target.add(args.at(i))) added++
  return added
}

/** Gives a key a set of the arguments; returns how many members it has. */
function create(ctx: Context, key: Span, args: Args): number {
  const { count } = args
  const made = build(ctx.db.parts, formOfNew(ctx, args.at(FIRST_MEMBER), count - FIRST_MEMBER))
  for (let i = FIRST_MEMBER; i < count; i++) made.add(args.at(i))
  const added = made.count
  storeBuilt(ctx.db, key, 0)
  ctx.created(key)
  return added
}

/** The form of a new set, by its first member and the number of those it is made of. */
function formOfNew(ctx: Context, { bytes, start, end }: Span, incoming: number): number {
  const { integers, entries } = ctx.engine.limits.of(setLimits)
  const isInteger = end - start <= INT64_LENGTH_MAX && integer.parse(bytes, start, end)
  if (isInteger && incoming <= integers) return INTSET
  return incoming <= entries ? LISTPACK : TABLE
}

function remove(ctx: Context, key: Span, ref: number, args: Args): number {
  source.bind(ctx.db, ref)
  let removed = 0
  let left = source.count
  for (let i = FIRST_MEMBER; i < args.count && left > 0; i++) {
    if (!source.remove(args.at(i))) continue
    removed++
    left--
  }
  if (removed === 0) return 0
  ctx.changed(SET, 'srem', key, removed)
  if (left === 0) ctx.remove(source.ref, key, 0)
  return removed
}

function move(ctx: Context, args: Args): boolean {
  const from = args.key(1)
  const to = args.key(2)
  const member = args.at(3)
  const fromRef = ctx.find(from)
  const toRef = ctx.find(to)
  if (fromRef === 0) return false
  ctx.expectType(fromRef, setType)
  ctx.expectType(toRef, setType)
  source.bind(ctx.db, fromRef)
  if (fromRef === toRef) return source.has(member)
  if (!source.remove(member)) return false
  ctx.changed(SET, 'srem', from)
  if (source.count === 0) ctx.remove(source.ref, from, 0)
  if (toRef === 0) {
    build(ctx.db.parts, formOfNew(ctx, member, 1)).add(member)
    storeBuilt(ctx.db, to, 0)
    ctx.created(to)
    ctx.changed(SET, 'sadd', to)
  } else if (target.bind(ctx.db, toRef).add(member)) ctx.changed(SET, 'sadd', to)
  return true
}

export const changeCommands = [sadd, srem, smove]
