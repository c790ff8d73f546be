// pop.ts: SPOP. It takes members at random, so its effect is said in other words: an SREM of them,
// or a DEL where none is left.

import { ScratchVector } from '../../../bytes/memory/scratch-vector.ts'
import type { Span } from '../../../bytes/memory/span.ts'
import { parseInt64 } from '../../../bytes/numbers/numbers.ts'
import type { Reply } from '../../../bytes/wire/reply.ts'
import { defineCommand } from '../../../engine/command/command.ts'
import { errors } from '../../../engine/contract/errors.ts'
import { SET } from '../../../engine/contract/events.ts'
import type { Context } from '../../../engine/dispatch/context.ts'
import { KEEP_TTL } from '../../../engine/keyspace/entry.ts'
import { Members } from '../members.ts'
import { INTSET, LISTPACK } from '../room.ts'
import { build, built, storeBuilt } from '../store.ts'
import { setType } from '../type.ts'
import { chooseInOrder } from './choose.ts'
import { replyMembers } from './reply.ts'

/** So many times more members must be taken than stay for those that stay to be moved away. */
const MOVING_MIN = 5
/** The most members that one effect removes. */
const BATCH = 1024

const members = new Members()
const places = new ScratchVector()
/** The members of the next effect. */
const taken: Uint8Array[] = []

const spop = defineCommand({
  name: 'SPOP',
  group: 'set',
  since: '1.0.0',
  summary: 'Takes members of a set at random.',
  complexity: 'O(1), or O(N) for a count of N',
  syntax: 'key [count:int]@3.2',
  keys: 'RW access delete',
  flags: ['write', 'fast'],
  tips: ['nondeterministic_output'],
  history: [['3.2.0', 'takes a count']],
  run(ctx, args, reply) {
    if (args.count > 3) throw errors.syntax
    const count = args.count === 3 ? countOf(args.at(2)) : 1
    const key = args.key(1)
    const ref = ctx.find(key)
    ctx.expectType(ref, setType)
    if (ref !== 0) members.bind(ctx.db, ref)
    if (args.count === 2) {
      if (ref === 0) reply.nil()
      else popOne(ctx, key, reply)
    } else if (ref === 0 || count === 0) reply.set(0)
    else popMany(ctx, key, count, reply)
  },
})

function countOf({ bytes, start, end }: Span): number {
  const n = Number(parseInt64(bytes, start, end) ?? -1)
  if (n < 0) throw errors.notPositive
  return n
}

function popOne(ctx: Context, key: Span, reply: Reply): void {
  const place = members.anyPlace(ctx.engine.random)
  const member = members.member(place)
  reply.bulk(member)
  if (ctx.engine.effects.armed) ctx.restate(3).word('SREM').span(key).span(member)
  members.removeAt(place)
  ctx.changed(SET, 'spop', key)
  if (members.count === 0) ctx.remove(members.ref, key, 0)
}

function popMany(ctx: Context, key: Span, count: number, reply: Reply): void {
  const size = members.count
  ctx.changed(SET, 'spop', key, Math.min(count, size))
  if (count >= size) {
    // The reference looks the key up once more, to list all members.
    ctx.engine.stats.keyspaceHits++
    reply.set(size)
    replyMembers(reply, members)
    if (ctx.engine.effects.armed) ctx.restate(2).word('DEL').span(key)
    ctx.remove(members.ref, key, 0)
    return
  }
  reply.set(count)
  if (ctx.engine.effects.armed) ctx.engine.effects.replace()
  if ((size - count) * MOVING_MIN > count) takeSome(ctx, key, count, reply)
  else leaveSome(ctx, key, size - count, reply)
  stateTaken(ctx, key)
}

/** Takes members one by one. */
function takeSome(ctx: Context, key: Span, count: number, reply: Reply): void {
  const { random } = ctx.engine
  if (members.form === LISTPACK) {
    chooseInOrder(members, count, random, places)
    for (let i = 0; i < places.count; i++) take(ctx, key, members.member(places.at(i)), reply)
    members.removeAll(places)
    places.clear()
    return
  }
  for (let i = 0; i < count; i++) {
    const place = members.anyPlace(random)
    take(ctx, key, members.member(place), reply)
    members.removeAt(place)
  }
}

/** Moves the members that stay to another set and takes all that are left then. */
function leaveSome(ctx: Context, key: Span, staying: number, reply: Reply): void {
  const { random } = ctx.engine
  build(ctx.db.parts, members.form === INTSET ? INTSET : LISTPACK)
  if (members.table === null) {
    chooseInOrder(members, staying, random, places)
    for (let i = 0; i < places.count; i++) built.addThatOf(members, places.at(i))
    members.removeAll(places)
    places.clear()
  } else {
    for (let i = 0; i < staying; i++) {
      const place = members.anyPlace(random)
      built.addThatOf(members, place)
      members.removeAt(place)
    }
  }
  for (let place = members.first(); place !== 0; place = members.after(place)) {
    take(ctx, key, members.member(place), reply)
  }
  storeBuilt(ctx.db, key, members.ref, KEEP_TTL)
}

function take(ctx: Context, key: Span, member: Span, reply: Reply): void {
  reply.bulk(member)
  if (!ctx.engine.effects.armed) return
  taken.push(member.copy())
  if (taken.length === BATCH) stateTaken(ctx, key)
}

/** States what was taken as an effect. */
function stateTaken(ctx: Context, key: Span): void {
  if (taken.length === 0) return
  const effect = ctx.engine.effects
    .state(ctx.db.id, 2 + taken.length)
    .word('SREM')
    .span(key)
  for (const member of taken) effect.bytes(member)
  taken.length = 0
}

export const popCommands = [spop]
