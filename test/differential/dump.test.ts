// dump.test.ts: DUMP payloads of strings between Rubellite's formats and both references.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Span } from '#src/bytes/memory/span.js'
import { Crc64 } from '#src/formats/crc64.js'
import { encodeDump, openDump, verifyDump } from '#src/formats/dump.js'
import { RDB_VERSION, RDB_VERSION_OLDEST, rdbType } from '#src/formats/rdb/opcodes.js'
import { RdbError } from '#src/formats/rdb/reader.js'
import { redis7, redis8, withoutReference } from '../support/references.ts'
import type { Decoded } from '../support/resp.ts'
import { Seed } from '../support/seed.ts'
import { startReference } from '../support/servers.ts'

const skip = redis8 === undefined && withoutReference
const skip7 = redis7 === undefined && 'no redis-server 7.0 here: not compared'

const words = [
  'foo',
  'the quick ',
  'lorem ipsum ',
  '\0\0\0\0',
  'aaaaaaaaaaaaaaaa',
  '12345',
  '{"id":',
]
const edges = ['', '0', '-1', '127', '128', '-129', '32767', '-32769', '2147483647', '2147483648']
const longer = ['9223372036854775807', '007', '-0', 'a'.repeat(20), 'a'.repeat(21)]

function values(seed: Seed): Buffer[] {
  const some = [...edges, ...longer].map((text) => Buffer.from(text))
  some.push(Buffer.from(seed.bytes(1 << 20)), Buffer.alloc(1 << 20), Buffer.alloc(70_000, 'abcde'))
  for (let i = 0; i < 500; i++) {
    const text = Array.from({ length: seed.below(30) }, () => seed.pick(words)).join('')
    const value = Buffer.from(text, 'latin1')
    if (seed.chance(0.5) && value.length > 0) value[seed.below(value.length)] = seed.below(256)
    some.push(seed.chance(0.2) ? Buffer.from(seed.bytes(seed.below(100))) : value)
  }
  return some
}

function payload(value: Uint8Array, version: number): Buffer {
  const span = new Span(value)
  return Buffer.from(encodeDump(rdbType.string, (out) => out.writeString(span), { version }))
}

function bulk(value: Decoded | undefined): Buffer {
  return value?.kind === 'bulk' ? value.bytes : Buffer.from(value?.kind ?? 'nothing')
}

test('reads the payloads of the reference and makes the same ones', { skip }, async () => {
  await using server = await startReference()
  const wire = await server.connect()
  for (const value of values(new Seed(6))) {
    await wire.call('SET', 'k', value)
    const theirs = bulk((await wire.call('DUMP', 'k')).value)
    assert.equal(verifyDump(new Span(theirs)), 'ok')
    const reader = openDump(new Span(theirs))
    assert.equal(reader.readByte(), rdbType.string)
    assert.deepEqual(Buffer.from(reader.readString(new Span()).copy()), value)
    assert.ok(theirs.equals(payload(value, RDB_VERSION)), 'the same bytes')
  }
  wire.close()
})

for (const [reference, version, why] of [
  [redis8, RDB_VERSION, skip],
  [redis8, RDB_VERSION_OLDEST, skip],
  [redis7, RDB_VERSION_OLDEST, skip7],
] as const) {
  const name = reference?.version ?? 'a reference'
  test(`makes version ${version} payloads that ${name} restores`, { skip: why }, async () => {
    await using server = await startReference([], reference)
    const wire = await server.connect()
    for (const value of values(new Seed(7))) {
      const restored = await wire.call('RESTORE', 'k', '0', payload(value, version), 'REPLACE')
      assert.equal(restored.raw.toString(), '+OK\r\n')
      assert.ok(bulk((await wire.call('GET', 'k')).value).equals(value))
    }
    wire.close()
  })
}

// Damages the value and puts the checksum right again, so that the value itself is judged.
function damaged(seed: Seed, value: Buffer): Buffer {
  const whole = payload(value, RDB_VERSION)
  let body = Buffer.from(whole.subarray(1, whole.length - 10))
  for (let k = seed.between(1, 4); k > 0; k--) {
    const at = seed.below(body.length)
    if (seed.chance(0.7)) body[at] = seed.below(256)
    else if (seed.chance(0.5)) body = body.subarray(0, at + 1)
    else body = Buffer.concat([Buffer.from([0xc0 + seed.below(6)]), body])
  }
  const result = Buffer.concat([whole.subarray(0, 1), body, whole.subarray(whole.length - 10)])
  new Crc64().update(result, 0, result.length - 8).write(result, result.length - 8)
  return result
}

test('gives the verdict of the reference on damaged payloads', { skip }, async () => {
  await using server = await startReference()
  const wire = await server.connect()
  const seed = new Seed(8)
  const small = values(seed).filter((value) => value.length < 400)
  for (let i = 0; i < 2000; i++) {
    const bytes = damaged(seed, seed.pick(small))
    const restored = await wire.call('RESTORE', 'k', '0', bytes, 'REPLACE')
    const reader = openDump(new Span(bytes))
    reader.readByte()
    if (restored.value.kind !== 'error') {
      const theirs = bulk((await wire.call('GET', 'k')).value)
      assert.ok(theirs.equals(reader.readString(new Span()).copy()), bytes.toString('hex'))
    } else {
      assert.equal(restored.value.text, 'ERR Bad data format')
      assert.throws(() => reader.readString(new Span()), RdbError, bytes.toString('hex'))
    }
  }
  wire.close()
})
