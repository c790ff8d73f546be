// publish.ts: how many messages a second reach the subscribers of a channel.
import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { startLoad } from '../load/load.ts'
import { cpuBetween } from '../report/process-figures.ts'
import { median } from '../report/statistics.ts'
import { track } from '../servers/children.ts'
import type { ServerProcess } from '../servers/server-process.ts'
import { randomValue } from '../tests.ts'
import type { ListenerOrder } from './publish-listeners.ts'
import { type SuiteContext, scenarioRow } from './scenario.ts'
import { withServers } from './throughput.ts'

const ROUNDS = 5
const LISTENERS = 50
const MESSAGES = 20_000
const PIPELINE = 16
const PAYLOAD_BYTES = 32
const CHANNEL = 'news'

const entry = fileURLToPath(new URL('./publish-listeners.js', import.meta.url))

interface Delivery {
  /** Messages delivered in a second, to all subscribers together. */
  rate: number
  /** Processor time of the server for each, in microseconds. */
  cpu: number
}

/** Scenario `publish/50`: messages delivered to 50 subscribers, and the server's time for each. */
export async function publish(context: SuiteContext): Promise<void> {
  const scenario = `publish/${LISTENERS}`
  if (!context.wants(scenario)) return
  await withServers(context, async (servers) => {
    const { rounds = ROUNDS, scale, progress } = context
    const messages = Math.ceil((MESSAGES * scale) / PIPELINE) * PIPELINE
    const all = new Map<string, Delivery[]>(servers.map(({ name }) => [name, []]))
    for (const server of servers) await deliver(server, PIPELINE)
    for (let round = 1; round <= rounds; round++) {
      for (const server of round % 2 === 1 ? servers : servers.toReversed()) {
        progress.step(`${scenario} round ${round}/${rounds}: ${server.name}`)
        all.get(server.name)?.push(await deliver(server, messages))
      }
    }
    for (const [metric, key] of [
      ['throughput', 'rate'],
      ['cpu', 'cpu'],
    ] as const) {
      const of = (name: string) => (all.get(name) ?? []).map((delivery) => delivery[key])
      const [ours = '', ...others] = servers.map(({ name }) => name)
      // Ratios are taken within a round.
      const ratio = (name: string) => median(of(ours).map((own, i) => own / (of(name)[i] ?? 0)))
      const figures = Object.fromEntries(servers.map(({ name }) => [name, median(of(name))]))
      const ratios = Object.fromEntries(others.map((name) => [name, ratio(name)]))
      context.rows.push(scenarioRow(scenario, metric, { figures, ratios }))
    }
  })
}

/** Publishes so many messages, and waits until every subscriber has all of them. */
async function deliver(server: ServerProcess, messages: number): Promise<Delivery> {
  const { target } = server
  const child = fork(entry, [], { serialization: 'advanced', execArgv: [] })
  track(child)
  try {
    const heard = new Promise<string>((resolve, reject) => {
      child.once('error', reject)
      child.once('exit', () => reject(new Error('the subscribers ended early')))
      child.on('message', (word) => word === 'done' && resolve('done'))
    })
    const ready = new Promise((resolve) => {
      child.on('message', (word) => word === 'ready' && resolve(word))
    })
    const payload = randomValue(PAYLOAD_BYTES)
    const order = { target, listeners: LISTENERS, channel: CHANNEL, payload, messages }
    child.send(order satisfies ListenerOrder)
    await Promise.race([ready, heard, server.untimelyEnd])
    const before = await server.cpu()
    const began = performance.now()
    const load = startLoad({
      target,
      prologue: [],
      request: ['PUBLISH', CHANNEL, payload],
      requests: messages,
      connections: 1,
      pipeline: PIPELINE,
      keepAlive: true,
      keyspace: 0,
      order: 'sequence',
      seed: 1,
      precision: 2,
    })
    await Promise.race([Promise.all([load.result, heard]), server.untimelyEnd])
    const seconds = (performance.now() - began) / 1000
    const delivered = messages * LISTENERS
    const cpu = (cpuBetween(before, await server.cpu()) / delivered) * 1e6
    return { rate: delivered / seconds, cpu }
  } finally {
    child.removeAllListeners('exit')
    child.kill()
  }
}
