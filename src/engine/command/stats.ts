// stats.ts: what INFO commandstats and latencystats say of one command.
//
// The latency histogram has eight steps per doubling of a microsecond: an error below 7 %, 1 KiB,
// allocated with the first call.

const STEPS = 3
const BUCKETS = 256

export class CommandStats {
  calls = 0
  microseconds = 0
  rejected = 0
  failed = 0
  private histogram: Uint32Array | undefined = undefined
  /** Calls whose time is known; a few behind `calls` (upkeep/stopwatch.ts). */
  private timed = 0

  /**
   * Notes how long a call took; the caller counts it in `calls`.
   * @param histogram whether the time is noted there too
   */
  add(microseconds: number, histogram: boolean): void {
    this.microseconds += microseconds
    if (!histogram) return
    this.timed++
    if (this.histogram === undefined) this.histogram = new Uint32Array(BUCKETS)
    const bucket = bucketOf(microseconds)
    this.histogram[bucket] = this.histogram[bucket]! + 1
  }

  /** The latency in microseconds that `percent` (0 to 100) of the calls do not exceed. */
  percentile(percent: number): number {
    if (this.histogram === undefined) return 0
    let left = (this.timed * percent) / 100
    for (let i = 0; i < BUCKETS; i++) {
      left -= this.histogram[i]!
      if (left <= 0 && this.histogram[i]! > 0) return bucketTop(i)
    }
    return 0
  }

  /** Whether the time of any call is in the histogram. */
  get hasHistogram(): boolean {
    return this.histogram !== undefined
  }

  /** Cumulative counts by power of two of microseconds, as LATENCY HISTOGRAM gives them. */
  powers(): [microseconds: number, count: number][] {
    const powers: [number, number][] = []
    let sum = 0
    for (let i = 0; i < BUCKETS && this.histogram !== undefined; i++) {
      const here = this.histogram[i]!
      sum += here
      if (here === 0) continue
      const top = 2 ** Math.ceil(Math.log2(bucketTop(i)))
      const last = powers[powers.length - 1]
      if (last !== undefined && last[0] === top) last[1] = sum
      else powers.push([top, sum])
    }
    return powers
  }

  reset(): void {
    this.calls = 0
    this.timed = 0
    this.microseconds = 0
    this.rejected = 0
    this.failed = 0
    this.histogram = undefined
  }
}

function bucketOf(microseconds: number): number {
  const us = microseconds | 0
  if (us < 16) return us < 0 ? 0 : us
  const exponent = 31 - Math.clz32(us)
  const bucket = (exponent << STEPS) + ((us >>> (exponent - STEPS)) & 7) - 16
  return bucket < BUCKETS ? bucket : BUCKETS - 1
}

function bucketTop(bucket: number): number {
  if (bucket < 16) return Math.max(1, bucket)
  const exponent = (bucket + 16) >>> STEPS
  const step = (bucket + 16) & 7
  return ((8 + step + 1) << (exponent - STEPS)) - 1
}
