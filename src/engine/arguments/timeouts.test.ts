// timeouts.test.ts: what a timeout may look like, as redis-server 8.2.3 reads it.

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { latin1, Span } from '../../bytes/memory/span.ts'
import { errors } from '../contract/errors.ts'
import { secondsTimeout, wholeTimeout } from './timeouts.ts'

const span = (text: string) => new Span(latin1(text))

describe('a timeout in seconds', () => {
  it('is a whole number of milliseconds, rounded up, however the decimals fall', () => {
    const cases: [string, number][] = [
      ['0', 0],
      ['-0', 0],
      ['1', 1000],
      ['0.001', 1],
      ['1.1', 1100],
      ['4.35', 4350],
      ['0.0000001', 1],
      ['1e-400', 1],
      ['1.0005', 1001],
      ['-0.0005', 0],
      ['0x1p-10', 1],
      ['86400', 86_400_000],
    ]
    for (const [text, ms] of cases) assert.equal(secondsTimeout(span(text)), ms, text)
  })

  it('is refused with the error that fits', () => {
    for (const text of ['', 'x', 'nan', ' 1', '1 ', '1e5000']) {
      assert.throws(() => secondsTimeout(span(text)), errors.timeoutNotFloat, text)
    }
    for (const text of ['-1', '-inf', '-1e400']) {
      assert.throws(() => secondsTimeout(span(text)), errors.timeoutNegative, text)
    }
    for (const text of ['inf', '1e400', '9223372036854775807', '9223372036854775.807']) {
      assert.throws(() => secondsTimeout(span(text)), errors.timeoutRange, text)
    }
  })
})

describe('a timeout in milliseconds', () => {
  it('is an integer of 64 bits that ends before time does', () => {
    assert.equal(wholeTimeout(span('0')), 0)
    assert.equal(wholeTimeout(span('1500')), 1500)
    for (const text of ['', '1.5', 'x', '99999999999999999999']) {
      assert.throws(() => wholeTimeout(span(text)), errors.timeoutNotInteger, text)
    }
    for (const text of ['-1', '-9223372036854775808']) {
      assert.throws(() => wholeTimeout(span(text)), errors.timeoutNegative, text)
    }
    assert.throws(() => wholeTimeout(span('9223372036854775807')), errors.timeoutRange)
  })
})
