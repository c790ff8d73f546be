// limits.test.ts: limits that folders declare.

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { defineLimits, Limits } from './limits.ts'

describe('limits of a folder', () => {
  const few = defineLimits('few', { entries: 3, bytes: 64 })
  const many = defineLimits('many', { entries: 1000 })

  it('begin with their defaults and are set for one engine', () => {
    const [one, two] = [new Limits(), new Limits()]
    assert.deepEqual([one.of(many), one.of(few)], [{ entries: 1000 }, { entries: 3, bytes: 64 }])
    one.of(few).entries = 5
    assert.deepEqual(one.of(few), { entries: 5, bytes: 64 })
    assert.deepEqual([two.of(few), one.of(many)], [{ entries: 3, bytes: 64 }, { entries: 1000 }])
  })
})
