// eviction.test.ts: which keys stay below maxmemory, here and in redis-server 8.2.3: the same
// requests at the same times must find as large a share of what they ask for.
//
// The reference notes uses by the second, so its rounds take real time; ours has a manual clock.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { Rubellite } from 'rubellite'
import { redis8, withoutReference } from '../support/references.ts'
import { Seed } from '../support/seed.ts'
import { startReference } from '../support/servers.ts'
import type { Wire } from '../support/wire.ts'

const skip = redis8 === undefined && withoutReference

/** Keys that fit, and requests sent at once: their replies count as memory too. */
const room = 2000
const batch = 20
const value = 'x'.repeat(500)

interface Target {
  name: string
  /** Runs commands; which of them answered with a value. */
  run(commands: string[][]): Promise<boolean[]>
  info(field: string): Promise<number>
  pass(ms: number): Promise<void>
}

function reference(wire: Wire): Target {
  const info = async (field: string) => {
    const { value: reply } = await wire.call('INFO')
    assert.ok(reply.kind === 'bulk')
    return Number(new RegExp(`^${field}:(\\d+)`, 'm').exec(reply.bytes.toString())?.[1])
  }
  const run = async (commands: string[][]) =>
    (await wire.pipeline(commands)).map((reply) => reply.value.kind === 'bulk')
  return { name: 'redis-server', run, info, pass: (ms) => sleep(ms) }
}

function embedded(db: Rubellite): Target {
  return {
    name: 'rubellite',
    run: async (commands) =>
      commands.map(([name = '', ...rest]) => db.call(name, ...rest) === value),
    info: async (field) => {
      const text = db.call<string>('INFO')
      return Number(new RegExp(`^${field}:(\\d+)`, 'm').exec(text)?.[1])
    },
    pass: async (ms) => db.clock.advance(ms),
  }
}

type Write = (key: number) => string[]

/** Fills the target with `room` keys and lets no more in. */
async function prepare(target: Target, policy: string, write: Write) {
  await target.run([['FLUSHALL'], ['CONFIG', 'RESETSTAT']])
  await target.run([['CONFIG', 'SET', 'maxmemory', '0', 'maxmemory-policy', policy]])
  for (let i = 0; i < room; i += batch) {
    await target.run(Array.from({ length: batch }, (_, k) => write(i + k)))
  }
  const used = await target.info('used_memory')
  await target.run([['CONFIG', 'SET', 'maxmemory', `${used}`]])
}

/** The share of requests that find their key; those that do not bring it. */
async function hitRate(target: Target, rounds: Iterable<Round>, write: Write) {
  let asked = 0
  let found = 0
  for (const [keys, ms] of rounds) {
    for (let i = 0; i < keys.length; i += batch) {
      const some = keys.slice(i, i + batch)
      const results = await target.run(some.map((key) => ['GET', `key:${key}`]))
      const missing = some.filter((_, k) => results[k] === false)
      if (missing.length > 0) await target.run(missing.map(write))
      asked += some.length
      found += some.length - missing.length
    }
    await target.pass(ms)
  }
  return found / asked
}

/** The keys that are asked for, and how long nothing happens afterwards, in milliseconds. */
type Round = readonly [keys: number[], ms: number]

/** Requests for 8,000 keys, the first the most popular; `drift` makes others popular in time. */
function* traffic(rounds: number, drift: number, ms: number): Generator<Round> {
  const seed = new Seed(7)
  for (let round = 0; round < rounds; round++) {
    const keys = Array.from({ length: 1000 }, () => {
      const rank = Math.floor(8000 ** (seed.below(1_000_000) / 1_000_000)) - 1
      return (rank * 3 + round * drift) % 8000
    })
    yield [keys, ms]
  }
}

/** Ours must not fall behind by more than 3 %. */
async function compare(measure: (target: Target) => Promise<number>) {
  await using server = await startReference()
  await using db = await Rubellite.open({ clock: 'manual', seed: 1 })
  const theirs = await measure(reference(await server.connect()))
  const ours = await measure(embedded(db))
  const summary = `rubellite ${ours.toFixed(3)}, redis-server ${theirs.toFixed(3)}`
  assert.ok(ours > theirs - 0.03, summary)
  return summary
}

const patterns = [
  { policy: 'allkeys-lru', rounds: 40, drift: 61, ms: 120 },
  { policy: 'volatile-lru', rounds: 40, drift: 61, ms: 120 },
  { policy: 'allkeys-lfu', rounds: 60, drift: 0, ms: 0 },
  { policy: 'allkeys-random', rounds: 20, drift: 0, ms: 0 },
]

for (const { policy, rounds, drift, ms } of patterns) {
  test(`${policy} keeps as much of what is asked for as the reference`, { skip }, async (t) => {
    const ttl = policy.startsWith('volatile') ? ['EX', '10000'] : []
    const write = (key: number) => ['SET', `key:${key}`, value, ...ttl]
    const summary = await compare(async (target) => {
      await prepare(target, policy, write)
      return hitRate(target, traffic(rounds, drift, ms), write)
    })
    t.diagnostic(summary)
  })
}

test('volatile-ttl keeps as many of the longest lives as the reference', { skip }, async (t) => {
  const summary = await compare(async (target) => {
    const life = (i: number) => `${1000 + ((i * 7919) % room)}`
    await prepare(target, 'volatile-ttl', (i) => ['SET', `key:${i}`, value, 'EX', life(i)])
    // The reference's tables take more with each of these: it evicts more keys for fewer new ones.
    for (let i = 0; (await target.info('evicted_keys')) < 900; i += batch) {
      await target.run(
        Array.from({ length: batch }, (_, k) => ['SET', `more:${i + k}`, value, 'EX', '100000']),
      )
    }
    let kept = 0
    for (let i = 0; i < room; i++) {
      if (Number(life(i)) < 1000 + room / 2) continue
      const [found] = await target.run([['GET', `key:${i}`]])
      if (found) kept++
    }
    return kept / (room / 2)
  })
  t.diagnostic(summary)
})
