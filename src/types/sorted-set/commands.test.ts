// commands.test.ts: what the commands of sorted sets do beside their replies: effects, chance, and
// what somebody who waits is served.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Output } from '../../bytes/output.ts'
import { core } from '../../core.ts'
import { EffectList } from '../../engine/effects.model.ts'
import { Engine } from '../../engine/engine.ts'

/** An engine and conversations with it. */
class Stage {
  readonly engine = new Engine({
    modules: core,
    clock: { now: () => 1000, micros: () => 1_000_000, sleep: () => {} },
    entropy: { fill: () => {} },
    seed: 3,
    poison: true,
  })
  readonly effects = new EffectList(this.engine.effects)

  talk(): Talk {
    return new Talk(this.engine)
  }
}

class Talk {
  private sent: Uint8Array[] = []
  private readonly session

  constructor(engine: Engine) {
    this.session = engine.open({
      pending: 0,
      address: '',
      localAddress: '',
      descriptor: -1,
      send: (output: Output) => {
        this.sent.push(...output.take())
        output.renew()
      },
      close: () => {},
    })
  }

  call(...words: (string | number)[]): string {
    const parts = words.map((word) => `$${String(word).length}\r\n${word}\r\n`)
    this.session.receive(Buffer.from(`*${words.length}\r\n${parts.join('')}`))
    this.session.flush()
    return this.read()
  }

  /** What was sent since the last time. */
  read(): string {
    const text = Buffer.concat(this.sent).toString('latin1')
    this.sent = []
    return text.replaceAll('\r\n', ' ').trim()
  }
}

describe('the effect of a command', () => {
  it('is the member that was popped, not the waiting or the choice of a key', () => {
    const stage = new Stage()
    const talk = stage.talk()
    talk.call('ZADD', 'z', 1, 'a', 2, 'b', 3, 'c', 4, 'd', 5, 'e')
    talk.call('ZPOPMIN', 'z', 1)
    talk.call('ZMPOP', 2, 'none', 'z', 'MAX', 'COUNT', 2)
    talk.call('BZPOPMIN', 'none', 'z', 0)
    talk.call('BZMPOP', 0, 1, 'z', 'MIN', 'COUNT', 9)
    assert.deepEqual(stage.effects.lines, [
      'ZADD z 1 a 2 b 3 c 4 d 5 e',
      'ZPOPMIN z 1',
      'ZPOPMAX z 2',
      'ZPOPMIN z',
      'ZPOPMIN z 1',
    ])
  })

  it('comes after that of the command that made the key', () => {
    const stage = new Stage()
    const waiting = stage.talk()
    const talk = stage.talk()
    waiting.call('BZPOPMAX', 'z', 0)
    talk.call('ZADD', 'z', 1, 'a', 2, 'b')
    stage.engine.turn.settle()
    assert.equal(waiting.read(), '*3 $1 z $1 b $1 2')
    assert.deepEqual(stage.effects.lines, ['ZADD z 1 a 2 b', 'ZPOPMAX z'])
  })

  it('is none where nothing changed', () => {
    const stage = new Stage()
    const talk = stage.talk()
    talk.call('ZADD', 'z', 1, 'a')
    stage.effects.clear()
    talk.call('ZADD', 'z', 1, 'a')
    talk.call('ZADD', 'z', 'NX', 5, 'a')
    talk.call('ZADD', 'none', 'XX', 5, 'a')
    talk.call('ZREM', 'z', 'x')
    talk.call('ZPOPMIN', 'none')
    talk.call('ZREMRANGEBYSCORE', 'z', 5, 6)
    talk.call('ZUNIONSTORE', 'none', 1, 'none')
    assert.deepEqual(stage.effects.lines, [])
  })
})

describe('ZRANDMEMBER', () => {
  for (const entries of [0, 128]) {
    it(`gives every member the same chance where ${entries} are few`, () => {
      const talk = new Stage().talk()
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
