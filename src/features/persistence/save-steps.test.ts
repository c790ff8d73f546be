// save-steps.test.ts: large values are written in steps of bounded size, with the same outcome.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { open } from '#test/support/storage.js'
import { latin1, Span } from '../../bytes/memory/span.ts'
import { saveWhole } from '../../engine/contract/save-steps.ts'
import { RdbWriter } from '../../formats/rdb/writer.ts'

const STEP = 1 << 16
/** What goes beyond a step: the element that ends it, here at most a node of a list or stream. */
const BEYOND = 1 << 14

/** A command that makes a value, and one that reads it. */
const cases: [name: string, make: (i: number) => string, read: string][] = [
  ['list', (i) => `RPUSH k ${words(i, '')}`, 'LINDEX k 1000'],
  ['set', (i) => `SADD k ${words(i, '')}`, 'SRANDMEMBER k'],
  ['hash', (i) => `HSET k ${words(i, ' value')}`, 'HGET k element:1'],
  [
    'timed hash',
    (i) => `HSETEX k EX ${1000 + i} FIELDS 100 ${words(i, ' value')}`,
    'HTTL k FIELDS 1 element:1',
  ],
  ['sorted set', (i) => `ZADD k ${words(i, '', '7.5 ')}`, 'ZRANGE k 0 10'],
  ['stream', (i) => `XADD k ${i + 1} ${words(i, ' value')}`, 'XRANGE k - + COUNT 10'],
]

function words(i: number, after: string, before = ''): string {
  const names = Array.from({ length: 100 }, (_, j) => `${before}element:${i * 100 + j}${after}`)
  return names.join(' ')
}

for (const [name, make, read] of cases) {
  test(`a large ${name} is written in steps between which it may be read`, () => {
    const { call, engine } = open()
    for (let i = 0; i < 500; i++) call(make(i))
    const db = engine.databases[0]!
    const ref = db.find(new Span(latin1('k')))
    const type = engine.types.of(db, ref)
    const whole = new RdbWriter()
    saveWhole(type, db, ref, whole)
    const writer = new RdbWriter()
    const steps = type.save(db, ref, writer)
    assert.ok(steps !== undefined)
    let count = 0
    for (let from = 0, more = true; more; from = writer.position, count++) {
      more = steps.next().done !== true
      assert.ok(writer.position - from <= STEP + BEYOND, `step ${count}`)
      call(read)
    }
    assert.ok(count > 3, `${count} steps`)
    assert.deepEqual(writer.take(), whole.take())
  })
}

test('a small value is written at once', () => {
  const { call, engine } = open()
  const db = engine.databases[0]!
  for (const line of ['SET k v', 'RPUSH k a', 'SADD k a', 'HSET k a 1', 'ZADD k 1 a']) {
    call('DEL k')
    call(line)
    const ref = db.find(new Span(latin1('k')))
    assert.equal(engine.types.of(db, ref).save(db, ref, new RdbWriter()), undefined, line)
  }
})
