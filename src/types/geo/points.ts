// points.ts: the members that a search has found, and their order.

import { ByteStrings } from '../../bytes/memory/byte-strings.ts'
import { partialSort } from '../../bytes/memory/partial-sort.ts'
import type { SortedSet } from '../sorted-set/sorted-set.ts'
import { Place, placeOf } from './cell.ts'
import type { Query } from './commands/query.ts'
import { Cover } from './cover.ts'
import { isClearly, type Shape } from './shape.ts'

const place = new Place()
const cover = new Cover()

export class Points {
  readonly members = new ByteStrings()
  readonly scores: number[] = []
  readonly longitudes: number[] = []
  readonly latitudes: number[] = []
  /** How far away they are, roughly (Shape.measure); 0 where nobody asks for an order. */
  readonly measures: number[] = []
  private readonly first = new Place()
  private readonly second = new Place()

  get count(): number {
    return this.members.count
  }

  /** Finds the members of a set that a query asks for, cell by cell. */
  find(set: SortedSet, query: Query): void {
    this.clear()
    cover.fit(query.shape)
    query.shape.prepare()
    for (let i = 0; i < cover.count && !this.isEnough(query); i++) {
      this.findBetween(set, query, cover.first[i]!, cover.end[i]!)
    }
  }

  /** The numbers of the points in the order asked for, no more than asked for. */
  order(query: Query): number[] {
    const { count } = this
    const order: number[] = []
    for (let i = 0; i < count; i++) order.push(i)
    const wanted = query.count > 0 ? Math.min(query.count, count) : count
    if (query.direction !== 0) {
      const { direction, shape } = query
      const compare = (a: number, b: number) => direction * this.compare(shape, a, b)
      // Only a whole order is stable, as with SORT.
      if (wanted === count) order.sort(compare)
      else partialSort(order, compare, 0, wanted - 1)
    }
    order.length = wanted
    return order
  }

  /** The place of point `i`. */
  place(i: number, into: Place): Place {
    into.longitude = this.longitudes[i]!
    into.latitude = this.latitudes[i]!
    return into
  }

  /** Whether point `a` is farther away (1) or nearer (-1) than `b`; 0 where neither is. */
  private compare(shape: Shape, a: number, b: number): number {
    const one = this.measures[a]!
    const other = this.measures[b]!
    if (isClearly(one, other)) return one > other ? 1 : -1
    const metres = shape.distance(this.place(a, this.first))
    const others = shape.distance(this.place(b, this.second))
    if (metres > others) return 1
    return metres === others ? 0 : -1
  }

  private clear(): void {
    this.members.clear()
    this.scores.length = 0
    this.longitudes.length = 0
    this.latitudes.length = 0
    this.measures.length = 0
  }

  private isEnough(query: Query): boolean {
    return query.any && this.count >= query.count
  }

  /** Finds members whose scores lie from `first` up to, not including, `end`. */
  private findBetween(set: SortedSet, query: Query, first: number, end: number): void {
    const { count } = set
    let rank = set.countBelow(first, false)
    if (rank >= count) return
    set.seek(rank)
    for (; rank < count; rank++, set.next()) {
      const { score } = set
      if (score >= end) return
      if (!query.shape.contains(placeOf(score, place))) continue
      this.add(set, query)
      if (this.isEnough(query)) return
    }
  }

  private add(set: SortedSet, query: Query): void {
    this.members.push(set.member)
    this.scores.push(set.score)
    this.longitudes.push(place.longitude)
    this.latitudes.push(place.latitude)
    this.measures.push(query.direction === 0 ? 0 : query.shape.measure(place))
  }
}
