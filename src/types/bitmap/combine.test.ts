// combine.test.ts: words of many strings at once against bytes one by one.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Span } from '../../bytes/memory/span.ts'
import { AND, ANDOR, combine, DIFF, DIFF1, NOT, ONE, OR, XOR } from './combine.ts'

/** Each operation on the bytes that the strings have in one place. */
const naive: Record<number, (bytes: number[]) => number> = {
  [AND]: (bytes) => bytes.reduce((a, b) => a & b),
  [OR]: (bytes) => bytes.reduce((a, b) => a | b),
  [XOR]: (bytes) => bytes.reduce((a, b) => a ^ b),
  [NOT]: ([first]) => ~first!,
  [DIFF]: ([first, ...rest]) => first! & ~rest.reduce((a, b) => a | b),
  [DIFF1]: ([first, ...rest]) => ~first! & rest.reduce((a, b) => a | b),
  [ANDOR]: ([first, ...rest]) => first! & rest.reduce((a, b) => a | b),
  [ONE]: (bytes) => {
    let result = 0
    for (let bit = 1; bit < 256; bit *= 2) {
      if (bytes.filter((byte) => (byte & bit) !== 0).length === 1) result |= bit
    }
    return result
  },
}

function string(seed: number, length: number): Span {
  const memory = new Uint8Array(length + 7)
  let state = seed
  for (let i = 0; i < memory.length; i++) {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0
    memory[i] = state >>> 24
  }
  const start = seed % 5
  return new Span(memory, start, start + length)
}

describe('combine', () => {
  for (const [name, operation] of Object.entries({
    AND,
    OR,
    XOR,
    NOT,
    DIFF,
    DIFF1,
    ANDOR,
    ONE,
  })) {
    it(`makes ${name} as byte by byte, of strings of any lengths`, () => {
      const lengths = [0, 1, 2, 3, 4, 5, 31, 64, 100, 16383, 16384, 16385, 40001]
      for (let seed = 1; seed < 40; seed++) {
        const count = operation === NOT ? 1 : 2 + (seed % 3)
        const strings: Span[] = []
        for (let i = 0; i < count; i++) {
          strings.push(string(seed * 7 + i, lengths[(seed * (i + 3)) % lengths.length]!))
        }
        const length = Math.max(...strings.map((one) => one.length))
        if (length === 0) continue
        const expected = new Uint8Array(length)
        for (let at = 0; at < length; at++) {
          const bytes = strings.map((one) => (at < one.length ? one.bytes[one.start + at]! : 0))
          expected[at] = naive[operation]!(bytes)
        }
        const result = combine(operation, strings, length)
        assert.equal(Buffer.compare(result, expected), 0, `seed ${seed}`)
        const behind = new Uint8Array(result.buffer).subarray(length)
        assert.ok(
          behind.every((byte) => byte === 0),
          'the bytes behind the end are zero',
        )
      }
    })
  }
})
