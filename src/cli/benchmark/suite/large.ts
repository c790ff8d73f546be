// large.ts: commands on collections of a million members, where a structure shows its worth.
import { startLoad } from '../load/load.ts'
import { runRounds } from '../rounds.ts'
import type { ServerProcess } from '../servers/server-process.ts'
import { commandTest } from '../tests.ts'
import { fillJob } from './fill.ts'
import type { SuiteContext } from './scenario.ts'
import { type Amount, shapeOf, throughputRows, withServers } from './throughput.ts'

const ROUNDS = 5
const MILLION = 1_000_000

interface Filling {
  request: readonly string[]
  times: number
}

interface LargeTest {
  name: string
  /** What the server is filled with, once. */
  fill: readonly Filling[]
  /** What is sent before each round. */
  before?: readonly (readonly string[])[]
  request: readonly string[]
  amount: Amount
}

const amount: Amount = { pipeline: 16, dataSize: 3, keyspace: MILLION, requests: 300_000 }
const random = '__rand_int__'
// Scores get the even numbers, members the odd ones: all distinct.
const scores = { request: ['ZADD', 'z', random, `m:${random}`], times: MILLION }
const fields = { request: ['HSET', 'h', `f:${random}`, 'some value'], times: MILLION }
const entries = { request: ['XADD', 's', '*', 'field', 'some value'], times: MILLION }
const twice = { ...amount, keyspace: 2 * MILLION }

const large: readonly LargeTest[] = [
  { name: 'zadd', fill: [scores], request: scores.request, amount: twice },
  {
    name: 'zrangebyscore',
    fill: [scores],
    request: ['ZRANGEBYSCORE', 'z', random, '+inf', 'LIMIT', '0', '10'],
    amount: twice,
  },
  { name: 'xadd', fill: [entries], request: entries.request, amount },
  {
    name: 'xreadgroup',
    fill: [entries],
    before: [
      ['XGROUP', 'DESTROY', 's', 'g'],
      ['XGROUP', 'CREATE', 's', 'g', '0'],
    ],
    request: ['XREADGROUP', 'GROUP', 'g', 'c', 'COUNT', '10', 'STREAMS', 's', '>'],
    amount: { ...amount, requests: 90_000 },
  },
  { name: 'hset', fill: [fields], request: fields.request, amount },
  { name: 'hget', fill: [fields], request: ['HGET', 'h', `f:${random}`], amount },
  {
    // Two sets of 100,000 that have half of their members in common.
    name: 'sinter',
    fill: [
      { request: ['SADD', 'a', `m:${random}`], times: 100_000 },
      { request: ['SADD', 'b', `m:${random}`, `n:${random}`], times: 50_000 },
    ],
    request: ['SINTER', 'a', 'b'],
    amount: { ...amount, pipeline: 1, clients: 1, requests: 40 },
  },
]

/** Scenarios `large/<command>`. */
export async function largeCollections(context: SuiteContext): Promise<void> {
  for (const test of large.filter(({ name }) => context.wants(`large/${name}`))) {
    await withServers(context, async (servers) => {
      const { driver, progress, rounds = ROUNDS } = context
      for (const server of servers) {
        progress.step(`large/${test.name}: filling ${server.name}`)
        for (const filling of test.fill) await fill(server, filling, context.scale)
      }
      const result = await runRounds({
        servers,
        driver,
        test: { ...commandTest(test.request, 3), name: test.name },
        shape: shapeOf(scaled(test.amount, context.scale), context),
        rounds,
        progress,
        prepare: async (server) => {
          for (const argv of test.before ?? []) await server.call(...argv)
        },
      })
      context.rows.push(...throughputRows(`large/${test.name}`, result, servers))
    })
  }
}

// Keys are drawn from what is there.
function scaled(whole: Amount, scale: number): Amount {
  return { ...whole, keyspace: Math.round(whole.keyspace * scale) }
}

async function fill({ target, untimelyEnd }: ServerProcess, filling: Filling, scale: number) {
  const { request, times } = filling
  const keys = Math.round(times * scale)
  await Promise.race([startLoad(fillJob({ target, request, keys })).result, untimelyEnd])
}
