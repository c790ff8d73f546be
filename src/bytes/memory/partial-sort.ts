// partial-sort.ts: sorts a part of an array, for LIMIT: the elements that would stand between two
// places if all were sorted come to stand there.
//
// It is the quicksort of Bentley and McIlroy ("Engineering a sort function", 1993) that leaves out
// what does not reach into the part. Quicksort is not stable: elements that compare as equal come
// out in an order that depends on each step, and since clients see that order, the steps are
// those that the reference takes.

export type Comparison = (a: number, b: number) => number

/** Below this length elements are inserted one by one. */
const INSERTION_MAX = 7
/** Above this length the pivot is a median of nine. */
const MEDIAN_OF_THREE_MAX = 40

/** Sorts what stands from `first` to `last`, both inclusive; compares elements by their values. */
export function partialSort(
  items: number[],
  compare: Comparison,
  first: number,
  last: number,
): void {
  new PartialSort(items, compare).sort(first, last)
}

class PartialSort {
  private readonly items: number[]
  private readonly compare: Comparison
  /** Ranges that are still to be sorted: begin and length in turn. */
  private readonly pending: number[] = []
  /** Begin and end of what is below the pivot, then of what is above it, after a partition. */
  private belowLength = 0
  private aboveLength = 0

  constructor(items: number[], compare: Comparison) {
    this.items = items
    this.compare = compare
  }

  sort(first: number, last: number): void {
    const { pending } = this
    pending.push(0, this.items.length)
    while (pending.length > 0) {
      const length = pending.pop()!
      const begin = pending.pop()!
      if (begin > last || begin + length <= first) continue
      if (length < INSERTION_MAX) this.insert(begin, length)
      else {
        this.partition(begin, length)
        if (this.belowLength > 1) pending.push(begin, this.belowLength)
        if (this.aboveLength > 1) pending.push(begin + length - this.aboveLength, this.aboveLength)
      }
    }
  }

  private insert(begin: number, length: number): void {
    const { items } = this
    for (let i = begin + 1; i < begin + length; i++) {
      for (let at = i; at > begin && this.compare(items[at - 1], items[at]) > 0; at--) {
        this.swap(at, at - 1)
      }
    }
  }

  /** Brings what is below the pivot to the begin of a range, and what is above it to its end. */
  private partition(begin: number, length: number): void {
    const { items } = this
    this.swap(begin, this.pivotOf(begin, length))
    const pivot = items[begin]
    const end = begin + length
    // What equals the pivot is gathered at both ends: up to `left`, and behind `right`.
    let left = begin + 1
    let low = left
    let right = end - 1
    let high = right
    for (;;) {
      for (; low <= high; low++) {
        const order = this.compare(items[low], pivot)
        if (order > 0) break
        if (order === 0) this.swap(left++, low)
      }
      for (; low <= high; high--) {
        const order = this.compare(items[high], pivot)
        if (order < 0) break
        if (order === 0) this.swap(high, right--)
      }
      if (low > high) break
      this.swap(low++, high--)
    }
    this.exchange(begin, low, Math.min(left - begin, low - left))
    this.exchange(low, end, Math.min(right - high, end - 1 - right))
    this.belowLength = low - left
    this.aboveLength = right - high
  }

  private pivotOf(begin: number, length: number): number {
    const middle = begin + (length >> 1)
    if (length === INSERTION_MAX) return middle
    const end = begin + length - 1
    if (length <= MEDIAN_OF_THREE_MAX) return this.median(begin, middle, end)
    const step = length >> 3
    return this.median(
      this.median(begin, begin + step, begin + 2 * step),
      this.median(middle - step, middle, middle + step),
      this.median(end - 2 * step, end - step, end),
    )
  }

  private median(a: number, b: number, c: number): number {
    const { items, compare } = this
    if (compare(items[a], items[b]) < 0) {
      if (compare(items[b], items[c]) < 0) return b
      return compare(items[a], items[c]) < 0 ? c : a
    }
    if (compare(items[b], items[c]) > 0) return b
    return compare(items[a], items[c]) < 0 ? a : c
  }

  /** Exchanges `count` elements from `begin` on with as many before `end`. */
  private exchange(begin: number, end: number, count: number): void {
    for (let i = 0; i < count; i++) this.swap(begin + i, end - count + i)
  }

  private swap(a: number, b: number): void {
    const { items } = this
    const item = items[a]
    items[a] = items[b]
    items[b] = item
  }
}
