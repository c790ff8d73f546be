// prober.ts: asks PING about every millisecond and notes how long each answer takes, to see the
// moments in which a server serves nobody.
//
// The load comes from another process, or its work would look like the server's. A ping that is
// late is not sent twice: the longest answer is the longest stall, however many were missed.
import { connect, type Socket } from 'node:net'
import { errorText } from '../../../node/process/error-text.ts'
import { LoadFailure, type LoadTarget } from '../load/job.ts'
import { Histogram } from '../report/histogram.ts'

const INTERVAL_MS = 1
const PING = Buffer.from('*1\r\n$4\r\nPING\r\n')
const PONG_BYTES = '+PONG\r\n'.length

/** Times in milliseconds. */
export interface ProbeResult {
  probes: number
  longest: number
  p999: number
  p99: number
  p50: number
}

export class Prober {
  readonly #socket: Socket
  readonly #histogram = new Histogram(3)
  readonly #failure: Promise<never>
  #sentAt = 0
  #received = 0
  #timer: NodeJS.Timeout | undefined
  #isStopped = false

  /** Connects and begins to ask. */
  constructor(target: LoadTarget) {
    this.#socket = connect({ ...target, noDelay: true }, () => this.#ask())
    this.#socket.on('data', (chunk: Buffer) => this.#receive(chunk.length))
    this.#failure = new Promise((_, reject) => {
      this.#socket.on('error', (error) => reject(new LoadFailure(errorText(error))))
    })
    this.#failure.catch(() => {})
  }

  /** Waits for something while asking; rejects when the connection fails. */
  during<Result>(work: Promise<Result>): Promise<Result> {
    return Promise.race([work, this.#failure])
  }

  /** Forgets what was seen so far. */
  restart(): void {
    this.#histogram.reset()
  }

  /** What was seen since the start or the last `restart`. */
  result(): ProbeResult {
    const histogram = this.#histogram
    // A question that has no answer yet is at least as old as this.
    const open = this.#sentAt === 0 ? 0 : performance.now() - this.#sentAt
    return {
      probes: histogram.total,
      longest: Math.max(open, histogram.max / 1000),
      p999: histogram.percentile(99.9) / 1000,
      p99: histogram.percentile(99) / 1000,
      p50: histogram.percentile(50) / 1000,
    }
  }

  stop(): void {
    this.#isStopped = true
    clearTimeout(this.#timer)
    this.#socket.destroy()
  }

  #ask(): void {
    if (this.#isStopped) return
    this.#sentAt = performance.now()
    this.#socket.write(PING)
  }

  #receive(length: number): void {
    this.#received += length
    if (this.#received < PONG_BYTES) return
    this.#received = 0
    this.#histogram.record((performance.now() - this.#sentAt) * 1000)
    this.#sentAt = 0
    this.#timer = setTimeout(() => this.#ask(), INTERVAL_MS)
  }
}
