// sha1.test.ts: digests are those of the platform's own implementation.

import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { sha1 } from './sha1.ts'

test('a digest is right for every length around the borders of blocks', () => {
  for (const length of [0, 1, 3, 54, 55, 56, 57, 63, 64, 65, 118, 119, 120, 127, 128, 129, 5000]) {
    const bytes = Uint8Array.from({ length: length + 2 }, (_, i) => (i * 151 + length) & 0xff)
    const digest = new Uint8Array(20)
    sha1(bytes, 1, length + 1, digest)
    const expected = createHash('sha1')
      .update(bytes.subarray(1, length + 1))
      .digest('hex')
    assert.equal(Buffer.from(digest).toString('hex'), expected, `${length} bytes`)
  }
})

test('a digest may be written over what is digested', () => {
  const bytes = new Uint8Array(20).fill(7)
  const expected = createHash('sha1').update(bytes).digest('hex')
  sha1(bytes, 0, 20, bytes)
  assert.equal(Buffer.from(bytes).toString('hex'), expected)
})
