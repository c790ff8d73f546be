// key-sizes.test.ts: what an observer hears of a file is what the data set is that it is loaded as.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { MemoryStorage, open } from '#test/support/storage.js'
import { RdbError, RdbReader } from '../../formats/rdb/reader.ts'
import { type KeySize, sizeKeys } from './key-sizes.ts'
import { loadData } from './load.ts'

const COUNTS: Record<string, string> = {
  list: 'LLEN',
  set: 'SCARD',
  hash: 'HLEN',
  zset: 'ZCARD',
  stream: 'XLEN',
}

type Told = Omit<KeySize, 'key' | 'value'> & KeySize['value'] & { key: string }

function told(bytes: Uint8Array, { engine }: ReturnType<typeof open>): Told[] {
  const all: Told[] = []
  sizeKeys(new RdbReader(bytes), engine, ({ key, value, ...rest }) => {
    all.push({ ...rest, ...value, key: key.text() } as Told)
  })
  return all
}

const many = (count: number, word: (i: number) => string) =>
  Array.from({ length: count }, (_, i) => word(i)).join(' ')

const long = 'x'.repeat(100)

const lines = [
  'SET int 12345',
  'SET text hello PX 100000',
  `SET raw ${long}`,
  `SET lzf ${long.repeat(50)}`,
  'RPUSH list a bb ccc 1',
  `RPUSH quick ${many(200, () => long)}`,
  'SADD integers 1 2 300000',
  `SADD moreintegers ${many(600, String)}`,
  'SADD words a b 3',
  `SADD longwords a ${long}`,
  `SADD morewords ${many(200, (i) => `m${i}`)}`,
  'HSET hash f v g 2',
  `HSET longhash f ${long}`,
  `HSET morehash ${many(600, (i) => `f${i} v`)}`,
  'HSETEX timed EX 100 FIELDS 1 f v',
  `HSETEX moretimed EX 100 FIELDS 600 ${many(600, (i) => `f${i} v`)}`,
  'ZADD zset 1 a 2.5 b',
  `ZADD longzset 1 ${long}`,
  `ZADD morezset ${many(200, (i) => `${i} m${i}`)}`,
  'XADD stream 1-1 f v',
  'XADD stream 1-2 f v g w',
  'XADD stream 1-3 f v',
  'XDEL stream 1-1',
  'XGROUP CREATE stream group 0',
  'XREADGROUP GROUP group consumer STREAMS stream >',
]

test('types, counts and encodings are those that the file is loaded with', () => {
  for (const version of [12, 10]) {
    const storage = new MemoryStorage()
    const one = open(storage)
    for (const line of lines) assert.doesNotMatch(one.call(line), /^-/, line)
    one.call('SELECT 3')
    one.call('SET other v')
    one.call(`CONFIG SET rdb-version ${version}`)
    one.call('SAVE')
    const all = told(storage.files.get('dump.rdb')!, one)
    assert.equal(all.length, 21)
    const other = open(storage)
    assert.equal(loadData(other.engine, false), true)
    for (const { key, type, count, encoding, database, expireAt } of all) {
      other.call(`SELECT ${database}`)
      assert.equal(other.call(`TYPE ${key}`), `+${type}\r\n`)
      assert.equal(other.call(`OBJECT ENCODING ${key}`).split('\r\n')[1], encoding, key)
      assert.equal(other.call(`PEXPIRETIME ${key}`), `:${expireAt}\r\n`)
      const command = COUNTS[type]
      if (command === undefined) assert.equal(count, 1)
      else assert.equal(other.call(`${command} ${key}`), `:${count}\r\n`)
    }
  }
})

test('bytes and the longest element are those of the elements', () => {
  const storage = new MemoryStorage()
  const one = open(storage)
  for (const line of lines) one.call(line)
  one.call('SAVE')
  const all = told(storage.files.get('dump.rdb')!, one)
  const of = (name: string) => {
    const { bytes, longest, savedBytes } = all.find(({ key }) => key === name)!
    return { bytes, longest, savedBytes }
  }
  assert.deepEqual(of('text'), { bytes: 5, longest: 5, savedBytes: 6 })
  assert.deepEqual(of('list'), { bytes: 7, longest: 3, savedBytes: 24 })
  assert.equal(of('longhash').bytes, 101)
  assert.equal(of('longhash').longest, 100)
  assert.equal(of('lzf').bytes, 5000)
  assert.ok(of('lzf').savedBytes < 200)
  assert.deepEqual(of('integers'), { bytes: 8, longest: 6, savedBytes: 21 })
})

test('a damaged file is an RdbError wherever it is cut', () => {
  const storage = new MemoryStorage()
  const one = open(storage)
  for (const line of lines.filter((line) => line.length < 200)) one.call(line)
  one.call('SAVE')
  const bytes = storage.files.get('dump.rdb')!
  for (let length = 9; length < bytes.length; length += 3) {
    assert.throws(() => told(bytes.subarray(0, length), one), RdbError, `cut at ${length}`)
  }
})
