// throughput.ts: what scenarios have in common that measure requests per second side by side.
import type { LoadShape } from '../load/driver.ts'
import { median } from '../report/statistics.ts'
import { compareRounds, type TestRounds } from '../rounds.ts'
import { ServerProcess } from '../servers/server-process.ts'
import { type ScenarioRow, type SuiteContext, scenarioRow, skippedRow } from './scenario.ts'

/** How much load a test is measured with. */
export interface Amount {
  pipeline: number
  /** Bytes of a value. */
  dataSize: number
  /** Numbers that `__rand_int__` is drawn from. */
  keyspace: number
  /** Enough for about a second of redis-server's time. */
  requests: number
  /** Connections; 50 when absent. */
  clients?: number
}

/** Starts all servers of a run, and stops them after `run`. */
export async function withServers(
  context: SuiteContext,
  run: (servers: readonly ServerProcess[]) => Promise<void>,
): Promise<void> {
  const servers: ServerProcess[] = []
  try {
    for (const command of context.commands) servers.push(await ServerProcess.start(command))
    for (const server of servers) context.descriptions.set(server.name, server.description)
    await run(servers)
  } finally {
    await Promise.all(servers.map((server) => server.stop()))
  }
}

/** The load of a test, with the run's scale. */
export function shapeOf(amount: Amount, { scale, seed }: SuiteContext): LoadShape {
  return {
    user: undefined,
    password: undefined,
    database: undefined,
    isResp3: false,
    isTracking: false,
    clients: amount.clients ?? 50,
    requests: Math.max(amount.pipeline, Math.round(amount.requests * scale)),
    dataSize: amount.dataSize,
    keepAlive: true,
    keyspace: amount.keyspace,
    pipeline: amount.pipeline,
    threads: 0,
    seed,
    precision: 3,
  }
}

/** Throughput and processor time of a test, as rows. */
export function throughputRows(
  scenario: string,
  result: TestRounds,
  servers: readonly ServerProcess[],
): ScenarioRow[] {
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
