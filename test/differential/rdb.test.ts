// rdb.test.ts: the file of a data set travels between Rubellite and both references.
import assert from 'node:assert/strict'
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import { redis7, redis8, withoutReference } from '../support/references.ts'
import type { Decoded } from '../support/resp.ts'
import { startReference, startRubellite, type TestServer } from '../support/servers.ts'
import { dataSet, type Extent } from './data-set.ts'

const skip8 = redis8 === undefined && withoutReference
const skip7 = redis7 === undefined && 'no redis-server 7.0 here: not compared'
const folder = mkdtempSync(join(tmpdir(), 'rubellite-rdb-'))
after(() => rmSync(folder, { recursive: true }))

const all = { fieldExpiry: true }
const old = { fieldExpiry: false }

type Start = (directives: string[]) => Promise<TestServer>

const debug = ['--enable-debug-command', 'yes']
const ours: Start = (directives) => startRubellite([...debug, ...directives])
const ours10: Start = (directives) => ours(['--rdb-version', '10', ...directives])
const theirs8: Start = (directives) => startReference([...debug, ...directives])
const theirs7: Start = (directives) => startReference([...debug, ...directives], redis7)

/** What a server holds, in its own words: the digest, and each key with its encoding. */
interface Content {
  digest: string
  encodings: string
}

const shown = (value: Decoded): string => {
  if ('text' in value) return value.text
  return 'bytes' in value ? value.bytes.toString('latin1') : value.kind
}

async function contentOf(server: TestServer): Promise<Content> {
  const wire = await server.connect()
  const digest = shown((await wire.call('DEBUG', 'DIGEST')).value)
  const { value } = await wire.call('KEYS', '*')
  const keys =
    'items' in value ? value.items.flatMap((key) => ('bytes' in key ? key.bytes : [])) : []
  const lines: string[] = []
  for (const key of keys) {
    const type = shown((await wire.call('TYPE', key)).value)
    const encoding = shown((await wire.call('OBJECT', 'ENCODING', key)).value)
    const expiry = shown((await wire.call('PEXPIRETIME', key)).value)
    lines.push(`${key.toString('latin1')}: ${type} ${encoding} ${expiry}`)
  }
  wire.close()
  return { digest, encodings: lines.sort().join('\n') }
}

/** Fills a server and saves what it holds. */
async function make(start: Start, file: string, extent: Extent): Promise<Content> {
  const server = await start(['--dir', folder, '--dbfilename', file])
  const wire = await server.connect()
  for (const { value } of await wire.pipeline(dataSet(extent))) {
    assert.notEqual(value.kind, 'error', shown(value))
  }
  return finish(server)
}

/** Loads a file, and saves it under another name. */
async function pass(start: Start, file: string, next: string): Promise<Content> {
  copyFileSync(join(folder, file), join(folder, next))
  return finish(await start(['--dir', folder, '--dbfilename', next]))
}

async function finish(server: TestServer): Promise<Content> {
  const content = await contentOf(server)
  const wire = await server.connect()
  assert.equal((await wire.call('SAVE')).raw.toString(), '+OK\r\n')
  await server.stop()
  return content
}

describe('a file', () => {
  test('of redis-server 8.2.3 is read, and read back there', { skip: skip8 }, async () => {
    const made = await make(theirs8, 'a.rdb', all)
    assert.deepEqual(await pass(ours, 'a.rdb', 'b.rdb'), made)
    assert.deepEqual(await pass(theirs8, 'b.rdb', 'c.rdb'), made)
  })

  test('of ours is read by redis-server 8.2.3', { skip: skip8 }, async () => {
    const made = await make(ours, 'd.rdb', all)
    assert.deepEqual(await pass(theirs8, 'd.rdb', 'e.rdb'), made)
    assert.deepEqual(await pass(ours, 'e.rdb', 'f.rdb'), made)
  })

  test('holds the same wherever the commands ran', { skip: skip8 }, async () => {
    assert.deepEqual(await make(ours, 'g.rdb', all), await make(theirs8, 'h.rdb', all))
  })

  // The digests of 7.0 print scores with other digits: 8.2.3 says what its files hold.
  test('of redis-server 7.0 is read as 8.2.3 reads it', { skip: skip7 || skip8 }, async () => {
    await make(theirs7, 'i.rdb', old)
    const expected = await pass(theirs8, 'i.rdb', 'j.rdb')
    assert.deepEqual(await pass(ours, 'i.rdb', 'k.rdb'), expected)
  })

  test('with rdb-version 10 is read by both', { skip: skip7 || skip8 }, async () => {
    const made = await make(ours10, 'l.rdb', old)
    await pass(theirs7, 'l.rdb', 'm.rdb')
    assert.deepEqual(await pass(theirs8, 'm.rdb', 'n.rdb'), made, 'through 7.0 to 8.2.3')
    assert.deepEqual(await pass(theirs8, 'l.rdb', 'o.rdb'), made, 'to 8.2.3')
    assert.deepEqual(await pass(ours, 'm.rdb', 'p.rdb'), made, 'back from 7.0')
  })
})
