// bits.test.ts: walks over words against walks over bits.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Span } from '../../bytes/memory/span.ts'
import { countBits, findBit } from './bits.ts'

/** Bytes with runs of zeros and ones, in which a search has far to go. */
function runs(length: number, next: () => number): Uint8Array {
  const bytes = new Uint8Array(length)
  for (let at = 0; at < length; ) {
    const value = [0, 0xff, Math.floor(next() * 256)][Math.floor(next() * 3)]!
    const end = at + Math.floor(next() * 60)
    bytes.fill(value, at, end)
    at = end + 1
  }
  return bytes
}

function random(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0
    return state / 2 ** 32
  }
}

function bitsOf(value: Span): number[] {
  const bits: number[] = []
  for (let at = value.start; at < value.end; at++) {
    for (let shift = 7; shift >= 0; shift--) bits.push((value.bytes[at]! >> shift) & 1)
  }
  return bits
}

describe('counting and finding bits', () => {
  it('agrees with a walk from bit to bit, wherever the bytes lie', () => {
    const next = random(7)
    for (let round = 0; round < 3000; round++) {
      const memory = runs(400, next)
      const start = Math.floor(next() * 40)
      const value = new Span(memory, start, start + 1 + Math.floor(next() * 300))
      const bits = bitsOf(value)
      const from = Math.floor(next() * bits.length)
      const to = from + Math.floor(next() * (bits.length - from))
      const part = bits.slice(from, to + 1)
      const ones = part.reduce((sum, bit) => sum + bit, 0)
      assert.equal(countBits(value, { from, to }), ones)
      for (const bit of [0, 1]) {
        const place = part.indexOf(bit)
        assert.equal(findBit(value, { from, to }, bit), place < 0 ? -1 : from + place)
      }
    }
  })

  it('finds the one bit that differs, in whichever block and word it lies', () => {
    const memory = new Uint8Array(3 * 16_384 + 70)
    const value = new Span(memory, 3, memory.length)
    const bits = value.length * 8
    const places = [0, 7, 16_384, 16_400, 32_767, 40_000, 49_200, value.length - 1]
    for (const [rest, bit] of [
      [0, 1],
      [0xff, 0],
    ] as const) {
      memory.fill(rest)
      for (const place of places) {
        memory[3 + place] = rest ^ 0x10
        assert.equal(findBit(value, { from: 0, to: bits - 1 }, bit), place * 8 + 3)
        assert.equal(countBits(value, { from: 0, to: bits - 1 }), bit === 1 ? 1 : bits - 1)
        memory[3 + place] = rest
      }
      assert.equal(findBit(value, { from: 0, to: bits - 1 }, bit), -1)
    }
  })

  it('goes beyond bit 2^32', () => {
    const size = 2 ** 29 + 8
    const value = new Span(new Uint8Array(size))
    value.bytes[size - 1] = 0x0f
    const range = { from: 2 ** 32 + 3, to: size * 8 - 1 }
    assert.equal(countBits(value, range), 4)
    assert.equal(findBit(value, range, 1), size * 8 - 4)
    assert.equal(findBit(value, { from: size * 8 - 4, to: size * 8 - 1 }, 0), -1)
  })
})
