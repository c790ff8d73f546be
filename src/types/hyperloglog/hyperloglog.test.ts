// hyperloglog.test.ts: hashes, registers and runs against naive twins.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Span } from '../../bytes/memory/span.ts'
import { readRegister, writeRegister } from './dense.ts'
import { hashText, INDEX_BITS, registerOf } from './element-hash.ts'
import { estimateOf, estimateOfRegisters } from './estimate.ts'
import { DENSE_BYTES, HEADER_BYTES, isSketch, REGISTERS } from './layout.ts'
import { mergeInto, Sketch } from './sketch.ts'
import { CHANGED, describeRuns, INCONSISTENT } from './sparse.ts'

const MASK = 2n ** 64n - 1n

/** MurmurHash64A with 64-bit arithmetic. */
function naiveHash(bytes: Uint8Array): bigint {
  const factor = 0xc6a4a7935bd1e995n
  let hash = 0xadc83b19n ^ ((BigInt(bytes.length) * factor) & MASK)
  const word = (from: number, to: number) => {
    let n = 0n
    for (let i = to - 1; i >= from; i--) n = (n << 8n) | BigInt(bytes[i]!)
    return n
  }
  const whole = bytes.length - (bytes.length % 8)
  for (let at = 0; at < whole; at += 8) {
    let k = (word(at, at + 8) * factor) & MASK
    k = ((k ^ (k >> 47n)) * factor) & MASK
    hash = ((hash ^ k) * factor) & MASK
  }
  if (whole < bytes.length) hash = ((hash ^ word(whole, bytes.length)) * factor) & MASK
  hash = ((hash ^ (hash >> 47n)) * factor) & MASK
  return hash ^ (hash >> 47n)
}

function random(seed: number): (limit: number) => number {
  let state = seed
  return (limit) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * limit)
  }
}

function registersOf(sketch: Sketch): Uint8Array | undefined {
  const registers = new Uint8Array(REGISTERS)
  return mergeInto(registers, sketch.value) ? registers : undefined
}

describe('the hash of an element', () => {
  it('is MurmurHash64A for every length', () => {
    const next = random(1)
    for (let round = 0; round < 2000; round++) {
      const bytes = Uint8Array.from({ length: round % 50 }, () => next(256))
      const hash = naiveHash(bytes)
      assert.equal(hashText(bytes, 0, bytes.length), hash.toString(16).padStart(16, '0'))
      const zeros = (hash >> 14n).toString(2).match(/0*$/)![0].length
      const place = registerOf(bytes, 0, bytes.length)
      assert.equal(place & (REGISTERS - 1), Number(hash & 0x3fffn))
      assert.equal(place >>> INDEX_BITS, zeros + 1)
    }
  })
})

describe('dense registers', () => {
  it('read back what was written and leave their neighbours alone', () => {
    const next = random(2)
    const bytes = new Uint8Array(DENSE_BYTES)
    const twin = new Uint8Array(REGISTERS)
    for (let round = 0; round < 100_000; round++) {
      const index = next(4) === 0 ? REGISTERS - 1 - next(8) : next(REGISTERS)
      twin[index] = next(64)
      writeRegister(bytes, HEADER_BYTES, index, twin[index]!)
    }
    for (let i = 0; i < REGISTERS; i++) assert.equal(readRegister(bytes, HEADER_BYTES, i), twin[i])
  })
})

describe('a sketch', () => {
  it('holds the highest value of each register, sparse or dense', () => {
    for (const sparseMax of [0, 25, 100, 3000, 20_000]) {
      const next = random(3 + sparseMax)
      const sketch = new Sketch()
      sketch.clear()
      const twin = new Uint8Array(REGISTERS)
      for (let round = 0; round < 4000; round++) {
        // Neighbours of few values: runs are split and joined all the time.
        const index = next(10) === 0 ? next(REGISTERS) : next(200)
        const value = 1 + (next(500) === 0 && sparseMax < 20_000 ? 40 : next(4))
        const changed = sketch.raise(index, value, sparseMax) === CHANGED
        assert.equal(changed, value > twin[index]!)
        twin[index] = Math.max(twin[index]!, value)
        if (round % 100 === 0) assert.deepEqual(registersOf(sketch), twin)
        if (sketch.sparse && sparseMax > 0) assert.ok(sketch.length <= sparseMax)
      }
      assert.deepEqual(registersOf(sketch), twin)
      assert.ok(isSketch(sketch.value))
      assert.equal(estimateOf(sketch.value), estimateOfRegisters(twin))
    }
  })

  it('splits runs of zeros and joins runs of one value', () => {
    const sketch = new Sketch()
    sketch.clear()
    for (const [index, value] of [
      [1000, 2],
      [1020, 3],
      [1021, 3],
    ]) {
      sketch.raise(index!, value!, 3000)
    }
    const runs = describeRuns(sketch.bytes, HEADER_BYTES, sketch.length)
    assert.equal(runs, 'Z:1000 v:2,1 z:19 v:3,2 Z:15362')
  })

  it('estimates within a few standard errors', () => {
    const sketch = new Sketch()
    sketch.clear()
    const element = new Uint32Array(1)
    const bytes = new Uint8Array(element.buffer)
    for (let count = 1; count <= 200_000; count++) {
      element[0] = count
      const place = registerOf(bytes, 0, 4)
      sketch.raise(place & (REGISTERS - 1), place >>> INDEX_BITS, 3000)
      if (count % 20_000 !== 0 && count > 20) continue
      assert.ok(Math.abs(estimateOf(sketch.value) - count) <= count * 0.03 + 1)
    }
  })

  it('refuses runs that do not cover all registers, and ends on any bytes', () => {
    const next = random(5)
    for (let round = 0; round < 5000; round++) {
      const sketch = new Sketch()
      sketch.clear()
      for (let i = next(20); i > 0; i--) sketch.raise(next(REGISTERS), 1 + next(32), 3000)
      const bytes = sketch.value.copy()
      const end = bytes.length - next(3)
      bytes[HEADER_BYTES + next(bytes.length - HEADER_BYTES)] = next(256)
      sketch.load(new Span(bytes, 0, end))
      const consistent = registersOf(sketch) !== undefined
      assert.equal(estimateOf(sketch.value) >= 0, consistent)
      if (!consistent) assert.equal(sketch.raise(0, 40, 3000), INCONSISTENT)
      sketch.raise(next(REGISTERS), 1 + next(32), next(100))
    }
  })
})
