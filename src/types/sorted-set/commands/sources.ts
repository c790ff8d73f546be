// sources.ts: what sorted sets are combined from: sorted sets, and sets, whose members have the
// score 1.

import type { Span } from '../../../bytes/memory/span.ts'
import { errors } from '../../../engine/contract/errors.ts'
import type { Context } from '../../../engine/dispatch/context.ts'
import { Members } from '../../set/members.ts'
import { setType } from '../../set/type.ts'
import { SortedSet } from '../sorted-set.ts'
import { sortedSetType } from '../type.ts'

const SET_SCORE = 1

/** The members of one key; one walk at a time goes through them. */
export class Source {
  /** Scores are multiplied by it. */
  weight = 1
  /** Number of members, 0 where there is no such key. */
  readonly count: number
  private readonly sorted: SortedSet | null = null
  private readonly set: Members | null = null
  /** Members of a sorted set that the walk has still before it. */
  private left = 0
  /** Place of the member of a set where the walk stands. */
  private place = 0

  /** @throws errors.wrongType */
  constructor(ctx: Context, key: Span) {
    const ref = ctx.findToRead(key)
    this.count = 0
    if (ref === 0) return
    const type = ctx.db.type(ref)
    if (type === sortedSetType.id) {
      this.sorted = new SortedSet().bind(ctx.db, ref)
      this.count = this.sorted.count
    } else if (type === setType.id) {
      this.set = new Members().bind(ctx.db, ref)
      this.count = this.set.count
    } else throw errors.wrongType
  }

  /** The score of a member, NaN where it is none. */
  scoreOf(member: Span): number {
    if (this.sorted !== null) return this.sorted.find(member)
    return this.set?.has(member) === true ? SET_SCORE : NaN
  }

  /** Begins a walk; false where there are no members. */
  start(): boolean {
    if (this.count === 0) return false
    this.left = this.count
    if (this.sorted !== null) this.sorted.seek(0)
    else this.place = this.set!.first()
    return true
  }

  /** Goes on to the next member; false at the end. */
  next(): boolean {
    if (--this.left === 0) return false
    if (this.sorted !== null) this.sorted.next()
    else this.place = this.set!.after(this.place)
    return true
  }

  /** The member where the walk stands: a loan until the next step. */
  get member(): Span {
    return this.sorted !== null ? this.sorted.member : this.set!.member(this.place)
  }

  /** Its score. */
  get score(): number {
    return this.sorted !== null ? this.sorted.score : SET_SCORE
  }
}
