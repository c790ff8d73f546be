// trigonometry.test.ts: sines against their series in integers of 200 bits.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { arcsine, cosine, sine } from './trigonometry.ts'

const BITS = 200n
const ONE = 1n << BITS

function fixed(n: number): bigint {
  // A double is a whole number of 2^-140 in the range that is tested.
  return BigInt(n * 2 ** 140) << (BITS - 140n)
}

function double(n: bigint): number {
  return Number(n) / 2 ** Number(BITS)
}

/** The sum of the terms of sine (from the first one) or cosine (from the zeroth). */
function series(x: bigint, first: bigint): bigint {
  const square = (x * x) >> BITS
  let term = first === 1n ? x : ONE
  let sum = 0n
  for (let i = first; term !== 0n; i += 2n) {
    sum += term
    term = -((term * square) >> BITS) / ((i + 1n) * (i + 2n))
    if (term === -1n) break
  }
  return sum
}

describe('trigonometry', () => {
  const angles = Array.from({ length: 3000 }, (_, i) => {
    const size = ((i * 0.618033988749895) % 1) * [1e-4, 0.01, 0.5, 1.484][i % 4]!
    return i % 7 === 0 ? -size : size
  })

  it('rounds sines and cosines correctly', () => {
    for (const angle of angles) {
      assert.equal(sine(angle), double(series(fixed(angle), 1n)), `sine of ${angle}`)
      assert.equal(cosine(angle), double(series(fixed(angle), 0n)), `cosine of ${angle}`)
    }
    for (let angle = 1.5; angle < 3.14; angle += 0.0007) {
      assert.equal(sine(angle), double(series(fixed(angle), 1n)), `sine of ${angle}`)
    }
    assert.equal(sine(Math.PI), 1.2246467991473532e-16)
    assert.equal(sine(0), 0)
  })

  it('rounds arcsines correctly', () => {
    for (const angle of angles) {
      const n = sine(Math.abs(angle))
      const root = fixed(n)
      let exact = fixed(Math.abs(angle))
      // Two of Newton's steps from 53 bits give more than 200.
      for (let i = 0; i < 2; i++) {
        exact += ((root - series(exact, 1n)) << BITS) / series(exact, 0n)
      }
      assert.equal(arcsine(n), double(exact), `arcsine of ${n}`)
    }
    assert.equal(arcsine(1), Math.PI / 2)
    assert.equal(arcsine(0), 0)
    assert.ok(Number.isNaN(arcsine(1.0000000000000002)))
  })
})
