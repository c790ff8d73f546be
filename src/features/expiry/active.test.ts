// active.test.ts: keys that go although nobody asks for them, with a clock that moves when told to.

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Stage } from '#test/support/stage.js'

/** Keys in great number, without conversations that stay. */
class Keys {
  readonly stage: Stage
  readonly engine
  readonly clock
  expired: string[] = []

  constructor(seed = 1) {
    this.stage = new Stage({ seed })
    this.engine = this.stage.engine
    this.clock = this.stage.clock
    this.engine.events.listen((event, key, database) => {
      if (event === 'expired') this.expired.push(`${database}:${key.text()}`)
    }, 0xffff)
  }

  /** Keys that expire after so many milliseconds; -1 for never. */
  fill(count: number, ms: number, { name = 'k', database = 0 } = {}): void {
    const db = this.engine.databases[database]!
    const client = this.stage.open()
    client.session.database = database
    for (let i = 0; i < count; i++) {
      client.call('SET', `${name}${i}`, 'v', ...(ms < 0 ? [] : ['PX', ms]))
    }
    client.session.end()
    assert.ok(db.size >= count)
  }

  size(database = 0): number {
    return this.engine.databases[database]!.size
  }

  /** Ticks with the pauses the engine asks for; returns how many it took until `done`. */
  tickUntil(done: () => boolean, most = 1000): number {
    for (let ticks = 1; ticks <= most; ticks++) {
      const pause = this.engine.tick()
      if (done()) return ticks
      this.clock.ms += Math.max(1, Math.ceil(pause))
    }
    return assert.fail(`not done after ${most} ticks`)
  }
}

describe('active expiry', () => {
  it('removes all keys that are due at once, in the first tick that has the time', () => {
    const stage = new Keys()
    stage.fill(5000, 1000)
    stage.clock.ms += 999
    stage.engine.tick()
    assert.equal(stage.size(), 5000)
    stage.clock.ms += 1
    stage.engine.tick()
    assert.equal(stage.size(), 0)
    assert.equal(stage.expired.length, 5000)
    assert.equal(stage.engine.stats.expiredKeys, 5000)
    stage.engine.databases[0]!.verify()
  })

  it('leaves the living alone', () => {
    const stage = new Keys()
    stage.fill(500, 1000, { name: 'short' })
    stage.fill(500, 10_000, { name: 'long' })
    stage.fill(500, -1, { name: 'endless' })
    stage.clock.ms += 1000
    for (let i = 0; i < 100; i++) {
      stage.engine.tick()
      stage.clock.ms += 10
    }
    assert.ok(stage.expired.every((name) => name.startsWith('0:short')))
    // A tenth may stay that nobody asks for: so much is acceptable.
    assert.ok(stage.size() >= 1000 && stage.size() < 1100, `${stage.size()} keys`)
    stage.clock.ms += 10_000
    stage.tickUntil(() => stage.size() === 500)
  })

  it('removes more of what is stale the more effort it makes', () => {
    const left = [1, 10].map((effort) => {
      const stage = new Keys()
      stage.engine.expiry.effort = effort
      stage.fill(300, 1000, { name: 'short' })
      stage.fill(3000, 100_000, { name: 'long' })
      stage.clock.ms += 1000
      for (let i = 0; i < 5; i++) stage.engine.tick()
      return stage.size() - 3000
    })
    assert.ok(left[1]! < left[0]!, `${left[1]} stay with much effort, ${left[0]} with little`)
  })

  it('stops when its time is up, says so, and asks to go on soon', () => {
    const stage = new Keys()
    stage.fill(20_000, 1000)
    stage.clock.ms += 1000
    stage.clock.step = 100
    const pause = stage.engine.tick()
    assert.ok(stage.size() > 0, 'not all in one slice')
    assert.ok(pause <= 10, `it wants to go on in ${pause} ms`)
    assert.equal(stage.engine.stats.expiredTimeCapReached, 1)
    stage.tickUntil(() => stage.size() === 0)
    stage.clock.step = 0
    assert.equal(stage.engine.tick(), 100, 'then it comes ten times a second')
  })

  it('lets no database starve another', () => {
    const stage = new Keys()
    stage.fill(20_000, 1000)
    stage.fill(100, 1000, { database: 3 })
    stage.clock.ms += 1000
    stage.clock.step = 100
    const ticks = stage.tickUntil(() => stage.size(3) === 0, 20)
    assert.ok(ticks <= 3, `${ticks} ticks`)
    assert.ok(stage.size(0) > 0)
  })

  it('rests when it is told to', () => {
    const stage = new Keys()
    stage.fill(10, 1000)
    stage.clock.ms += 5000
    stage.engine.expiry.enabled = false
    assert.equal(stage.engine.tick(), 100)
    assert.equal(stage.size(), 10)
    stage.engine.expiry.enabled = true
    stage.engine.tick()
    assert.equal(stage.size(), 0)
  })

  it('tells effects', () => {
    const stage = new Keys()
    stage.fill(3, 1000)
    stage.stage.hearEffects()
    stage.clock.ms += 1000
    stage.engine.tick()
    const effects = stage.stage.takeEffects()
    assert.deepEqual(effects.sort(), ['DEL k0', 'DEL k1', 'DEL k2'], 'each by itself')
  })

  it('knows how long keys have left on average', () => {
    const stage = new Keys()
    stage.fill(100, 60_000)
    stage.clock.ms += 10_000
    stage.engine.tick()
    assert.equal(stage.engine.databases[0]!.averageTtl, 50_000)
  })

  it('repeats itself for the same seed', () => {
    const run = (seed: number): string => {
      const stage = new Keys(seed)
      stage.fill(200, 1000, { name: 'short' })
      stage.fill(200, 100_000, { name: 'long' })
      stage.clock.ms += 1000
      for (let i = 0; i < 3; i++) stage.engine.tick()
      return stage.expired.join(' ')
    }
    assert.equal(run(7), run(7))
    assert.notEqual(run(7), run(8))
  })
})
