// resp.test.ts: the reply decoder, fed whole, byte by byte, and with what no server should send.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type DecodedReply, ReplyDecoder, RespError, type RespLimits } from './resp.ts'

/** Replies with their bytes as text, which is easier on the eyes. */
function plain(reply: DecodedReply): unknown {
  const attributes = reply.attributes?.map(plain)
  const extra = attributes === undefined ? {} : { attributes }
  if ('items' in reply) return { ...reply, items: reply.items.map(plain), ...extra }
  if ('bytes' in reply) {
    const { bytes, ...rest } = reply
    return { ...rest, text: Buffer.from(bytes).toString('latin1'), ...extra }
  }
  return { ...reply, ...extra }
}

function decode(text: string, size = text.length, limits: Partial<RespLimits> = {}): unknown[] {
  const decoder = new ReplyDecoder(limits)
  const bytes = Buffer.from(text, 'latin1')
  const replies: unknown[] = []
  for (let at = 0; at < bytes.length; at += size) {
    decoder.feed(bytes.subarray(at, at + size))
    for (let reply = decoder.next(); reply !== undefined; reply = decoder.next()) {
      replies.push(plain(reply))
    }
  }
  assert.equal(decoder.waiting, 0)
  return replies
}

const one = { type: 'integer', value: 1 }
const a = { type: 'string', text: 'a' }

const examples: [string, unknown][] = [
  ['+OK\r\n', { type: 'status', text: 'OK' }],
  ['+\r\n', { type: 'status', text: '' }],
  ['-ERR no\r\n', { type: 'error', text: 'ERR no' }],
  [':1\r\n', one],
  [':-9007199254740991\r\n', { type: 'integer', value: -9007199254740991 }],
  [':9223372036854775807\r\n', { type: 'integer', value: 9223372036854775807n }],
  [':-9223372036854775808\r\n', { type: 'integer', value: -9223372036854775808n }],
  ['$1\r\na\r\n', a],
  ['$0\r\n\r\n', { type: 'string', text: '' }],
  ['$4\r\n\r\n\r\n\r\n', { type: 'string', text: '\r\n\r\n' }],
  ['$-1\r\n', { type: 'nil', array: false }],
  ['*-1\r\n', { type: 'nil', array: true }],
  ['_\r\n', { type: 'nil', array: false }],
  ['*0\r\n', { type: 'array', items: [] }],
  ['*2\r\n:1\r\n*1\r\n$1\r\na\r\n', { type: 'array', items: [one, { type: 'array', items: [a] }] }],
  ['%1\r\n$1\r\na\r\n:1\r\n', { type: 'map', items: [a, one] }],
  ['%0\r\n', { type: 'map', items: [] }],
  ['~1\r\n:1\r\n', { type: 'set', items: [one] }],
  ['>1\r\n:1\r\n', { type: 'push', items: [one] }],
  [',1.5\r\n', { type: 'double', value: 1.5, text: '1.5' }],
  [',-1e30\r\n', { type: 'double', value: -1e30, text: '-1e30' }],
  [',inf\r\n', { type: 'double', value: Infinity, text: 'inf' }],
  [',-inf\r\n', { type: 'double', value: -Infinity, text: '-inf' }],
  [',nan\r\n', { type: 'double', value: NaN, text: 'nan' }],
  ['#t\r\n', { type: 'boolean', value: true }],
  ['#f\r\n', { type: 'boolean', value: false }],
  ['(-12345678901234567890\r\n', { type: 'bignumber', text: '-12345678901234567890' }],
  ['!5\r\nERR a\r\n', { type: 'error', text: 'ERR a' }],
  ['=6\r\ntxt:hi\r\n', { type: 'verbatim', format: 'txt', text: 'hi' }],
  ['$?\r\n;2\r\nab\r\n;1\r\nc\r\n;0\r\n', { type: 'string', text: 'abc' }],
  ['$?\r\n;0\r\n', { type: 'string', text: '' }],
  ['*?\r\n:1\r\n*?\r\n.\r\n.\r\n', { type: 'array', items: [one, { type: 'array', items: [] }] }],
  ['%?\r\n$1\r\na\r\n:1\r\n.\r\n', { type: 'map', items: [a, one] }],
  ['|1\r\n$1\r\na\r\n:1\r\n:1\r\n', { ...one, attributes: [a, one] }],
  [
    '*2\r\n|1\r\n$1\r\na\r\n:1\r\n*1\r\n:1\r\n:1\r\n',
    { type: 'array', items: [{ type: 'array', items: [one], attributes: [a, one] }, one] },
  ],
]

