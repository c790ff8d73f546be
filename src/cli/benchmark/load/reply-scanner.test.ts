// reply-scanner.test.ts: replies of every type, whole and cut at every byte.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ReplyScanner } from './reply-scanner.ts'

const replies = [
  '+OK\r\n',
  ':-12\r\n',
  '$5\r\nhe\r\no\r\n',
  '$0\r\n\r\n',
  '$-1\r\n',
  '*-1\r\n',
  '*0\r\n',
  '*2\r\n$1\r\na\r\n*2\r\n:1\r\n-ERR inside\r\n',
  '%1\r\n+k\r\n~2\r\n:1\r\n#t\r\n',
  '_\r\n',
  ',1.5\r\n',
  '(12345678901234567890\r\n',
  '=7\r\ntxt:abc\r\n',
  '|1\r\n+ttl\r\n:3\r\n$1\r\nx\r\n',
]

function scan(text: string, chunk: number) {
  const scanner = new ReplyScanner()
  const bytes = Buffer.from(text)
  let complete = 0
  for (let at = 0; at < bytes.length; at += chunk) {
    const part = bytes.subarray(at, at + chunk)
    complete += scanner.feed(part, part.length)
  }
  return { complete, error: scanner.error }
}

test('every type of reply counts once, however it is cut', () => {
  for (let chunk = 1; chunk < 40; chunk++) {
    for (const reply of replies) {
      assert.deepEqual(scan(reply, chunk), { complete: 1, error: undefined }, reply)
    }
    assert.equal(scan(replies.join(''), chunk).complete, replies.length)
  }
})

test('a reply counts only when its last byte is there', () => {
  for (const reply of replies) assert.equal(scan(reply.slice(0, -1), 1000).complete, 0, reply)
})

test('pushes are no replies', () => {
  assert.equal(scan('>2\r\n+invalidate\r\n*1\r\n+k\r\n+OK\r\n', 3).complete, 1)
})

test('the first error is kept with its text', () => {
  for (const chunk of [1, 4, 100]) {
    const { complete, error } = scan('+OK\r\n-ERR no such thing\r\n-ERR later\r\n', chunk)
    assert.equal(complete, 3)
    assert.equal(error, 'ERR no such thing')
  }
})

test('bytes behind the given end are not read', () => {
  const scanner = new ReplyScanner()
  assert.equal(scanner.feed(Buffer.from('+OK\r\n+OK\r\n'), 5), 1)
  assert.equal(scanner.feed(Buffer.from('-ERR x\r\n'), 3), 0)
  assert.equal(scanner.error, undefined)
})
