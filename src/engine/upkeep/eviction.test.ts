// eviction.test.ts: what goes and what stays when memory is above its limit, with a clock that
// only moves when told to and chance that repeats itself.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Stage, type Client as Talk, type Word } from '#test/support/stage.js'
import { EVICTED } from '../contract/events.ts'
import type { Engine } from '../dispatch/engine.ts'
import { EVICTION_DONE, EVICTION_GOES_ON, timeLimit } from './eviction.ts'
import { SESSION_BYTES } from './memory.ts'

class Client {
  readonly talk: Talk

  constructor(talk: Talk) {
    this.talk = talk
  }

  call(...words: Word[]): string {
    return this.talk.call(...words)
  }

  /** Sets a directive. */
  set(...words: (string | number)[]): void {
    assert.equal(this.call('CONFIG', 'SET', ...words), '+OK\r\n')
  }

  /** Keys of the selected database with their prefix's letter, how many there are. */
  count(prefix: string): number {
    return Number(/^\*(\d+)/.exec(this.call('KEYS', `${prefix}*`))?.[1])
  }
}

function start() {
  const collected: number[] = []
  const stage: Stage = new Stage({
    now: 1_700_000_000_000,
    host: { collect: () => collected.push(stage.clock.ms) % 2 === 0 },
  })
  const { engine, clock, log } = stage
  const open = () => new Client(stage.open())
  const wait = (ms: number) => stage.wait(ms)
  return { stage, engine, client: open(), open, clock, log, collected, wait }
}

/** A limit that what is there now just fits into. */
function limitHere(engine: Engine, client: Client): void {
  client.set('maxmemory', engine.memory.used)
}

const VALUE = 'x'.repeat(200)

test('refuses what needs memory and lets the rest run where nothing may be evicted', () => {
  const { engine, client } = start()
  client.call('SET', 'k', 'v')
  client.set('maxmemory', 1)
  const refusal = "-OOM command not allowed when used memory > 'maxmemory'.\r\n"
  assert.equal(client.call('SET', 'k', 'w'), refusal)
  assert.equal(client.call('GET', 'k'), '$1\r\nv\r\n')
  assert.equal(client.call('MULTI'), '+OK\r\n')
  assert.equal(client.call('SET', 'k', 'w'), refusal)
  assert.match(client.call('EXEC'), /^-EXECABORT Transaction discarded because of previous/)
  assert.equal(client.call('DEL', 'k'), ':1\r\n')
  assert.equal(engine.stats.evictedKeys, 0)
})

test('EXEC is refused for what was queued before memory ran out', () => {
  const { client, open } = start()
  const other = open()
  client.call('MULTI')
  client.call('SET', 'k', 'v')
  other.set('maxmemory', 1)
  assert.equal(
    client.call('EXEC'),
    '-EXECABORT Transaction discarded because of: OOM command not allowed when used memory > ' +
      "'maxmemory'.\r\n",
  )
  client.call('MULTI')
  client.call('GET', 'k')
  assert.equal(client.call('EXEC'), '*1\r\n$-1\r\n')
})

test('allkeys-lru keeps what was used, allkeys-lfu what is used often', () => {
  for (const policy of ['allkeys-lru', 'allkeys-lfu']) {
    const { engine, client, wait } = start()
    client.set('maxmemory-policy', policy)
    for (let i = 0; i < 500; i++) client.call('SET', `cold:${i}`, VALUE)
    for (let i = 0; i < 500; i++) client.call('SET', `warm:${i}`, VALUE)
    for (let round = 0; round < 20; round++) {
      wait(2000)
      for (let i = 0; i < 500; i++) client.call('GET', `warm:${i}`)
    }
    limitHere(engine, client)
    for (let i = 0; i < 250; i++) client.call('SET', `new:${i}`, VALUE)
    assert.ok(engine.stats.evictedKeys >= 245, policy)
    assert.ok(client.count('warm:') >= 495, policy)
    assert.ok(engine.memory.used <= engine.limits.memory)
  }
})

test('volatile-ttl evicts what expires soonest, in order when the sample holds all', () => {
  const { engine, client } = start()
  client.set('maxmemory-policy', 'volatile-ttl', 'maxmemory-samples', 64)
  const evicted: string[] = []
  engine.events.listen((_event, key) => {
    evicted.push(Buffer.from(key.copy()).toString())
  }, EVICTED)
  for (let i = 0; i < 16; i++) client.call('SET', `k${(i * 7) % 16}`, VALUE, 'EX', 100 + i)
  client.call('SET', 'lasting', VALUE)
  client.set('maxmemory', 1)
  client.call('PING')
  assert.deepEqual(
    evicted,
    Array.from({ length: 16 }, (_, i) => `k${(i * 7) % 16}`),
  )
  assert.equal(client.call('EXISTS', 'lasting'), ':1\r\n')
})

