// hash.test.ts: the hash against a twin written from the paper, word by word.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Random } from '../../engine/contract/random.ts'
import { HashKey, hashBytes } from './hash.ts'

/** HalfSipHash with c and d rounds as its authors describe it, in big integers. */
class HalfSipHash {
  private v: bigint[] = []
  private readonly c: number
  private readonly d: number

  constructor(c: number, d: number) {
    this.c = c
    this.d = d
  }

  hash(low: number, high: number, message: Uint8Array): number {
    const [k0, k1] = [BigInt(low >>> 0), BigInt(high >>> 0)]
    this.v = [k0, k1, 0x6c796765n ^ k0, 0x74656462n ^ k1]
    const padded = new Uint8Array((message.length >>> 2) * 4 + 4)
    padded.set(message)
    padded[padded.length - 1] = message.length & 0xff
    for (let at = 0; at < padded.length; at += 4) {
      const word = BigInt(new DataView(padded.buffer).getUint32(at, true))
      this.v[3]! ^= word
      for (let i = 0; i < this.c; i++) this.round()
      this.v[0]! ^= word
    }
    this.v[2]! ^= 0xffn
    for (let i = 0; i < this.d; i++) this.round()
    return Number(this.v[1]! ^ this.v[3]!)
  }

  private round(): void {
    this.add(0, 1, 5)
    this.v[0] = rotated(this.v[0]!, 16)
    this.add(2, 3, 8)
    this.add(0, 3, 7)
    this.add(2, 1, 13)
    this.v[2] = rotated(this.v[2]!, 16)
  }

  private add(to: number, from: number, bits: number): void {
    this.v[to] = (this.v[to]! + this.v[from]!) & 0xffffffffn
    this.v[from] = rotated(this.v[from]!, bits) ^ this.v[to]!
  }
}

function rotated(word: bigint, bits: number): bigint {
  return ((word << BigInt(bits)) | (word >> BigInt(32 - bits))) & 0xffffffffn
}

describe('the hash', () => {
  it('has a twin that reproduces published values of HalfSipHash-2-4', () => {
    const twin = new HalfSipHash(2, 4)
    const published = [0x5b9f35a9, 0xb85a4727, 0x03a662fa, 0x04e7fe8a]
    const message = Uint8Array.from({ length: 4 }, (_, i) => i)
    for (let length = 0; length < 4; length++) {
      const value = twin.hash(0x03020100, 0x07060504, message.subarray(0, length))
      assert.equal(value.toString(16), published[length]!.toString(16))
    }
  })

  it('is HalfSipHash-1-3 for every length and place', () => {
    const random = new Random(1)
    const twin = new HalfSipHash(1, 3)
    for (let i = 0; i < 5000; i++) {
      const [low, high] = [random.bits() | 0, random.bits() | 0]
      const length = i < 1000 ? i % 70 : random.below(600)
      const start = random.below(9)
      const bytes = Uint8Array.from({ length: start + length + 5 }, () => random.below(256))
      const message = bytes.subarray(start, start + length)
      const value = hashBytes(new HashKey(low, high), bytes, start, start + length) >>> 0
      assert.equal(value, twin.hash(low, high, message), `${length} bytes at ${start}`)
    }
  })

  it('spreads keys that differ little over all buckets', () => {
    const key = new HashKey(5, 6)
    const counts = new Array(1024).fill(0)
    for (let i = 0; i < 102_400; i++) {
      const bytes = new TextEncoder().encode(`key:${i}`)
      counts[hashBytes(key, bytes, 0, bytes.length) & 1023]++
    }
    let deviation = 0
    for (const count of counts) deviation += (count - 100) ** 2 / 100
    // 1023 degrees of freedom: above 1180 once in three thousand times.
    assert.ok(deviation < 1180, `chi-square is ${deviation}`)
  })

  it('depends on every bit of its key', () => {
    const bytes = new TextEncoder().encode('the same key')
    const seen = new Set<number>()
    for (let bit = 0; bit < 32; bit++) {
      seen.add(hashBytes(new HashKey(1 << bit, 0), bytes, 0, bytes.length))
      seen.add(hashBytes(new HashKey(0, 1 << bit), bytes, 0, bytes.length))
    }
    assert.equal(seen.size, 64)
  })
})
