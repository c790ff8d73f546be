// rate.ts: how fast a counter grows: the mean of its last samples, as INFO's instantaneous figures.
//
// A sample is taken ten times a second, so the mean looks back 1.6 seconds.

const SAMPLES = 16

export class Rate {
  private readonly samples = new Float64Array(SAMPLES)
  private next = 0
  private lastValue = 0
  private lastScale = 0

  /** The mean growth for each unit of the scale. */
  get mean(): number {
    let sum = 0
    for (const sample of this.samples) sum += sample
    return sum / SAMPLES
  }

  /**
   * Takes a sample.
   * @param value the counter
   * @param scale what it is measured by: seconds, or another counter
   */
  sample(value: number, scale: number): void {
    const passed = scale - this.lastScale
    // The first sample has nothing to be compared with.
    const growth = this.lastScale > 0 && passed > 0 ? (value - this.lastValue) / passed : 0
    this.samples[this.next] = Math.max(0, growth)
    this.next = (this.next + 1) % SAMPLES
    this.lastValue = value
    this.lastScale = scale
  }

  /** Forgets everything, as the counter was set back to zero. */
  reset(): void {
    this.samples.fill(0)
    this.lastValue = 0
    this.lastScale = 0
  }
}
