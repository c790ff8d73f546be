// wire.ts: throughput and processor time per request over TCP, with all servers side by side.
//
// Keys are spread over a keyspace and are all present, so that the dictionary is at work but does
// not grow during a measurement.
import type { LoadShape } from '../driver.ts'
import { compareRounds, runRounds, type TestRounds } from '../rounds.ts'
import { ServerProcess } from '../server-process.ts'
import { median } from '../statistics.ts'
import { type BenchmarkTest, selectTests } from '../tests.ts'
import { type ScenarioRow, type SuiteContext, scenarioRow, skippedRow } from './scenario.ts'

const ROUNDS = 5

interface WireGroup {
  name: string
  tests: readonly string[]
  pipeline: number
  dataSize: number
  keyspace: number
  /** Enough for about a second of redis-server's time. */
  requests: number
}

const short = { dataSize: 3, keyspace: 100_000 }
const five = ['ping_mbulk', 'set', 'get', 'incr', 'mset']
const two = ['set', 'get']

/** The load of the table, group by group. */
const groups: readonly WireGroup[] = [
  { name: 'p1', tests: five, pipeline: 1, requests: 150_000, ...short },
  { name: 'p16', tests: five, pipeline: 16, requests: 800_000, ...short },
  { name: 'p64', tests: five, pipeline: 64, requests: 2_000_000, ...short },
  { name: '1k-p16', tests: two, pipeline: 16, requests: 500_000, dataSize: 1024, keyspace: 10_000 },
  { name: '64k-p1', tests: two, pipeline: 1, requests: 30_000, dataSize: 65_536, keyspace: 1000 },
  { name: '64k-p16', tests: two, pipeline: 16, requests: 30_000, dataSize: 65_536, keyspace: 1000 },
]

/** Scenarios `wire/<group>/<command>`, each with its throughput and processor time. */
export async function wire(context: SuiteContext): Promise<void> {
  const wanted = groups.flatMap((group) =>
    selectTests(group.tests)
      .map((test) => ({ group, test, scenario: scenarioOf(group, test) }))
      .filter(({ scenario }) => context.wants(scenario)),
  )
  if (wanted.length === 0) return
  const servers: ServerProcess[] = []
  try {
    for (const command of context.commands) servers.push(await ServerProcess.start(command))
    for (const server of servers) context.descriptions.set(server.name, server.description)
    for (const { group, test, scenario } of wanted) {
      const { driver, progress, rounds = ROUNDS } = context
      const shape = shapeOf(group, context)
      const result = await runRounds({ servers, driver, test, shape, rounds, progress })
      context.rows.push(...rowsOf(scenario, result, servers))
    }
  } finally {
    await Promise.all(servers.map((server) => server.stop()))
  }
}

function scenarioOf(group: WireGroup, test: BenchmarkTest): string {
  return `wire/${group.name}/${test.name.replace('ping_mbulk', 'ping')}`
}

function shapeOf(group: WireGroup, { scale, seed }: SuiteContext): LoadShape {
  return {
    user: undefined,
    password: undefined,
    database: undefined,
    isResp3: false,
    isTracking: false,
    clients: 50,
    requests: Math.max(group.pipeline, Math.round(group.requests * scale)),
    dataSize: group.dataSize,
    keepAlive: true,
    keyspace: group.keyspace,
    pipeline: group.pipeline,
    threads: 0,
    seed,
    precision: 3,
  }
}

function rowsOf(scenario: string, result: TestRounds, servers: ServerProcess[]): ScenarioRow[] {
  const reason = result.skipped
  if (reason !== undefined) {
    return [skippedRow(scenario, 'throughput', reason), skippedRow(scenario, 'cpu', reason)]
  }
  const { rounds } = result
  const names = servers.map(({ name }) => name)
  const ours = names[0] ?? ''
  const each = <Figure>(list: string[], figure: (name: string) => Figure) =>
    Object.fromEntries(list.map((name) => [name, figure(name)]))
  const medianOf = (name: string, key: 'rps' | 'cpuPerRequestUs') =>
    median(rounds.filter(({ server }) => server === name).map((figures) => figures[key]))
  const comparisons = each(names.slice(1), (name) => compareRounds(rounds, ours, name))
  const others = names.slice(1)
  return [
    scenarioRow(scenario, 'throughput', {
      figures: each(names, (name) => medianOf(name, 'rps')),
      ratios: each(others, (name) => comparisons[name]!.throughput.median),
      details: { comparisons, rounds },
    }),
    scenarioRow(scenario, 'cpu', {
      figures: each(names, (name) => medianOf(name, 'cpuPerRequestUs')),
      ratios: each(others, (name) => comparisons[name]!.cpu.median),
    }),
  ]
}
