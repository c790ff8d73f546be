// testing.test.ts: the conveniences for test runners, with the runner that is at hand.

import assert from 'node:assert/strict'
import { after, beforeEach, describe, test } from 'node:test'
import { createRubellite, TEST_START, useRubellite } from './testing.ts'

test('createRubellite stands still and repeats itself', async () => {
  await using one = await createRubellite()
  await using two = await createRubellite()
  assert.equal(one.clock.now, TEST_START)
  const draw = (db: typeof one) => {
    for (let i = 0; i < 20; i++) db.call('SET', `k${i}`, i)
    return Array.from({ length: 10 }, () => db.call('RANDOMKEY'))
  }
  assert.deepEqual(draw(one), draw(two))
})

describe('useRubellite', async () => {
  const db = await useRubellite({ beforeEach, after })
  for (const title of ['begins with nothing', 'begins with nothing again']) {
    test(title, () => {
      assert.equal(db.call('DBSIZE'), 0)
      assert.equal(db.clock.now, TEST_START)
      db.call('SET', 'k', 'v')
      db.clock.advance('1d')
    })
  }
})
