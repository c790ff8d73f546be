// file.test.ts: whole RDB files: the writer against the reader, portions of every size, damage.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Span } from '../../bytes/memory/span.ts'
import { Crc64 } from '../crc64.ts'
import {
  type KeyFacts,
  RdbChecksumError,
  RdbFileReader,
  RdbForeign,
  type RdbVisitor,
} from './file-reader.ts'
import { RdbFileWriter } from './file-writer.ts'
import { moduleName } from './module-id.ts'
import { passModuleData } from './module-reader.ts'
import { RdbError, RdbReader } from './reader.ts'
import { FileSource } from './source.ts'

let state = 11
function below(limit: number): number {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0
  return Math.floor((state / 2 ** 32) * limit)
}

/** Notes in words what a file says; keys are strings. */
class Notes implements RdbVisitor {
  readonly lines: string[] = []

  auxiliary(name: Span, value: Span): void {
    this.lines.push(`aux ${name.text()}=${value.text()}`)
  }

  database(id: number): void {
    this.lines.push(`database ${id}`)
  }

  size(keys: number, expiring: number): void {
    this.lines.push(`size ${keys} ${expiring}`)
  }

  library(code: Span): void {
    this.lines.push(`library ${code.text()}`)
  }

  module(id: bigint, place: number, from: RdbReader): void {
    passModuleData(from, () => {})
    this.lines.push(`module ${moduleName(id)} ${place}`)
  }

  key(key: Span, rdbType: number, from: RdbReader, facts: KeyFacts): void {
    const value = from.readString(new Span()).text()
    const { expireAt, idle, frequency } = facts
    const name = key.text()
    this.lines.push(`${rdbType} ${name}=${value} ${expireAt} ${idle} ${frequency}`)
  }
}

function written(write: (file: RdbFileWriter) => void, { version = 12, checksum = true } = {}) {
  const parts: Buffer[] = []
  const file = new RdbFileWriter(
    (bytes, start, end) => parts.push(Buffer.from(bytes.slice(start, end))),
    { compress: true, version, checksum },
  )
  write(file)
  file.end()
  return Buffer.concat(parts)
}

function writeKey(file: RdbFileWriter, key: string, value: string): void {
  file.writer.writeByte(0)
  for (const text of [key, value]) file.writer.writeString(new Span(Buffer.from(text, 'latin1')))
  file.valueEnds()
}

/** A file in memory that is read in portions. */
function inPortions(bytes: Buffer, size: number): RdbReader {
  let from = 0
  const file = {
    size: bytes.length,
    read(into: Uint8Array, at: number, length: number) {
      const got = bytes.copy(into, at, from, from + length)
      from += got
      return got
    },
  }
  return new RdbReader(new Uint8Array(0), 0, 0, new FileSource(file, size))
}

function read(reader: RdbReader, verify = true) {
  const notes = new Notes()
  const file = new RdbFileReader(reader, notes, verify)
  file.begin()
  while (file.next()) {}
  return { lines: notes.lines, isUnsigned: file.isUnsigned }
}

const long = 'lorem ipsum '.repeat(9000)
const noise = Buffer.from(Array.from({ length: 70_000 }, () => below(256))).toString('latin1')

function sample(file: RdbFileWriter): void {
  file.auxiliary('redis-bits', 64)
  file.auxiliary('redis-ver', '8.2.3')
  file.library(Buffer.from('#!lua name=x'))
  file.database(0, 5, 2)
  writeKey(file, 'a', '1')
  file.expiry(1_700_000_000_123)
  file.idle(70_000)
  writeKey(file, 'long', long)
  file.expiry(2n ** 62n)
  file.frequency(255)
  writeKey(file, 'noise', noise)
  for (let i = 0; i < 500; i++) writeKey(file, `key:${i}`, `value ${i}`)
  file.database(15, 1, 0)
  writeKey(file, 'x'.repeat(300), '')
}

const lines = [
  'aux redis-bits=64',
  'aux redis-ver=8.2.3',
  'library #!lua name=x',
  'database 0',
  'size 5 2',
  '0 a=1 -1 -1 -1',
  `0 long=${long} 1700000000123 70000 -1`,
  `0 noise=${noise} ${2n ** 62n} -1 255`,
  ...Array.from({ length: 500 }, (_, i) => `0 key:${i}=value ${i} -1 -1 -1`),
  'database 15',
  'size 1 0',
  `0 ${'x'.repeat(300)}= -1 -1 -1`,
]

