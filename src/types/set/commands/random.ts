// random.ts: SRANDMEMBER.

import { ScratchVector } from '../../../bytes/memory/scratch-vector.ts'
import { INT64_MIN } from '../../../bytes/numbers/numbers.ts'
import type { Reply } from '../../../bytes/wire/reply.ts'
import type { Args } from '../../../engine/arguments/args.ts'
import { defineCommand } from '../../../engine/command/command.ts'
import { errors } from '../../../engine/contract/errors.ts'
import type { Context } from '../../../engine/dispatch/context.ts'
import type { Members } from '../members.ts'
import { LISTPACK } from '../room.ts'
import { setType } from '../type.ts'
import { allPlaces, chooseDifferent, chooseInOrder } from './choose.ts'
import { replyMembers, replyPlaces } from './reply.ts'

const places = new ScratchVector()

const srandmember = defineCommand({
  name: 'SRANDMEMBER',
  group: 'set',
  since: '1.0.0',
  summary: 'Picks members of a set at random.',
  complexity: 'O(1), or O(N) for a count of N',
  syntax: 'key [count:int]@2.6',
  keys: 'RO access',
  flags: ['readonly'],
  tips: ['nondeterministic_output'],
  history: [['2.6.0', 'takes a count']],
  run(ctx, args, reply) {
    if (args.count > 3) throw errors.syntax
    if (args.count === 3) {
      pickMany(ctx, args, reply)
      return
    }
    const members = ctx.read(args.key(1), setType)
    if (members === null) reply.nil()
    else reply.bulk(members.member(members.anyPlace(ctx.engine.random)))
  },
})

function pickMany(ctx: Context, args: Args, reply: Reply): void {
  const count = args.position(2)
  if (count === Number(INT64_MIN) && args.int64(2) === INT64_MIN) throw errors.signedRange
  const members = ctx.read(args.key(1), setType)
  if (members === null || count === 0) reply.array(0)
  else if (count < 0) pickRepeatedly(ctx, members, -count, reply)
  else if (count >= members.count) {
    reply.array(members.count)
    replyMembers(reply, members)
  } else {
    const { random } = ctx.engine
    // A listpack is walked through rather than sought in again and again.
    if (members.form === LISTPACK) chooseInOrder(members, count, random, places)
    else chooseDifferent(members, count, random, places)
    reply.array(count)
    replyPlaces(reply, members, places)
    places.clear()
  }
}

/** Picks that may be the same member more than once, in random order. */
function pickRepeatedly(ctx: Context, members: Members, count: number, reply: Reply): void {
  const { random } = ctx.engine
  reply.array(count)
  if (members.form !== LISTPACK || count === 1) {
    for (let i = 0; i < count; i++) reply.bulk(members.member(members.anyPlace(random)))
    return
  }
  allPlaces(members, places)
  const total = places.count
  for (let i = 0; i < count; i++) reply.bulk(members.member(places.at(random.below(total))))
  places.clear()
}

export const randomCommands = [srandmember]
