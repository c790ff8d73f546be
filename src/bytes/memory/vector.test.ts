// vector.test.ts: the vector against a plain array.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Random } from '../../engine/contract/random.ts'
import { Vector } from './vector.ts'

const CHUNK = 1 << 14

describe('a vector of refs', () => {
  it('is an array through 200,000 random operations', () => {
    const random = new Random(1)
    const refs = new Vector()
    const twin: number[] = []
    for (let i = 0; i < 200_000; i++) {
      const growing = Math.floor(i / 50_000) % 2 === 0
      const dice = random.fraction()
      if (dice < (growing ? 0.6 : 0.3)) {
        refs.push(i | 0)
        twin.push(i | 0)
      } else if (dice < 0.9 && twin.length > 0) assert.equal(refs.pop(), twin.pop())
      else if (twin.length > 0) {
        const place = random.below(twin.length)
        assert.equal(refs.get(place), twin[place])
        refs.set(place, -i)
        twin[place] = -i
      }
      assert.equal(refs.length, twin.length)
    }
    for (let i = 0; i < twin.length; i++) assert.equal(refs.get(i), twin[i])
  })

  it('crosses the borders of its chunks in both directions', () => {
    const refs = new Vector()
    for (let i = 0; i < 5 * CHUNK; i++) refs.push(i + 1)
    for (let i = 5 * CHUNK; i > 0; i--) assert.equal(refs.pop(), i)
    for (let round = 0; round < 3; round++) {
      for (let i = 0; i < CHUNK + 2; i++) refs.push(i)
      for (let i = CHUNK + 1; i >= 0; i--) assert.equal(refs.pop(), i)
    }
  })

  it('takes four bytes a ref and gives them back', () => {
    const refs = new Vector()
    assert.ok(refs.memory <= 64)
    for (let i = 0; i < 10 * CHUNK; i++) refs.push(1)
    assert.equal(refs.memory, 10 * CHUNK * 4)
    while (refs.length > 0) refs.pop()
    assert.ok(refs.memory <= 2 * CHUNK * 4, 'a chunk and a spare one')
    refs.push(5)
    refs.clear()
    assert.equal(refs.length, 0)
    assert.ok(refs.memory <= 64)
  })

  it('holds refs of the upper half, which are negative', () => {
    const refs = new Vector()
    refs.push(-5)
    refs.push(0x7fffffff)
    assert.equal(refs.pop(), 0x7fffffff)
    assert.equal(refs.get(0), -5)
  })
})
