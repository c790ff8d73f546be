// job.ts: what a load generator is asked to do and what it reports; plain data, because it
// may cross the border to another process.
import type { HistogramSnapshot } from '../report/histogram.ts'
import type { RequestTemplate } from './request-batch.ts'

/** Where the server listens: a Unix socket, or a host and port. */
export type LoadTarget = { path: string } | { host: string; port: number }

export interface LoadJob {
  target: LoadTarget
  /** Commands each connection sends first (AUTH, HELLO, SELECT); their replies do not count. */
  prologue: readonly (readonly string[])[]
  request: RequestTemplate
  /** Requests in all; the last pipeline is sent whole, so some more may be. */
  requests: number
  connections: number
  /** Requests each connection sends before it waits for the replies. */
  pipeline: number
  /** False makes a new connection for each pipeline. */
  keepAlive: boolean
  /** `__rand_int__` becomes a number below this; 0 leaves it as it is. */
  keyspace: number
  /** Whether these numbers are drawn or counted up from 0 (to fill a keyspace). */
  order: 'random' | 'sequence'
  seed: number
  /** Significant digits of latencies, 1 to 4. */
  precision: number
}

export interface LoadResult {
  requests: number
  seconds: number
  /** Latencies in microseconds; each request of a pipeline counts with the pipeline's. */
  latencies: HistogramSnapshot
}

export interface LoadProgress {
  finished: number
  /** Mean latency in microseconds since the last progress, and since the start; NaN of none. */
  recentMean: number
  mean: number
}

/** The server answered with an error, which ends a run: a wrong answer is no measurement. */
export class ServerRefusal extends Error {
  override readonly name = 'ServerRefusal'
  /** The error reply, e.g. `ERR unknown command 'LPUSH', ...`. */
  readonly reply: string

  constructor(reply: string) {
    super(`Error from server: ${reply}`)
    this.reply = reply
  }

  /** Whether the server lacks the command (rather than dislikes its arguments). */
  get isUnknownCommand(): boolean {
    return /^ERR unknown (sub)?command/i.test(this.reply)
  }
}

/** The connection could not be made, or broke. */
export class LoadFailure extends Error {
  override readonly name = 'LoadFailure'
}
