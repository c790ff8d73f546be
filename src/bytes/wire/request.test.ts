// request.test.ts: requests are found wherever a chunk is cut.

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { COMPLETE, INCOMPLETE, MALFORMED, Request, RequestLimits } from './request.ts'

const bytes = (text: string) => Buffer.from(text, 'latin1')

/** What a parser finds in chunks: the requests as texts, and the error that ended it. */
function parse(chunks: Uint8Array[], limits = new RequestLimits()) {
  const request = new Request(limits)
  const found: string[][] = []
  for (const chunk of chunks) {
    const loan = Uint8Array.from(chunk)
    request.feed(loan)
    for (;;) {
      const state = request.next()
      if (state === MALFORMED) return { found, error: request.error }
      if (state === INCOMPLETE) break
      assert.equal(state, COMPLETE)
      const { words } = request
      const texts: string[] = []
      for (let i = 0; i < words.count; i++) {
        texts.push(Buffer.from(words.bytes.subarray(words.starts[i], words.ends[i])).toString())
      }
      found.push(texts)
    }
    request.keep()
    loan.fill(0xdd) // the chunk is the caller's again
  }
  return { found, error: '', pending: request.pending }
}

describe('Request', () => {
  const stream = bytes(
    '*2\r\n$3\r\nGET\r\n$1\r\nk\r\nPING\r\n*0\r\n\r\n*3\r\n$3\r\nSET\r\n$0\r\n\r\n' +
      `$120\r\n${'v'.repeat(120)}\r\nset "a b" 'c\\'d' x\\ny "\\x41\\n"\r\n` +
      '*-1\r\n*1\r\n$4\r\nPING\r\n',
  )
  const expected = [
    ['GET', 'k'],
    ['PING'],
    ['SET', '', 'v'.repeat(120)],
    ['set', 'a b', "c'd", 'x\\ny', 'A\n'],
    ['PING'],
  ]

  it('finds multi-bulk and inline requests in one chunk', () => {
    assert.deepEqual(parse([stream]), { found: expected, error: '', pending: 0 })
  })

  it('finds the same wherever the stream is cut', () => {
    for (let i = 1; i < stream.length; i++) {
      const { found } = parse([stream.subarray(0, i), stream.subarray(i)])
      assert.deepEqual(found, expected, `cut at ${i}`)
    }
    const single = [...stream].map((byte) => Uint8Array.of(byte))
    assert.deepEqual(parse(single).found, expected)
  })

  it('names what is malformed as redis-server does', () => {
    const errors: [string, string][] = [
      ['*x\r\n', 'invalid multibulk length'],
      ['*2147483648\r\n', 'invalid multibulk length'],
      ['*1\r\nPING\r\n', "expected '$', got 'P'"],
      ['*1\r\n$-1\r\n', 'invalid bulk length'],
      ['*1\r\n$536870913\r\n', 'invalid bulk length'],
      ['*1\r\n$x\r\n', 'invalid bulk length'],
      ['set "a\r\n', 'unbalanced quotes in request'],
      ['set "a"b\r\n', 'unbalanced quotes in request'],
      ['a'.repeat(65537), 'too big inline request'],
      [`*${'1'.repeat(65537)}`, 'too big mbulk count string'],
      [`*1\r\n$${'1'.repeat(65537)}`, 'too big bulk count string'],
    ]
    for (const [text, error] of errors) assert.equal(parse([bytes(text)]).error, error)
  })

  it('ends a quoted word at white space that no other word ends at', () => {
    const { found } = parse([bytes("ECHO a\fb 'c'\fd\v''\f\r\n")])
    assert.deepEqual(found, [['ECHO', 'a\fb', 'c', 'd\v']])
  })

  it('holds unauthenticated clients to short requests', () => {
    const limits = new RequestLimits()
    limits.unauthenticated = true
    assert.equal(parse([bytes('*11\r\n')], limits).error, 'unauthenticated multibulk length')
    assert.equal(parse([bytes('*1\r\n$16385\r\n')], limits).error, 'unauthenticated bulk length')
  })

  it('reads a hundred thousand arguments in small chunks once', () => {
    const count = 100_000
    const text = bytes(`*${count}\r\n${'$1\r\nx\r\n'.repeat(count)}`)
    const chunks: Uint8Array[] = []
    for (let i = 0; i < text.length; i += 4096) chunks.push(text.subarray(i, i + 4096))
    assert.equal(parse(chunks).found[0]?.length, count)
  })

  it('keeps no more than twice of what is pending', () => {
    const request = new Request(new RequestLimits())
    request.feed(bytes('*1\r\n$400000000\r\nxxx'))
    assert.equal(request.next(), INCOMPLETE)
    request.keep()
    assert.ok(request.buffered <= (1 << 20) + 1024)
  })
})
