// random.ts: a small seeded generator (Marsaglia's xorshift32), so that a run can be repeated.
// Math.random cannot be seeded, and a load generator needs millions of draws a second.

export class Random {
  #state: number

  /** @param seed any integer; the same seed gives the same keys. */
  constructor(seed: number) {
    // The state must not be zero, and near seeds must not give near sequences.
    this.#state = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) | 0 || 1
    for (let round = 0; round < 8; round++) this.below(1)
  }

  /** An integer from 0 to `limit - 1`; 0 when the limit is 0. */
  below(limit: number): number {
    let state = this.#state
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    this.#state = state
    return limit === 0 ? 0 : (state >>> 0) % limit
  }
}
