// run.ts: the load generator: many connections in one process, each in a closed loop.
//
// The clock starts when every connection stands, so that connecting is not measured, and stops
// with the last reply that was asked for.
import { Histogram } from '../report/histogram.ts'
import { type ConnectionEvents, LoadConnection } from './connection.ts'
import {
  LoadFailure,
  type LoadJob,
  type LoadProgress,
  type LoadResult,
  ServerRefusal,
} from './job.ts'
import { Random } from './random.ts'
import { RequestBatch } from './request-batch.ts'

/** A run of one job. It is started once. */
export class LoadRun implements ConnectionEvents {
  readonly #job: LoadJob
  readonly #histogram: Histogram
  readonly #recent: Histogram
  readonly #random: Random
  /** Each open connection with its bytes: its own, since they must not change while sent. */
  readonly #batches = new Map<LoadConnection, RequestBatch>()
  #shared: RequestBatch | undefined
  #waiting: LoadConnection[] = []
  #hasBegun = false
  #issued = 0
  #finished = 0
  /** The next number of a sequence of keys. */
  #next = 0
  #startedAt = 0
  #resolve: (result: LoadResult) => void = () => {}
  #reject: (reason: Error) => void = () => {}

  constructor(job: LoadJob) {
    this.#job = job
    this.#histogram = new Histogram(job.precision)
    this.#recent = new Histogram(job.precision)
    this.#random = new Random(job.seed)
  }

  /**
   * Sends the job's requests.
   *
   * @throws ServerRefusal at the first error reply, LoadFailure when a connection fails.
   */
  run(): Promise<LoadResult> {
    return new Promise((resolve, reject) => {
      this.#resolve = resolve
      this.#reject = reject
      for (let count = 0; count < this.#job.connections; count++) this.#connect()
    })
  }

  /** How far the run is; starts a new interval for the recent mean. */
  progress(): LoadProgress {
    const progress = {
      finished: this.#finished,
      recentMean: this.#recent.mean,
      mean: this.#histogram.mean,
    }
    this.#recent.reset()
    return progress
  }

  ready(connection: LoadConnection): void {
    if (this.#hasBegun) {
      this.#send(connection)
      return
    }
    this.#waiting.push(connection)
    if (this.#waiting.length < this.#job.connections) return
    this.#hasBegun = true
    this.#startedAt = performance.now()
    const waiting = this.#waiting
    this.#waiting = []
    for (const each of waiting) this.#send(each)
  }

  replies(count: number, latencyUs: number): void {
    this.#finished += count
    this.#histogram.record(latencyUs, count)
    this.#recent.record(latencyUs, count)
  }

  done(connection: LoadConnection): void {
    if (this.#finished >= this.#job.requests) {
      this.#end()
    } else if (this.#job.keepAlive) {
      this.#send(connection)
    } else if (this.#issued < this.#job.requests) {
      this.#close(connection)
      this.#connect()
    }
  }

  refused(reply: string): void {
    this.#closeAll()
    this.#reject(new ServerRefusal(reply))
  }

  failed(reason: string): void {
    this.#closeAll()
    this.#reject(new LoadFailure(reason))
  }

  #connect(): void {
    const { target, prologue, request, pipeline, keyspace } = this.#job
    const connection = new LoadConnection(target, prologue, this)
    // Bytes that never change are shared: a pipeline of large values would fill the memory.
    const batch = this.#shared ?? new RequestBatch(request, pipeline, keyspace)
    if (keyspace === 0) this.#shared = batch
    this.#batches.set(connection, batch)
  }

  #send(connection: LoadConnection): void {
    const { requests, pipeline, keyspace, order } = this.#job
    const batch = this.#batches.get(connection)
    if (batch === undefined || this.#issued >= requests) return
    this.#issued += pipeline
    if (keyspace > 0) {
      if (order === 'sequence') this.#next = batch.enumerate(this.#next)
      else batch.randomize(this.#random, keyspace)
    }
    connection.send(batch.bytes, pipeline)
  }

  #end(): void {
    const seconds = (performance.now() - this.#startedAt) / 1000
    this.#closeAll()
    this.#resolve({ requests: this.#finished, seconds, latencies: this.#histogram.snapshot() })
  }

  #close(connection: LoadConnection): void {
    connection.close()
    this.#batches.delete(connection)
  }

  #closeAll(): void {
    for (const connection of this.#batches.keys()) connection.close()
    this.#batches.clear()
  }
}
