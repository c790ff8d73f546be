// long-double.test.ts: facts were read off redis-server 8.2.3; test/differential compares live.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Span } from '../bytes/memory/span.ts'
import {
  addLongDouble,
  checkLongDouble,
  LONG_DOUBLE_LENGTH_MAX,
  NOT_A_FLOAT,
  NOT_FINITE,
} from './long-double.ts'

const target = new Uint8Array(LONG_DOUBLE_LENGTH_MAX + 2)

function span(text: string): Span {
  const bytes = Buffer.from(`1${text}2`, 'latin1')
  return new Span(bytes, 1, bytes.length - 1)
}

function sum(left: string, right: string): string | number {
  const end = addLongDouble(target, 2, span(left), span(right))
  return end < 0 ? end : Buffer.from(target.subarray(2, end)).toString('latin1')
}

test('adds integers and short decimals as one would on paper', () => {
  assert.equal(sum('10', '5'), '15')
  assert.equal(sum('-3', '3'), '0')
  assert.equal(sum('10.50', '0.1'), '10.6')
  assert.equal(sum('5.0e3', '2.0e2'), '5200')
  assert.equal(sum('3', '-0.0000001'), '2.9999999')
  assert.equal(sum('-0', '-0'), '0')
  assert.equal(sum('100.25', '-0.75'), '99.5')
})

test('shows the errors of the 80-bit format, digit by digit', () => {
  const facts: [string, string, string][] = [
    ['3000.1', '0.1', '3000.20000000000000018'],
    ['1234.5', '0.1', '1234.59999999999999998'],
    ['123456789012.345678', '0.000000000000000001', '123456789012.34567800164222717'],
    ['1e20', '1', '100000000000000000000'],
    ['18446744073709551616', '1', '18446744073709551616'],
    ['9223372036854775807', '0.5', '9223372036854775807.5'],
    ['1e400', '-1e400', '0'],
    ['1.1', '0x1p-3', '1.225'],
    ['1.5e-17', '0', '0.00000000000000002'],
    ['2.5e-17', '0', '0.00000000000000002'],
    ['5e-18', '0', '0'],
    ['-4e-18', '0', '0'],
  ]
  for (const [a, b, expected] of facts) assert.equal(sum(a, b), expected, `${a} + ${b}`)
})

test('refuses what strtold refuses, and sums that are not finite', () => {
  const refused = ['', ' 1', '1 ', 'nan', '1e', '0x', '1e5000', '1e-5000', '.', '1\0']
  refused.push('0'.repeat(5120), `1${'0'.repeat(4000)}e4000`, '0x1p99999', '0x1p-99999')
  for (const text of refused) {
    assert.equal(sum(text, '1'), NOT_A_FLOAT, text)
    assert.equal(sum('1.5', text), NOT_A_FLOAT, text)
    assert.equal(checkLongDouble(span(text)), NOT_A_FLOAT, text)
  }
  assert.equal(sum('inf', '1'), NOT_FINITE)
  assert.equal(sum('inf', '-Infinity'), NOT_FINITE)
  assert.equal(sum('1.18e4932', '1.18e4932'), NOT_FINITE)
  assert.equal(checkLongDouble(span('-inf')), NOT_FINITE)
  assert.equal(checkLongDouble(span('1.18e4932')), 0)
  assert.equal(checkLongDouble(span('0'.repeat(5119))), 0)
})

test('keeps to its room with the longest sums', () => {
  const text = sum('-1.18e4932', '0.3')
  assert.equal(typeof text, 'string')
  assert.equal((text as string).length, 4934)
})

test('takes the short way and the long way to the same text', () => {
  let state = 5
  const random = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
  for (let i = 0; i < 5000; i++) {
    const a = ((random() - 0.5) * 60).toFixed(Math.floor(random() * 13))
    const b = ((random() - 0.5) * 60).toFixed(Math.floor(random() * 13))
    // An exponent of zero changes nothing but the way.
    assert.equal(sum(a, b), sum(`${a}e0`, `${b}e0`), `${a} + ${b}`)
  }
})
