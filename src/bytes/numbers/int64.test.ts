// int64.test.ts: 64-bit integers in two words against BigInt.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Random } from '../../engine/contract/random.ts'
import { latin1 } from '../memory/span.ts'
import { Int64 } from './int64.ts'
import { parseInt64 } from './numbers.ts'

const EDGES = [0n, 1n, 127n, 2n ** 31n, 2n ** 32n, 2n ** 53n, 10n ** 16n, 10n ** 18n, 2n ** 63n]

function check(text: string): void {
  const bytes = latin1(text)
  const expected = parseInt64(bytes, 0, bytes.length)
  const words = new Int64()
  assert.equal(words.parse(bytes, 0, bytes.length), expected !== undefined, text)
  if (expected === undefined) return
  assert.equal(words.number, Number(expected))
  const stored = new Uint8Array(8)
  words.write(stored, 0)
  assert.equal(new DataView(stored.buffer).getBigInt64(0, true), expected)
  const again = new Int64()
  again.read(stored, 0)
  assert.ok(again.equals(words))
  const target = new Uint8Array(20)
  const end = again.writeText(target, 0)
  assert.equal(Buffer.from(target.subarray(0, end)).toString(), text)
}

describe('an int64 of two words', () => {
  it('reads and writes the integers around every border', () => {
    for (const edge of EDGES) {
      for (let d = -3n; d <= 3n; d++) {
        check(String(edge + d))
        check(String(-edge + d))
      }
    }
  })

  it('agrees with BigInt on 50,000 random texts', () => {
    const random = new Random(3)
    for (let i = 0; i < 50_000; i++) {
      let text = random.below(2) === 0 ? '-' : ''
      const length = 1 + random.below(20)
      for (let k = 0; k < length; k++) text += String(random.below(10))
      if (random.below(20) === 0) text = text.replace('5', 'x')
      check(text)
    }
  })
})
