// node-redis.test.ts: node-redis 5 and 6, unmodified, do their everyday work with us.
import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, test } from 'node:test'
import { createClient, WatchError } from 'redis'
import { createClient as createClient5, WatchError as WatchError5 } from 'redis-5'
import { type Place, places, until } from './places.ts'

const versions = {
  'node-redis 5': {
    create: createClient5 as unknown as typeof createClient,
    conflict: WatchError5,
  },
  'node-redis 6': { create: createClient, conflict: WatchError },
}
type Version = (typeof versions)[keyof typeof versions]
type Client = ReturnType<typeof open>

for (const [name, version] of Object.entries(versions)) {
  for (const [where, start] of Object.entries(places)) {
    for (const protocol of [2, 3] as const) {
      const title = `${name} ${where} in RESP${protocol}`
      describe(title, () => everydayWork(version, start, protocol))
    }
  }
}

function open(version: Version, place: Place, protocol: 2 | 3) {
  const client = version.create({ RESP: protocol as 3, socket: place.nodeRedis })
  // Without a listener an error would end the test process instead of failing one test.
  client.on('error', () => {})
  return client
}

function everydayWork(version: Version, start: () => Promise<Place>, protocol: 2 | 3): void {
  let place: Place
  let client: Client
  const another = () => open(version, place, protocol).connect()
  before(async () => {
    place = await start()
    client = await another()
  })
  after(async () => {
    client?.destroy()
    await place?.close()
  })
  beforeEach(() => client.flushAll())

  atOnce(() => client)
  listening(() => client, another)
  lookingAround(() => client)

  test('keeps strings', async () => {
    assert.equal(await client.set('name', 'Ada ä€😀'), 'OK')
    assert.equal(await client.get('name'), 'Ada ä€😀')
    assert.equal(await client.get('absent'), null)
    assert.deepEqual(await client.mGet(['name', 'absent']), ['Ada ä€😀', null])
    assert.equal(await client.incrBy('counter', 41), 41)
    assert.equal(await client.set('name', 'new', { condition: 'NX', GET: true }), 'Ada ä€😀')
  })

  test('lets keys expire', async () => {
    await client.set('session', 'x', { expiration: { type: 'EX', value: 100 } })
    assert.equal(await client.ttl('session'), 100)
    await client.pExpire('session', 5)
    await new Promise((resolve) => setTimeout(resolve, 20))
    assert.equal(await client.exists('session'), 0)
  })

  test('runs transactions', async () => {
    assert.deepEqual(await client.multi().set('k', '1').incr('k').get('k').exec(), ['OK', 2, '2'])
    await client.watch('k')
    const other = await open(version, place, protocol).connect()
    await other.incr('k')
    other.destroy()
    await assert.rejects(client.multi().set('k', 'lost').exec(), version.conflict)
    assert.equal(await client.get('k'), '3')
  })
}

function lookingAround(client: () => Client): void {
  test('walks over all keys', async () => {
    const names = Array.from({ length: 1000 }, (_, i) => `walk:${i}`)
    await client().mSet(Object.fromEntries(names.map((name) => [name, '1'])))
    const seen = new Set<string>()
    for await (const keys of client().scanIterator({ MATCH: 'walk:*', COUNT: 100 })) {
      for (const key of keys) seen.add(key)
    }
    assert.deepEqual([...seen].sort(), names.sort())
  })

  test('gets errors as errors', async () => {
    await client().set('text', 'no number')
    await assert.rejects(client().incr('text'), /ERR value is not an integer or out of range/)
    await assert.rejects(
      client().sendCommand(['SET', 'only']),
      /wrong number of arguments for 'set'/,
    )
  })

  test('reads maps and its own name', async () => {
    await client().clientSetName('everyday')
    assert.equal(await client().clientGetName(), 'everyday')
    assert.deepEqual({ ...(await client().configGet('maxclients')) }, { maxclients: '10000' })
  })
}

function listening(client: () => Client, openAnother: () => Promise<Client>): void {
  test('listens to channels, patterns and shard channels, and no longer', async () => {
    const listener = await openAnother()
    const heard: string[] = []
    const hear = (message: string, channel: string) => void heard.push(`${channel} ${message}`)
    try {
      await listener.subscribe(['news', 'weather'], hear)
      await listener.pSubscribe('w*', hear)
      await listener.sSubscribe('shard', hear)
      assert.equal(await client().publish('news', 'ä'), 1)
      assert.equal(await client().publish('weather', 'sun'), 2)
      assert.equal(await client().sPublish('shard', 'x'), 1)
      await until(() => heard.length === 4)
      assert.deepEqual(heard, ['news ä', 'weather sun', 'weather sun', 'shard x'])
      await listener.unsubscribe(['news', 'weather'])
      await listener.pUnsubscribe('w*')
      await listener.sUnsubscribe('shard')
      assert.equal(await client().publish('weather', 'unheard'), 0)
      assert.deepEqual(await client().pubSubChannels(), [])
      assert.equal(await listener.get('absent'), null)
    } finally {
      listener.destroy()
    }
  })

  test('waits for elements of lists', async () => {
    const worker = await openAnother()
    try {
      const job = worker.blPop(['urgent', 'jobs'], 0)
      await until(async () => {
        return (await client().clientList()).some(({ cmd }) => cmd === 'blpop')
      })
      assert.equal(await client().rPush('jobs', ['a', 'b']), 2)
      assert.deepEqual({ ...(await job) }, { key: 'jobs', element: 'a' })
      assert.equal(await worker.blMove('jobs', 'done', 'LEFT', 'RIGHT', 1), 'b')
      assert.equal(await worker.blPop('jobs', 0.01), null)
    } finally {
      worker.destroy()
    }
  })
}

function atOnce(client: () => Client): void {
  test('sends in one piece what is asked in one turn', async () => {
    const numbers = Array.from({ length: 500 }, (_, i) => i)
    await Promise.all(numbers.map((i) => client().set(`key:${i}`, String(i))))
    const values = await Promise.all(numbers.map((i) => client().get(`key:${i}`)))
    assert.deepEqual(values, numbers.map(String))
  })
}