test('volatile policies evict only keys that expire, and then refuse', () => {
  for (const order of ['lru', 'lfu', 'random', 'ttl']) {
    const { engine, client } = start()
    client.set('maxmemory-policy', `volatile-${order}`)
    for (let i = 0; i < 100; i++) client.call('SET', `lasting:${i}`, VALUE)
    for (let i = 0; i < 100; i++) client.call('SET', `passing:${i}`, VALUE, 'EX', 1000)
    limitHere(engine, client)
    let refused = 0
    for (let i = 0; i < 200; i++) {
      if (client.call('SET', `more:${i}`, VALUE).startsWith('-OOM')) refused++
    }
    assert.equal(engine.stats.evictedKeys, 100, order)
    assert.equal(client.count('lasting:'), 100, order)
    assert.ok(refused > 90 && refused < 110, order)
  }
})

test('allkeys-random takes from all databases in turn', () => {
  const { engine, client } = start()
  client.set('maxmemory-policy', 'allkeys-random')
  for (const db of [0, 3, 9]) {
    client.call('SELECT', db)
    for (let i = 0; i < 100; i++) client.call('SET', `k${i}`, VALUE)
  }
  client.set('maxmemory', Math.floor(engine.memory.used * 0.7))
  client.call('PING')
  const sizes = [0, 3, 9].map((id) => engine.databases[id]?.size ?? 0)
  assert.ok(Math.max(...sizes) - Math.min(...sizes) <= 1, sizes.join(' '))
})

test('the best candidate of all databases goes, whichever is selected', () => {
  const { engine, client, wait } = start()
  client.set('maxmemory-policy', 'allkeys-lru')
  client.call('SELECT', 5)
  for (let i = 0; i < 50; i++) client.call('SET', `old:${i}`, VALUE)
  wait(5000)
  client.call('SELECT', 0)
  for (let i = 0; i < 50; i++) client.call('SET', `young:${i}`, VALUE)
  client.set('maxmemory', engine.memory.used - 40 * 200)
  client.call('PING')
  assert.equal(engine.databases[0]?.size, 50)
})

test('each evicted key is an effect of its own, an event, and fails who watches it', () => {
  const { stage, engine, client, open } = start()
  const events: string[] = []
  stage.hearEffects()
  engine.events.listen((event, key, database) => {
    events.push(`${event} ${Buffer.from(key.copy())} ${database}`)
  }, EVICTED)
  client.set('maxmemory-policy', 'allkeys-lru')
  for (let i = 0; i < 3; i++) client.call('SET', `k${i}`, VALUE)
  const watcher = open()
  watcher.call('WATCH', 'k0')
  watcher.call('MULTI')
  watcher.call('PING')
  stage.takeEffects()
  client.set('maxmemory', 1)
  client.call('PING')
  // Without MULTI and EXEC around them.
  assert.deepEqual(stage.takeEffects().sort(), ['DEL k0', 'DEL k1', 'DEL k2'])
  assert.deepEqual(events.sort(), ['evicted k0 0', 'evicted k1 0', 'evicted k2 0'])
  assert.equal(watcher.call('EXEC'), '*-1\r\n')
})

test('stops when its time is up and goes on with the next ticks', () => {
  const { engine, client, clock, wait } = start()
  client.set('maxmemory-policy', 'allkeys-random', 'maxmemory-eviction-tenacity', 10)
  for (let i = 0; i < 1000; i++) client.call('SET', `k${i}`, VALUE)
  clock.step = 300
  client.set('maxmemory', 1)
  assert.equal(engine.eviction.run(), EVICTION_GOES_ON)
  assert.equal(engine.stats.evictedKeys, 32)
  assert.equal(client.call('SET', 'another', 'v'), '+OK\r\n')
  for (let i = 0; i < 40; i++) wait(1)
  assert.equal(engine.databases[0]?.size, 0)
})

test('a lower limit takes effect without a command, and is logged', () => {
  const { engine, client, log, wait } = start()
  client.set('maxmemory-policy', 'allkeys-lru')
  for (let i = 0; i < 100; i++) client.call('SET', `k${i}`, VALUE)
  const used = engine.memory.used
  client.set('maxmemory', used + 1000)
  assert.deepEqual(log, [])
  client.set('maxmemory', used - 5000)
  assert.match(log[0] ?? '', /^WARNING: the new maxmemory value set via CONFIG SET \(\d+\) is/)
  wait(100)
  assert.ok(engine.stats.evictedKeys > 15 && engine.memory.used <= used - 5000)
})

