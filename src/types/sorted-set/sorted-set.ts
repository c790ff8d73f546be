// sorted-set.ts: a sorted set as commands see it, whichever of its two forms it has: packed.ts for
// small ones, large.ts for large ones.
//
// One member at a time is the found one (`find`, `add`), and one walk at a time goes through the
// ranks (`seek`). Both end with the next change; spans are loans until then.

import { Span } from '../../bytes/memory/span.ts'
import type { Table } from '../../bytes/table/table.ts'
import type { LoadTarget } from '../../engine/contract/datatype.ts'
import { KEEP_TTL, metaOf } from '../../engine/keyspace/entry.ts'
import type { Database } from '../../engine/keyspace/keyspace.ts'
import type { NameRange, ScoreRange } from './commands/bounds.ts'
import { RankedSet } from './large.ts'
import { sortedSetLimits } from './limits.ts'
import { PackedSet, packAll, packPair } from './packed.ts'

/** The number of the sorted set type. */
export const SORTED_SET_ID = 3
export const SORTED_SET_META = metaOf(SORTED_SET_ID, 0, 0)

const keyView = new Span()

/** The sorted set of one entry after the other: true until the next `bind`. */
export class SortedSet {
  private db!: Database
  private entry = 0
  private ranked: RankedSet | null = null
  private readonly packed = new PackedSet()

  bind(db: Database, ref: number): this {
    this.db = db
    this.entry = ref
    if (db.isObject(ref)) this.ranked = db.object(ref) as RankedSet
    else {
      this.ranked = null
      this.packed.bind(db, ref)
    }
    return this
  }

  /** The entry; it moves when a packed set changes its length. */
  get ref(): number {
    return this.ranked === null ? this.packed.ref : this.entry
  }

  get isPacked(): boolean {
    return this.ranked === null
  }

  /** Number of members. */
  get count(): number {
    return this.ranked === null ? this.packed.count : this.ranked.count
  }

  /** Looks a member up; returns its score, NaN where there is no such member. */
  find(member: Span): number {
    return this.ranked === null ? this.packed.find(member) : this.ranked.find(member)
  }

  /** Adds the member that `find` did not find; the score is not NaN. */
  add(member: Span, score: number): void {
    if (this.ranked === null) {
      const { entries, value } = this.db.parts.limits.of(sortedSetLimits)
      const fits = member.end - member.start <= value
      if (fits && this.packed.count < entries) {
        this.packed.insert(member, score)
        return
      }
      this.convert().append(member, score)
      return
    }
    this.ranked.insert(member, score)
  }

  /** Gives the found member another score. */
  change(score: number): void {
    if (this.ranked === null) this.packed.change(score)
    else this.ranked.change(score)
  }

  /** Takes the found member out. */
  drop(): void {
    if (this.ranked === null) this.packed.drop()
    else this.ranked.drop()
  }

  /** How many members come before the found one. */
  rank(): number {
    return this.ranked === null ? this.packed.rank() : this.ranked.rank()
  }

  /**
   * How many members have scores below that one.
   * @param inclusive counts those that have that score too
   */
  countBelow(score: number, inclusive: boolean): number {
    if (this.ranked === null) return this.packed.countBelow(score, inclusive)
    return this.ranked.countBelow(score, inclusive)
  }

  /** How many members come before a range of scores. */
  countBefore(range: ScoreRange): number {
    return this.countBelow(range.min, range.minOpen)
  }

  /** How many members have scores in a range. */
  countScored(range: ScoreRange): number {
    if (range.isEmpty) return 0
    return this.countBelow(range.max, !range.maxOpen) - this.countBefore(range)
  }

  /**
   * How many members lie in a range of names, all scores being the same.
   * @param offset how many are passed over
   * @param backwards begins with the last one
   */
  countNamed(range: NameRange, offset: number, backwards: boolean): number {
    if (this.ranked === null) return this.packed.countNamed(range, offset, backwards)
    return this.ranked.countNamed(range, offset, backwards)
  }

  /** The rank of the one with which the members begin that `countNamed` counted. */
  get firstNamed(): number {
    return this.ranked === null ? this.packed.firstNamed : this.ranked.firstNamed
  }

