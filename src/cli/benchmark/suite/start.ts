// start.ts: from the start of the process to its first PONG.

import { median } from '../report/statistics.ts'
import { timeStart } from '../servers/server-process.ts'
import { type SuiteContext, scenarioRow } from './scenario.ts'

const STARTS = 10

/** Scenario `start`: the median of ten starts, the servers in turn. */
export async function start(context: SuiteContext): Promise<void> {
  if (!context.wants('start')) return
  const times: Record<string, number[]> = {}
  for (let count = 1; count <= STARTS; count++) {
    for (const command of context.commands) {
      context.progress.step(`start ${count}/${STARTS}: ${command.name}`)
      times[command.name] ??= []
      times[command.name]!.push(await timeStart(command))
    }
  }
  const medians = Object.entries(times).map(([name, list]) => [name, median(list)])
  const figures = Object.fromEntries(medians)
  context.rows.push(scenarioRow('start', 'time', { figures, details: times }))
}
