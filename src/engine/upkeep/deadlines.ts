// deadlines.ts: what is due when: a binary heap of times with something to do at each.
//
// Cost: add and take O(log n). Cancelling marks an item, which is dropped when its time comes or
// when half of all items are such: O(1) on average.

export type Deadline = { readonly at: number; run: (() => void) | undefined }

/** So many cancelled ones may always lie about. */
const FEW = 64

export class Deadlines {
  /** Told when something became due before everything else: the host must wake up earlier. */
  onSooner: ((at: number) => void) | undefined = undefined
  private heap: Deadline[] = []
  private cancelled = 0

  /** Number of items that are kept, cancelled ones among them. */
  get size(): number {
    return this.heap.length
  }

  /** When the next one is due, in milliseconds; Infinity where there is none. */
  get next(): number {
    while (this.heap.length > 0 && this.heap[0]!.run === undefined) {
      this.pop()
      this.cancelled--
    }
    return this.heap.length === 0 ? Number.POSITIVE_INFINITY : this.heap[0]!.at
  }

  /** Runs `run` at `at` milliseconds; `cancel` takes it back. */
  add(at: number, run: () => void): Deadline {
    const deadline = { at, run }
    const heap = this.heap
    let i = heap.length
    heap.push(deadline)
    for (let parent = (i - 1) >> 1; i > 0 && heap[parent]!.at > at; parent = (i - 1) >> 1) {
      heap[i] = heap[parent]!
      heap[parent] = deadline
      i = parent
    }
    if (i === 0) this.onSooner?.(at)
    return deadline
  }

  cancel(deadline: Deadline): void {
    if (deadline.run === undefined) return
    deadline.run = undefined
    this.cancelled++
    if (this.cancelled > FEW && this.cancelled * 2 > this.heap.length) this.sweep()
  }

  /** Runs all that is due at `now`. */
  runDue(now: number): void {
    while (this.next <= now) {
      const deadline = this.pop()
      const { run } = deadline
      // From here on it is no longer in the heap, and cannot be cancelled.
      deadline.run = undefined
      run?.()
    }
  }

  /** Drops what was cancelled; a sorted array is a heap. */
  private sweep(): void {
    this.heap = this.heap.filter(({ run }) => run !== undefined).sort((a, b) => a.at - b.at)
    this.cancelled = 0
  }

  private pop(): Deadline {
    const heap = this.heap
    const top = heap[0]!
    const last = heap.pop()!
    if (heap.length === 0) return top
    let i = 0
    for (;;) {
      let child = 2 * i + 1
      if (child >= heap.length) break
      if (child + 1 < heap.length && heap[child + 1]!.at < heap[child]!.at) child++
      if (heap[child]!.at >= last.at) break
      heap[i] = heap[child]!
      i = child
    }
    heap[i] = last
    return top
  }
}
