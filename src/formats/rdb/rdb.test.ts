// rdb.test.ts: the writer and the reader against each other, and the reader against damage.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Span } from '../../bytes/memory/span.ts'
import { isRdbType, rdbType, rdbTypeSince } from './opcodes.ts'
import { RdbError, RdbReader } from './reader.ts'
import { RdbWriter } from './writer.ts'

let state = 3
function below(limit: number): number {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0
  return Math.floor((state / 2 ** 32) * limit)
}

function written(write: (writer: RdbWriter) => void, compress = true): Buffer {
  const writer = new RdbWriter({ compress, capacity: 1 })
  write(writer)
  return Buffer.from(writer.take())
}

function stringForm(text: string, compress = true): string {
  const bytes = Buffer.from(`<${text}>`, 'latin1')
  const span = new Span(bytes, 1, bytes.length - 1)
  return written((writer) => writer.writeString(span), compress).toString('hex')
}

test('writes lengths in their shortest form', () => {
  const facts: [number, string][] = [
    [0, '00'],
    [63, '3f'],
    [64, '4040'],
    [16383, '7fff'],
    [16384, '8000004000'],
    [2 ** 32 - 1, '80ffffffff'],
    [2 ** 32, '810000000100000000'],
    [Number.MAX_SAFE_INTEGER, '81001fffffffffffff'],
  ]
  for (const [n, hex] of facts) {
    assert.equal(written((writer) => writer.writeLength(n)).toString('hex'), hex)
    assert.equal(written((writer) => writer.writeLength64(BigInt(n))).toString('hex'), hex)
    assert.equal(new RdbReader(Buffer.from(hex, 'hex')).readLength(), n)
    assert.equal(new RdbReader(Buffer.from(hex, 'hex')).readLength64(), BigInt(n))
  }
  const most = written((writer) => writer.writeLength64(2n ** 64n - 1n))
  assert.equal(new RdbReader(most).readLength64(), 2n ** 64n - 1n)
  assert.throws(() => new RdbReader(most).readLength(), RdbError)
})

test('writes strings as integers, compressed or as they are', () => {
  assert.equal(stringForm(''), '00')
  assert.equal(stringForm('127'), 'c07f')
  assert.equal(stringForm('-128'), 'c080')
  assert.equal(stringForm('128'), 'c18000')
  assert.equal(stringForm('-32769'), 'c2ff7fffff')
  assert.equal(stringForm('2147483648'), '0a32313437343833363438')
  assert.equal(stringForm('007'), '03303037')
  assert.equal(stringForm('-0'), '022d30')
  assert.equal(stringForm('a'.repeat(20)), `14${'61'.repeat(20)}`)
  assert.equal(stringForm('a'.repeat(21)), 'c30615016161e00a00')
  assert.equal(stringForm('a'.repeat(21), false), `15${'61'.repeat(21)}`)
})

test('writes integers as the strings that show them', () => {
  for (const n of [0, -1, 127, -129, 40_000, 2 ** 31 - 1, 2 ** 31, -(2 ** 53) + 1]) {
    const bytes = written((writer) => writer.writeIntegerString(n))
    assert.equal(bytes.toString('hex'), stringForm(String(n)))
    assert.equal(new RdbReader(bytes).readString(new Span()).text(), String(n))
  }
})

test('reads back what was written', () => {
  const texts = ['', '0', '-32768', '2147483647', 'x'.repeat(70_000), 'ab\0\xff', '\xc3\x01']
  const bytes = written((writer) => {
    for (const text of texts) writer.writeString(new Span(Buffer.from(text, 'latin1')))
    writer.writeDouble(-0.1)
    writer.writeFloat(1.5)
    writer.writeMilliseconds(1_700_000_000_123)
    writer.writeMilliseconds(-1)
    writer.writeByte(250)
  })
  const reader = new RdbReader(bytes)
  for (const text of texts) assert.equal(reader.readString(new Span()).text(), text)
  assert.equal(reader.readDouble(), -0.1)
  assert.equal(reader.readFloat(), 1.5)
  assert.equal(reader.readMilliseconds(), 1_700_000_000_123)
  assert.equal(reader.readMilliseconds(), -1)
  assert.equal(reader.readByte(), 250)
  assert.equal(reader.remaining, 0)
})

test('reads scores of old files', () => {
  const reader = new RdbReader(Buffer.from('\x031.5\xfe\xff\xfd\x03abc', 'latin1'))
  assert.equal(reader.readDoubleText(), 1.5)
  assert.equal(reader.readDoubleText(), Infinity)
  assert.equal(reader.readDoubleText(), -Infinity)
  assert.ok(Number.isNaN(reader.readDoubleText()))
  assert.throws(() => reader.readDoubleText(), RdbError)
})

test('stays within the part of the array it was given', () => {
  const bytes = Buffer.from('\x03abcdef', 'latin1')
  assert.equal(new RdbReader(bytes, 0, 4).readString(new Span()).text(), 'abc')
  assert.throws(() => new RdbReader(bytes, 0, 3).readString(new Span()), RdbError)
  assert.throws(() => new RdbReader(bytes, 4, 4).readByte(), RdbError)
  assert.throws(() => new RdbReader(bytes, 4, 4).readString(new Span()), RdbError)
})

test('refuses lengths that the input cannot hold before it takes memory', () => {
  const hostile = ['80ffffffff61', '81ffffffffffffffff61', 'c381000fffffffffffff0161', 'c4', 'ff']
  hostile.push('c3018100000fffffffffff61', 'c30580ffffffff0061006100', '8200', 'c2010203', '41')
  for (const hex of hostile) {
    const read = () => new RdbReader(Buffer.from(hex, 'hex')).readString(new Span())
    assert.throws(read, RdbError, hex)
  }
})

test('fails with one kind of error on damaged input, and never hangs', () => {
  for (let i = 0; i < 20_000; i++) {
    const text = 'lorem ipsum '.repeat(below(9)) + String(below(1e9))
    const bytes = Buffer.from(
      written((writer) => {
        writer.writeString(new Span(Buffer.from(text)))
        writer.writeLength(below(1e6))
      }),
    )
    for (let k = 1 + below(3); k > 0; k--) bytes[below(bytes.length)] = below(256)
    const reader = new RdbReader(bytes, 0, below(bytes.length + 1))
    try {
      reader.readString(new Span())
      reader.readLength()
    } catch (error) {
      assert.ok(error instanceof RdbError)
    }
    assert.ok(reader.at <= reader.end)
  }
})

test('knows since when each type exists', () => {
  assert.equal(rdbTypeSince(rdbType.string), 1)
  assert.equal(rdbTypeSince(rdbType.zset2), 8)
  assert.equal(rdbTypeSince(rdbType.listQuicklist2), 10)
  assert.equal(rdbTypeSince(rdbType.setListpack), 11)
  assert.equal(rdbTypeSince(rdbType.hashMetadata), 12)
  assert.ok(isRdbType(0) && isRdbType(25) && !isRdbType(8) && !isRdbType(26))
})