test('counts how long memory was above its limit', () => {
  const { client, wait } = start()
  client.call('SET', 'k', VALUE)
  client.set('maxmemory', 1)
  client.call('PING')
  wait(2000)
  client.call('PING')
  wait(1000)
  const during = client.call('INFO', 'stats')
  assert.match(during, /total_eviction_exceeded_time:2999\r\ncurrent_eviction_exceeded_time:2999/)
  client.set('maxmemory', 0)
  wait(500)
  const after = client.call('INFO', 'stats')
  assert.match(after, /total_eviction_exceeded_time:3499\r\ncurrent_eviction_exceeded_time:0/)
})

test('nothing is evicted or refused while commands are paused', () => {
  const { engine, client } = start()
  client.set('maxmemory-policy', 'allkeys-lru')
  client.call('SET', 'k', VALUE)
  client.call('CLIENT', 'PAUSE', 100000, 'WRITE')
  client.set('maxmemory', 1)
  client.call('PING')
  assert.equal(engine.eviction.run(), EVICTION_DONE)
  assert.equal(engine.stats.evictedKeys, 0)
  client.call('CLIENT', 'UNPAUSE')
  client.call('PING')
  assert.equal(engine.stats.evictedKeys, 1)
})

test('what clients have half sent, queued or not read counts too', () => {
  const { engine, client, open } = start()
  client.set('maxmemory-policy', 'allkeys-lru')
  for (let i = 0; i < 100; i++) client.call('SET', `k${i}`, VALUE)
  const other = open()
  const used = engine.memory.measure()
  other.talk.feed(`*2\r\n$100000\r\n${'x'.repeat(50000)}`)
  assert.ok(engine.memory.used >= used + 50000)
  other.talk.session.end()
  assert.equal(engine.memory.used, used - SESSION_BYTES)
  client.talk.loopback.pending = 70000
  assert.equal(engine.memory.measure(), used - SESSION_BYTES + 70000)
  client.set('maxmemory', used)
  client.call('PING')
  assert.equal(engine.databases[0]?.size, 0)
  // What the client has read meanwhile is not held against the keys.
  client.talk.loopback.pending = 0
  client.call('SET', 'k', VALUE)
  assert.equal(engine.databases[0]?.size, 1)
})

test('the ledger holds what the databases add up to, whatever was done', () => {
  const { engine, client, wait } = start()
  client.set('maxmemory-policy', 'allkeys-random')
  client.set('maxmemory', SESSION_BYTES + 400_000)
  for (let i = 0; i < 6000; i++) {
    const key = `k${engine.random.below(800)}`
    const kind = engine.random.below(9)
    if (kind === 0) client.call('SELECT', engine.random.below(3))
    else if (kind === 1) client.call('APPEND', key, VALUE)
    else if (kind === 2) client.call('SETRANGE', key, engine.random.below(40_000), 'x')
    else if (kind === 3) client.call('EXPIRE', key, 1 + engine.random.below(50))
    else if (kind === 4) client.call('MOVE', key, 1)
    else if (kind === 5) client.call('COPY', key, `c${key}`)
    else client.call('SET', key, VALUE.slice(engine.random.below(200)))
    if (i % 100 === 0) wait(1000)
    if (i % 2000 === 1999) client.call('FLUSHDB')
  }
  let sum = 0
  for (const db of engine.databases) {
    db.verify()
    sum += db.memory
  }
  assert.equal(engine.memory.ledger.bytes, sum)
  assert.ok(engine.stats.evictedKeys > 100)
})

test('asks the host to collect what went, and again where it would not', () => {
  const { engine, client, collected, wait } = start()
  const size = 500_000
  for (let i = 0; i < 40; i++) client.call('SETRANGE', `k${i}`, size - 1, 'x')
  client.set('maxmemory-policy', 'allkeys-lru')
  client.set('maxmemory', 5 * size)
  client.call('PING')
  assert.ok(engine.memory.ledger.droppedBytes >= 35 * size)
  for (let i = 0; i < 9; i++) wait(10)
  // Heard every other time: once for what went, and three times more while nobody sends anything.
  assert.equal(collected.length, 8)
  for (let i = 0; i < 20_000; i++) client.call('SET', `small:${i}`, 'v')
  client.call('FLUSHALL')
  const { droppedBytes } = engine.memory.ledger
  assert.ok(droppedBytes > 1 << 20 && droppedBytes < 8 << 20)
  wait(10)
  assert.equal(collected.length, 8)
})

test('the tenacity grants 50 µs a step, then 15 % more with each, and all time at 100', () => {
  assert.deepEqual([0, 1, 10, 11, 50, 99].map(timeLimit), [0, 50, 500, 575, 133931, 126205358])
  assert.equal(timeLimit(100), Number.POSITIVE_INFINITY)
})
