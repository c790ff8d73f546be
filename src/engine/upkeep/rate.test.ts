// rate.test.ts: the mean growth of a counter.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Rate } from './rate.ts'

test('is the mean of sixteen samples, of which the first has nothing to compare with', () => {
  const rate = new Rate()
  rate.sample(1000, 50)
  assert.equal(rate.mean, 0)
  for (let second = 1; second <= 16; second++) rate.sample(1000 + second * 32, 50 + second)
  assert.equal(rate.mean, 32)
  rate.sample(1000 + 16 * 32, 67)
  assert.equal(rate.mean, 30)
})

test('begins anew after a reset, and is never negative', () => {
  const rate = new Rate()
  rate.sample(1, 1)
  rate.sample(5, 2)
  rate.sample(2, 3)
  assert.equal(rate.mean, 4 / 16)
  rate.reset()
  assert.equal(rate.mean, 0)
  rate.sample(100, 4)
  assert.equal(rate.mean, 0)
})
