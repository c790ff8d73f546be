// utf8.test.ts: UTF-8 as the platform's encoder and decoder have it.

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { readUtf8, utf8 } from './utf8.ts'

const texts = ['', 'plain', 'é', '€', '😀', 'a\u0000b', '\ud800', 'x\udc00y', '\ud83d\ud83d\ude00']

describe('text', () => {
  it('encodes as TextEncoder does', () => {
    const encoder = new TextEncoder()
    for (const text of texts) assert.deepEqual(utf8(text), encoder.encode(text))
  })

  it('decodes any bytes as TextDecoder does', () => {
    const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
    let seed = 1
    const random = () => (seed = (Math.imul(seed, 1103515245) + 12345) >>> 0) >>> 16
    const lead = [0x41, 0xc2, 0xe0, 0xe2, 0xed, 0xf0, 0xf4, 0xf5, 0x80, 0x9f, 0xa0, 0xbf, 0xff]
    for (let round = 0; round < 20_000; round++) {
      const bytes = Uint8Array.from(
        { length: random() % 7 },
        () => lead[random() % lead.length] ?? 0,
      )
      assert.equal(readUtf8(bytes, 0, bytes.length), decoder.decode(bytes), String(bytes))
    }
  })
})
