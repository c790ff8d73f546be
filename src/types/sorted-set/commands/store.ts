// store.ts: sorted sets as results: members that are gathered, to be stored under a key or sent.

import type { Span } from '../../../bytes/memory/span.ts'
import type { Reply } from '../../../bytes/wire/reply.ts'
import { ZSET } from '../../../engine/contract/events.ts'
import type { Context } from '../../../engine/dispatch/context.ts'
import { RankedSet } from '../large.ts'
import { putSortedSet, SORTED_SET_ID } from '../sorted-set.ts'

/** Members in the making, in no order: ended by `store`, `send` or `discard`. */
export class Gathered {
  private readonly set: RankedSet
  /** Bytes of the longest member. */
  private longest = 0

  constructor(ctx: Context) {
    this.set = new RankedSet(ctx.db.parts)
  }

  /** Looks a member up; returns its score, NaN where there is no such member. */
  find(member: Span): number {
    return this.set.find(member)
  }

  /** Adds the member that `find` did not find. */
  add(member: Span, score: number): void {
    this.set.collect(member, score)
    this.longest = Math.max(this.longest, member.end - member.start)
  }

  /** Gives the found member another score. */
  correct(score: number): void {
    this.set.correct(score)
  }

  /**
   * Gives a key the members as its value, whatever it held; without members the key goes.
   * @param event what happened to the key
   * @returns how many members there are
   */
  store(ctx: Context, key: Span, event: string): number {
    const { set } = this
    set.rankAll()
    const { count } = set
    if (count === 0) {
      set.dispose()
      removeResult(ctx, key)
      return 0
    }
    const ref = ctx.find(key)
    const before = ref === 0 ? -1 : ctx.db.type(ref)
    putSortedSet({ db: ctx.db, key, ttl: 0 }, ref, set, this.longest)
    if (before < 0) ctx.created(key)
    else ctx.replaced(key, before !== SORTED_SET_ID)
    ctx.changed(ZSET, event, key)
    return count
  }

  /** Replies with the members in order. */
  send(reply: Reply, withScores: boolean): void {
    const { set } = this
    set.rankAll()
    const { count } = set
    const nested = withScores && reply.protocol === 3
    reply.array(withScores && !nested ? count * 2 : count)
    if (count > 0) set.seek(0)
    for (let left = count; left > 0; left--, set.next()) {
      if (nested) reply.array(2)
      reply.bulk(set.member)
      if (withScores) reply.double(set.score)
    }
    set.dispose()
  }
}

/** A result without members is no key: the one that was there goes, even if its time has come. */
function removeResult(ctx: Context, key: Span): void {
  const ref = ctx.db.find(key)
  if (ref !== 0) ctx.remove(ref, key)
}
