// position.ts: where members are: GEOPOS, GEOHASH, GEODIST.

import type { Reply } from '../../../bytes/wire/reply.ts'
import type { Args } from '../../../engine/arguments/args.ts'
import { defineCommand } from '../../../engine/command/command.ts'
import { errors } from '../../../engine/contract/errors.ts'
import type { Context } from '../../../engine/dispatch/context.ts'
import { sortedSetType } from '../../sorted-set/type.ts'
import { geohashOf, Place, placeOf } from '../cell.ts'
import { distanceBetween } from '../earth.ts'
import { replyDistance } from '../fixed-text.ts'
import { readUnit } from './arguments.ts'

const place = new Place()
const other = new Place()

const geodist = defineCommand({
  name: 'GEODIST',
  group: 'geo',
  since: '3.2.0',
  summary: 'Measures the distance between two places.',
  complexity: 'O(1)',
  syntax: 'key member1 member2 [unit: M | KM | FT | MI]',
  keys: 'RO access',
  flags: ['readonly'],
  run: runGeodist,
})

const geohash = defineCommand({
  name: 'GEOHASH',
  group: 'geo',
  since: '3.2.0',
  summary: 'Tells the geohash of places.',
  complexity: 'O(1) for each place',
  syntax: 'key member*',
  keys: 'RO access',
  flags: ['readonly'],
  run: (ctx, args, reply) => replyEach(ctx, args, reply, replyGeohash),
})

const geopos = defineCommand({
  name: 'GEOPOS',
  group: 'geo',
  since: '3.2.0',
  summary: 'Tells longitude and latitude of places.',
  complexity: 'O(1) for each place',
  syntax: 'key member*',
  keys: 'RO access',
  flags: ['readonly'],
  run: (ctx, args, reply) => replyEach(ctx, args, reply, replyPlace),
})

/** How a place is told; null is that of a member that is not there. */
type ReplyOne = (reply: Reply, place: Place | null) => void

/** Replies with the places of the members that are named. */
function replyEach(ctx: Context, args: Args, reply: Reply, replyOne: ReplyOne): void {
  const set = ctx.read(args.key(1), sortedSetType)
  reply.array(args.count - 2)
  for (let i = 2; i < args.count; i++) {
    const score = set === null ? Number.NaN : set.find(args.at(i))
    replyOne(reply, Number.isNaN(score) ? null : placeOf(score, place))
  }
}

function replyGeohash(reply: Reply, where: Place | null): void {
  if (where === null) reply.nil()
  else reply.text(geohashOf(where))
}

function replyPlace(reply: Reply, where: Place | null): void {
  if (where === null) {
    reply.nilArray()
    return
  }
  reply.array(2)
  reply.double(where.longitude)
  reply.double(where.latitude)
}

function runGeodist(ctx: Context, args: Args, reply: Reply): void {
  if (args.count > 5) throw errors.syntax
  const unit = args.count === 5 ? readUnit(args, 4) : 1
  const set = ctx.read(args.key(1), sortedSetType)
  const score1 = set === null ? Number.NaN : set.find(args.at(2))
  const score2 = set === null ? Number.NaN : set.find(args.at(3))
  if (Number.isNaN(score1) || Number.isNaN(score2)) {
    reply.nil()
    return
  }
  placeOf(score1, place)
  placeOf(score2, other)
  const { longitude, latitude } = other
  replyDistance(reply, distanceBetween(place.longitude, place.latitude, longitude, latitude) / unit)
}

export const positionCommands = [geodist, geohash, geopos]
