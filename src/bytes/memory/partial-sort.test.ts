// partial-sort.test.ts: a part of a sorted array against the whole.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { partialSort } from './partial-sort.ts'

function random(seed: number): (limit: number) => number {
  let state = seed
  return (limit) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * limit)
  }
}

describe('sorting a part', () => {
  it('brings what belongs between two places there, and loses nothing', () => {
    const next = random(1)
    for (let round = 0; round < 3000; round++) {
      const length = 1 + next(round % 10 === 0 ? 500 : 60)
      const values = Array.from({ length }, () => next(1 + next(100)))
      const items = values.map((_, i) => i)
      const first = next(length)
      const last = first + next(length - first)
      partialSort(items, (a, b) => values[a]! - values[b]!, first, last)
      const sorted = values.toSorted((a, b) => a - b)
      const found = items.slice(first, last + 1).map((i) => values[i])
      assert.deepEqual(found, sorted.slice(first, last + 1))
      assert.equal(new Set(items).size, length)
    }
  })

  it('goes as deep as it must without a stack', () => {
    const length = 20_000
    for (const value of [(i: number) => i, (i: number) => -i, () => 1, (i: number) => i % 2]) {
      const items = Array.from({ length }, (_, i) => i)
      partialSort(items, (a, b) => value(a) - value(b), 0, length - 1)
      for (let i = 1; i < length; i++) assert.ok(value(items[i - 1]!) <= value(items[i]!))
    }
  })
})
