// large.ts: a large sorted set, which OBJECT ENCODING calls a skiplist: a table finds members and
// their scores, a ranking keeps their order. Both hold memory of their own.

import { Span } from '../../bytes/memory/span.ts'
import { Ranking } from '../../bytes/ranking/ranking.ts'
import { Table } from '../../bytes/table/table.ts'
import type { DatabaseParts } from '../../engine/keyspace/database-parts.ts'
import type { ValueObject } from '../../engine/keyspace/objects.ts'
import type { NameRange, ScoreRange } from './commands/bounds.ts'

/** Refs of the members that a walk comes to next. */
const ahead = new Int32Array(16)
/** Records that are being removed together: ranked no longer, without a score, 0 once they went. */
const leaving = new Int32Array(16)

/** The ranking has to look for each record that moves: that should be few (space.ts). */
const PARTS = 4

export class RankedSet implements ValueObject {
  readonly table: Table
  private readonly ranking: Ranking
  private readonly parts: DatabaseParts
  /** Record of the found member. */
  private found = 0
  /** See SortedSet. */
  firstNamed = 0
  /** Holds what `fetch` read, so that it is read. */
  fetched = 0
  private readonly span = new Span()

  /** @param from a sorted set whose members are shared (`clone`) */
  constructor(parts: DatabaseParts, from?: RankedSet) {
    this.parts = parts
    const onMove = (before: number, after: number) => this.moved(before, after)
    if (from === undefined) {
      const { hashKey, ledger } = parts
      this.table = new Table({
        hashKey,
        ledger,
        values: false,
        numbers: true,
        onMove,
        parts: PARTS,
      })
      this.ranking = new Ranking(this.table, ledger)
    } else {
      this.table = from.table.clone(onMove)
      this.ranking = from.ranking.clone(this.table)
    }
  }

  get count(): number {
    return this.ranking.count
  }

  get memory(): number {
    return this.table.memory + this.ranking.memory
  }

  /** Looks a member up; returns its score, NaN where there is no such member. */
  find({ bytes, start, end }: Span): number {
    const ref = this.table.find(bytes, start, end)
    this.found = ref
    return ref === 0 ? NaN : this.table.number(ref)
  }

  /** Adds the member that `find` did not find. */
  insert({ bytes, start, end }: Span, score: number): void {
    this.enter(this.table.insertSought(bytes, start, end, 0), score)
  }

  /** Adds a member that is not there, and that was not looked for. */
  append({ bytes, start, end }: Span, score: number): void {
    this.enter(this.table.insert(bytes, start, end, 0), score)
  }

  /**
   * Adds the member that `find` did not find, for a start without its rank: `rankAll` comes after
   * the last one, and nothing else in between but `find` and `correct`.
   */
  collect({ bytes, start, end }: Span, score: number): void {
    const { table } = this
    table.setNumber(table.insertSought(bytes, start, end, 0), score)
  }

  /** Gives the found member, which was collected, another score. */
  correct(score: number): void {
    this.table.setNumber(this.found, score)
  }

  /** Ranks the members that were collected. */
  rankAll(): void {
    const { table, ranking } = this
    for (let ref = table.first(); ref !== 0; ref = table.after(ref)) {
      ranking.insert(table.number(ref), ref)
    }
  }

  /** Gives the found member another score. */
  change(score: number): void {
    const { table, found } = this
    this.ranking.move(table.number(found), score, found)
    table.setNumber(found, score)
  }

  drop(): void {
    const { table, found } = this
    this.ranking.remove(table.number(found), found)
    table.remove(found)
  }

  rank(): number {
    return this.ranking.rankOf(this.table.number(this.found), this.found)
  }

  countBelow(score: number, inclusive: boolean): number {
    return this.ranking.countBelow(score, inclusive)
  }

