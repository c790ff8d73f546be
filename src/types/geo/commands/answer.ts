// answer.ts: what a search answers: the points it has found, or their number where they are stored.

import { Span } from '../../../bytes/memory/span.ts'
import type { Reply } from '../../../bytes/wire/reply.ts'
import type { Args } from '../../../engine/arguments/args.ts'
import type { Context } from '../../../engine/dispatch/context.ts'
import { Gathered } from '../../sorted-set/commands/store.ts'
import { Place } from '../cell.ts'
import { replyDistance } from '../fixed-text.ts'
import { Points } from '../points.ts'
import type { Query } from './query.ts'

const points = new Points()
const member = new Span()
const place = new Place()

/** Searches, and replies or stores. */
export function answer(ctx: Context, args: Args, reply: Reply, query: Query): void {
  const { set } = query
  if (set !== null) points.find(set, query)
  const order = set === null ? [] : points.order(query)
  if (query.store > 0) reply.integer(storePoints(ctx, args.key(query.store), order, query))
  else replyPoints(reply, order, query)
}

/** Stores the points; returns how many there are. */
function storePoints(ctx: Context, key: Span, order: number[], query: Query): number {
  const gathered = new Gathered(ctx)
  for (const i of order) {
    points.members.at(i, member)
    // Huge cells may be searched twice.
    if (!Number.isNaN(gathered.find(member))) continue
    const score = query.storeDistance ? distanceTo(i, query) : points.scores[i]!
    gathered.add(member, score)
  }
  const count = gathered.store(ctx, key, query.event)
  // Each point counts as a change; the key did already.
  if (count > 0) ctx.count(count - 1)
  return count
}

function replyPoints(reply: Reply, order: number[], query: Query): void {
  const details = Number(query.withDistance) + Number(query.withHash) + Number(query.withPlace)
  reply.array(order.length)
  for (const i of order) {
    if (details > 0) reply.array(details + 1)
    reply.bulk(points.members.at(i, member))
    if (query.withDistance) replyDistance(reply, distanceTo(i, query))
    if (query.withHash) reply.integer(Math.trunc(points.scores[i]!))
    if (!query.withPlace) continue
    reply.array(2)
    reply.double(points.longitudes[i]!)
    reply.double(points.latitudes[i]!)
  }
}

/** The distance of point `i` in the query's unit. */
function distanceTo(i: number, { shape }: Query): number {
  return shape.distance(points.place(i, place)) / shape.unit
}
