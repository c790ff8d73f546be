// node-redis.test.ts: node-redis 5 and 6, unmodified, do their everyday work with us.
import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, test } from 'node:test'
import { createClient, WatchError } from 'redis'
import { createClient as createClient5, WatchError as WatchError5 } from 'redis-5'
import { type Place, places } from './places.ts'

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
  before(async () => {
    place = await start()
    client = await open(version, place, protocol).connect()
  })
  after(async () => {
    client?.destroy()
    await place?.close()
  })
  beforeEach(() => client.flushAll())

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

  test('sends in one piece what is asked in one turn', async () => {
    const numbers = Array.from({ length: 500 }, (_, i) => i)
    await Promise.all(numbers.map((i) => client.set(`key:${i}`, String(i))))
    const values = await Promise.all(numbers.map((i) => client.get(`key:${i}`)))
    assert.deepEqual(values, numbers.map(String))
  })

  test('walks over all keys', async () => {
    const names = Array.from({ length: 1000 }, (_, i) => `walk:${i}`)
    await client.mSet(Object.fromEntries(names.map((name) => [name, '1'])))
    const seen = new Set<string>()
    for await (const keys of client.scanIterator({ MATCH: 'walk:*', COUNT: 100 })) {
      for (const key of keys) seen.add(key)
    }
    assert.deepEqual([...seen].sort(), names.sort())
  })

  test('gets errors as errors', async () => {
    await client.set('text', 'no number')
    await assert.rejects(client.incr('text'), /ERR value is not an integer or out of range/)
    await assert.rejects(client.sendCommand(['SET', 'only']), /wrong number of arguments for 'set'/)
  })

  test('reads maps and its own name', async () => {
    await client.clientSetName('everyday')
    assert.equal(await client.clientGetName(), 'everyday')
    assert.deepEqual({ ...(await client.configGet('maxclients')) }, { maxclients: '10000' })
  })
}
