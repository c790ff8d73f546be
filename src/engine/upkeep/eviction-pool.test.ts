// eviction-pool.test.ts: the pool against a naive twin, which keeps places that may be empty.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { latin1, Span } from '../../bytes/memory/span.ts'
import { Random } from '../contract/random.ts'
import { EvictionPool, POOL_SIZE } from './eviction-pool.ts'

type Place = { score: number; database: number; name: string }

/** Sixteen places in ascending order of score, the empty ones at the right. */
class NaivePool {
  private places: (Place | undefined)[] = new Array(POOL_SIZE).fill(undefined)

  offer(place: Place): void {
    const { places } = this
    const isFull = places.every((one) => one !== undefined)
    const first = places.findIndex((one) => one === undefined || one.score >= place.score)
    const at = first < 0 ? POOL_SIZE : first
    if (at === 0 && isFull) return
    if (places[at] === undefined && at < POOL_SIZE) places[at] = place
    else if (!isFull) {
      places.splice(at, 0, place)
      places.length = POOL_SIZE
    } else {
      places.splice(at, 0, place)
      places.shift()
    }
  }

  take(): Place | undefined {
    const at = this.places.findLastIndex((one) => one !== undefined)
    if (at < 0) return undefined
    const place = this.places[at]
    this.places[at] = undefined
    return place
  }
}

test('agrees with its naive twin over 100,000 operations', () => {
  const random = new Random(1)
  const pool = new EvictionPool()
  const twin = new NaivePool()
  const key = new Span()
  for (let i = 0; i < 100_000; i++) {
    if (random.below(5) === 0) {
      const expected = twin.take()
      assert.equal(pool.take(key), expected !== undefined)
      if (expected === undefined) continue
      assert.equal(Buffer.from(key.copy()).toString('latin1'), expected.name)
      assert.equal(pool.database, expected.database)
    } else {
      const length = random.below(20) === 0 ? 300 : 12
      const name = `${i}`.padEnd(length, '.')
      const place = { score: random.below(40), database: random.below(16), name }
      twin.offer(place)
      const span = new Span(latin1(name))
      if (pool.wants(place.score)) pool.add(place.score, place.database, span)
    }
  }
})

test('keeps the best of all that were offered, best first', () => {
  const pool = new EvictionPool()
  const key = new Span()
  for (let i = 0; i < 1000; i++) {
    const score = (i * 389) % 1000
    if (pool.wants(score)) pool.add(score, 0, new Span(latin1(`${score}`)))
  }
  const taken: string[] = []
  while (pool.take(key)) taken.push(Buffer.from(key.copy()).toString('latin1'))
  assert.deepEqual(
    taken,
    Array.from({ length: POOL_SIZE }, (_, i) => `${999 - i}`),
  )
})

test('is empty after clear', () => {
  const pool = new EvictionPool()
  pool.add(1, 0, new Span(latin1('k')))
  pool.clear()
  assert.equal(pool.take(new Span()), false)
})
