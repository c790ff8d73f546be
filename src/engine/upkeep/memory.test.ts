// memory.test.ts: when the host is asked to look for what was dropped.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Stage } from '#test/support/stage.js'

function start() {
  let asked = 0
  const stage = new Stage({
    host: {
      collect: () => {
        asked++
        return true
      },
    },
  })
  /** How often the host was asked in so many ticks. */
  const askedIn = (ticks: number) => {
    asked = 0
    for (let i = 0; i < ticks; i++) stage.wait(100)
    return asked
  }
  return { stage, askedIn }
}

test('what was dropped is asked for at once, and again while nobody sends anything', () => {
  const { stage, askedIn } = start()
  stage.call('SET', 'k', 'v'.repeat(10 << 20))
  assert.equal(askedIn(5), 0)
  stage.call('FLUSHALL')
  assert.equal(askedIn(20), 4)
  assert.equal(askedIn(20), 0)
})

test('a busy server is asked once: it collects anyway', () => {
  const { stage, askedIn } = start()
  stage.call('SET', 'k', 'v'.repeat(10 << 20))
  stage.call('DEL', 'k')
  assert.equal(askedIn(1), 1)
  stage.call('PING')
  assert.equal(askedIn(5), 0)
})
