// zipmap.test.ts: maps laid by hand to the documented layout, whole and damaged.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Span } from '../bytes/memory/span.ts'
import { readZipmap } from './zipmap.ts'

let state = 7
function below(limit: number): number {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0
  return Math.floor((state / 2 ** 32) * limit)
}

function length(n: number): Buffer {
  if (n < 254) return Buffer.of(n)
  const head = Buffer.alloc(5, 0xfe)
  head.writeUInt32LE(n, 1)
  return head
}

function map(pairs: readonly (readonly [string, string])[], count = pairs.length): Buffer {
  const parts = pairs.map(([field, value], i) => {
    const unused = i % 4
    const head = [length(field.length), Buffer.from(field), length(value.length)]
    return Buffer.concat([...head, Buffer.of(unused), Buffer.from(value), Buffer.alloc(unused, 9)])
  })
  return Buffer.concat([Buffer.of(count), ...parts, Buffer.of(0xff)])
}

function read(bytes: Buffer): [string, string][] | undefined {
  const found: [string, string][] = []
  const padded = Buffer.concat([Buffer.of(1, 2, 3), bytes, Buffer.of(4, 5)])
  const count = readZipmap(new Span(padded, 3, 3 + bytes.length), (field, value) => {
    found.push([field.text(), value.text()])
    return true
  })
  return count < 0 ? undefined : found
}

const pairs: [string, string][] = [
  ['name', 'Ada'],
  ['', ''],
  ['f'.repeat(253), 'v'.repeat(254)],
  ['g'.repeat(254), 'w'.repeat(1000)],
  ['5', '-17'],
]

test('reads fields and values of every length', () => {
  assert.deepEqual(read(map(pairs)), pairs)
  assert.deepEqual(read(map(pairs, 254)), pairs, 'a header that does not count')
})

test('lets be what lies behind the end', () => {
  const bytes = Buffer.concat([map([['a', '1']]), Buffer.from('junk'), Buffer.of(0xff)])
  assert.deepEqual(read(bytes), [['a', '1']])
})

test('stops where the visitor does', () => {
  assert.equal(
    readZipmap(new Span(map(pairs)), (field) => field.length > 0),
    -1,
  )
})

test('refuses what is not whole', () => {
  const whole = map(pairs)
  for (let end = 0; end < whole.length; end++) assert.equal(read(whole.subarray(0, end)), undefined)
  assert.equal(read(map([])), undefined, 'an empty map')
  assert.equal(read(map(pairs, 4)), undefined, 'a wrong count')
  const long = Buffer.from('\x01\xfe\x01\x00\x00\x00a\x01\x00b\xff', 'latin1')
  assert.equal(read(long), undefined, 'a short length in the long form')
})

test('never reads beyond its bytes, whatever is damaged', () => {
  const whole = map(pairs)
  for (let i = 0; i < 50_000; i++) {
    const bytes = Buffer.from(whole)
    for (let k = 1 + below(3); k > 0; k--) bytes[below(bytes.length)] = below(256)
    const found = read(bytes) ?? []
    assert.ok(found.flat().join('').length <= bytes.length)
  }
})
