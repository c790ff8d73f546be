// memory.ts: resident memory for each key, or for each item of collections: what the process has
// grown by, divided by their number.
//
// Each server is started for this alone, so that nothing it used before can be used again. What
// one key costs includes everything that grew with the load: dictionaries, fragmentation, and the
// heap of a garbage-collected server.
import { setTimeout as sleep } from 'node:timers/promises'
import type { LoadTarget } from '../load/job.ts'
import { startLoad } from '../load/load.ts'
import { geometricMean } from '../report/statistics.ts'
import type { ServerCommand } from '../servers/server-command.ts'
import { ServerProcess } from '../servers/server-process.ts'
import { randomValue } from '../tests.ts'
import { fillJob } from './fill.ts'
import { type ScenarioRow, type SuiteContext, scenarioRow } from './scenario.ts'

/** Memory is read when the server has had time to give back what it will. */
const SETTLE_MS = 1500

const MILLION = 1_000_000

interface MemoryLoad {
  scenario: string
  /** Requests to send, each of which adds one item. */
  keys: number
  request: string[]
  /** Keys that all requests together make; one for each where absent. */
  made?: number
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

const number = '__rand_int__'
const four = ['name', 'mail', 'city', 'plan'].flatMap((field) => [field, `${field}:value`])

const itemLoads: readonly MemoryLoad[] = [
  { scenario: 'items/hash4', keys: 200_000, request: ['HSET', `h${number}`, ...four] },
  { scenario: 'items/list20', keys: 100_000, request: ['RPUSH', `l${number}`, ...twenty()] },
  { scenario: 'items/zset', keys: MILLION, request: ['ZADD', 'z', number, `m${number}`], made: 1 },
  { scenario: 'items/hash', keys: MILLION, request: ['HSET', 'h', `f${number}`, 'value'], made: 1 },
  { scenario: 'items/set', keys: MILLION, request: ['SADD', 's', `m${number}`], made: 1 },
  {
    scenario: 'items/stream',
    keys: MILLION,
    request: ['XADD', 's', '*', 'field', `value${number}`],
    made: 1,
  },
]

/** Scenarios `memory/keys` (15-byte keys, 32-byte values) and `memory/sessions` (with TTL). */
export async function memory(context: SuiteContext): Promise<void> {
  await measureAll(context, loads)
}

/** Scenarios `items/<type>`: bytes for each item of collections, and the mean of their ratios. */
export async function items(context: SuiteContext): Promise<void> {
  const rows = await measureAll(context, itemLoads)
  const [first] = rows
  if (first === undefined) return
  const names = Object.keys(first.ratios)
  const none = Object.fromEntries(Object.keys(first.figures).map((name) => [name, Number.NaN]))
  const mean = (name: string) => geometricMean(rows.map((row) => row.ratios[name] ?? Number.NaN))
  const ratios = Object.fromEntries(names.map((name) => [name, mean(name)]))
  context.rows.push(scenarioRow('items/mean', 'bytes', { figures: none, ratios }))
}

async function measureAll(
  context: SuiteContext,
  wanted: readonly MemoryLoad[],
): Promise<ScenarioRow[]> {
  const rows: ScenarioRow[] = []
  for (const load of wanted.filter(({ scenario }) => context.wants(scenario))) {
    const figures: Record<string, number> = {}
    const details: Record<string, unknown> = {}
    for (const command of context.commands) {
      context.progress.step(`${load.scenario}: ${command.name}`)
      const keys = Math.round(load.keys * context.scale)
      const { before, after } = await measure(context, command, { ...load, keys })
      figures[command.name] = (after - before) / keys
      details[command.name] = { keys, before, after }
    }
    rows.push(scenarioRow(load.scenario, 'bytes', { figures, details }))
  }
  context.rows.push(...rows)
  return rows
}

function twenty(): string[] {
  return Array.from({ length: 20 }, (_, index) => `element:${index}`)
}

async function measure(context: SuiteContext, command: ServerCommand, load: MemoryLoad) {
  const server = await ServerProcess.start(command)
  context.descriptions.set(server.name, server.description)
  try {
    const before = await server.residentBytes()
    await Promise.race([fill(server.target, load), server.untimelyEnd])
    await server.expectKeys(load.made ?? load.keys)
    await sleep(SETTLE_MS * Math.min(1, context.scale))
    return { before, after: await server.residentBytes() }
  } finally {
    await server.stop()
  }
}

function fill(target: LoadTarget, { request, keys }: MemoryLoad) {
  return startLoad(fillJob({ target, request, keys })).result
}
