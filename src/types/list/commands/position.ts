// position.ts: LPOS.

import type { Reply } from '../../../bytes/wire/reply.ts'
import type { Args } from '../../../engine/arguments/args.ts'
import { defineCommand } from '../../../engine/command/command.ts'
import { Cursor } from '../cursor.ts'
import { errors } from '../errors.ts'
import { listType } from '../type.ts'
import { countAt, signedAt } from './arguments.ts'

const cursor = new Cursor()

/** Options of one call, read into the same object again and again; a count of -1 is none. */
const options = { rank: 1, count: -1, maxLen: 0 }

export const lpos = defineCommand({
  name: 'LPOS',
  group: 'list',
  since: '6.0.6',
  summary: 'Finds where an element is in a list.',
  complexity: 'O(N) for N elements looked at',
  syntax: 'key element [RANK rank:int] [COUNT num-matches:int] [MAXLEN len:int]',
  keys: 'RO access',
  flags: ['readonly'],
  run(ctx, args, reply) {
    readOptions(args)
    const list = ctx.read(args.key(1), listType)
    if (list === null) {
      replyPlaces(reply, [])
      return
    }
    list.walk(cursor, options.rank < 0).want(args.at(2))
    replyPlaces(reply, findPlaces(list.count))
  },
})

function readOptions(args: Args): void {
  options.rank = 1
  options.count = -1
  options.maxLen = 0
  for (let i = 3; i < args.count; i += 2) {
    if (i + 1 === args.count) throw errors.syntax
    if (args.is(i, 'RANK')) {
      options.rank = signedAt(args, i + 1)
      if (options.rank === 0) throw errors.lposRank
    } else if (args.is(i, 'COUNT')) {
      options.count = countAt(args, i + 1, 0, errors.lposCount)
    } else if (args.is(i, 'MAXLEN')) {
      options.maxLen = countAt(args, i + 1, 0, errors.lposMaxLen)
    } else throw errors.syntax
  }
}

/** The places, as the options ask for them, of what the cursor looks for. */
function findPlaces(length: number): number[] {
  const { rank, count, maxLen } = options
  const most = count === -1 ? 1 : count === 0 ? length : count
  const limit = maxLen === 0 ? length : Math.min(maxLen, length)
  const places: number[] = []
  let before = Math.abs(rank) - 1
  for (let i = 0; i < limit && places.length < most && cursor.next(); i++) {
    if (!cursor.isWanted()) continue
    if (before > 0) before--
    else places.push(rank < 0 ? length - 1 - i : i)
  }
  return places
}

function replyPlaces(reply: Reply, places: readonly number[]): void {
  if (options.count === -1) {
    if (places.length === 0) reply.nil()
    else reply.integer(places[0]!)
    return
  }
  reply.array(places.length)
  for (const place of places) reply.integer(place)
}
