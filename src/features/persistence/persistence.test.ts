// persistence.test.ts: the file of a data set, in an engine whose files are in memory.

import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { MemoryStorage, open } from '#test/support/storage.js'
import { gateBit } from '../../engine/contract/gates.ts'
import { defineModule } from '../../engine/contract/module.ts'
import type { Engine } from '../../engine/dispatch/engine.ts'
import { loadData, openData } from './load.ts'
import { saveData } from './save.ts'
import { persistenceState } from './state.ts'

const listening = (onLoaded: (engine: Engine) => void) => [
  defineModule({ name: 'test', hooks: { onLoaded } }),
]

test('what is saved is loaded again: keys, databases, expiry times', () => {
  const storage = new MemoryStorage()
  const one = open(storage)
  one.call('SET a 1')
  one.call(`SET big ${'x'.repeat(100_000)} PX 5000`)
  one.call('SET far v PXAT 9223372036854775807')
  one.call('SELECT 9')
  one.call('SET b 2')
  assert.equal(one.call('SAVE'), '+OK\r\n')
  assert.deepEqual([...storage.files.keys()], ['dump.rdb'])
  const other = open(storage)
  assert.equal(loadData(other.engine, false), true)
  assert.equal(other.call('DEBUG DIGEST'), one.call('DEBUG DIGEST'))
  assert.equal(other.call('PTTL big'), ':5000\r\n')
  assert.equal(other.call('PEXPIRETIME far'), ':9223372036854775807\r\n')
  assert.equal(other.info('rdb_last_load_keys_loaded'), '4')
  for (const db of other.engine.databases) db.verify()
})

test('keys whose time has come are passed over', () => {
  const storage = new MemoryStorage()
  const one = open(storage)
  one.call('SET a 1 PX 10')
  one.call('SET b 1')
  one.call('SAVE')
  const other = open(storage)
  other.clock.ms += 1000
  other.call('PING')
  assert.equal(loadData(other.engine, false), true)
  assert.equal(other.call('DBSIZE'), ':1\r\n')
  assert.equal(other.info('rdb_last_load_keys_expired'), '1')
  assert.ok(other.log.includes('Done loading RDB, keys loaded: 1, keys expired: 1.'))
})

test('a stream whose length is wrong is loaded with the right one, and the log says so', () => {
  const storage = new MemoryStorage()
  const one = open(storage)
  one.call('XADD s 10-0 f v')
  one.call('CONFIG SET rdb-version 10')
  const length = (file: Uint8Array) => Buffer.from(file).indexOf(Buffer.of(0xff, 1, 10, 0, 10)) + 1
  assert.equal(one.call('SAVE'), '+OK\r\n')
  const file = Buffer.from(storage.files.get('dump.rdb')!)
  assert.ok(length(file) > 0)
  file[length(file)] = 3
  // Without a checksum.
  file.fill(0, file.length - 8)
  storage.files.set('dump.rdb', file)
  const other = open(storage)
  assert.equal(loadData(other.engine, false), true)
  assert.equal(other.call('XLEN s'), ':1\r\n')
  assert.ok(other.log.includes('The RDB file was wrong about the length of a stream: s'))
  assert.match(other.log.at(-1)!, /, figures put right: 1\.$/)
})

test('counts changes since the data was saved', () => {
  const { call, info, clock } = open()
  call('SET a 1')
  call('SET a 2')
  assert.equal(info('rdb_changes_since_last_save'), '2')
  assert.equal(call('LASTSAVE'), ':1700000000\r\n')
  clock.ms += 5000
  call('SAVE')
  assert.equal(info('rdb_changes_since_last_save'), '0')
  assert.equal(info('rdb_saves'), '1')
  assert.equal(call('LASTSAVE'), ':1700000005\r\n')
  call('DEL a')
  assert.equal(info('rdb_changes_since_last_save'), '1')
})

