// driver.ts: who produces the load: our own generator, or the C redis-benchmark when it is there.
//
// On a machine of two cores the generator takes what the server could use. The C program takes
// less, so it disturbs a comparison less; our own needs nothing installed.
import { spawnSync } from 'node:child_process'
import type { DriverChoice } from '../option-values.ts'
import type { BenchmarkOptions } from '../options.ts'
import { Histogram } from '../report/histogram.ts'
import { type BenchmarkTest, randomValue } from '../tests.ts'
import type { LoadJob, LoadProgress, LoadTarget } from './job.ts'
import { startLoad } from './load.ts'
import { RedisBenchmarkDriver } from './redis-benchmark-driver.ts'

/** The load of one measurement: the part of the options that says how much and in what shape. */
export type LoadShape = Pick<
  BenchmarkOptions,
  | 'user'
  | 'password'
  | 'database'
  | 'isResp3'
  | 'isTracking'
  | 'clients'
  | 'requests'
  | 'dataSize'
  | 'keepAlive'
  | 'keyspace'
  | 'pipeline'
  | 'threads'
  | 'seed'
  | 'precision'
>

export interface LoadTask {
  target: LoadTarget
  test: BenchmarkTest
  shape: LoadShape
}

/** Latencies in milliseconds. */
export interface Latencies {
  avg: number
  min: number
  p50: number
  p95: number
  p99: number
  max: number
}

export interface Measurement {
  /** Requests that were answered. */
  requests: number
  seconds: number
  rps: number
  latencies: Latencies
  /** Every latency; undefined when the driver reports only a summary. */
  histogram: Histogram | undefined
}

/** A measurement on its way. */
export interface RunningMeasurement {
  result: Promise<Measurement>
  /** Undefined when the driver does not tell. */
  progress(): LoadProgress | undefined
}

export interface LoadDriver {
  /** As results name it: `own`, `redis-benchmark 7.0.15`. */
  name: string
  /**
   * Starts the load. The result rejects with a ServerRefusal when the server answers with an
   * error, and with a LoadFailure when the load cannot be brought.
   */
  start(task: LoadTask): RunningMeasurement
}

/** The driver for a choice; `auto` takes redis-benchmark if `prefersC` and it is on the PATH. */
export function chooseDriver(choice: DriverChoice, prefersC: boolean): LoadDriver {
  if (choice === 'own' || (choice === 'auto' && !prefersC)) return ownDriver
  const { stdout, status } = spawnSync('redis-benchmark', ['--version'], { encoding: 'utf8' })
  if (status === 0) return new RedisBenchmarkDriver(stdout.trim())
  if (choice === 'auto') return ownDriver
  throw new Error('redis-benchmark is not on the PATH.')
}

/** Our own load generator, in this process. */
export const ownDriver: LoadDriver = {
  name: 'own',
  start(task) {
    const load = startLoad(jobOf(task), task.shape.threads)
    const result = load.result.then(({ requests, seconds, latencies }): Measurement => {
      const histogram = new Histogram(task.shape.precision)
      histogram.merge(latencies)
      const rps = requests / seconds
      return { requests, seconds, rps, latencies: summaryOf(histogram), histogram }
    })
    return { result, progress: () => load.progress() }
  },
}

/** A task as a job of our own generator. */
export function jobOf({ target, test, shape }: LoadTask): LoadJob {
  return {
    target,
    prologue: prologueOf(shape),
    request: test.request(randomValue(shape.dataSize), shape.keyspace !== undefined),
    requests: shape.requests,
    connections: shape.clients,
    pipeline: shape.pipeline,
    keepAlive: shape.keepAlive,
    keyspace: keyspaceOf(shape),
    order: 'random',
    seed: shape.seed,
    precision: shape.precision,
  }
}

/** A job that fills the keyspace: each key once, in order, by few connections. */
export function fillingJob(task: LoadTask, request: readonly string[], times: number): LoadJob {
  const pipeline = Math.min(64, times)
  return { ...jobOf(task), request, requests: times, connections: 4, pipeline, order: 'sequence' }
}

// `-r 0` does replace the placeholders, with zeros, as a keyspace of one key does.
function keyspaceOf({ keyspace }: LoadShape): number {
  return keyspace === undefined ? 0 : Math.max(1, keyspace)
}

/** What each connection says first. */
export function prologueOf(shape: LoadShape): string[][] {
  const commands: string[][] = []
  if (shape.password !== undefined) {
    const user = shape.user === undefined ? [] : [shape.user]
    commands.push(['AUTH', ...user, shape.password])
  }
  if (shape.isTracking) commands.push(['CLIENT', 'TRACKING', 'ON'])
  if (shape.database !== undefined) commands.push(['SELECT', String(shape.database)])
  if (shape.isResp3) commands.push(['HELLO', '3'])
  return commands
}

function summaryOf(histogram: Histogram): Latencies {
  return {
    avg: histogram.mean / 1000,
    min: histogram.min / 1000,
    p50: histogram.percentile(50) / 1000,
    p95: histogram.percentile(95) / 1000,
    p99: histogram.percentile(99) / 1000,
    max: histogram.max / 1000,
  }
}
