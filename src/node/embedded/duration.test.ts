// duration.test.ts: what is a duration and what is none.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { milliseconds } from './duration.ts'

test('reads numbers as milliseconds and adds up units', () => {
  const cases: [number | string, number][] = [
    [0, 0],
    [1.5, 1.5],
    ['250ms', 250],
    ['1.5s', 1500],
    ['5m', 300_000],
    ['1h', 3_600_000],
    ['2d', 172_800_000],
    ['1w', 604_800_000],
    ['1h30m', 5_400_000],
    [' 1h 30m 1ms ', 5_400_001],
  ]
  for (const [duration, ms] of cases) assert.equal(milliseconds(duration), ms, String(duration))
})

test('refuses everything else', () => {
  for (const wrong of ['', '10', '1x', 's', '-1s', '1h-30m', '1 hour', -1, Number.NaN, Infinity]) {
    assert.throws(() => milliseconds(wrong), RangeError, String(wrong))
  }
})