test('decodes every type', () => {
  for (const [text, expected] of examples) assert.deepEqual(decode(text), [expected], text)
})

test('decodes what arrives in pieces of any size', () => {
  const all = examples.map(([text]) => text).join('')
  const expected = examples.map(([, reply]) => reply)
  for (const size of [1, 2, 3, 5, 7, 64]) assert.deepEqual(decode(all, size), expected)
})

test('takes strings larger than its buffer, in chunks', () => {
  const body = 'x'.repeat(300_000)
  const text = `*2\r\n$${body.length}\r\n${body}\r\n+${body}\r\n`
  const items = [
    { type: 'string', text: body },
    { type: 'status', text: body },
  ]
  assert.deepEqual(decode(text, 10_007), [{ type: 'array', items }])
})

test('keeps its place over many small replies', () => {
  const count = 20_000
  const text = Array.from({ length: count }, (_, at) => `:${at}\r\n`).join('')
  const replies = decode(text, 4099)
  assert.equal(replies.length, count)
  assert.deepEqual(replies.at(-1), { type: 'integer', value: count - 1 })
})

test('copies what it hands out', () => {
  const decoder = new ReplyDecoder()
  const chunk = Buffer.from('$1\r\na\r\n')
  decoder.feed(chunk)
  const reply = decoder.next()
  chunk.fill(0)
  decoder.feed(Buffer.from('$1\r\nb\r\n'))
  decoder.next()
  assert.deepEqual(plain(reply!), a)
})

const broken: [string, RegExp][] = [
  ['x\r\n', /got "x" as reply type byte/],
  ['\x00\r\n', /got "\\x00" as reply type byte/],
  ['H', /got "H" as reply type byte/],
  [':\r\n', /Bad integer/],
  [':1a\r\n', /Bad integer/],
  [',\r\n', /Bad double/],
  [',1.2.3\r\n', /Bad double/],
  ['#x\r\n', /Bad bool/],
  ['_x\r\n', /Bad nil/],
  ['(1x\r\n', /Bad bignum/],
  ['(-\r\n', /Bad bignum/],
  ['$x\r\n', /Bad bulk string length/],
  ['$-2\r\n', /Bad bulk string length/],
  ['$1\r\nabc', /without a line end/],
  ['*x\r\n', /Bad multi-bulk length/],
  ['*99999999999999\r\n', /over the limit/],
  ['=2\r\nab\r\n', /three letters/],
  [';1\r\na\r\n', /got ";"/],
  ['$?\r\n+OK\r\n', /got "\+"/],
  ['.\r\n', /not begun/],
  ['*1\r\n.\r\n', /not begun/],
  ['%?\r\n:1\r\n.\r\n', /without a value/],
]

test('refuses what is not RESP', () => {
  for (const [text, message] of broken) {
    const expected = { name: 'RespError', message }
    assert.throws(() => decode(text), expected, JSON.stringify(text))
  }
})

test('keeps its limits', () => {
  const limits = { nestingMax: 3, stringMax: 10, itemsMax: 4 }
  assert.equal(decode('*1\r\n*1\r\n*1\r\n:1\r\n', 5, limits).length, 1)
  assert.throws(() => decode('*1\r\n*1\r\n*1\r\n*1\r\n:1\r\n', 5, limits), RespError)
  assert.throws(() => decode('$11\r\n', 5, limits), RespError)
  assert.throws(() => decode('*5\r\n', 5, limits), RespError)
})

test('does not believe a header before the items are there', () => {
  const decoder = new ReplyDecoder()
  decoder.feed(Buffer.from('*4294967295\r\n:1\r\n'))
  assert.equal(decoder.next(), undefined)
})
