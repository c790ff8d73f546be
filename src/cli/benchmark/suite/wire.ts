// wire.ts: throughput and processor time per request over TCP, with all servers side by side.
//
// Keys are spread over a keyspace and are all present, so that the dictionary is at work but does
// not grow during a measurement.
import { runRounds } from '../rounds.ts'
import { type BenchmarkTest, selectTests } from '../tests.ts'
import type { SuiteContext } from './scenario.ts'
import { type Amount, shapeOf, throughputRows, withServers } from './throughput.ts'

const ROUNDS = 5

interface WireGroup extends Amount {
  name: string
  tests: readonly string[]
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
  await withServers(context, async (servers) => {
    for (const { group, test, scenario } of wanted) {
      const { driver, progress, rounds = ROUNDS } = context
      const shape = shapeOf(group, context)
      const result = await runRounds({ servers, driver, test, shape, rounds, progress })
      context.rows.push(...throughputRows(scenario, result, servers))
    }
  })
}

function scenarioOf(group: WireGroup, test: BenchmarkTest): string {
  return `wire/${group.name}/${test.name.replace('ping_mbulk', 'ping')}`
}
