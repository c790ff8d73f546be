// ziplist.test.ts: lists laid by hand to the documented layout, whole and damaged.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Span } from '../bytes/memory/span.ts'
import { readZiplist } from './ziplist.ts'

let state = 5
function below(limit: number): number {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0
  return Math.floor((state / 2 ** 32) * limit)
}

/** Encoding and data of an entry. */
function text(content: string): Buffer {
  const bytes = Buffer.from(content, 'latin1')
  const { length } = bytes
  if (length < 64) return Buffer.concat([Buffer.of(length), bytes])
  if (length < 16384) return Buffer.concat([Buffer.of(0x40 | (length >> 8), length), bytes])
  const head = Buffer.alloc(5, 0x80)
  head.writeUInt32BE(length, 1)
  return Buffer.concat([head, bytes])
}

function list(entries: readonly Buffer[], { count = entries.length, far = false } = {}): Buffer {
  let before = 0
  let tail = 10
  let at = 10
  const parts = entries.map((entry) => {
    const isLong = before > 253 || far
    const head = isLong ? Buffer.alloc(5, 0xfe) : Buffer.of(before)
    if (isLong) head.writeUInt32LE(before, 1)
    before = head.length + entry.length
    tail = at
    at += before
    return Buffer.concat([head, entry])
  })
  const header = Buffer.alloc(10)
  header.writeUInt32LE(at + 1, 0)
  header.writeUInt32LE(tail, 4)
  header.writeUInt16LE(Math.min(count, 65535), 8)
  return Buffer.concat([header, ...parts, Buffer.of(0xff)])
}

function read(bytes: Buffer): string[] | undefined {
  const found: string[] = []
  const padded = Buffer.concat([Buffer.of(1, 2, 3), bytes, Buffer.of(4, 5)])
  const count = readZiplist(new Span(padded, 3, 3 + bytes.length), (entry) => {
    found.push(entry.text())
    return true
  })
  if (count >= 0) assert.equal(count, found.length)
  return count < 0 ? undefined : found
}

const integers: [string, string][] = [
  ['f1', '0'],
  ['fd', '12'],
  ['fe80', '-128'],
  ['fe7f', '127'],
  ['c00080', '-32768'],
  ['c0ff7f', '32767'],
  ['f0000080', '-8388608'],
  ['f0ffff7f', '8388607'],
  ['d000000080', '-2147483648'],
  ['d0ffffff7f', '2147483647'],
  ['e00000000000000080', '-9223372036854775808'],
  ['e0ffffffffffffff7f', '9223372036854775807'],
  ['e00000008000000000', '2147483648'],
]

test('reads texts of every length and integers of every size', () => {
  const texts = ['', 'a', 'b'.repeat(63), 'c'.repeat(64), 'd'.repeat(16383), 'e'.repeat(16384)]
  const entries = [...texts.map(text), ...integers.map(([hex]) => Buffer.from(hex, 'hex'))]
  const values = [...texts, ...integers.map(([, value]) => value)]
  assert.deepEqual(read(list(entries)), values)
  assert.deepEqual(read(list(entries, { far: true })), values, 'lengths longer than they need be')
  assert.deepEqual(read(list([])), [])
})

test('counts the entries where the header does not', () => {
  const entries = Array.from({ length: 70_000 }, () => Buffer.of(0xf1))
  assert.equal(read(list(entries))?.length, 70_000)
  assert.deepEqual(read(list([text('a')], { count: 65535 })), ['a'])
  assert.equal(read(list([text('a')], { count: 2 })), undefined)
})

test('stops where the visitor does', () => {
  const seen: string[] = []
  const bytes = list(['a', 'b', 'c'].map(text))
  const count = readZiplist(new Span(bytes), (entry) => seen.push(entry.text()) < 2)
  assert.equal(count, -1)
  assert.deepEqual(seen, ['a', 'b'])
})

test('refuses what is not whole', () => {
  const whole = list([text('hello'), text('x'.repeat(300)), Buffer.from('c0ff7f', 'hex')])
  for (let length = 0; length < whole.length; length++) {
    assert.equal(read(whole.subarray(0, length)), undefined, `${length} bytes`)
  }
  assert.equal(read(list([Buffer.from('c5', 'hex')])), undefined, 'an unknown encoding')
  assert.equal(read(list([Buffer.from('ff', 'hex')])), undefined, 'an end mark in an entry')
  assert.equal(read(list([Buffer.from('80ffffffff', 'hex')])), undefined, 'a length beyond the end')
})

test('never reads beyond its bytes, whatever is damaged', () => {
  const whole = list([
    text('hello'),
    text('x'.repeat(300)),
    ...integers.map(([hex]) => Buffer.from(hex, 'hex')),
  ])
  for (let i = 0; i < 50_000; i++) {
    const bytes = Buffer.from(whole)
    for (let k = 1 + below(3); k > 0; k--) bytes[below(bytes.length)] = below(256)
    const found = read(bytes)
    if (found === undefined) continue
    assert.ok(found.join('').length <= 20 * bytes.length)
  }
})
