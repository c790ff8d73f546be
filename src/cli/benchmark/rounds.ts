// rounds.ts: measures several servers with one test in alternating rounds.
//
// A noisy machine drifts over minutes, not within one round: what is compared is the ratio of two
// measurements that were made one right after the other, and of these ratios the median. Each
// round reverses the order of the servers, so that none always runs on a warmer machine.
import type { LoadDriver, LoadShape, Measurement } from './load/driver.ts'
import { fillingJob } from './load/driver.ts'
import { startLoad } from './load/load.ts'
import { cpuBetween } from './report/process-figures.ts'
import type { Progress } from './report/progress.ts'
import { type Spread, spread } from './report/statistics.ts'
import type { ServerProcess } from './servers/server-process.ts'
import { type BenchmarkTest, randomValue } from './tests.ts'

/** One server's figures in one round. */
export interface RoundFigures {
  round: number
  server: string
  requests: number
  seconds: number
  rps: number
  /** Processor time of the server's process for one request, in microseconds. */
  cpuPerRequestUs: number
  p50Ms: number
  p99Ms: number
  maxMs: number
}

/** All rounds of a test, or why there are none. */
export interface TestRounds {
  test: string
  rounds: RoundFigures[]
  /** `rubellite lacks the command`; undefined when the test was run. */
  skipped?: string
}

/** How two servers compare: figures of the first divided by the second's, round by round. */
export interface Comparison {
  throughput: Spread
  cpu: Spread
}

export interface RoundsPlan {
  servers: readonly ServerProcess[]
  driver: LoadDriver
  test: BenchmarkTest
  shape: LoadShape
  rounds: number
  progress: Progress
  /** Brings a server into the state to measure in; what the test itself says when absent. */
  prepare?: (server: ServerProcess) => Promise<void>
}

/** An unrecorded run before the first round lets a just-in-time compiler see the command. */
const WARM_UP_REQUESTS = 200_000
const PREPARE_ERROR = 'the server refused to prepare the test'

/**
 * Runs a test.
 *
 * @throws ServerError when a server ends, ServerRefusal when one answers with an error.
 */
export async function runRounds(plan: RoundsPlan): Promise<TestRounds> {
  const { servers, test, rounds, progress } = plan
  const result: TestRounds = { test: test.title, rounds: [] }
  for (const server of plan.prepare === undefined ? servers : []) {
    const lacking = await lacks(server, plan)
    if (lacking) return { ...result, skipped: `${server.name} lacks the command` }
  }
  const warmUp = { ...plan.shape, requests: Math.min(plan.shape.requests, WARM_UP_REQUESTS) }
  for (const server of servers) await measure(server, { ...plan, shape: warmUp })
  for (let round = 1; round <= rounds; round++) {
    const order = round % 2 === 1 ? servers : servers.toReversed()
    for (const server of order) {
      progress.step(`${test.title} round ${round}/${rounds}: ${server.name}`)
      result.rounds.push(await oneRound(server, plan, round))
    }
  }
  return result
}

/** Compares two servers over the rounds of a test. */
export function compareRounds(rounds: readonly RoundFigures[], one: string, other: string) {
  const pairs = rounds
    .filter(({ server }) => server === one)
    .map((mine) => ({
      mine,
      theirs: rounds.find((r) => r.server === other && r.round === mine.round),
    }))
  const ratios = (figure: (figures: RoundFigures) => number) =>
    pairs.map(({ mine, theirs }) => figure(mine) / (theirs ? figure(theirs) : Number.NaN))
  return {
    throughput: spread(ratios(({ rps }) => rps)),
    cpu: spread(ratios(({ cpuPerRequestUs }) => cpuPerRequestUs)),
  } satisfies Comparison
}

async function oneRound(
  server: ServerProcess,
  plan: RoundsPlan,
  round: number,
): Promise<RoundFigures> {
  const { requests, seconds, rps, latencies, cpuSeconds } = await measure(server, plan)
  return {
    round,
    server: server.name,
    requests,
    seconds,
    rps,
    cpuPerRequestUs: (cpuSeconds / requests) * 1e6,
    p50Ms: latencies.p50,
    p99Ms: latencies.p99,
    maxMs: latencies.max,
  }
}

/** Prepares the server and measures it once. */
async function measure(
  server: ServerProcess,
  { driver, test, shape, prepare = (target) => prepareTest(target, test, shape) }: RoundsPlan,
): Promise<Measurement & { cpuSeconds: number }> {
  // Whole pipelines only: otherwise requests are sent that nobody counts.
  const requests = Math.ceil(shape.requests / shape.pipeline) * shape.pipeline
  const task = { target: server.target, test, shape: { ...shape, requests } }
  await prepare(server)
  const before = await server.cpu()
  const measurement = await Promise.race([driver.start(task).result, server.untimelyEnd])
  return { ...measurement, cpuSeconds: cpuBetween(before, await server.cpu()) }
}

/** Empties the server and gives it what the test finds there. */
async function prepareTest(
  server: ServerProcess,
  test: BenchmarkTest,
  shape: LoadShape,
): Promise<void> {
  await server.call('FLUSHALL')
  const request = test.prepare?.(randomValue(shape.dataSize))
  if (request === undefined || test.prepareTimes === undefined) return
  const times = {
    keyspace: Math.max(1, shape.keyspace ?? 1),
    requests: shape.requests,
  }
  const task = { target: server.target, test, shape }
  const count = typeof test.prepareTimes === 'number' ? test.prepareTimes : times[test.prepareTimes]
  await Promise.race([startLoad(fillingJob(task, request, count)).result, server.untimelyEnd])
}

/** Whether the server lacks the command of a test, or the one that prepares it. */
async function lacks(server: ServerProcess, { test, shape }: RoundsPlan): Promise<boolean> {
  const value = randomValue(shape.dataSize)
  const request = test.request(value, shape.keyspace !== undefined)
  const commands = 'inline' in request ? [[request.inline]] : [request]
  const preparation = test.prepare?.(value)
  if (preparation !== undefined) commands.unshift(preparation)
  for (const argv of commands) {
    const refusal = await server.refusal(argv.map((word) => word.replace('__rand_int__', '0')))
    if (refusal === undefined) continue
    if (/^ERR unknown command/i.test(refusal)) return true
    throw new Error(`${server.name}: ${PREPARE_ERROR} ${test.title}: ${refusal}`)
  }
  return false
}
