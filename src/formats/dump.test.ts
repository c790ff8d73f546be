// dump.test.ts: payloads were read off DUMP of redis-server 8.2.3 and 7.0.15.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Span } from '../bytes/memory/span.ts'
import { encodeDump, openDump, verifyDump } from './dump.ts'
import { RDB_VERSION_OLDEST, rdbType } from './rdb/opcodes.ts'

function dump(text: string, version?: number): Buffer {
  const value = new Span(Buffer.from(text, 'latin1'))
  const options = version === undefined ? {} : { version }
  return Buffer.from(encodeDump(rdbType.string, (writer) => writer.writeString(value), options))
}

test('makes the payloads that the reference makes', () => {
  assert.equal(
    dump('hello world').toString('hex'),
    '000b68656c6c6f20776f726c640c00c08a7d795ced3e7d',
  )
  assert.equal(dump('a'.repeat(21)).toString('hex'), '00c30615016161e00a000c00367a87a8fd6ba121')
})

test('accepts its own payloads, in the middle of other bytes', () => {
  for (const version of [0, RDB_VERSION_OLDEST, 12]) {
    const payload = dump('some value', version)
    const bytes = Buffer.concat([Buffer.from('xx'), payload, Buffer.from('yy')])
    const span = new Span(bytes, 2, bytes.length - 2)
    assert.equal(verifyDump(span), 'ok')
    const reader = openDump(span)
    assert.equal(reader.readByte(), rdbType.string)
    assert.equal(reader.readString(new Span()).text(), 'some value')
    assert.equal(reader.remaining, 10)
  }
})

test('refuses payloads that are short, too new or changed anywhere', () => {
  const payload = dump('some value')
  assert.equal(verifyDump(new Span(dump('some value', 13))), 'bad')
  assert.equal(verifyDump(new Span(payload), { versionMax: 11 }), 'bad')
  for (let length = 0; length < payload.length; length++) {
    assert.equal(verifyDump(new Span(payload, 0, length)), 'bad')
    const changed = Buffer.from(payload)
    changed[length] = (payload[length] ?? 0) ^ 1
    assert.equal(verifyDump(new Span(changed)), 'bad')
  }
})

test('leaves the checksum out on request, and nothing else', () => {
  const payload = dump('some value')
  payload.fill(0, payload.length - 8)
  assert.equal(verifyDump(new Span(payload)), 'bad')
  assert.equal(verifyDump(new Span(payload), { skipChecksum: true }), 'ok')
  payload[payload.length - 10] = 13
  assert.equal(verifyDump(new Span(payload), { skipChecksum: true }), 'bad')
  assert.equal(verifyDump(new Span(payload, 0, 9), { skipChecksum: true }), 'bad')
})
