// histogram.ts: counts of latencies in logarithmic buckets, after Gil Tene's HdrHistogram.
//
//   value (µs)   0 ........ 2047 | 2048 ........ 4095 | 4096 ........ 8191 | ...
//   bucket       every value one | two values each    | four values each   | ...
//
// With `digits` significant digits no value is off by more than one part in 10^digits, and a
// record is one array increment, so that measuring costs the load generator nothing it could
// notice. redis-benchmark keeps the same kind of histogram, but in steps of 8 µs.

/** One minute in microseconds; anything slower is counted as this. */
const VALUE_MAX = 60_000_000

/** One step of a latency report: `share` percent of the values are at most `value`. */
export interface HistogramStep {
  share: number
  value: number
  /** How many values that are. */
  cumulative: number
}

/** What a histogram holds, in a shape that crosses process borders. */
export interface HistogramSnapshot {
  counts: Float64Array
  total: number
  sum: number
  min: number
  max: number
}

export class Histogram {
  readonly #halfBits: number
  readonly #counts: Float64Array
  #total = 0
  #sum = 0
  #min = Number.POSITIVE_INFINITY
  #max = 0

  /** @param digits significant digits that values keep, 1 to 4. */
  constructor(digits = 3) {
    const kept = Math.min(4, Math.max(1, digits))
    this.#halfBits = Math.ceil(Math.log2(2 * 10 ** kept)) - 1
    this.#counts = new Float64Array(this.#indexOf(VALUE_MAX) + 1)
  }

  /** Counts a value of so many microseconds, `times` times. */
  record(us: number, times = 1): void {
    const value = Math.min(VALUE_MAX, Math.max(0, Math.round(us)))
    this.#counts[this.#indexOf(value)]! += times
    this.#total += times
    this.#sum += value * times
    if (value < this.#min) this.#min = value
    if (value > this.#max) this.#max = value
  }

  /** How many values were recorded. */
  get total(): number {
    return this.#total
  }

  get min(): number {
    return this.#total === 0 ? 0 : this.#min
  }

  get max(): number {
    return this.#max
  }

  /** The exact mean; NaN of nothing. */
  get mean(): number {
    return this.#sum / this.#total
  }

  reset(): void {
    this.#counts.fill(0)
    this.#total = 0
    this.#sum = 0
    this.#min = Number.POSITIVE_INFINITY
    this.#max = 0
  }

  /** The value that `percent` (0 to 100) of all values do not exceed. */
  percentile(percent: number): number {
    const wanted = Math.max(1, Math.ceil((percent / 100) * this.#total))
    let cumulative = 0
    for (let index = 0; index < this.#counts.length; index++) {
      cumulative += this.#counts[index]!
      if (cumulative >= wanted) return Math.min(this.#highestOf(index), this.#max)
    }
    return this.#max
  }

  /** Steps towards 100 % whose distance is halved each time: 0, 50, 75, 87.5, ... and the last. */
  percentileSteps(): HistogramStep[] {
    const steps: HistogramStep[] = []
    let share = 0
    while (this.#total > 0) {
      const value = this.percentile(share)
      const cumulative = this.#countUpTo(value)
      if (cumulative === this.#total) break
      if (cumulative !== steps.at(-1)?.cumulative) steps.push({ share, value, cumulative })
      share += (100 - share) / 2
    }
    if (this.#total > 0) steps.push({ share, value: this.#max, cumulative: this.#total })
    if (this.#total > 0) steps.push({ share: 100, value: this.#max, cumulative: this.#total })
    return steps
  }

  /** Shares at every 100 µs, and above 2 ms at every millisecond, where they changed. */
  linearSteps(): HistogramStep[] {
    const steps: HistogramStep[] = []
    for (let value = 100; this.#total > 0; value += value < 2000 ? 100 : 1000) {
      const cumulative = this.#countUpTo(value)
      const share = (cumulative / this.#total) * 100
      if (cumulative !== (steps.at(-1)?.cumulative ?? 0)) steps.push({ share, value, cumulative })
      if (cumulative === this.#total) break
    }
    return steps
  }

  /** Adds what another histogram with the same digits has counted. */
  merge(other: HistogramSnapshot): void {
    for (let index = 0; index < this.#counts.length; index++) {
      this.#counts[index]! += other.counts[index] ?? 0
    }
    this.#total += other.total
    this.#sum += other.sum
    this.#min = Math.min(this.#min, other.min)
    this.#max = Math.max(this.#max, other.max)
  }

  snapshot(): HistogramSnapshot {
    return {
      counts: this.#counts.slice(),
      total: this.#total,
      sum: this.#sum,
      min: this.#min,
      max: this.#max,
    }
  }

  #countUpTo(value: number): number {
    const last = this.#indexOf(Math.min(VALUE_MAX, value))
    let count = 0
    for (let index = 0; index <= last; index++) count += this.#counts[index]!
    return count
  }

  // The first bucket row has 2^(halfBits + 1) steps of 1; each further row has half as many
  // steps, twice as wide as those of the row before.
  #indexOf(value: number): number {
    const shift = Math.max(0, 31 - Math.clz32(value) - this.#halfBits)
    return (shift << this.#halfBits) + (value >>> shift)
  }

  #highestOf(index: number): number {
    const row = index >>> this.#halfBits
    const shift = Math.max(0, row - 1)
    return (index - (shift << this.#halfBits) + 1) * 2 ** shift - 1
  }
}
