// stats.test.ts: how errors are counted, and what is kept when the counters begin anew.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Stats } from './stats.ts'

test('counts errors by their first word, and those without one as ERR', () => {
  const stats = new Stats()
  stats.countError('WRONGTYPE Operation against …')
  stats.countError('word')
  stats.countError(`${'x'.repeat(32)} y`)
  assert.deepEqual(
    [...stats.errorKinds],
    [
      ['WRONGTYPE', 1],
      ['ERR', 2],
    ],
  )
  assert.equal(stats.errorReplies, 3)
})

test('gives up counting by word when there are more than 128 of them', () => {
  const stats = new Stats()
  let told: readonly string[] = []
  stats.onTooManyErrorKinds = (kinds) => {
    told = kinds
  }
  for (let i = 0; i < 1100; i++) stats.countError(`E${i} is new`)
  assert.equal(told.length, 128)
  assert.deepEqual([...stats.errorKinds], [['ERRORSTATS_DISABLED', 1]])
  assert.equal(stats.errorReplies, 1100)
  stats.reset()
  stats.countError('ERR again')
  assert.deepEqual([...stats.errorKinds], [['ERR', 1]])
})

test('keeps the peak of memory when the counters begin anew', () => {
  const stats = new Stats()
  stats.peakMemory = 5
  stats.commands = 5
  stats.reset()
  assert.equal(stats.peakMemory, 5)
  assert.equal(stats.commands, 0)
})
