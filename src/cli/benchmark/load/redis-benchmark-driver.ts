// redis-benchmark-driver.ts: lets the C redis-benchmark bring the load, and reads its CSV.
//
// Tests are passed on as commands, because `-t lrange_100` would push a list first and count that
// too. Only what is no command (an inline PING) or too large for a command line is named.
import { spawn } from 'node:child_process'
import { track } from '../servers/children.ts'
import { randomValue } from '../tests.ts'
import type { LoadDriver, LoadShape, LoadTask, Measurement, RunningMeasurement } from './driver.ts'
import { LoadFailure, type LoadTarget, ServerRefusal } from './job.ts'

/** Linux takes no longer argument than 128 KiB. */
const ARGUMENT_MAX = 100_000

export class RedisBenchmarkDriver implements LoadDriver {
  readonly name: string

  /** @param version what `redis-benchmark --version` says. */
  constructor(version: string) {
    this.name = /^redis-benchmark \S+/.exec(version)?.[0] ?? 'redis-benchmark'
  }

  start(task: LoadTask): RunningMeasurement {
    return { result: measure(task), progress: () => undefined }
  }
}

async function measure(task: LoadTask): Promise<Measurement> {
  const { stdout, stderr, code } = await run(redisBenchmarkArguments(task))
  const refusal = /^Error from server: (.*?)\s*$/m.exec(stderr)?.[1]
  if (refusal !== undefined) throw new ServerRefusal(refusal)
  const rows = parseCsv(stdout)
  const row = rows.at(-1)
  if (code !== 0 || rows.length < 2 || row === undefined) {
    throw new LoadFailure(`redis-benchmark ended with ${code}: ${stderr.trim() || stdout.trim()}`)
  }
  return readRow(row, task.shape)
}

/** The command line that measures a task. */
export function redisBenchmarkArguments({ target, test, shape }: LoadTask): string[] {
  const argv = [...targetArguments(target), '--csv', '-c', String(shape.clients)]
  argv.push('-n', String(shape.requests), '-P', String(shape.pipeline))
  argv.push('-k', shape.keepAlive ? '1' : '0', '-d', String(shape.dataSize))
  argv.push('--precision', String(shape.precision))
  if (shape.keyspace !== undefined) argv.push('-r', String(shape.keyspace))
  if (shape.user !== undefined) argv.push('--user', shape.user)
  if (shape.password !== undefined) argv.push('-a', shape.password)
  if (shape.database !== undefined) argv.push('--dbnum', String(shape.database))
  if (shape.isResp3) argv.push('-3')
  if (shape.isTracking) argv.push('--enable-tracking')
  if (shape.threads > 0) argv.push('--threads', String(shape.threads))
  const request = test.request(randomValue(shape.dataSize), shape.keyspace !== undefined)
  const isNamed = 'inline' in request || request.some((word) => word.length > ARGUMENT_MAX)
  return isNamed ? [...argv, '-t', test.name] : [...argv, ...request]
}

function targetArguments(target: LoadTarget): string[] {
  return 'path' in target ? ['-s', target.path] : ['-h', target.host, '-p', String(target.port)]
}

interface Outcome {
  stdout: string
  stderr: string
  code: number | string
}

function run(argv: string[]): Promise<Outcome> {
  const child = spawn('redis-benchmark', argv, { stdio: ['ignore', 'pipe', 'pipe'] })
  track(child)
  const outcome: Outcome = { stdout: '', stderr: '', code: 0 }
  child.stdout.on('data', (chunk) => (outcome.stdout += chunk))
  child.stderr.on('data', (chunk) => {
    outcome.stderr += chunk
    // Version 7.0 says so and then waits for ever.
    if (/^Could not connect/m.test(outcome.stderr)) child.kill()
  })
  return new Promise((resolve, reject) => {
    child.once('error', (error) => reject(new LoadFailure(error.message)))
    child.once('close', (code, signal) => resolve({ ...outcome, code: code ?? signal ?? 0 }))
  })
}

/** Rows of quoted cells. Quotes inside a cell are not doubled, so cells are split at `","`. */
export function parseCsv(text: string): string[][] {
  return text
    .split('\n')
    .filter((line) => /^".*"$/.test(line))
    .map((line) => line.slice(1, -1).split('","'))
}

function readRow(row: string[], shape: LoadShape): Measurement {
  // A title may hold `","` itself: the seven figures are counted from the end.
  const [rps = 0, avg = 0, min = 0, p50 = 0, p95 = 0, p99 = 0, max = 0] = row.slice(-7).map(Number)
  const requests = Math.ceil(shape.requests / shape.pipeline) * shape.pipeline
  const latencies = { avg, min, p50, p95, p99, max }
  return { requests, seconds: requests / rps, rps, latencies, histogram: undefined }
}
