// changes.test.ts: what listeners of changes hear, and that nobody pays while nobody listens.

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Stage } from '#test/support/stage.js'
import { latin1 } from '../../bytes/memory/span.ts'
import {
  ADJUSTED,
  CREATED,
  EVERYTHING,
  FLUSHED,
  LOADED,
  REMOVED,
  REPLACED,
  SWAPPED,
  WRITTEN,
} from '../keyspace/interest.ts'
import { Loopback } from '../session/loopback.ts'
import type { Change } from './changes.ts'

const NAMES = new Map([
  [WRITTEN, 'written'],
  [ADJUSTED, 'adjusted'],
  [CREATED, 'created'],
  [REMOVED, 'removed'],
  [REPLACED, 'replaced'],
  [FLUSHED, 'flushed'],
  [SWAPPED, 'swapped'],
  [LOADED, 'loaded'],
])

class Listening {
  private readonly stage = new Stage()
  readonly engine = this.stage.engine
  readonly clock = this.stage.clock
  readonly heard: string[] = []

  readonly hear = (change: Change): void => {
    this.heard.push(lineOf(change))
  }

  /** Runs commands; returns what was heard meanwhile. */
  run(...lines: string[]): string[] {
    this.heard.length = 0
    this.stage.send(...lines)
    return [...this.heard]
  }
}

function lineOf(change: Change): string {
  const { kind, db, key, other } = change
  const words = [NAMES.get(kind)!, `${db.id}:${key.text()}`]
  if (kind === WRITTEN) words.push(change.event, `${change.count}`)
  if (kind === ADJUSTED || kind === FLUSHED) words.push(`${change.count}`)
  if (kind === REMOVED) words.push(change.cause)
  if (kind === REPLACED) words.push(`${change.typeChanged}`)
  if (kind === SWAPPED) words.push(`${other.id}`)
  return words.join(' ')
}

describe('listeners of changes', () => {
  it('hear that keys are made, written, replaced and removed', () => {
    const stage = new Listening()
    stage.engine.changes.listen(stage.hear, EVERYTHING)
    assert.deepEqual(stage.run('SET k v'), ['created 0:k', 'written 0:k set 1'])
    assert.deepEqual(stage.run('SET k w'), ['replaced 0:k false', 'written 0:k set 1'])
    assert.deepEqual(stage.run('DEL k other'), ['removed 0:k deleted'])
    assert.deepEqual(stage.run('RPUSH l a b c'), ['created 0:l', 'written 0:l rpush 3'])
    assert.deepEqual(stage.run('SET l v'), ['replaced 0:l true', 'written 0:l set 1'])
    assert.deepEqual(stage.run('GET l', 'EXISTS none'), [])
  })

  it('hear once that a collection goes with its last element', () => {
    const stage = new Listening()
    stage.run('RPUSH l a', 'SADD s a', 'ZADD z 1 a', 'HSET h f v')
    stage.engine.changes.listen(stage.hear, REMOVED)
    const heard = stage.run('LPOP l', 'SPOP s', 'ZREM z a', 'HDEL h f')
    assert.deepEqual(
      heard,
      ['l', 's', 'z', 'h'].map((key) => `removed 0:${key} deleted`),
    )
  })

  it('hear of keys that take the place of others', () => {
    const stage = new Listening()
    stage.run('SET a 1', 'RPUSH b 1')
    stage.engine.changes.listen(stage.hear, EVERYTHING)
    assert.deepEqual(stage.run('RENAME a b'), [
      'removed 0:b overwritten',
      'removed 0:a moved',
      'created 0:b',
      'written 0:b  0',
      'replaced 0:b true',
    ])
    assert.deepEqual(stage.run('MOVE b 3'), ['removed 0:b moved', 'created 3:b', 'written 3:b  0'])
  })

  it('hear of whole databases', () => {
    const stage = new Listening()
    stage.run('MSET a 1 b 2')
    stage.engine.changes.listen(stage.hear, EVERYTHING)
    assert.deepEqual(stage.run('SWAPDB 0 1'), ['swapped 0: 1'])
    assert.deepEqual(stage.run('SELECT 1', 'FLUSHDB'), ['flushed 1: 2'])
  })

  it('hear why a key goes that nobody removed', () => {
    const stage = new Listening()
    const { engine } = stage
    stage.run('SET k v PX 10', 'SET tick v PX 10', 'SET big v')
    engine.changes.listen(stage.hear, REMOVED)
    stage.clock.ms += 11
    assert.deepEqual(stage.run('GET k'), ['removed 0:k expired'])
    stage.heard.length = 0
    engine.tick()
    assert.deepEqual(stage.heard, ['removed 0:tick expired'])
    assert.deepEqual(
      stage.run('CONFIG SET maxmemory-policy allkeys-lru', 'CONFIG SET maxmemory 1', 'SET more v'),
      ['removed 0:big evicted'],
    )
  })

  it('hear of groups what WATCH does not', () => {
    const stage = new Listening()
    stage.run('XADD s 1-1 f v')
    stage.engine.changes.listen(stage.hear, ADJUSTED | WRITTEN)
    assert.deepEqual(stage.run('XGROUP CREATE s g 0'), ['adjusted 0:s 1'])
    assert.deepEqual(stage.run('XREADGROUP GROUP g c STREAMS s >'), [
      'adjusted 0:s 1',
      'adjusted 0:s 1',
    ])
  })

  it('see the entry that is about to go', () => {
    const stage = new Listening()
    stage.run('SET k v')
    let seen = 0
    stage.engine.changes.listen(({ db, key }) => {
      seen = db.find(key)
    }, REMOVED)
    stage.run('DEL k')
    assert.notEqual(seen, 0)
  })

  it('hear what they asked for, as long as they listen', () => {
    const stage = new Listening()
    const { changes } = stage.engine
    changes.listen(stage.hear, CREATED)
    changes.listen(stage.hear, REMOVED)
    assert.deepEqual(stage.run('SET k v', 'DEL k'), ['removed 0:k deleted'])
    changes.unlisten(stage.hear)
    changes.unlisten(stage.hear)
    assert.deepEqual(stage.run('SET k v', 'DEL k'), [])
  })
})

describe('the mask of changes', () => {
  it('is empty while nobody hears', () => {
    const stage = new Listening()
    const { changes } = stage.engine
    assert.equal(changes.mask, 0)
    changes.listen(stage.hear, CREATED)
    const other = (): void => {}
    changes.listen(other, CREATED | REMOVED)
    changes.unlisten(stage.hear)
    assert.equal(changes.mask, CREATED | REMOVED)
    changes.unlisten(other)
    assert.equal(changes.mask, 0)
  })

  it('is empty again after WATCH, after waiting and after keyspace events', () => {
    const stage = new Listening()
    const { changes } = stage.engine
    for (const [begin, end] of [
      ['WATCH a b', 'UNWATCH'],
      ['WATCH a', 'SET a v'],
      ['CONFIG SET notify-keyspace-events KEA', 'CONFIG SET notify-keyspace-events ""'],
    ] as const) {
      stage.run(begin)
      assert.notEqual(changes.mask, 0, begin)
      stage.run(end)
      assert.equal(changes.mask, 0, end)
    }
    new Loopback(stage.engine).feed(latin1('BLPOP l 0\r\n'))
    assert.notEqual(changes.mask, 0)
    stage.run('RPUSH l a')
    assert.equal(changes.mask, 0)
  })
})
