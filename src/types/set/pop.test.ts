// pop.test.ts: what SPOP takes is stated as an effect that takes the same, and nothing is taken
// twice.

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Output } from '../../bytes/output.ts'
import { core } from '../../core.ts'
import { EffectList } from '../../engine/effects.model.ts'
import { Engine } from '../../engine/engine.ts'

/** An engine that is talked to in requests and that tells its effects. */
class Stage {
  private sent: Uint8Array[] = []
  readonly engine = new Engine({
    modules: core,
    clock: { now: () => 1, micros: () => 0, sleep: () => {} },
    entropy: { fill: () => {} },
    seed: 3,
    poison: true,
  })
  private readonly session = this.engine.open({
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

  private readonly log = new EffectList(this.engine.effects)

  get effects(): (readonly string[])[] {
    return this.log.all.map(({ words }) => words)
  }

  /** The texts of a reply's items, or of the reply. */
  call(...words: string[]): string[] {
    this.sent = []
    const parts = words.map((word) => `$${word.length}\r\n${word}\r\n`)
    this.session.receive(Buffer.from(`*${words.length}\r\n${parts.join('')}`, 'latin1'))
    this.session.flush()
    const lines = Buffer.concat(this.sent).toString('latin1').split('\r\n')
    return lines.filter((line, i) => i > 0 && line !== '' && !/^[$*]/.test(line))
  }

  fill(members: readonly string[]): void {
    this.call('DEL', 's')
    for (let i = 0; i < members.length; i += 500) {
      this.call('SADD', 's', ...members.slice(i, i + 500))
    }
    this.log.clear()
  }
}

const integers = Array.from({ length: 300 }, (_, i) => String(i * i))
const texts = Array.from({ length: 100 }, (_, i) => `m${i}`)
const many = Array.from({ length: 5000 }, (_, i) => `member:${i}`)

describe('SPOP', () => {
  for (const [name, members] of Object.entries({ integers, texts, many })) {
    it(`states what it took of ${name}`, () => {
      const stage = new Stage()
      for (const share of [0, 0.2, 0.5, 0.9, 0.97]) {
        const count = Math.max(1, Math.floor(members.length * share))
        stage.fill(members)
        const taken = stage.call('SPOP', 's', String(count))
        assert.equal(taken.length, count)
        const removed = stage.effects.filter(([word]) => word === 'SREM').flatMap((e) => e.slice(2))
        assert.deepEqual([...removed].sort(), [...taken].sort())
        for (const effect of stage.effects) assert.ok(effect.length <= 1026)
        const left = stage.call('SMEMBERS', 's')
        assert.deepEqual([...left, ...taken].sort(), [...members].sort())
      }
    })
  }

  it('states a DEL when it takes all', () => {
    const stage = new Stage()
    stage.fill(texts)
    assert.equal(stage.call('SPOP', 's', '1000').length, 100)
    assert.deepEqual(stage.effects, [['DEL', 's']])
    stage.fill(['one'])
    stage.call('SPOP', 's')
    assert.deepEqual(stage.effects, [['SREM', 's', 'one']])
  })
})
