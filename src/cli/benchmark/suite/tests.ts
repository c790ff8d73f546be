// tests.ts: redis-benchmark's default tests, each at three pipelines, and what they come to.

import { geometricMean } from '../report/statistics.ts'
import { runRounds } from '../rounds.ts'
import { selectTests } from '../tests.ts'
import { type ScenarioRow, type SuiteContext, scenarioRow } from './scenario.ts'
import { type Amount, shapeOf, throughputRows, withServers } from './throughput.ts'

const ROUNDS = 3
/** LRANGE answers with hundreds of elements: so many fewer requests take as long. */
const RANGE_SHARE = 0.08

const common = { dataSize: 3, keyspace: 100_000 }
const groups: Readonly<Record<string, Amount>> = {
  p1: { pipeline: 1, requests: 100_000, ...common },
  p16: { pipeline: 16, requests: 600_000, ...common },
  p64: { pipeline: 64, requests: 1_000_000, ...common },
}
/** Not a test of its own, and the inline form of one. */
const left: ReadonlySet<string> = new Set(['lrange_push', 'ping_inline'])

/**
 * Scenarios `tests/<pipeline>/<test>`, and for each pipeline the geometric mean of all ratios
 * (`mean`) and the worst (`worst`).
 */
export async function tests(context: SuiteContext): Promise<void> {
  for (const [name, amount] of Object.entries(groups)) {
    const wanted = selectTests(undefined).filter(
      (test) => !left.has(test.name) && context.wants(`tests/${name}/${test.name}`),
    )
    if (wanted.length === 0) continue
    await withServers(context, async (servers) => {
      const rows: ScenarioRow[] = []
      for (const test of wanted) {
        const { driver, progress, rounds = ROUNDS } = context
        const share = test.name.startsWith('lrange') ? RANGE_SHARE : 1
        const shape = shapeOf({ ...amount, requests: amount.requests * share }, context)
        const result = await runRounds({ servers, driver, test, shape, rounds, progress })
        rows.push(...throughputRows(`tests/${name}/${test.name}`, result, servers))
      }
      context.rows.push(...rows, ...summary(`tests/${name}`, rows))
    })
  }
}

function summary(group: string, rows: readonly ScenarioRow[]): ScenarioRow[] {
  const rates = rows.filter((row) => row.metric === 'throughput' && row.skipped === undefined)
  const [first] = rates
  if (first === undefined) return []
  const names = Object.keys(first.ratios)
  const ours = Object.keys(first.figures)[0] ?? ''
  const ratiosTo = (name: string) => rates.map((row) => row.ratios[name] ?? Number.NaN)
  const over = (combine: (ratios: number[]) => number) => ({
    figures: Object.fromEntries([[ours, Number.NaN], ...names.map((name) => [name, Number.NaN])]),
    ratios: Object.fromEntries(names.map((name) => [name, combine(ratiosTo(name))])),
  })
  return [
    scenarioRow(`${group}/mean`, 'throughput', over(geometricMean)),
    scenarioRow(
      `${group}/worst`,
      'throughput',
      over((ratios) => Math.min(...ratios)),
    ),
  ]
}
