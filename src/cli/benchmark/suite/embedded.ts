// embedded.ts: calls per second of the embedded engine, in a process of its own, since what else
// has run in a process decides how its code was compiled.
import { fork } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { median } from '../report/statistics.ts'
import { track } from '../servers/children.ts'
import type { EmbeddedRates } from './embedded-process.ts'
import { type Metric, type SuiteContext, scenarioRow, skippedRow } from './scenario.ts'

const SECONDS_PER_ROUND = 0.5
const ROUNDS = 5
const entry = fileURLToPath(new URL('./embedded-process.js', import.meta.url))
/** The package's entry, seen from the build. */
const index = new URL('../../../index.js', import.meta.url)

/** The scenarios and what each says. */
const scenarios = [
  ['get', 'rate'],
  ['set', 'rate'],
  ['expiring', 'cost'],
  ['restore', 'cost'],
  ['effects', 'cost'],
] as const satisfies [name: keyof EmbeddedRates, metric: Metric][]

/** Scenarios `embedded/get`, `set`, `expiring`, `restore` and `effects`. */
export async function embedded(context: SuiteContext): Promise<void> {
  const wanted = scenarios.filter(([name]) => context.wants(`embedded/${name}`))
  if (wanted.length === 0) return
  if (!existsSync(index)) {
    const reason = 'the package is not built'
    const skipped = wanted.map(([name, metric]) => skippedRow(`embedded/${name}`, metric, reason))
    context.rows.push(...skipped)
    return
  }
  context.progress.step('embedded')
  const { scale, rounds = ROUNDS } = context
  const rates = await measure(rounds, SECONDS_PER_ROUND * Math.min(1, scale))
  for (const [name, metric] of wanted) {
    const values = name in LIKES ? costs(rates, name as keyof typeof LIKES) : rates[name]
    const figures = { rubellite: median(values) }
    context.rows.push(scenarioRow(`embedded/${name}`, metric, { figures, details: values }))
  }
}

/** What each is compared with. */
const LIKES = { expiring: 'endless', restore: 'hash', effects: 'unheard' } as const

/** The share of its like's time that something takes, in each round. */
function costs(rates: EmbeddedRates, name: keyof typeof LIKES): number[] {
  return rates[LIKES[name]].map((rate, round) => rate / rates[name][round]!)
}

function measure(rounds: number, seconds: number): Promise<EmbeddedRates> {
  const argv = [index.href, String(rounds), String(seconds)]
  const child = fork(entry, argv, { execArgv: [] })
  track(child)
  return new Promise((resolve, reject) => {
    child.once('message', resolve)
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`the embedded run ended with ${code}`)))
  })
}
