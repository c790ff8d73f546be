// deadlines.ts: what is due when: a binary heap of times with something to do at each.
//
// Cost: add and take O(log n); cancelling marks an item, which is dropped when its time comes.

export type Deadline = { readonly at: number; run: (() => void) | undefined }

export class Deadlines {
  /** Told when something became due before everything else: the host must wake up earlier. */
  onSooner: ((at: number) => void) | undefined = undefined
  private readonly heap: Deadline[] = []

  /** When the next one is due, in milliseconds; Infinity where there is none. */
  get next(): number {
    while (this.heap.length > 0 && this.heap[0]!.run === undefined) this.pop()
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
    deadline.run = undefined
  }

  /** Runs all that is due at `now`. */
  runDue(now: number): void {
    while (this.next <= now) this.pop().run?.()
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
