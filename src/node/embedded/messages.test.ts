// messages.test.ts: subscriptions and MONITOR as a program reads them.

import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { Rubellite } from './rubellite.ts'

const start = (replies: 'text' | 'bytes' = 'text') =>
  Rubellite.open({ clock: 'manual', now: 0, seed: 1, replies })

describe('subscribe', () => {
  test('gives all that is published since, in order', async () => {
    await using db = await start()
    const messages = db.subscribe('a', 'b')
    for (const text of ['1', '2', 'é']) db.call('PUBLISH', 'a', text)
    db.call('PUBLISH', 'b', 'end')
    const heard: unknown[] = []
    for await (const { channel, message } of messages) {
      heard.push([channel, message])
      if (message === 'end') break
    }
    assert.deepEqual(heard, [
      ['a', '1'],
      ['a', '2'],
      ['a', 'é'],
      ['b', 'end'],
    ])
    assert.equal(messages.closed, true)
    assert.equal(db.call('PUBLISH', 'a', 'x'), 0)
    assert.deepEqual(await messages.next(), { done: true, value: undefined })
  })

  test('waits for what comes, for several readers in turn', async () => {
    await using db = await start()
    const messages = db.subscribe('a')
    const waiting = [messages.next(), messages.next()]
    db.call('PUBLISH', 'a', '1')
    db.call('PUBLISH', 'a', '2')
    const values = (await Promise.all(waiting)).map(({ value }) => value?.message)
    assert.deepEqual(values, ['1', '2'])
    const rest = messages.next()
    messages.close()
    assert.deepEqual(await rest, { done: true, value: undefined })
  })

  test('knows patterns and shard channels, and bytes', async () => {
    await using db = await start('bytes')
    const [patterns, shards] = [db.psubscribe<Uint8Array>('n*'), db.ssubscribe<Uint8Array>('s')]
    db.call('PUBLISH', 'news', Uint8Array.of(0, 255))
    db.call('SPUBLISH', 's', 'x')
    assert.deepEqual((await patterns.next()).value, {
      pattern: Uint8Array.from(Buffer.from('n*')),
      channel: Uint8Array.from(Buffer.from('news')),
      message: Uint8Array.of(0, 255),
    })
    assert.deepEqual((await shards.next()).value?.message, Uint8Array.from(Buffer.from('x')))
  })

  test('is told of keyspace events', async () => {
    await using db = await start()
    db.call('CONFIG', 'SET', 'notify-keyspace-events', 'Ex')
    const messages = db.subscribe('__keyevent@0__:expired')
    db.call('SET', 'k', 'v', 'PX', 10)
    db.clock.advance(20)
    assert.equal((await messages.next()).value?.message, 'k')
  })

  test('ends with its signal, with the session, and with the database', async () => {
    const db = await start()
    const controller = new AbortController()
    const aborted = db.subscribe('a', { signal: controller.signal })
    const waiting = aborted.next()
    controller.abort()
    await assert.rejects(waiting, { name: 'AbortError' })
    assert.deepEqual(await aborted.next(), { done: true, value: undefined })
    assert.throws(() => db.subscribe('a', { signal: controller.signal }), { name: 'AbortError' })

    const killed = db.subscribe('a')
    db.call('PUBLISH', 'a', 'first')
    db.call('CLIENT', 'KILL', 'TYPE', 'pubsub')
    assert.equal((await killed.next()).value?.message, 'first')
    await assert.rejects(killed.next(), /this session was closed/)

    const open = db.subscribe('a')
    await db.close()
    assert.deepEqual(await open.next(), { done: true, value: undefined })
    assert.throws(() => db.subscribe('a'), /closed/)
  })

  test('refuses what the command refuses', async () => {
    await using db = await start()
    assert.throws(() => db.subscribe(), { name: 'ReplyError' })
    assert.throws(() => db.subscribe(undefined as never), TypeError)
    assert.match(db.call('INFO', 'clients'), /connected_clients:1\r/)
  })

  test('ends when nobody reads what client-output-buffer-limit allows', async () => {
    await using db = await start()
    db.call('CONFIG', 'SET', 'client-output-buffer-limit', 'pubsub 100000 0 0')
    const messages = db.subscribe('a')
    const text = 'x'.repeat(30_000)
    const receivers = [1, 2, 3, 4, 5].map(() => db.call('PUBLISH', 'a', text))
    assert.deepEqual(receivers, [1, 1, 1, 1, 0])
    for (let i = 0; i < 3; i++) assert.equal((await messages.next()).value?.message, text)
    await assert.rejects(messages.next(), /this session was closed/)
  })
})

describe('monitor', () => {
  test('shows commands with their arguments', async () => {
    await using db = await start()
    const commands = db.monitor()
    const session = db.session()
    session.call('SELECT', 3)
    session.call('SET', 'k "\n\\', 'é')
    const shown = [await commands.next(), await commands.next()]
    const fixed = { micros: 0, database: 3, source: '127.0.0.1:0' }
    assert.deepEqual(
      shown.map(({ value }) => value),
      [
        { ...fixed, args: ['SELECT', '3'] },
        { ...fixed, args: ['SET', 'k "\n\\', 'é'] },
      ],
    )
    await commands.return()
    assert.equal(commands.closed, true)
  })
})
