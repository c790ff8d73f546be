// random.ts: the engine's dice, xoshiro128** by Blackman and Vigna: seeded, so that a test that
// passes passes again. Never used for secrets: those come from the Entropy port.

export class Random {
  private a = 0
  private b = 0
  private c = 0
  private d = 0

  /** @param seed any integer; equal seeds give equal sequences */
  constructor(seed: number) {
    this.reseed(seed)
  }

  /** Begins the sequence of a seed. */
  reseed(seed: number): void {
    // splitmix32 spreads a small seed over the 128 bits of state.
    let s = seed | 0
    const next = () => {
      s = (s + 0x9e3779b9) | 0
      let z = s
      z = Math.imul(z ^ (z >>> 16), 0x21f0aaad)
      z = Math.imul(z ^ (z >>> 15), 0x735a2d97)
      return z ^ (z >>> 15)
    }
    this.a = next()
    this.b = next()
    this.c = next()
    this.d = next()
  }

  /** 32 random bits as an unsigned integer. */
  bits(): number {
    const product = Math.imul(this.b, 5)
    const result = Math.imul((product << 7) | (product >>> 25), 9)
    const t = this.b << 9
    this.c ^= this.a
    this.d ^= this.b
    this.b ^= this.c
    this.a ^= this.d
    this.c ^= t
    this.d = (this.d << 11) | (this.d >>> 21)
    return result >>> 0
  }

  /** An integer from 0 to `limit - 1`; `limit` is 1 to 2^32. */
  below(limit: number): number {
    return Math.floor((this.bits() / 0x1_0000_0000) * limit)
  }

  /** That many hexadecimal digits. */
  hex(digits: number): string {
    return Array.from({ length: digits }, () => this.below(16).toString(16)).join('')
  }

  /** A number from 0 up to, not including, 1. */
  fraction(): number {
    return this.bits() / 0x1_0000_0000
  }
}
