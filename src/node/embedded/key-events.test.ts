// key-events.test.ts: listeners of key events that throw, and that write without end.

import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { test } from 'node:test'
import { Rubellite } from './rubellite.ts'

const library = new URL('./rubellite.js', import.meta.url).href

/** Runs the body of a program of its own. */
function run(body: string) {
  const program = `import { Rubellite } from '${library}'\n${body}`
  const options = { input: program, encoding: 'utf8', timeout: 20_000 } as const
  return spawnSync(process.execPath, ['--input-type=module', '-'], options)
}

test('a listener that throws harms neither the call nor the other listeners', () => {
  const { stdout, stderr, status } = run(`
    process.on('uncaughtException', (error) => console.log('uncaught', error.message))
    const db = await Rubellite.open()
    db.onKeyEvent(() => { throw new Error('mine') })
    db.onKeyEvent(({ event, key }) => console.log(event, key))
    console.log(db.call('SET', 'k', 'v'), db.call('GET', 'k'))
    await new Promise((done) => setTimeout(done, 5))
    console.log(db.call('PING'))
  `)
  assert.equal(stderr, '')
  assert.equal(stdout, 'set k\nOK v\nuncaught mine\nPONG\n')
  assert.equal(status, 0)
})

test('what a listener throws ends a program that does not catch it', () => {
  const { stdout, stderr, status } = run(`
    const db = await Rubellite.open()
    db.onKeyEvent(() => { throw new Error('mine') })
    console.log(db.call('SET', 'k', 'v'))
    await new Promise((done) => setTimeout(done, 1000))
    console.log('not reached')
  `)
  assert.equal(stdout, 'OK\n')
  assert.match(stderr, /Error: mine/)
  assert.equal(status, 1)
})

test('a chain of listeners that write is as deep as it likes', async () => {
  await using db = await Rubellite.open()
  let count = 0
  db.onKeyEvent(() => {
    count++
    if (count < 3000) assert.equal(db.call('SET', `k${count}`, count), 'OK')
  })
  assert.equal(db.call('SET', 'k0', 0), 'OK')
  assert.equal(count, 3000)
  assert.equal(db.call('DBSIZE'), 3000)
})
