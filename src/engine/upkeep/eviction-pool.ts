// eviction-pool.ts: the best candidates for eviction that were met so far.
//
// A sample of five keys has a good candidate, rarely the best one. What was good and not evicted
// stays here for the next time, so that after a while sixteen candidates compete that are the best
// of hundreds. Scores ascend to the right; the best is taken from there. A key that is gone when
// its turn comes is a ghost, which the taker skips: nothing is searched when keys are removed.
// Size and rules of order are redis-server's; keys are kept by name since a ref may be reused.

import { copyBytes, type Span } from '../../bytes/memory/span.ts'

/** Candidates that are kept. */
export const POOL_SIZE = 16
/** Longer names get an array of their own. */
const NAME_MAX = 255

type Candidate = {
  score: number
  database: number
  name: Uint8Array
  length: number
}

export class EvictionPool {
  /** Candidates held. */
  count = 0
  /** Database of the candidate that was taken last. */
  database = 0
  private readonly candidates: Candidate[] = []

  constructor() {
    for (let i = 0; i < POOL_SIZE; i++) {
      this.candidates.push({ score: 0, database: 0, name: new Uint8Array(NAME_MAX), length: 0 })
    }
  }

  /** Whether a candidate with that score would get a place. */
  wants(score: number): boolean {
    return this.count < POOL_SIZE || score > this.candidates[0]!.score
  }

  /**
   * Gives a key a place that `wants` one: left of its equals, and in a full pool in place of the
   * worst one.
   * @param score the higher, the sooner it is evicted
   */
  add(score: number, database: number, key: Span): void {
    const { candidates } = this
    let place = 0
    while (place < this.count && candidates[place]!.score < score) place++
    let slot: Candidate
    if (this.count < POOL_SIZE) {
      slot = candidates[this.count]!
      for (let i = this.count++; i > place; i--) candidates[i] = candidates[i - 1]!
    } else {
      place--
      slot = candidates[0]!
      for (let i = 0; i < place; i++) candidates[i] = candidates[i + 1]!
    }
    candidates[place] = slot
    slot.score = score
    slot.database = database
    slot.length = key.end - key.start
    if (slot.length > slot.name.length) slot.name = key.copy()
    else copyBytes(key.bytes, key.start, key.end, slot.name, 0)
  }

  /**
   * Takes the best candidate out.
   * @param key is pointed at its name, which stays until the next `add`
   * @returns false where there is none
   */
  take(key: Span): boolean {
    if (this.count === 0) return false
    const best = this.candidates[--this.count]!
    key.set(best.name, 0, best.length)
    this.database = best.database
    if (best.name.length > NAME_MAX) best.name = new Uint8Array(NAME_MAX)
    return true
  }

  clear(): void {
    this.count = 0
  }
}
