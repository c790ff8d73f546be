// memory.ts: resident memory for each key: what the process has grown by, divided by its keys.
//
// Each server is started for this alone, so that nothing it used before can be used again. What
// one key costs includes everything that grew with the load: dictionaries, fragmentation, and the
// heap of a garbage-collected server.
import { setTimeout as sleep } from 'node:timers/promises'
import { startLoad } from '../load.ts'
import type { LoadTarget } from '../load-job.ts'
import type { ServerCommand } from '../server-command.ts'
import { ServerProcess } from '../server-process.ts'
import { randomValue } from '../tests.ts'
import { fillJob } from './fill.ts'
import { type SuiteContext, scenarioRow } from './scenario.ts'

/** Memory is read when the server has had time to give back what it will. */
const SETTLE_MS = 1500

interface MemoryLoad {
  scenario: string
  keys: number
  request: string[]
}

const loads: readonly MemoryLoad[] = [
  {
    scenario: 'memory/keys',
    keys: 1_000_000,
    request: ['SET', 'key__rand_int__', randomValue(32)],
  },
  {
    scenario: 'memory/sessions',
    keys: 500_000,
    request: ['SET', 'ses__rand_int__', randomValue(100), 'EX', '86400'],
  },
]

/** Scenarios `memory/keys` (15-byte keys, 32-byte values) and `memory/sessions` (with TTL). */
export async function memory(context: SuiteContext): Promise<void> {
  for (const load of loads.filter(({ scenario }) => context.wants(scenario))) {
    const figures: Record<string, number> = {}
    const details: Record<string, unknown> = {}
    for (const command of context.commands) {
      context.progress.step(`${load.scenario}: ${command.name}`)
      const keys = Math.round(load.keys * context.scale)
      const { before, after } = await measure(context, command, { ...load, keys })
      figures[command.name] = (after - before) / keys
      details[command.name] = { keys, before, after }
    }
    context.rows.push(scenarioRow(load.scenario, 'bytes', { figures, details }))
  }
}

async function measure(context: SuiteContext, command: ServerCommand, load: MemoryLoad) {
  const server = await ServerProcess.start(command)
  context.descriptions.set(server.name, server.description)
  try {
    const before = await server.residentBytes()
    await Promise.race([fill(server.target, load), server.untimelyEnd])
    await server.expectKeys(load.keys)
    await sleep(SETTLE_MS * Math.min(1, context.scale))
    return { before, after: await server.residentBytes() }
  } finally {
    await server.stop()
  }
}

function fill(target: LoadTarget, { request, keys }: MemoryLoad) {
  return startLoad(fillJob({ target, request, keys })).result
}
