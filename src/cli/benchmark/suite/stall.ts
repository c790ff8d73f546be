// stall.ts: the longest time in which a server answers nobody: while keys pour in (dictionaries
// grow, heaps are collected), while a million keys reach the same expiry instant, and while a
// collection of a million members grows, is copied, and is deleted in ways that are not to block.
import { constants, setPriority } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { startLoadApart } from '../load/load.ts'
import type { ServerCommand } from '../servers/server-command.ts'
import { ServerProcess } from '../servers/server-process.ts'
import { ServerError } from '../servers/started-child.ts'
import { randomValue } from '../tests.ts'
import { fillJob } from './fill.ts'
import { type ProbeResult, Prober } from './prober.ts'
import { type SuiteContext, scenarioRow } from './scenario.ts'

const LOAD_KEYS = 5_000_000
const EXPIRE_KEYS = 1_000_000
const MEMBERS = 1_000_000
/** Members of the rehearsal, in which a just-in-time compiler sees what is to come. */
const REHEARSED = 50_000
/** How long the idle server is probed first, to show what the machine itself does. */
const IDLE_MS = 1000
const EXPIRE_WAIT_MS = 60_000
const POLL_MS = 100
/** How long the consequences of one change are watched. */
const CHANGE_MS = 300

/** What adds a member to a collection `c`. */
const members = {
  list: ['RPUSH', 'c', 'element:__rand_int__'],
  hash: ['HSET', 'c', 'f:__rand_int__', 'some value'],
  set: ['SADD', 'c', 'm:__rand_int__'],
  zset: ['ZADD', 'c', '__rand_int__', 'm:__rand_int__'],
  stream: ['XADD', 'c', '*', 'field', 'some value'],
} as const

/** What is done to a large collection `c`, step by step; `d` is another key. */
const changes: readonly (readonly string[])[] = [
  ['COPY', 'c', 'd'],
  ['UNLINK', 'd'],
  ['COPY', 'c', 'd'],
  ['PEXPIRE', 'd', '1'],
  ['RENAME', 'c', 'e'],
  ['FLUSHALL', 'ASYNC'],
]

interface Stall {
  /** While the server has nothing else to do. */
  idle: ProbeResult
  loaded: ProbeResult
  /** While all was done for the first time, with few members, by a server just started. */
  rehearsal?: ProbeResult
  keys: number
  /** Seconds the load took, or the expiry from its instant on. */
  seconds: number
}

/** Scenarios `stall/load` and `stall/expire`. */
export async function stall(context: SuiteContext): Promise<void> {
  await measureAll(context, { 'stall/load': whileLoading, 'stall/expire': whileExpiring })
}

/** Scenarios `collections/<type>`, with the first stall of a fresh server as `rehearsal`. */
export async function collections(context: SuiteContext): Promise<void> {
  const runs = Object.entries(members).map(([type, request]): [string, StallRun] => [
    `collections/${type}`,
    (server, prober, scale) => whileChanging(request, server, { prober, scale }),
  ])
  await measureAll(context, Object.fromEntries(runs))
}

async function measureAll(
  context: SuiteContext,
  scenarios: Readonly<Record<string, StallRun>>,
): Promise<void> {
  for (const [scenario, run] of Object.entries(scenarios)) {
    if (!context.wants(scenario)) continue
    const figures: Record<string, number> = {}
    const rehearsals: Record<string, number> = {}
    const details: Record<string, Stall> = {}
    for (const command of context.commands) {
      context.progress.step(`${scenario}: ${command.name}`)
      const result = await withServer(context, command, run)
      figures[command.name] = result.loaded.longest
      details[command.name] = result
      if (result.rehearsal !== undefined) rehearsals[command.name] = result.rehearsal.longest
    }
    context.rows.push(scenarioRow(scenario, 'longest', { figures, details }))
    if (Object.keys(rehearsals).length > 0) {
      context.rows.push(scenarioRow(scenario, 'rehearsal', { figures: rehearsals }))
    }
  }
}

type StallRun = (server: ServerProcess, prober: Prober, scale: number) => Promise<Stall>

async function withServer(context: SuiteContext, command: ServerCommand, run: StallRun) {
  const server = await ServerProcess.start(command)
  context.descriptions.set(server.name, server.description)
  const prober = new Prober(server.target)
  try {
    const work = run(server, prober, context.scale)
    return await Promise.race([prober.during(work), server.untimelyEnd])
  } finally {
    prober.stop()
    await server.stop()
  }
}

async function whileLoading(server: ServerProcess, prober: Prober, scale: number): Promise<Stall> {
  const idle = await idleResult(prober)
  const keys = Math.round(LOAD_KEYS * scale)
  const { seconds } = await load(server, ['SET', 'key:__rand_int__', randomValue(32)], keys)
  const loaded = prober.result()
  await server.expectKeys(keys)
  return { idle, loaded, keys, seconds }
}

async function whileExpiring(server: ServerProcess, prober: Prober, scale: number): Promise<Stall> {
  const idle = await idleResult(prober)
  const keys = Math.round(EXPIRE_KEYS * scale)
  const instant = await loadUntil(server, keys)
  await sleep(Math.max(0, instant - Date.now() - POLL_MS))
  prober.restart()
  // An expired key counts until it is removed, so an empty database is the end of the work.
  while (Date.now() < instant + EXPIRE_WAIT_MS) {
    await sleep(POLL_MS)
    if ((await server.keyCount()) === 0) break
  }
  return { idle, loaded: prober.result(), keys, seconds: (Date.now() - instant) / 1000 }
}

/** Loads keys that expire together, and late enough that all are there by then. */
async function loadUntil(server: ServerProcess, keys: number): Promise<number> {
  for (let patienceMs = 2000 + keys / 100; ; patienceMs *= 2) {
    const instant = Math.round(Date.now() + patienceMs)
    const request = ['SET', 'key:__rand_int__', randomValue(32), 'PXAT', String(instant)]
    await load(server, request, keys)
    if (Date.now() < instant - 5 * POLL_MS) {
      await server.expectKeys(keys)
      return instant
    }
    await server.call('FLUSHALL')
  }
}

async function whileChanging(
  request: readonly string[],
  server: ServerProcess,
  { prober, scale }: { prober: Prober; scale: number },
): Promise<Stall> {
  const idle = await idleResult(prober)
  const keys = Math.round(MEMBERS * scale)
  await growAndChange(request, server, Math.min(keys, REHEARSED))
  const rehearsal = prober.result()
  prober.restart()
  const seconds = await growAndChange(request, server, keys)
  return { idle, loaded: prober.result(), rehearsal, keys, seconds }
}

/** Fills a collection, then changes it; returns the seconds that filling took. */
async function growAndChange(request: readonly string[], server: ServerProcess, keys: number) {
  const { seconds } = await load(server, request, keys)
  await server.expectKeys(1)
  for (const argv of changes) {
    const reply = await server.call(...argv)
    if (/^[A-Z]+ /.test(reply)) throw new ServerError(`${server.name}: ${argv[0]}: ${reply}`)
    await sleep(CHANGE_MS)
  }
  return seconds
}

async function idleResult(prober: Prober): Promise<ProbeResult> {
  await sleep(IDLE_MS)
  const result = prober.result()
  prober.restart()
  return result
}

// The generator must not take the processor from the server or the prober: it yields to them.
function load(server: ServerProcess, request: readonly string[], keys: number) {
  const running = startLoadApart(fillJob({ target: server.target, request, keys }))
  for (const pid of running.pids) setPriority(pid, constants.priority.PRIORITY_LOW)
  return running.result
}