  /** Begins a walk at a rank, which is there. */
  seek(rank: number): void {
    if (this.ranked === null) this.packed.seek(rank)
    else this.ranked.seek(rank)
  }

  /**
   * Begins a walk at the first member in a range of scores, backwards at the last one.
   * @param most where to stop counting
   * @returns how many members of the range there are from there on
   */
  seekScored(range: ScoreRange, backwards: boolean, most: number): number {
    if (this.ranked !== null) return this.ranked.seekScored(range, backwards, most)
    const count = this.countScored(range)
    if (count === 0) return 0
    this.seek(this.countBefore(range) + (backwards ? count - 1 : 0))
    return Math.min(most, count)
  }

  /** The member where the walk stands. */
  get member(): Span {
    return this.ranked === null ? this.packed.member : this.ranked.member
  }

  /** Its score. */
  get score(): number {
    return this.ranked === null ? this.packed.score : this.ranked.score
  }

  /** The same as a packed set has it stored. */
  get scoreText(): Span {
    return this.packed.scoreText
  }

  /**
   * Brings the next members of a walk near, where it pays.
   * @returns how many members the walk can go on before it is worth calling again
   */
  fetch(backwards: boolean): number {
    return this.ranked === null ? this.packed.count : this.ranked.fetch(backwards)
  }

  /** Goes on to the next member; behind the last one there is nothing to read. */
  next(): void {
    if (this.ranked === null) this.packed.next()
    else this.ranked.next()
  }

  /** Goes back to the member before; before the first one there is nothing to read. */
  previous(): void {
    if (this.ranked === null) this.packed.previous()
    else this.ranked.previous()
  }

  /** Takes out `count` members from a rank on, which are there. */
  removeRange(rank: number, count: number): void {
    if (this.ranked === null) this.packed.removeRange(rank, count)
    else this.ranked.removeRange(rank, count)
  }

  /** Members of a large set with their scores as numbers, in no order; null for a packed one. */
  get table(): Table | null {
    return this.ranked === null ? null : this.ranked.table
  }

  /** Makes a packed set a large one where that many more members would make it one anyway. */
  prepare(members: number): void {
    if (this.ranked === null && members > this.db.parts.limits.of(sortedSetLimits).entries)
      this.convert()
  }

  /** Makes a packed set a large one. */
  private convert(): RankedSet {
    const { db, packed } = this
    const ranked = packed.copyTo(new RankedSet(db.parts))
    const key = db.key(packed.ref, keyView)
    this.entry = db.putObject(key, packed.ref, SORTED_SET_META | KEEP_TTL, ranked)
    this.ranked = ranked
    return ranked
  }
}

/** Whether a sorted set that will have so many members, the first of them this one, is packed. */
export function isSmall(db: Database, members: number, first: Span): boolean {
  const { entries, value } = db.parts.limits.of(sortedSetLimits)
  return members <= entries && first.end - first.start <= value
}

/**
 * Creates a packed set of one member, whose bytes do not lie in the database, in a key that has no
 * entry; returns the entry.
 */
export function createPacked(db: Database, key: Span, member: Span, score: number): number {
  return db.put(key, 0, SORTED_SET_META, packPair(member, score))
}

/** The same for a large set. */
export function createRanked(db: Database, key: Span, member: Span, score: number): number {
  const ranked = new RankedSet(db.parts)
  ranked.append(member, score)
  return db.putObject(key, 0, SORTED_SET_META, ranked)
}

/**
 * Gives a key a sorted set as its value, whatever it held, packed if it is small enough.
 * @param ref the key's entry, 0 where there is none
 * @param ranked it has members, and is given up
 * @param longest bytes of its longest member
 * @returns the entry
 */
export function putSortedSet(
  { db, key, ttl }: LoadTarget,
  ref: number,
  ranked: RankedSet,
  longest: number,
): number {
  const { entries, value } = db.parts.limits.of(sortedSetLimits)
  if (ranked.count > entries || longest > value) {
    return db.putObject(key, ref, SORTED_SET_META | ttl, ranked)
  }
  const bytes = packAll(ranked)
  ranked.dispose()
  return db.putOwn(key, ref, SORTED_SET_META | ttl, bytes)
}
