// start.ts: from the start of the process to its first PONG.
import { timeStart } from '../server-process.ts'
import { median } from '../statistics.ts'
import { type ScenarioRow, type SuiteContext, scenarioRow } from './scenario.ts'

const STARTS = 10

/** Scenario `start`: the median of ten starts, the servers in turn. */
export async function start(context: SuiteContext): Promise<ScenarioRow[]> {
  if (!context.wants('start')) return []
  const times: Record<string, number[]> = {}
  for (let count = 1; count <= STARTS; count++) {
    for (const command of context.commands) {
      context.progress.step(`start ${count}/${STARTS}: ${command.name}`)
      times[command.name] ??= []
      times[command.name]!.push(await timeStart(command))
    }
  }
  const medians = Object.entries(times).map(([name, list]) => [name, median(list)])
  return [scenarioRow('start', 'time', { figures: Object.fromEntries(medians), details: times })]
}
