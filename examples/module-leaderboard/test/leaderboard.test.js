// leaderboard.test.js: the module in an engine in this process.

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { createRubellite } from 'rubellite/testing'
import { leaderboard } from '../src/index.js'

/**
 * A database with the module, closed after the test.
 * @param {import('node:test').TestContext} t
 * @param {Record<string, string>} config
 */
async function open(t, config = {}) {
  const db = await createRubellite({
    modules: [leaderboard],
    config: { 'enable-debug-command': 'yes', ...config },
  })
  t.after(() => db.close())
  return db
}

describe('a leaderboard', () => {
  it('adds up points and ranks players', async (t) => {
    const db = await open(t)
    assert.equal(db.call('LB.ADD', 'chess', 10, 'ada', 20, 'bob', 10, 'zoé'), 3)
    assert.equal(db.call('LB.ADD', 'chess', 15.5, 'ada'), 0)
    assert.deepEqual(db.call('LB.TOP', 'chess', 2), [
      ['ada', 25.5],
      ['bob', 20],
    ])
    assert.deepEqual(db.call('LB.RANK', 'chess', 'zoé'), [3, 10])
    assert.equal(db.call('LB.RANK', 'chess', 'eve'), null)
    assert.equal(db.call('TYPE', 'chess'), 'ldrboard1')
  })

  it('refuses what is no number, and keys of other types', async (t) => {
    const db = await open(t)
    db.call('SET', 'text', 'a')
    assert.throws(() => db.call('LB.ADD', 'chess', 'many', 'ada'), /points must be a finite number/)
    assert.throws(() => db.call('LB.ADD', 'chess', 1), /syntax error|wrong number/)
    assert.throws(() => db.call('LB.ADD', 'text', 1, 'ada'), { code: 'WRONGTYPE' })
    assert.equal(db.call('EXISTS', 'chess'), 0)
  })

  it('keeps so many players as its directive says', async (t) => {
    const db = await open(t, { 'leaderboard.max-players': '2' })
    const events = /** @type {string[]} */ ([])
    db.onKeyEvent(({ event, key }) => events.push(`${event} ${key}`), 'd')
    db.call('LB.ADD', 'chess', 1, 'ada', 2, 'bob', 3, 'cid')
    assert.deepEqual(db.call('LB.TOP', 'chess', 9), [
      ['cid', 3],
      ['bob', 2],
    ])
    assert.deepEqual(events, ['lb.add chess', 'lb.trim chess'])
    assert.match(db.call('INFO', 'leaderboard'), /leaderboard_added:3\r\nleaderboard_trimmed:1/)
  })

  it('is a value like any other: copied, dumped, restored, measured, gone when empty', async (t) => {
    const db = await open(t)
    db.call('LB.ADD', 'a', 1, 'ada', 2, 'bob')
    db.call('COPY', 'a', 'b')
    db.call('RESTORE', 'c', 0, /** @type {Uint8Array} */ (db.callBytes('DUMP', 'a')))
    for (const key of ['b', 'c']) {
      assert.deepEqual(db.call('LB.TOP', key, 9), db.call('LB.TOP', 'a', 9))
      assert.deepEqual(db.call('DEBUG', 'DIGEST-VALUE', key), db.call('DEBUG', 'DIGEST-VALUE', 'a'))
    }
    assert.ok(Number(db.call('MEMORY', 'USAGE', 'a')) > 200)
    assert.equal(db.call('LB.REMOVE', 'a', 'ada'), 1)
    assert.equal(db.call('LB.REMOVE', 'a', 'ada'), 0)
    assert.equal(db.call('LB.REMOVE', 'a', 'bob'), 1)
    assert.equal(db.call('EXISTS', 'a'), 0)
  })
})
