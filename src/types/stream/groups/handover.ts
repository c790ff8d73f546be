// handover.ts: hands one pending entry after the other to a consumer, for XCLAIM and XAUTOCLAIM.

import type { Span } from '../../../bytes/memory/span.ts'
import { Int64 } from '../../../bytes/numbers/int64.ts'
import type { Reply } from '../../../bytes/wire/reply.ts'
import { STREAM } from '../../../engine/contract/events.ts'
import type { Context } from '../../../engine/dispatch/context.ts'
import { replyEntry, replyId } from '../commands/entry-reply.ts'
import type { Id } from '../id.ts'
import type { Place } from '../nodes/id-table.ts'
import { Reader } from '../nodes/reader.ts'
import type { Stream } from '../stream.ts'
import type { Consumer } from './consumer.ts'
import type { Group } from './group.ts'
import { propagateClaim } from './propagate.ts'

/** What became of an entry. */
export const PASSED_OVER = 0
export const HANDED_OVER = 1
/** The entry is not there any more, and was pending until now. */
export const FORGOTTEN = 2

const reader = new Reader()

/** One command's work. */
export class Handover {
  ctx!: Context
  reply!: Reply
  key!: Span
  stream!: Stream
  group!: Group
  consumer!: Consumer
  /** Milliseconds since the last delivery that an entry must have been left alone. */
  minIdle = 0
  /** When it is to count as delivered. */
  time = 0
  /** How often it is to count as delivered; below zero, once more than before. */
  readonly deliveries = new Int64()
  /** Reply with the id alone, and count no delivery. */
  justId = false

  /** Sets whose work it is; what an entry must be like is set by whoever asks. */
  begin(ctx: Context, reply: Reply, key: Span): void {
    this.ctx = ctx
    this.reply = reply
    this.key = key
    this.deliveries.set(-1)
    this.justId = false
  }

  /** Finds the consumer, or makes it. */
  setConsumer(name: Span): void {
    const { ctx, group } = this
    const { now } = ctx
    let consumer = group.find(name)
    if (consumer === undefined) {
      consumer = group.add(name, now)
      ctx.adjusted(this.key)
      ctx.notify(STREAM, 'xgroup-createconsumer', this.key)
    }
    consumer.seenTime = now
    this.consumer = consumer
  }

  /**
   * Deals with one entry.
   * @param place where it is pending, or would be
   * @param isPending whether it is
   * @param force whether it becomes pending if it is not
   */
  take(id: Id, place: Place, isPending: boolean, force: boolean): number {
    const { ctx, group, consumer, stream } = this
    const { now } = ctx
    if (!reader.find(stream, id)) {
      if (!isPending) return PASSED_OVER
      propagateClaim(ctx, this.key, group, place)
      ctx.adjusted(this.key)
      group.drop(id, place)
      return FORGOTTEN
    }
    if (!isPending && !force) return PASSED_OVER
    if (isPending) {
      if (this.minIdle > 0 && now - group.timeAt(place) < this.minIdle) return PASSED_OVER
      group.reassign(id, place, consumer)
    } else {
      group.insert(id, place, consumer)
      group.setCount(place, 0, 1)
    }
    group.setTime(place, this.time)
    this.countDelivery(place)
    if (this.justId) replyId(this.reply, id, 0)
    else replyEntry(this.reply, reader)
    consumer.activeTime = now
    propagateClaim(ctx, this.key, group, place)
    ctx.adjusted(this.key)
    return HANDED_OVER
  }

  private countDelivery(place: Place): void {
    const { deliveries, group } = this
    if (deliveries.high >= 0) group.setCount(place, deliveries.high, deliveries.low)
    else if (!this.justId) group.countDelivery(place)
  }
}
