// scenario.ts: what a scenario is given and what it reports: one row for each metric.
import type { LoadDriver } from '../load/driver.ts'
import type { Progress } from '../report/progress.ts'
import type { ServerCommand } from '../servers/server-command.ts'
import type { ServerDescription } from '../servers/server-process.ts'
import { type Mark, markOf, targetOf } from './targets.ts'

/** What all scenarios of a run share. */
export interface SuiteContext {
  /** The server under test first, then those it is compared with; the second one decides. */
  commands: readonly ServerCommand[]
  driver: LoadDriver
  rounds: number | undefined
  /** Factor on all sizes. */
  scale: number
  seed: number
  progress: Progress
  /** Whether a scenario was asked for, by its name or the name of its group. */
  wants(scenario: string): boolean
  /** What was measured so far. */
  rows: ScenarioRow[]
  /** Servers met so far, by name. */
  descriptions: Map<string, ServerDescription>
}

export type Metric =
  | 'throughput'
  | 'cpu'
  | 'bytes'
  | 'longest'
  | 'rehearsal'
  | 'time'
  | 'rate'
  | 'cost'

/** Units of the metrics' figures. */
export const units: Readonly<Record<Metric, string>> = {
  throughput: 'requests/s',
  cpu: 'µs CPU/request',
  bytes: 'RSS bytes each',
  longest: 'ms',
  rehearsal: 'ms',
  time: 'ms',
  rate: 'calls/s',
  cost: 'times',
}

export interface ScenarioRow {
  /** e.g. `wire/p16/get`. */
  scenario: string
  metric: Metric
  unit: string
  /** The figure of each server, by name, ours first. */
  figures: Record<string, number>
  /** Our figure divided by each other server's. */
  ratios: Record<string, number>
  must: number | undefined
  aim: number | undefined
  mark: Mark
  /** Why there are no figures. */
  skipped?: string
  /** Everything the figures were made of. */
  details?: unknown
}

/** Adds its rows to the context's, one by one: those measured before a failure are kept. */
export type Scenario = (context: SuiteContext) => Promise<void>

interface RowFigures {
  figures: Record<string, number>
  /** Given where a median of ratios is better than a ratio of medians. */
  ratios?: Record<string, number>
  details?: unknown
}

/** A row with its target and mark. */
export function scenarioRow(scenario: string, metric: Metric, given: RowFigures): ScenarioRow {
  const [[, ours = Number.NaN] = [], ...others] = Object.entries(given.figures)
  const computed = Object.fromEntries(others.map(([name, figure]) => [name, ours / figure]))
  const ratios = given.ratios ?? computed
  const target = targetOf(scenario, metric)
  const judged = target?.judges === 'figure' ? ours : Object.values(ratios)[0]
  return {
    scenario,
    metric,
    unit: units[metric],
    figures: given.figures,
    ratios,
    must: target?.must,
    aim: target?.aim,
    mark: markOf(target, judged),
    details: given.details,
  }
}

/** A row for what could not be measured. */
export function skippedRow(scenario: string, metric: Metric, reason: string): ScenarioRow {
  return { ...scenarioRow(scenario, metric, { figures: {} }), skipped: reason }
}
