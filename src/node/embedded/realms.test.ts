// realms.test.ts: values of other realms, and runtimes that lack what Node has as globals: jest has
// a realm for each test file, and its jsdom knows neither TextEncoder nor setImmediate.

import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { test } from 'node:test'
import { runInNewContext } from 'node:vm'
import { bytesOf } from '../../engine/arguments/given-words.ts'
import { Rubellite } from './rubellite.ts'

/** Something of another realm. */
function foreign<T>(expression: string): T {
  return runInNewContext(expression) as T
}

test('bytes of another realm are bytes', async () => {
  const bytes = foreign<Uint8Array>('Uint8Array.of(0, 255, 7)')
  assert.equal(bytes instanceof Uint8Array, false)
  await using db = await Rubellite.open()
  assert.equal(db.call('SET', bytes, bytes), 'OK')
  assert.deepEqual(db.callBytes('GET', Uint8Array.of(0, 255, 7)), Uint8Array.of(0, 255, 7))
  assert.equal(db.session().call('STRLEN', bytes), 3)
  const request = foreign<Uint8Array>('Uint8Array.of(80, 73, 78, 71, 13, 10)')
  assert.equal(Buffer.from(db.session().execute(request)).toString(), '+PONG\r\n')
  db.call('RPUSH', 'list', 'x')
  const zero = foreign<Uint8Array>('Uint8Array.of(48)')
  assert.deepEqual(await db.blocking('BLPOP', 'list', zero), ['list', 'x'])
  const messages = db.subscribe(foreign<Uint8Array>('Uint8Array.of(99)'))
  db.call('PUBLISH', 'c', 'hello')
  assert.deepEqual((await messages.next()).value, { channel: 'c', message: 'hello' })
  assert.equal(bytesOf(bytes), bytes)
})

test('what is no Uint8Array is refused, of whatever realm', async () => {
  await using db = await Rubellite.open()
  for (const wrong of ['new Float64Array(1)', 'new DataView(new ArrayBuffer(1))', '({})', '[]']) {
    assert.throws(() => db.call('GET', foreign<string>(wrong)), TypeError)
  }
})

test('options of another realm are options', async () => {
  const options = foreign<object>(
    `({ now: new Date(5), clock: 'manual', modules: [], config: {} })`,
  )
  await using db = await Rubellite.open(options)
  assert.equal(db.clock.now, 5)
})

test('nothing but node: modules is needed of what jsdom takes away', () => {
  const library = new URL('../../index.js', import.meta.url).href
  const program = `
    for (const name of ['TextEncoder', 'TextDecoder', 'setImmediate', 'clearImmediate']) {
      delete globalThis[name]
    }
    const { Rubellite } = await import('${library}')
    const db = await Rubellite.open()
    const long = 'ä€'.repeat(100)
    db.call('SET', 'k', long)
    console.log(db.call('GET', 'k') === long)
    const { createConnection } = await import('node:net')
    const url = new URL(await db.listen())
    const socket = createConnection(Number(url.port))
    socket.write('PING\\r\\n')
    socket.once('data', (data) => { console.log(String(data)); socket.destroy(); db.close() })
  `
  const options = { input: program, encoding: 'utf8', timeout: 20_000 } as const
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-'], options)
  assert.equal(stderr, '')
  assert.equal(stdout, 'true\n+PONG\r\n\n')
})