  countNamed(range: NameRange, offset: number, backwards: boolean): number {
    if (range.isEmpty || offset < 0 || !this.reachesInto(range)) return 0
    const { ranking } = this
    const first = range.hasMin ? ranking.countBelowName(range.min, range.leavesMin) : 0
    const end = range.hasMax ? ranking.countBelowName(range.max, !range.leavesMax) : this.count
    this.firstNamed = backwards ? end - 1 - offset : first + offset
    return Math.max(0, end - first - offset)
  }

  seek(rank: number): void {
    this.ranking.seek(rank)
  }

  /**
   * Begins a walk at the first member in a range of scores, backwards at the last one.
   * @param most where to stop counting
   * @returns how many members of the range there are from there on
   */
  seekScored(range: ScoreRange, backwards: boolean, most: number): number {
    const { ranking } = this
    const { walk } = ranking
    if (range.isEmpty) return 0
    if (!backwards) {
      if (!ranking.seekScore(range.min, range.minOpen)) return 0
      return walk.countTo(range.max, range.maxOpen, false, most)
    }
    // The walk stands behind the range, unless there is nothing behind it.
    if (ranking.seekScore(range.max, !range.maxOpen) && !walk.previous()) return 0
    return walk.countTo(range.min, range.minOpen, true, most)
  }

  get member(): Span {
    return this.table.key(this.ranking.walk.ref, this.span)
  }

  get score(): number {
    return this.ranking.walk.score
  }

  /**
   * Reads from the next members' records, so that memory fetches all of them at once: one after
   * the other, as a walk needs them, each would be waited for.
   * @returns how many members the walk can go on before it is called again
   */
  fetch(backwards: boolean): number {
    const count = this.ranking.walk.copyRefs(ahead, backwards)
    let sum = 0
    for (let i = 0; i < count; i++) sum ^= this.table.touch(ahead[i]!)
    this.fetched = sum
    return count
  }

  next(): void {
    this.ranking.walk.next()
  }

  previous(): void {
    this.ranking.walk.previous()
  }

  removeRange(rank: number, count: number): void {
    const { ranking } = this
    if (count === 1) {
      ranking.seek(rank)
      const { ref } = ranking.walk
      ranking.removeAt(rank, 1)
      this.table.remove(ref)
      return
    }
    for (let left = count; left > 0; ) {
      ranking.seek(rank)
      this.fetch(false)
      const together = Math.min(left, ranking.walk.copyRefs(leaving, false))
      ranking.removeAt(rank, together)
      this.removeLeaving(together)
      left -= together
    }
  }

  /** The same members in another object: memory is shared until one of them changes. */
  clone(): RankedSet {
    return new RankedSet(this.parts, this)
  }

  dispose(): void {
    this.ranking.dispose()
    this.table.dispose()
  }

  /** Checks all invariants; throws an Error that names the first one broken. */
  verify(): void {
    this.table.verify()
    this.ranking.verify()
    const { count } = this
    if (this.table.count !== count) throw new Error('table and ranking differ in length')
    if (count > 0) this.seek(0)
    for (let i = 0; i < count; i++, this.next()) {
      if (!Object.is(this.find(this.member), this.score)) throw new Error('a score differs')
    }
  }

  /** Whether neither end lies beyond a range of names; where scores differ this says more. */
  private reachesInto(range: NameRange): boolean {
    this.seek(this.count - 1)
    if (!range.isAboveMin(this.member)) return false
    this.seek(0)
    return range.isBelowMax(this.member)
  }

  private removeLeaving(count: number): void {
    const { table } = this
    for (let i = 0; i < count; i++) table.setNumber(leaving[i]!, NaN)
    for (let i = 0; i < count; i++) {
      const ref = leaving[i]!
      leaving[i] = 0
      table.remove(ref)
    }
  }

  /** A record of the table moved. */
  private moved(before: number, after: number): void {
    const score = this.table.number(after)
    if (!Number.isNaN(score)) this.ranking.replace(score, before, after)
    else leaving[leaving.indexOf(before)] = after
  }

  private enter(ref: number, score: number): void {
    this.table.setNumber(ref, score)
    this.ranking.insert(score, ref)
    this.found = ref
  }
}
