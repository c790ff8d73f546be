// removal.test.ts: what is due stays where this engine may not remove it, and is there for nobody.

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Stage } from '#test/support/stage.js'
import { EffectList } from '../effects/effects.model.ts'
import { EVERYTHING } from '../keyspace/interest.ts'
import { EVICTION_DONE } from './eviction.ts'

class Held {
  private readonly stage = new Stage()
  readonly engine = this.stage.engine
  readonly clock = this.stage.clock
  /** Changes that listeners heard of. */
  readonly said: string[] = []
  effects: EffectList | undefined

  run(line: string): string {
    return this.stage.send(line).trim()
  }

  /** Makes a key and a field that are due, and notes all that is said from then on. */
  outlive(): void {
    this.run('SET k v PX 10')
    this.run('HSETEX h PX 10 FIELDS 1 f v')
    this.run('HSET h stays v')
    this.clock.ms += 11
    const { changes, effects } = this.engine
    changes.listen(({ kind, key }) => this.said.push(`${kind} ${key.text()}`), EVERYTHING)
    this.effects = new EffectList(effects)
  }

  /** Where nothing may be removed. */
  expectNothingGone(): void {
    const { engine } = this
    const db = engine.databases[0]!
    assert.deepEqual(
      [this.run('GET k'), this.run('EXISTS k'), this.run('TTL k')],
      ['$-1', ':0', ':-2'],
    )
    assert.deepEqual(
      [this.run('HGET h f'), this.run('SCAN 0')],
      ['$-1', '*2\r\n$1\r\n0\r\n*1\r\n$1\r\nh'],
    )
    engine.tick()
    engine.limits.memory = 1
    engine.eviction.followPolicy('allkeys-random')
    assert.equal(engine.eviction.run(), EVICTION_DONE)
    assert.equal(db.size, 2)
    assert.deepEqual([...this.said, ...this.effects!.lines], [])
    assert.equal(engine.stats.expiredKeys + engine.stats.expiredSubkeys, 0)
  }
}

describe('what is due', () => {
  it('stays with a replica, and is there for nobody who reads', () => {
    const stage = new Held()
    stage.outlive()
    stage.engine.setRole('replica')
    stage.expectNothingGone()
    stage.engine.limits.memory = 0
    assert.equal(stage.run('DEL k'), ':1', 'its primary may say that it goes')
    assert.equal(stage.engine.databases[0]!.size, 1)
  })

  it('stays while writes are paused', () => {
    const stage = new Held()
    stage.outlive()
    stage.engine.removal.isPaused = true
    stage.expectNothingGone()
  })

  it('goes when that is over', () => {
    const stage = new Held()
    stage.outlive()
    const { engine } = stage
    engine.setRole('replica')
    stage.run('GET k')
    engine.setRole('primary')
    engine.tick()
    assert.equal(engine.databases[0]!.size, 1)
    assert.equal(stage.run('HLEN h'), ':1')
    assert.deepEqual(stage.effects!.lines.sort(), ['DEL k', 'HDEL h f'])
  })
})
