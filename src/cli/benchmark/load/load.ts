// load.ts: runs a load job here, in another process, or split over several.
import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { Histogram } from '../report/histogram.ts'
import { signalChild, track } from '../servers/children.ts'
import {
  LoadFailure,
  type LoadJob,
  type LoadProgress,
  type LoadResult,
  ServerRefusal,
} from './job.ts'
import type { LoadMessage } from './process.ts'
import { LoadRun } from './run.ts'

const entry = fileURLToPath(new URL('./process.js', import.meta.url))

/** A load that is running. */
export interface RunningLoad {
  /** Rejects with a ServerRefusal or a LoadFailure. */
  result: Promise<LoadResult>
  progress(): LoadProgress
}

/** Runs a job in this process, or with `threads` above 0 split over so many processes. */
export function startLoad(job: LoadJob, threads = 0): RunningLoad {
  if (threads > 0) return new SplitLoad(job, Math.min(threads, job.connections))
  const run = new LoadRun(job)
  return { result: run.run(), progress: () => run.progress() }
}

/** Runs a job in one other process, whose id is told so that it can be given a priority. */
export function startLoadApart(job: LoadJob): RunningLoad & { pids: readonly number[] } {
  return new SplitLoad(job, 1)
}

class SplitLoad implements RunningLoad {
  readonly result: Promise<LoadResult>
  readonly pids: readonly number[]
  readonly #latest: LoadProgress[] = []

  constructor(job: LoadJob, parts: number) {
    const children: ChildProcess[] = []
    const results = Array.from({ length: parts }, (_, index) => {
      const child = fork(entry, [], { serialization: 'advanced', execArgv: [] })
      children.push(child)
      track(child)
      child.send(partOf(job, index, parts))
      return this.#follow(child, index)
    })
    this.pids = children.flatMap(({ pid }) => pid ?? [])
    this.result = Promise.all(results).then(
      (finished) => merge(finished, job.precision),
      (error: Error) => {
        for (const child of children) signalChild(child, 'SIGKILL')
        throw error
      },
    )
  }

  progress(): LoadProgress {
    const sums = { finished: 0, recentMean: 0, mean: 0 }
    for (const { finished, recentMean, mean } of this.#latest) {
      sums.finished += finished
      sums.recentMean += recentMean / this.#latest.length
      sums.mean += mean / this.#latest.length
    }
    return sums
  }

  #follow(child: ChildProcess, index: number): Promise<LoadResult> {
    this.#latest[index] = { finished: 0, recentMean: Number.NaN, mean: Number.NaN }
    return new Promise((resolve, reject) => {
      child.once('error', reject)
      child.once('exit', (code) => reject(new LoadFailure(`load process ended with ${code}`)))
      child.on('message', (message: LoadMessage) => {
        if (message.type === 'progress') this.#latest[index] = message.progress
        else if (message.type === 'result') resolve(message.result)
        else if (message.type === 'refused') reject(new ServerRefusal(message.reply))
        else reject(new LoadFailure(message.reason))
      })
    })
  }
}

function partOf(job: LoadJob, index: number, parts: number): LoadJob {
  const share = (whole: number) => Math.floor(whole / parts) + (index < whole % parts ? 1 : 0)
  return {
    ...job,
    requests: share(job.requests),
    connections: share(job.connections),
    seed: job.seed + index,
  }
}

function merge(results: LoadResult[], precision: number): LoadResult {
  const histogram = new Histogram(precision)
  for (const result of results) histogram.merge(result.latencies)
  return {
    requests: results.reduce((sum, result) => sum + result.requests, 0),
    seconds: Math.max(...results.map((result) => result.seconds)),
    latencies: histogram.snapshot(),
  }
}
