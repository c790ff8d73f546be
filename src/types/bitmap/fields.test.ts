// fields.test.ts: fields against the digits of a binary number.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Span } from '../../bytes/memory/span.ts'
import { FIELD_BITS_MAX, readField, readWideField, writeField, writeWideField } from './fields.ts'

/** A field read from the text of all bits. */
function naiveField(value: Span, offset: number, bits: number): bigint {
  let text = ''
  for (let at = value.start; at < value.end; at++) {
    text += value.bytes[at]!.toString(2).padStart(8, '0')
  }
  return BigInt('0b' + text.padEnd(offset + bits, '0').slice(offset, offset + bits))
}

function fresh(seed: number): Span {
  const memory = new Uint8Array(40)
  for (let i = 0; i < memory.length; i++) memory[i] = Math.imul(seed + i, 2654435761) >>> 24
  return new Span(memory, 5, 35)
}

describe('fields of bits', () => {
  it('are read as their bits say, and as zeros behind the end', () => {
    const value = fresh(1)
    for (let bits = 1; bits <= 64; bits++) {
      for (let offset = 0; offset < 260; offset++) {
        const expected = naiveField(value, offset, bits)
        assert.equal(readWideField(value, offset, bits), expected)
        if (bits <= FIELD_BITS_MAX) assert.equal(readField(value, offset, bits), Number(expected))
      }
    }
  })

  it('are written without a change of the bits around them', () => {
    for (let bits = 1; bits <= 64; bits++) {
      for (let offset = 0; offset < 20; offset++) {
        const value = fresh(bits * 31 + offset)
        const head = naiveField(value, 0, offset + 1) >> 1n
        const tail = naiveField(value, offset + bits, 60)
        const n = BigInt.asUintN(bits, 0x9e3779b97f4a7c15n * BigInt(offset + 1))
        if (bits <= FIELD_BITS_MAX) writeField(value, offset, bits, Number(n))
        else writeWideField(value, offset, bits, n)
        assert.equal(naiveField(value, offset, bits), n)
        assert.equal(naiveField(value, 0, offset + 1) >> 1n, head)
        assert.equal(naiveField(value, offset + bits, 60), tail)
      }
    }
  })

  it('take negative numbers in two’s complement', () => {
    const value = fresh(3)
    writeWideField(value, 3, 64, -2n)
    assert.equal(readWideField(value, 3, 64), 2n ** 64n - 2n)
    writeWideField(value, 3, 7, -1n)
    assert.equal(readField(value, 3, 7), 127)
  })
})
