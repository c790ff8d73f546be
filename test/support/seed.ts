// seed.ts: a small seeded source of chance, so that every generated test can be run again.

/**
 * Returns a repeatable stream of chance: the same seed gives the same picks on every machine.
 * The generator is SplitMix32, good enough for test data and four lines long.
 */
export class Seed {
  private state: number

  constructor(seed: number) {
    this.state = seed | 0
  }

  /** The next whole number from 0 to 2^32 - 1. */
  next(): number {
    this.state = (this.state + 0x9e3779b9) | 0
    let z = this.state ^ (this.state >>> 16)
    z = Math.imul(z, 0x21f0aaad)
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97)
    return (z ^ (z >>> 15)) >>> 0
  }

  /** A whole number from 0 up to, but not including, `limit` (1 to 2^32). */
  below(limit: number): number {
    return Math.floor((this.next() / 2 ** 32) * limit)
  }

  /** A whole number from `first` to `last`, both included. */
  between(first: number, last: number): number {
    return first + this.below(last - first + 1)
  }

  /** True with a probability of `part` (0 to 1). */
  chance(part: number): boolean {
    return this.next() < part * 2 ** 32
  }

  /** One element of a list that is not empty. */
  pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)] as T
  }

  /** `length` bytes of every value. */
  bytes(length: number): Uint8Array {
    const bytes = new Uint8Array(length)
    for (let i = 0; i < length; i++) bytes[i] = this.next() & 255
    return bytes
  }
}
