// intset.test.ts: intsets against a sorted array of bigints.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Random } from '../../engine/contract/random.ts'
import { latin1 } from '../memory/span.ts'
import { Int64 } from '../numbers/int64.ts'
import {
  INTSET_HEADER,
  intsetAt,
  intsetCount,
  intsetWidth,
  readIntsetValue,
  searchIntset,
  setIntsetHeader,
  validateIntset,
  widenIntset,
  widthOf,
  writeIntsetValue,
} from './intset.ts'

const n = new Int64()

function set(value: bigint): Int64 {
  const text = latin1(String(value))
  assert.ok(n.parse(text, 0, text.length))
  return n
}

/** An intset at an odd place of its bytes, and its naive twin. */
class Pair {
  bytes = new Uint8Array(1 << 16)
  readonly start = 3
  readonly twin: bigint[] = []

  constructor() {
    setIntsetHeader(this.bytes, this.start, 2, 0)
  }

  get end(): number {
    return intsetAt(this.start, intsetWidth(this.bytes, this.start), this.twin.length)
  }

  add(value: bigint): void {
    const { bytes, start, twin } = this
    const index = searchIntset(bytes, start, set(value))
    const place = twin.findIndex((each) => each >= value)
    const expected = place < 0 ? twin.length : place
    if (twin[place] === value) {
      assert.equal(index, place)
      return
    }
    assert.equal(index, -1 - expected)
    const before = intsetWidth(bytes, start)
    if (widthOf(n) > before) widenIntset(bytes, start, before, widthOf(n))
    const width = intsetWidth(bytes, start)
    const at = intsetAt(start, width, expected)
    bytes.copyWithin(at + width, at, this.end)
    writeIntsetValue(bytes, at, width, n)
    twin.splice(expected, 0, value)
    setIntsetHeader(bytes, start, width, twin.length)
  }

  remove(value: bigint): void {
    const { bytes, start, twin } = this
    const index = searchIntset(bytes, start, set(value))
    const place = twin.indexOf(value)
    if (place < 0) {
      assert.ok(index < 0)
      return
    }
    assert.equal(index, place)
    const width = intsetWidth(bytes, start)
    const at = intsetAt(start, width, place)
    bytes.copyWithin(at, at + width, this.end)
    twin.splice(place, 1)
    setIntsetHeader(bytes, start, width, twin.length)
  }

  check(): void {
    const { bytes, start, twin } = this
    assert.equal(intsetCount(bytes, start), twin.length)
    const width = intsetWidth(bytes, start)
    const text = new Uint8Array(20)
    for (let i = 0; i < twin.length; i++) {
      readIntsetValue(bytes, intsetAt(start, width, i), width, n)
      const end = n.writeText(text, 0)
      assert.equal(Buffer.from(text.subarray(0, end)).toString(), String(twin[i]))
    }
    assert.equal(validateIntset(bytes, start, this.end), twin.length > 0)
  }
}

test('agrees with a sorted array, in every width', () => {
  const random = new Random(1)
  for (const bits of [6, 15, 16, 17, 31, 32, 33, 54, 63]) {
    const pair = new Pair()
    for (let i = 0; i < 20_000; i++) {
      const wide = (BigInt(random.bits()) << 32n) | BigInt(random.bits())
      const value = BigInt.asIntN(random.below(20) === 0 ? bits + 1 : Math.min(bits, 9), wide)
      if (random.below(3) > 0) pair.add(value)
      else pair.remove(value)
      if (i % 500 === 0) pair.check()
    }
    pair.check()
  }
})

test('knows the width of the extremes', () => {
  assert.equal(widthOf(set(32767n)), 2)
  assert.equal(widthOf(set(-32768n)), 2)
  assert.equal(widthOf(set(32768n)), 4)
  assert.equal(widthOf(set(-(2n ** 31n))), 4)
  assert.equal(widthOf(set(2n ** 31n)), 8)
  assert.equal(widthOf(set(-(2n ** 31n) - 1n)), 8)
  assert.equal(widthOf(set(2n ** 63n - 1n)), 8)
  assert.equal(widthOf(set(-(2n ** 63n))), 8)
})

test('refuses what is no intset', () => {
  const pair = new Pair()
  for (const value of [5n, 70_000n, 2n ** 40n]) pair.add(value)
  const good = pair.bytes.slice(pair.start, pair.end)
  assert.ok(validateIntset(good, 0, good.length))
  assert.ok(!validateIntset(good, 0, good.length - 1))
  assert.ok(!validateIntset(good, 0, 7))
  for (let i = 0; i < INTSET_HEADER; i++) {
    const bad = good.slice()
    bad[i]! ^= 1
    assert.ok(!validateIntset(bad, 0, bad.length), `byte ${i}`)
  }
  const twice = good.slice()
  twice.copyWithin(INTSET_HEADER + 8, INTSET_HEADER, INTSET_HEADER + 8)
  assert.ok(!validateIntset(twice, 0, twice.length))
  const huge = good.slice()
  setIntsetHeader(huge, 0, 8, 0x20000003)
  assert.ok(!validateIntset(huge, 0, huge.length))
})
