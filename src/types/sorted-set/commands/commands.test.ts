// commands.test.ts: what the commands of sorted sets do beside their replies: effects, chance, and
// what somebody who waits is served.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type Client, oneLine, Stage, type Word } from '#test/support/stage.js'

/** A conversation whose replies are read as one line. */
class Talk {
  private readonly client: Client

  constructor(stage: Stage) {
    this.client = stage.open()
  }

  call(...words: Word[]): string {
    return oneLine(this.client.call(...words))
  }

  /** What was sent since the last time. */
  read(): string {
    return oneLine(this.client.read())
  }
}

function heard(): Stage {
  const stage = new Stage({ seed: 3 })
  stage.hearEffects()
  return stage
}

describe('the effect of a command', () => {
  it('is the member that was popped, not the waiting or the choice of a key', () => {
    const stage = heard()
    const talk = new Talk(stage)
    talk.call('ZADD', 'z', 1, 'a', 2, 'b', 3, 'c', 4, 'd', 5, 'e')
    talk.call('ZPOPMIN', 'z', 1)
    talk.call('ZMPOP', 2, 'none', 'z', 'MAX', 'COUNT', 2)
    talk.call('BZPOPMIN', 'none', 'z', 0)
    talk.call('BZMPOP', 0, 1, 'z', 'MIN', 'COUNT', 9)
    assert.deepEqual(stage.takeEffects(), [
      'ZADD z 1 a 2 b 3 c 4 d 5 e',
      'ZPOPMIN z 1',
      'ZPOPMAX z 2',
      'ZPOPMIN z',
      'ZPOPMIN z 1',
    ])
  })

  it('comes after that of the command that made the key', () => {
    const stage = heard()
    const waiting = new Talk(stage)
    const talk = new Talk(stage)
    waiting.call('BZPOPMAX', 'z', 0)
    talk.call('ZADD', 'z', 1, 'a', 2, 'b')
    stage.engine.turn.settle()
    assert.equal(waiting.read(), '*3 $1 z $1 b $1 2')
    assert.deepEqual(stage.takeEffects(), ['ZADD z 1 a 2 b', 'ZPOPMAX z'])
  })

  it('is none where nothing changed', () => {
    const stage = heard()
    const talk = new Talk(stage)
    talk.call('ZADD', 'z', 1, 'a')
    stage.takeEffects()
    talk.call('ZADD', 'z', 1, 'a')
    talk.call('ZADD', 'z', 'NX', 5, 'a')
    talk.call('ZADD', 'none', 'XX', 5, 'a')
    talk.call('ZREM', 'z', 'x')
    talk.call('ZPOPMIN', 'none')
    talk.call('ZREMRANGEBYSCORE', 'z', 5, 6)
    talk.call('ZUNIONSTORE', 'none', 1, 'none')
    assert.deepEqual(stage.takeEffects(), [])
  })
})

describe('ZRANDMEMBER', () => {
  for (const entries of [0, 128]) {
    it(`gives every member the same chance where ${entries} are few`, () => {
      const talk = new Talk(new Stage({ seed: 3 }))
      talk.call('CONFIG', 'SET', 'zset-max-listpack-entries', entries)
      const members = Array.from({ length: 12 }, (_, i) => `m${i}`)
      talk.call('ZADD', 'z', ...members.flatMap((member, i) => [i < 6 ? 0 : 10 ** i, member]))
      for (const count of ['-24000', '2', '7']) {
        const times = new Map<string, number>()
        const calls = count === '-24000' ? 1 : 24_000 / Number(count)
        for (let i = 0; i < calls; i++) {
          const picked = talk.call('ZRANDMEMBER', 'z', count).match(/m\d+/g) ?? []
          for (const member of picked) times.set(member, (times.get(member) ?? 0) + 1)
          if (calls > 1) assert.equal(new Set(picked).size, Number(count))
        }
        // Each is expected 2,000 times; five standard deviations are 214.
        for (const member of members) {
          const seen = times.get(member) ?? 0
          assert.ok(Math.abs(seen - 2000) < 214, `${member} came ${seen} times of ${count}`)
        }
      }
    })
  }
})
