// restore.test.ts: keys travel by DUMP and RESTORE between Rubellite and both references.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Rubellite } from 'rubellite'
import { redis7, redis8, withoutReference } from '../support/references.ts'
import type { Decoded } from '../support/resp.ts'
import { Seed } from '../support/seed.ts'
import { startReference } from '../support/servers.ts'
import type { Wire } from '../support/wire.ts'

const skip8 = redis8 === undefined && withoutReference
const skip7 = redis7 === undefined && 'no redis-server 7.0 here: not compared'

function values(seed: Seed): Buffer[] {
  const texts = ['', '0', '-1', '127', '-129', '32768', '2147483648', '-9223372036854775808', '007']
  const some = texts.map((text) => Buffer.from(text))
  some.push(
    Buffer.alloc(11_776, 'ab'),
    Buffer.alloc(11_777, 'ab'),
    Buffer.from(seed.bytes(100_000)),
  )
  for (let i = 0; i < 200; i++) {
    const bytes = Buffer.from(seed.bytes(seed.below(300)))
    some.push(seed.chance(0.5) ? bytes : Buffer.from(bytes.map((byte) => 97 + (byte & 3))))
  }
  return some
}

function bytesOf(value: Decoded): Buffer {
  return value.kind === 'bulk' ? value.bytes : Buffer.from(`(${value.kind})`)
}

/** Sends every value one way and back; `same` tells whether both must dump the same bytes. */
async function travel(db: Rubellite, wire: Wire, same: boolean): Promise<void> {
  for (const value of values(new Seed(5))) {
    db.callBytes('SET', 'k', value)
    const ours = db.callBytes('DUMP', 'k') as Uint8Array
    assert.equal((await wire.call('RESTORE', 'k', '0', ours, 'REPLACE')).raw.toString(), '+OK\r\n')
    assert.ok(bytesOf((await wire.call('GET', 'k')).value).equals(value))
    const theirs = bytesOf((await wire.call('DUMP', 'k')).value)
    if (same) assert.ok(theirs.equals(ours), 'the same bytes')
    assert.equal(db.call('RESTORE', 'k', '100000', theirs, 'REPLACE'), 'OK')
    assert.ok(Buffer.from(db.callBytes('GET', 'k') as Uint8Array).equals(value))
    assert.equal(db.call('TTL', 'k'), 100)
  }
}

test('keys travel to redis-server 8.2.3 and back', { skip: skip8 }, async () => {
  await using server = await startReference()
  await using db = await Rubellite.open({ clock: 'manual' })
  await travel(db, await server.connect(), true)
})

test('keys travel to redis-server 7.0 and back with rdb-version 10', { skip: skip7 }, async () => {
  await using server = await startReference([], redis7)
  await using db = await Rubellite.open({ clock: 'manual', config: { 'rdb-version': '10' } })
  await travel(db, await server.connect(), true)
})

test('redis-server 8.2.3 takes what rdb-version 10 makes', { skip: skip8 }, async () => {
  await using server = await startReference()
  await using db = await Rubellite.open({ clock: 'manual', config: { 'rdb-version': '10' } })
  await travel(db, await server.connect(), false)
})

test('redis-server 7.0 refuses what the present version makes', { skip: skip7 }, async () => {
  await using server = await startReference([], redis7)
  await using db = await Rubellite.open({ clock: 'manual' })
  const wire = await server.connect()
  db.call('SET', 'k', 'v')
  const restored = await wire.call('RESTORE', 'k', '0', db.callBytes('DUMP', 'k') as Uint8Array)
  assert.equal(restored.raw.toString(), '-ERR DUMP payload version or checksum are wrong\r\n')
  assert.equal(db.call('CONFIG', 'SET', 'rdb-version', '10'), 'OK')
  const again = await wire.call('RESTORE', 'k', '0', db.callBytes('DUMP', 'k') as Uint8Array)
  assert.equal(again.raw.toString(), '+OK\r\n')
})

test('uncompressed payloads are the same too', { skip: skip8 }, async () => {
  await using server = await startReference(['--rdbcompression', 'no'])
  await using db = await Rubellite.open({ clock: 'manual', config: { rdbcompression: 'no' } })
  await travel(db, await server.connect(), true)
})
