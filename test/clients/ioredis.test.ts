// ioredis.test.ts: ioredis 5 and 6 and iovalkey, unmodified, do their everyday work with us.
import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, test } from 'node:test'
import { Redis } from 'ioredis'
import { Redis as Redis5 } from 'ioredis-5'
import { Redis as Valkey } from 'iovalkey'
import { type Place, places, until } from './places.ts'

type Client = Redis
const clients: Record<string, Open> = {
  'ioredis 5': (options) => new Redis5(options) as unknown as Client,
  'ioredis 6': (options) => new Redis(options),
  'ioredis 6 in RESP3': (options) => new Redis({ ...options, protocol: 3 }),
  'ioredis 6, pipelining by itself': (options) =>
    new Redis({ ...options, enableAutoPipelining: true }),
  iovalkey: (options) => new Valkey(options) as unknown as Client,
}

for (const [name, open] of Object.entries(clients)) {
  for (const [where, start] of Object.entries(places)) {
    describe(`${name} ${where}`, () => everydayWork(open, start))
  }
}

type Open = (options: object) => Client

function everydayWork(open: Open, start: () => Promise<Place>): void {
  let place: Place
  let client: Client
  before(async () => {
    place = await start()
    client = open(place.ioredis)
  })
  after(async () => {
    client?.disconnect()
    await place?.close()
  })
  beforeEach(() => client.flushall())

  test('keeps strings and bytes', async () => {
    assert.equal(await client.set('name', 'Ada ä€😀'), 'OK')
    assert.equal(await client.get('name'), 'Ada ä€😀')
    const bytes = Buffer.of(0, 255, 13, 10, 0)
    await client.set('bytes', bytes)
    assert.deepEqual(await client.getBuffer('bytes'), bytes)
    assert.equal(await client.get('absent'), null)
    assert.deepEqual(await client.mget('name', 'absent'), ['Ada ä€😀', null])
    assert.equal(await client.incrby('counter', 41), 41)
    assert.equal(await client.incrbyfloat('counter', 0.5), '41.5')
  })

  test('lets keys expire', async () => {
    await client.set('session', 'x', 'EX', 100)
    assert.equal(await client.ttl('session'), 100)
    assert.equal(await client.set('session', 'y', 'PX', 5, 'NX'), null)
    await client.pexpire('session', 5)
    await new Promise((resolve) => setTimeout(resolve, 20))
    assert.equal(await client.exists('session'), 0)
  })

  const another = () => open(place.ioredis)
  severalAtOnce(() => client, another)
  listening(() => client, another)
  lookingAround(() => client)
}

function lookingAround(client: () => Client): void {
  test('gets errors as errors', async () => {
    await client().set('text', 'no number')
    await assert.rejects(client().incr('text'), /ERR value is not an integer or out of range/)
    await assert.rejects(client().call('SET', 'only'), /wrong number of arguments for 'set'/)
  })

  test('reads maps and its own name', async () => {
    await client().client('SETNAME', 'everyday')
    assert.equal(await client().client('GETNAME'), 'everyday')
    const config = await client().config('GET', 'maxclients')
    assert.deepEqual([config].flat(), ['maxclients', '10000'])
  })
}

function severalAtOnce(client: () => Client, openAnother: () => Client): void {
  test('runs transactions', async () => {
    const replies = await client().multi().set('k', '1').incr('k').get('k').exec()
    const values: unknown[] = ['OK', 2, '2']
    assert.deepEqual(
      replies,
      values.map((value) => [null, value]),
    )
    await client().watch('k')
    const other = openAnother()
    await other.incr('k')
    other.disconnect()
    assert.equal(await client().multi().set('k', 'lost').exec(), null)
    assert.equal(await client().get('k'), '3')
  })

  test('runs pipelines, with the errors of single commands in them', async () => {
    const pipeline = client().pipeline()
    for (let i = 0; i < 500; i++) pipeline.set(`key:${i}`, String(i))
    pipeline.incr('key:7').call('NOSUCH', 'command')
    const replies = (await pipeline.exec()) ?? []
    assert.equal(replies.length, 502)
    assert.deepEqual(replies[500], [null, 8])
    assert.match(String(replies[501]?.[0]), /ERR unknown command 'NOSUCH'/)
  })

  test('walks over all keys', async () => {
    const names = Array.from({ length: 1000 }, (_, i) => `walk:${i}`)
    await client().mset(Object.fromEntries(names.map((name) => [name, '1'])))
    const seen = new Set<string>()
    for await (const keys of client().scanStream({ match: 'walk:*', count: 100 })) {
      for (const key of keys as string[]) seen.add(key)
    }
    assert.deepEqual([...seen].sort(), names.sort())
  })
}

function listening(client: () => Client, openAnother: () => Client): void {
  test('listens to channels and patterns, and no longer', async () => {
    const listener = openAnother()
    const heard: string[] = []
    listener.on('message', (channel, message) => heard.push(`${channel} ${message}`))
    listener.on('pmessage', (...parts) => heard.push(parts.join(' ')))
    try {
      assert.equal(await listener.subscribe('news', 'weather'), 2)
      assert.equal(await listener.psubscribe('w*'), 3)
      assert.equal(await client().publish('news', 'ä'), 1)
      assert.equal(await client().publish('weather', 'sun'), 2)
      await until(() => heard.length === 3)
      assert.equal(await listener.unsubscribe('news', 'weather'), 1)
      assert.equal(await listener.punsubscribe('w*'), 0)
      assert.equal(await client().publish('news', 'unheard'), 0)
      assert.equal(await listener.get('absent'), null)
      assert.deepEqual(heard, ['news ä', 'weather sun', 'w* weather sun'])
    } finally {
      listener.disconnect()
    }
  })

  test('waits for elements of lists', async () => {
    const worker = openAnother()
    try {
      const job = worker.blpop('urgent', 'jobs', 0)
      await until(async () => String(await client().client('LIST')).includes('cmd=blpop'))
      assert.equal(await client().rpush('jobs', 'a', 'b'), 2)
      assert.deepEqual(await job, ['jobs', 'a'])
      assert.equal(await worker.blmove('jobs', 'done', 'LEFT', 'RIGHT', 1), 'b')
      assert.equal(await worker.blpop('jobs', 0.01), null)
    } finally {
      worker.disconnect()
    }
  })
}
