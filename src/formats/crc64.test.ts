// crc64.test.ts: the checksum of RDB files and DUMP payloads, against known values.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Crc64 } from './crc64.ts'

function hex(crc: Crc64): string {
  const half = (n: number) => (n >>> 0).toString(16).padStart(8, '0')
  return half(crc.high) + half(crc.low)
}

// One bit at a time, as the definition reads.
function naive(bytes: Uint8Array): string {
  let crc = 0n
  for (const byte of bytes) {
    crc ^= BigInt(byte)
    for (let i = 0; i < 8; i++) crc = (crc >> 1n) ^ (crc & 1n ? 0x95ac9329ac4bc9b5n : 0n)
  }
  return crc.toString(16).padStart(16, '0')
}

test('computes the check value of CRC-64 by Jones', () => {
  assert.equal(hex(new Crc64().update(Buffer.from('123456789'), 0, 9)), 'e9c6d914c4b8d9ca')
})

test('agrees with the definition, whatever the portions', () => {
  const bytes = Buffer.from(Array.from({ length: 300 }, (_, i) => (i * 167 + (i >> 3)) & 255))
  for (let length = 0; length < 40; length++) {
    const expected = naive(bytes.subarray(0, length))
    assert.equal(hex(new Crc64().update(bytes, 0, length)), expected)
  }
  const whole = naive(bytes)
  for (let cut = 0; cut <= 300; cut += 7) {
    const crc = new Crc64().update(bytes, 0, cut).update(bytes, cut, 300)
    assert.equal(hex(crc), whole)
  }
})

test('writes and recognises its eight bytes', () => {
  const target = new Uint8Array(10)
  const crc = new Crc64().update(Buffer.from('123456789'), 0, 9)
  assert.equal(crc.write(target, 1), 9)
  assert.equal(Buffer.from(target).toString('hex'), '00cad9b8c414d9c6e900')
  assert.ok(crc.matches(target, 1))
  assert.ok(!crc.matches(target, 2))
  assert.ok(!crc.reset().matches(target, 1))
})