test('reads what was written, from one array and in portions of any size', () => {
  const bytes = written(sample)
  assert.equal(bytes.toString('latin1', 0, 9), 'REDIS0012')
  assert.deepEqual(read(new RdbReader(bytes)).lines, lines)
  for (const size of [1, 2, 3, 7, 64, 1000, 4096, 1 << 20]) {
    assert.deepEqual(read(inPortions(bytes, size)).lines, lines, `portions of ${size}`)
  }
})

test('what a read has named stays true while the next portion comes', () => {
  const bytes = written(sample)
  for (const size of [64, 300, 5000]) {
    const reader = inPortions(bytes, size)
    const one = new Span()
    while (reader.remaining > 200) {
      const here = bytes[reader.position]
      const byte = reader.readRaw(1, one)
      reader.readRaw(below(40), new Span())
      assert.equal(byte.bytes[byte.start], here)
    }
  }
})

test('the version is the one to write for', () => {
  const bytes = written(sample, { version: 10 })
  assert.equal(bytes.toString('latin1', 0, 9), 'REDIS0010')
  assert.deepEqual(read(new RdbReader(bytes)).lines, lines)
})

test('zeros stand for no checksum', () => {
  const bytes = written(sample, { checksum: false })
  assert.ok(bytes.subarray(-8).every((byte) => byte === 0))
  assert.equal(read(new RdbReader(bytes)).isUnsigned, true)
  assert.equal(read(new RdbReader(written(sample))).isUnsigned, false)
})

test('a wrong checksum ends the reading, unless it does not count', () => {
  const bytes = written(sample)
  const at = bytes.length - 8
  bytes[at + 3]! ^= 1
  assert.throws(() => read(inPortions(bytes, 100)), RdbChecksumError)
  assert.deepEqual(read(inPortions(bytes, 100), false).lines, lines)
})

test('other files are told from damaged ones', () => {
  const read12 = (text: string) => () => read(new RdbReader(Buffer.from(text, 'latin1')))
  const wrongSignature = { name: 'Error', message: 'Wrong signature trying to load DB from file' }
  assert.throws(read12('HELLO0012\xff'), wrongSignature)
  assert.throws(read12('REDIS0013\xff'), RdbForeign)
  assert.throws(read12('REDIS0000\xff'), RdbForeign)
  assert.throws(read12('REDISabcd\xff'), RdbForeign)
  assert.throws(read12('REDIS00'), RdbError)
  assert.throws(read12(''), RdbError)
  assert.deepEqual(read12('REDIS0004\xff')().lines, [], 'older files have no checksum')
})

test('passes over slots and what modules say', () => {
  const id = '\x81\xb5\xe6\x2b\xd0\x40\x41\x04\x02'
  const parts = [`\xf4\x01\x02\x03`, `\xf7${id}\x02\x01\x05\x03abc\x02\x07\x04${'\0'.repeat(8)}\0`]
  const body = Buffer.from(`REDIS0012${parts.join('')}\xff`, 'latin1')
  const bytes = Buffer.concat([body, Buffer.alloc(8)])
  assert.equal(read(new RdbReader(bytes)).lines.length, 1)
  assert.match(read(new RdbReader(bytes)).lines[0]!, /^module [A-Za-z0-9_-]{9} \d$/)
  assert.equal(moduleName(0n), 'AAAAAAAAA')
})

test('a file that is cut anywhere fails with one kind of error', () => {
  const bytes = written((file) => {
    file.auxiliary('redis-ver', '8.2.3')
    file.database(0, 2, 1)
    file.expiry(5)
    writeKey(file, 'key', 'some value')
    writeKey(file, 'packed', 'ab'.repeat(40))
  })
  for (let length = 0; length < bytes.length; length++) {
    assert.throws(() => read(inPortions(bytes.subarray(0, length), 16)), RdbError, `${length}`)
  }
})

test('damage gives an error or another file, and never takes more memory than the file', () => {
  const whole = written((file) => {
    file.auxiliary('redis-ver', '8.2.3')
    file.library(Buffer.from('code'))
    file.database(0, 2, 1)
    file.expiry(5)
    file.idle(3)
    for (let i = 0; i < 20; i++) writeKey(file, `key${i}`, 'ab'.repeat(below(60)))
  })
  for (let i = 0; i < 20_000; i++) {
    const bytes = Buffer.from(whole)
    for (let k = 1 + below(4); k > 0; k--) bytes[9 + below(bytes.length - 9)] = below(256)
    if (below(2) === 0)
      new Crc64().update(bytes, 0, bytes.length - 8).write(bytes, bytes.length - 8)
    const reader = inPortions(bytes, 1 + below(100))
    try {
      for (const line of read(reader).lines) assert.ok(line.length < 100 * bytes.length)
    } catch (error) {
      assert.ok(error instanceof RdbError, String(error))
    }
  }
})
