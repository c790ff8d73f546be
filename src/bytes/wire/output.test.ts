// output.test.ts: what is written comes out in order, whatever parts it is in.

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Output } from './output.ts'

const numbered = (size: number, from: number) =>
  Uint8Array.from({ length: size }, (_, i) => from + i)

describe('Output', () => {
  it('collects replies larger than its buffer in order', () => {
    const output = new Output()
    const pieces = [10, 70_000, 3, 200_000, 1].map((size, i) => numbered(size, i))
    for (const piece of pieces) output.append(piece, 0, piece.length)
    assert.deepEqual(Buffer.from(output.collect()), Buffer.concat(pieces))
    assert.equal(output.length, 0)
  })

  it('hands a large value over without a copy', () => {
    const output = new Output()
    const large = numbered(50_000, 7)
    output.append(numbered(4, 1), 0, 4)
    output.handOver(large)
    output.append(numbered(2, 9), 0, 2)
    const parts = output.take()
    assert.equal(parts.length, 3)
    assert.equal(parts[1], large)
  })

  it('goes back to a mark in any part', () => {
    for (const size of [5, 65_530, 70_000]) {
      const output = new Output()
      output.append(numbered(size, 1), 0, size)
      const mark = output.mark()
      output.append(numbered(90_000, 2), 0, 90_000)
      output.handOver(numbered(40_000, 3))
      output.rewind(mark)
      assert.equal(output.length, size)
      output.append(numbered(3, 4), 0, 3)
      const expected = Buffer.concat([numbered(size, 1), numbered(3, 4)])
      assert.deepEqual(Buffer.from(output.collect()), expected)
    }
  })

  it('leaves what was taken alone until it is reused', () => {
    const output = new Output()
    output.append(numbered(8, 1), 0, 8)
    const [first] = output.take()
    output.append(numbered(8, 50), 0, 8)
    output.drop()
    output.append(numbered(8, 90), 0, 8)
    assert.deepEqual(first, numbered(8, 1).subarray(0))
  })
})