test('whatever step fails, the file that was there stays, and the log says why', () => {
  const lines: [string, RegExp][] = [
    ['create', /^Failed opening the temp RDB file temp-7\.rdb \(in server root dir \/data\)/],
    ['write', /^Write error while saving DB to the disk\(rdbSaveRio\): No space left on device$/],
    ['finish', /^Write error while saving DB to the disk\(fsync\): /],
    ['publish', /^Error moving temp DB file temp-7\.rdb on the final destination dump\.rdb \(/],
  ]
  for (const [step, line] of lines) {
    const storage = new MemoryStorage()
    const { call, log, info } = open(storage)
    call('SET a 1')
    call('SAVE')
    const before = storage.files.get('dump.rdb')
    call('SET a 2')
    storage.fails = step
    assert.equal(call('SAVE'), '-ERR\r\n', step)
    assert.match(log.at(-1)!, line)
    assert.deepEqual([...storage.files], [['dump.rdb', before]])
    assert.equal(info('rdb_changes_since_last_save'), '1')
    assert.equal(info('rdb_saves'), '2')
  }
})

test('a database without files says so', () => {
  const { call } = open(null)
  const refusal = /^-ERR this database lives in memory only/
  assert.match(call('SAVE'), refusal)
  assert.match(call('DEBUG RELOAD'), refusal)
})

test('DEBUG RELOAD keeps, replaces or merges what is there', () => {
  const { call, engine } = open()
  call('SET a 1')
  call('SET b 1')
  assert.equal(call('DEBUG RELOAD'), '+OK\r\n')
  assert.equal(call('GET a'), '$1\r\n1\r\n')
  call('SET a 2')
  call('SET c 3')
  assert.equal(call('DEBUG RELOAD NOSAVE NOFLUSH MERGE'), '+OK\r\n')
  assert.equal(call('MGET a b c'), '*3\r\n$1\r\n1\r\n$1\r\n1\r\n$1\r\n3\r\n')
  assert.match(call('DEBUG RELOAD NOSAVE NOFLUSH'), /^-ERR Error trying to load the RDB dump/)
  assert.equal(call('DBSIZE'), ':3\r\n')
  assert.equal(call('DEBUG RELOAD NOSAVE'), '+OK\r\n')
  assert.equal(call('DBSIZE'), ':2\r\n')
  assert.match(call('DEBUG RELOAD TWICE'), /^-ERR DEBUG RELOAD only supports/)
  for (const db of engine.databases) db.verify()
})

test('modules are told when a file was loaded, not when it could not be', () => {
  const storage = new MemoryStorage()
  const sizes: number[] = []
  const onLoaded = ({ databases }: Engine) => sizes.push(databases[0]!.size)
  const { call, engine } = open(storage, '', listening(onLoaded))
  call('MSET a 1 b 2')
  call('DEBUG RELOAD')
  assert.deepEqual(sizes, [2])
  const again = open(storage, '', listening(onLoaded))
  assert.equal(openData(again.engine, false)!.step(1), true)
  assert.equal(sizes.length, 1)
  loadData(open(storage, '', listening(onLoaded)).engine, false)
  assert.deepEqual(sizes, [2, 2])
  storage.files.set('dump.rdb', Buffer.from('REDIS'))
  assert.equal(loadData(engine, false), false)
  assert.equal(sizes.length, 2)
})

describe('the end of a server', () => {
  const asked = { save: 'yes', now: false, force: false } as const

  test('waits for a last save, where one is wanted', () => {
    const storage = new MemoryStorage()
    const { call, engine, log } = open(storage, 'save ""')
    call('SET k v')
    assert.equal(engine.end({ ...asked, save: 'configured' }), true)
    assert.equal(engine.end({ ...asked, save: 'no' }), true)
    assert.deepEqual([storage.files.size, log], [0, []])
    assert.equal(engine.end(asked), true)
    assert.deepEqual([...storage.files.keys()], ['dump.rdb'])
    assert.deepEqual(log, ['Saving the final RDB snapshot before exiting.', 'DB saved on disk'])
  })

  test('is put off by one that fails, unless it is forced', () => {
    const storage = new MemoryStorage()
    const { engine, log } = open(storage)
    storage.fails = 'write'
    assert.equal(engine.end(asked), false)
    assert.equal(log.at(-1), "Error trying to save the DB, can't exit.")
    assert.equal(engine.end({ ...asked, force: true }), true)
    assert.equal(log.at(-1), 'Error trying to save the DB. Exit anyway.')
  })

  test('does not save data that is half read, nor where there are no files', () => {
    const storage = new MemoryStorage()
    open(storage).call('SAVE')
    const { engine, log } = open(storage)
    openData(engine, false)!.step(1)
    const before = log.length
    assert.equal(engine.end(asked), true)
    assert.equal(log.length, before)
    assert.equal(open(null).engine.end(asked), true)
  })
})

test('a transaction whose keys are reloaded fails', () => {
  const { call } = open()
  call('SET a 1')
  call('WATCH a')
  call('DEBUG RELOAD')
  call('MULTI')
  call('PING')
  assert.equal(call('EXEC'), '*-1\r\n')
})

test('uses are saved where the policy notes them', () => {
  const lru = 'maxmemory-policy allkeys-lru'
  const storage = new MemoryStorage()
  const one = open(storage, lru)
  one.call('SET a 1')
  one.clock.ms += 100_000
  one.call('SAVE')
  const other = open(storage, lru)
  loadData(other.engine, false)
  assert.equal(other.call('OBJECT IDLETIME a'), ':100\r\n')
  const lfu = open(new MemoryStorage(), 'maxmemory-policy allkeys-lfu')
  lfu.call('SET a 1')
  for (let i = 0; i < 500; i++) lfu.call('GET a')
  const frequency = lfu.call('OBJECT FREQ a')
  assert.notEqual(frequency, ':5\r\n')
  lfu.call('DEBUG RELOAD')
  assert.equal(lfu.call('OBJECT FREQ a'), frequency)
})

test('function libraries are kept until they can be run', () => {
  const storage = new MemoryStorage()
  const code = '#!lua name=lib'
  const body = Buffer.from(`REDIS0011\xf5\x0e${code}\xff${'\0'.repeat(8)}`, 'latin1')
  storage.files.set('dump.rdb', body)
  const { engine, log } = open(storage)
  assert.equal(loadData(engine, false), true)
  assert.ok(log.some((line) => line.startsWith('Function libraries of the RDB file are kept')))
  assert.equal(saveData(engine), true)
  assert.ok(storage.files.get('dump.rdb')!.includes(`\xf5\x0e${code}`, 0, 'latin1'))
})

test('what cannot be loaded is explained', () => {
  const cases: [string, RegExp][] = [
    ['HELLO WORLD', /^Wrong signature trying to load DB from file$/],
    ['REDIS0099', /^Can't handle RDB format version 99$/],
    ['', /^Internal error in RDB reading offset 0 -> the input ends early$/],
    ['REDIS0012\xfe\x10', /^FATAL: Data file was created with a Redis server configured to handle/],
    ['REDIS0012\x00\x01a\x01b\x00\x01a\x01b', /^RDB has duplicated key 'a' in DB 0$/],
    ['REDIS0012\x08\x01a\x01b', /-> Unknown RDB encoding type 8$/],
    ['REDIS0012\x00\x01a\x01b\xff01234567', /-> RDB CRC error$/],
  ]
  for (const [text, line] of cases) {
    const storage = new MemoryStorage()
    storage.files.set('dump.rdb', Buffer.from(text, 'latin1'))
    const { engine, log } = open(storage)
    assert.equal(loadData(engine, false), false, text)
    assert.match(log.at(-1)!, line)
    for (const db of engine.databases) db.verify()
  }
  const storage = new MemoryStorage()
  storage.fails = 'open'
  const { engine, log } = open(storage)
  assert.equal(loadData(engine, false), false)
  assert.match(log.at(-1)!, /^Fatal error: can't open the RDB file dump\.rdb for reading: No space/)
})

test('while it loads in steps, the server says so', () => {
  const storage = new MemoryStorage()
  const one = open(storage)
  one.call(`DEBUG POPULATE 5000 key 100`)
  one.call('SAVE')
  const { engine, call, info } = open(storage)
  const load = openData(engine, false)!
  engine.armed |= gateBit('loading')
  assert.equal(load.step(50_000), true)
  assert.equal(call('GET key:1'), '-LOADING Redis is loading the dataset in memory\r\n')
  assert.equal(info('loading'), '1')
  assert.equal(info('loading_total_bytes'), String(storage.files.get('dump.rdb')!.length))
  assert.ok(Number(info('loading_loaded_perc')) > 0)
  while (load.step(50_000)) {}
  assert.equal(load.failed, false)
  assert.equal(info('loading'), '0')
  assert.equal(call('DBSIZE'), ':5000\r\n')
  assert.equal(engine.part(persistenceState).keysLoaded, 5000)
})
