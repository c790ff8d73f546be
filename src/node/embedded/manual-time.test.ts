// manual-time.test.ts: time as a test moves it.

import assert from 'node:assert/strict'
import { once } from 'node:events'
import { test } from 'node:test'
import { Rubellite } from './rubellite.ts'

const START = Date.UTC(2030, 0, 1)

function open() {
  return Rubellite.open({ clock: 'manual', now: START, seed: 1 })
}

test('stands still until it is moved', async () => {
  await using db = await open()
  assert.equal(db.clock.now, START)
  db.call('SET', 'k', 'v', 'PX', 1000)
  await new Promise((resolve) => setTimeout(resolve, 20))
  assert.equal(db.call('PTTL', 'k'), 1000)
  assert.deepEqual(db.call('TIME'), [String(START / 1000), '0'])
  db.clock.advance(400)
  assert.equal(db.call('PTTL', 'k'), 600)
  assert.equal(db.clock.now, START + 400)
})

test('removes what is due, also at the very moment that is reached', async () => {
  await using db = await open()
  for (let i = 0; i < 1000; i++) db.call('SET', `k${i}`, 'v', 'EX', 3600)
  db.call('SET', 'later', 'v', 'PX', 3_600_001)
  db.clock.advance('1h')
  assert.equal(db.call('DBSIZE'), 1)
})

test('removes the earliest first', async () => {
  await using db = await open()
  const heard: unknown[] = []
  db.onKeyEvent(({ key }) => heard.push(key), 'x')
  for (const seconds of [30, 10, 20]) db.call('SET', seconds, 'v', 'EX', seconds)
  db.clock.advance('1m')
  assert.deepEqual(heard, ['10', '20', '30'])
})

test('can be set to a date, also back', async () => {
  await using db = await open()
  db.call('SET', 'k', 'v', 'EXAT', Date.UTC(2031, 0, 1) / 1000)
  db.clock.set(new Date('2030-12-31T23:59:59Z'))
  assert.equal(db.call('TTL', 'k'), 1)
  db.clock.set(START)
  assert.equal(db.call('TTL', 'k'), 365 * 86400)
  db.clock.set(Date.UTC(2031, 0, 1))
  assert.equal(db.call('EXISTS', 'k'), 0)
})

test('counts idle time', async () => {
  await using db = await open()
  db.call('SET', 'k', 'v')
  db.clock.advance('90s')
  assert.equal(db.call('OBJECT', 'IDLETIME', 'k'), 90)
})

test('refuses what is no time, and to move a clock that runs', async () => {
  await using db = await open()
  assert.throws(() => db.clock.advance('soon'), RangeError)
  assert.throws(() => db.clock.set(new Date('nonsense')), RangeError)
  await assert.rejects(Rubellite.open({ clock: 'manual', now: new Date('nonsense') }), RangeError)
  await using running = await Rubellite.open()
  assert.ok(Math.abs(running.clock.now - Date.now()) < 1000)
  assert.throws(() => running.clock.advance(1), /clock: 'manual'/)
})

test('the same seed and calls give the same replies', async () => {
  const run = async () => {
    await using db = await open()
    const replies: unknown[] = []
    for (let i = 0; i < 200; i++) db.call('SET', `k${i}`, i, 'PX', 1 + ((i * 37) % 500))
    for (let i = 0; i < 5; i++) {
      db.clock.advance(100)
      replies.push(db.call('DBSIZE'), db.call('RANDOMKEY'), db.call('SCAN', 0, 'COUNT', 5))
    }
    return replies
  }
  assert.deepEqual(await run(), await run())
})

test('sends idle clients away', async () => {
  await using db = await Rubellite.open({ clock: 'manual', config: { timeout: '60' } })
  const stream = db.connect()
  stream.write('PING\r\n')
  await once(stream, 'data')
  db.clock.advance('1m')
  assert.equal(stream.destroyed, false)
  db.clock.advance('1s')
  await once(stream.resume(), 'close')
})
