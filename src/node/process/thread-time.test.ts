// thread-time.test.ts: the processor time of the main thread, and how a runtime calls itself.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { runtimeName } from './node-host.ts'
import { mainThreadTime, timeInProc } from './thread-time.ts'

test('the main thread has used no more than the process', () => {
  const time = mainThreadTime()
  if (time === undefined) return
  const whole = process.cpuUsage()
  assert.ok(time.user + time.system > 0)
  // A tick of each may be rounded up.
  assert.ok(time.user + time.system <= whole.user + whole.system + 20_000)
})

test('what is not in /proc is not known', () => {
  assert.equal(timeInProc(2 ** 31), undefined)
})

test('a runtime is called by its own name', () => {
  assert.equal(runtimeName({ node: '20.20.2' }), 'node 20.20.2')
  assert.equal(runtimeName({ node: '24.3.0', bun: '1.3.1' }), 'bun 1.3.1')
  assert.equal(runtimeName({ node: '24.2.0', deno: '2.5.4' }), 'deno 2.5.4')
})
