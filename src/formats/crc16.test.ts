// crc16.test.ts: slots were read off CLUSTER KEYSLOT of redis-server 8.2.3.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { crc16, keySlot } from './crc16.ts'

function slot(key: string): number {
  const bytes = Buffer.from(`{${key}}`, 'latin1')
  return keySlot(bytes, 1, bytes.length - 1)
}

test('computes the check value of CRC-16/XMODEM', () => {
  assert.equal(crc16(Buffer.from('123456789'), 0, 9), 0x31c3)
})

test('hashes the tag of a key, or the key when it has no tag', () => {
  assert.equal(slot('foo'), 12182)
  assert.equal(slot('{foo}bar'), 12182)
  assert.equal(slot('x{foo}{bar}'), 12182)
  assert.equal(slot('user{foo}'), slot('foo'))
  assert.equal(slot(''), 0)
})

test('hashes the whole key when the tag is empty or open', () => {
  for (const key of ['{}foo', '{foo', 'foo}', '}{foo', '{}{foo}']) {
    const bytes = Buffer.from(key)
    assert.equal(slot(key), crc16(bytes, 0, bytes.length) % 16384, key)
  }
})
