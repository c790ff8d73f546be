// duplex.test.ts: the stream that stands in for a socket.

import assert from 'node:assert/strict'
import { once } from 'node:events'
import { test } from 'node:test'
import { Rubellite } from './rubellite.ts'

test('answers after the code that wrote has ended', async () => {
  await using db = await Rubellite.open()
  const stream = db.connect()
  let heard = ''
  stream.on('data', (chunk) => {
    heard += chunk
  })
  stream.write('PING\r\n')
  stream.write('ECHO a\r\nECH')
  stream.write('O b\r\n')
  assert.equal(heard, '')
  await new Promise((resolve) => setImmediate(resolve))
  assert.equal(heard, '+PONG\r\n$1\r\na\r\n$1\r\nb\r\n')
})

test('ends when either side says so', async () => {
  await using db = await Rubellite.open()
  const quitting = db.connect()
  quitting.resume().write('QUIT\r\n')
  await once(quitting, 'close')
  const leaving = db.connect()
  leaving.resume().end('SET k v\r\n')
  await once(leaving, 'close')
  assert.equal(db.call('GET', 'k'), 'v')
  const dropped = db.connect()
  await db.close()
  assert.equal(dropped.destroyed, true)
})

test('is a client like others to CLIENT LIST', async () => {
  await using db = await Rubellite.open()
  const stream = db.connect()
  stream.write('CLIENT SETNAME visitor\r\n')
  await once(stream, 'data')
  assert.match(db.call<string>('CLIENT', 'LIST'), /addr=127\.0\.0\.1:0 .*name=visitor /)
  db.call('CLIENT', 'KILL', 'ID', db.call<string>('CLIENT', 'LIST').match(/id=(\d+).*visitor/)![1]!)
  stream.resume()
  await once(stream, 'close')
})
