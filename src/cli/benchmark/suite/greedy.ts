// greedy.ts: how long others wait for an answer beside one client whose pipeline never ends.
import { constants, setPriority } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { startEndless } from '../load/endless.ts'
import type { RequestTemplate } from '../load/request-batch.ts'
import type { ServerCommand } from '../servers/server-command.ts'
import { ServerProcess } from '../servers/server-process.ts'
import { randomValue } from '../tests.ts'
import { type ProbeResult, Prober } from './prober.ts'
import { type SuiteContext, scenarioRow } from './scenario.ts'

/** What the client sends, again and again. */
const pipelines: Readonly<Record<string, RequestTemplate>> = {
  incr: ['INCR', 'c'],
  get: ['GET', 'c'],
  zadd: ['ZADD', 'z', '1', 'member'],
  'set-1k': ['SET', 'k', randomValue(1024)],
  inline: { inline: 'INCR c' },
}

/** How long the answers are watched, and before that the load runs, in milliseconds. */
const WATCHED_MS = 4000
const WARM_UP_MS = 1000

/** Scenarios `stall/greedy/<request>`: the usual answer (`time`) and the longest. */
export async function greedy(context: SuiteContext): Promise<void> {
  for (const [name, request] of Object.entries(pipelines)) {
    const scenario = `stall/greedy/${name}`
    if (!context.wants(scenario)) continue
    const usual: Record<string, number> = {}
    const longest: Record<string, number> = {}
    const details: Record<string, ProbeResult> = {}
    for (const command of context.commands) {
      context.progress.step(`${scenario}: ${command.name}`)
      const result = await besideEndless(context, command, request)
      usual[command.name] = result.p50
      longest[command.name] = result.longest
      details[command.name] = result
    }
    context.rows.push(scenarioRow(scenario, 'time', { figures: usual, details }))
    context.rows.push(scenarioRow(scenario, 'longest', { figures: longest }))
  }
}

async function besideEndless(
  context: SuiteContext,
  command: ServerCommand,
  request: RequestTemplate,
): Promise<ProbeResult> {
  const server = await ServerProcess.start(command)
  context.descriptions.set(server.name, server.description)
  const load = startEndless(server.target, request)
  // As with other stalls, the load yields the processor to the server and the prober.
  if (load.pid !== undefined) setPriority(load.pid, constants.priority.PRIORITY_LOW)
  const prober = new Prober(server.target)
  const watch = async () => {
    await sleep(WARM_UP_MS)
    prober.restart()
    await sleep(Math.max(100, WATCHED_MS * context.scale))
    return prober.result()
  }
  try {
    return await Promise.race([prober.during(watch()), server.untimelyEnd])
  } finally {
    prober.stop()
    load.stop()
    await server.stop()
  }
}
