// blocking-calls.test.ts: calls of an embedded database that wait, as a program uses them.

import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { describe, test } from 'node:test'
import { ReplyError } from '../../engine/dispatch/reply-error.ts'
import { Rubellite } from './rubellite.ts'

const start = () => Rubellite.open({ clock: 'manual', seed: 1 })

describe('blocking', () => {
  test('resolves at once when there is something, and later when there is not', async () => {
    await using db = await start()
    db.call('RPUSH', 'q', 'a')
    assert.deepEqual(await db.blocking('BLPOP', 'q', 0), ['q', 'a'])
    const [first, second] = [db.blocking('BLPOP', 'q', 0), db.blocking('BLPOP', 'q', 0)]
    assert.equal(db.call('RPUSH', 'q', 'b', 'c'), 2)
    assert.deepEqual(
      [await first, await second],
      [
        ['q', 'b'],
        ['q', 'c'],
      ],
    )
    assert.equal(db.call('LLEN', 'q'), 0)
  })

  test('runs any command, and rejects with error replies', async () => {
    await using db = await start()
    assert.equal(await db.blocking('SET', 'k', 'v'), 'OK')
    await assert.rejects(db.blocking('BLPOP', 'k', 0), { name: 'ReplyError', code: 'WRONGTYPE' })
    await assert.rejects(db.blocking('BLPOP', 'q', -1), /timeout is negative/)
    await assert.rejects(db.blocking('BLPOP', null as never), TypeError)
    const waiting = db.blocking('BLPOP', 'q', 0)
    const id = /id=(\d+) [^\n]*flags=b/.exec(db.call('CLIENT', 'LIST'))![1]!
    assert.equal(db.call('CLIENT', 'UNBLOCK', id, 'ERROR'), 1)
    await assert.rejects(waiting, ReplyError)
  })

  test('obeys the clock', async () => {
    await using db = await start()
    const replies: unknown[] = []
    void db.blocking('BLPOP', 'q', 1.5).then((reply) => replies.push(reply))
    db.clock.advance(1499)
    await Promise.resolve()
    assert.deepEqual(replies, [])
    db.clock.advance(1)
    await new Promise(setImmediate)
    assert.deepEqual(replies, [null])
  })

  test('uses the database that call uses', async () => {
    await using db = await start()
    db.call('SELECT', 5)
    const waiting = db.blocking('BLPOP', 'q', 0)
    db.call('RPUSH', 'q', 'five')
    assert.deepEqual(await waiting, ['q', 'five'])
  })

  test('gives up when its signal is aborted, and takes nothing then', async () => {
    await using db = await start()
    const controller = new AbortController()
    const waiting = db.blocking('BLPOP', 'q', 0, { signal: controller.signal })
    controller.abort()
    await assert.rejects(waiting, { name: 'AbortError' })
    db.call('RPUSH', 'q', 'kept')
    assert.equal(db.call('LLEN', 'q'), 1)
    await assert.rejects(db.blocking('BLPOP', 'q', 0, { signal: controller.signal }))
    assert.equal(db.call('LLEN', 'q'), 1)
  })

  test('ends when the database is closed or the session is killed', async () => {
    const db = await start()
    const killed = db.blocking('BLPOP', 'q', 0)
    const id = /id=(\d+) [^\n]*flags=b/.exec(db.call('CLIENT', 'LIST'))![1]!
    db.call('CLIENT', 'KILL', 'ID', id)
    await assert.rejects(killed, /this session was closed/)
    const closed = db.blocking('BLPOP', 'q', 0)
    await db.close()
    await assert.rejects(closed, /this session was closed/)
    await assert.rejects(db.blocking('PING'), /closed/)
  })

  test('waits in a session of one’s own, which can do nothing else meanwhile', async () => {
    await using db = await start()
    const session = db.session()
    const waiting = session.blocking('BLPOP', 'q', 0)
    assert.throws(() => session.call('PING'), /waits for a reply/)
    assert.throws(() => session.execute('PING\r\n'), /waits for a reply/)
    await assert.rejects(session.blocking('PING'), /waits for a reply/)
    db.call('RPUSH', 'q', 'x')
    assert.deepEqual(await waiting, ['q', 'x'])
    assert.equal(session.call('PING'), 'PONG')
  })

  test('waits for the end of a pause too', async () => {
    await using db = await start()
    db.call('CLIENT', 'PAUSE', 100, 'WRITE')
    const waiting = db.blocking('SET', 'k', 'v')
    db.clock.advance(100)
    assert.equal(await waiting, 'OK')
  })

  test('call throws instead, and leaves nothing behind', async () => {
    await using db = await start()
    assert.throws(() => db.call('BLPOP', 'q', 0), /would have to wait/)
    db.call('RPUSH', 'q', 'x')
    assert.equal(db.call('LLEN', 'q'), 1)
    assert.throws(() => db.call('SUBSCRIBE', 'c'), /isn't allowed/)
    assert.throws(() => db.call('MONITOR'), /isn't allowed/)
  })

  test('keeps the process alive as long as it waits for a limited time, not for ever', () => {
    const url = JSON.stringify(new URL('../../index.js', import.meta.url).href)
    const program = `
      const { Rubellite } = await import(${url})
      const db = await Rubellite.open()
      db.blocking('BLPOP', 'q', 0).then(() => console.log('never'))
      for (const messages of [db.subscribe('a'), db.psubscribe('b')]) {
        messages.next().then(() => console.log('never'))
      }
      console.log(await db.blocking('BLPOP', 'q', 0.05))
    `
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ['--input-type=module', '-e', program],
      { encoding: 'utf8', timeout: 20_000 },
    )
    assert.deepEqual([status, stdout, stderr], [0, 'null\n', ''])
  })
})
