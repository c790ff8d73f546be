// byte-strings.test.ts: byte strings in one buffer.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { ByteStrings } from './byte-strings.ts'
import { latin1, Span } from './span.ts'

describe('byte strings', () => {
  it('are kept and compared, as bytes and as texts', () => {
    const strings = new ByteStrings()
    const texts = ['', 'a', 'a\0b', 'a\0a', 'ab', '\xff', 'x'.repeat(5000)]
    for (const text of texts) strings.push(new Span(latin1(text)))
    const span = new Span()
    assert.deepEqual(
      texts.map((_, i) => strings.at(i, span).text()),
      texts,
    )
    assert.ok(strings.compare(2, 3) > 0)
    assert.equal(strings.compareTexts(2, 3), 0)
    assert.equal(strings.compareTexts(1, 2), 0)
    assert.ok(strings.compare(1, 2) < 0)
    assert.ok(strings.compareTexts(0, 1) < 0)
    assert.ok(strings.compareTexts(5, 4) > 0)
    strings.clear()
    assert.equal(strings.count, 0)
  })
})
