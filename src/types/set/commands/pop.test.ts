// pop.test.ts: what SPOP takes is stated as an effect that takes the same, and nothing is taken
// twice.

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Stage } from '#test/support/stage.js'

/** Reads replies as lists, and effects as words. */
class Sets {
  private readonly stage = new Stage({ seed: 3 })

  constructor() {
    this.stage.hearEffects()
  }

  /** The texts of a reply's items, or of the reply. */
  call(...words: string[]): string[] {
    const lines = this.stage.call(...words).split('\r\n')
    return lines.filter((line, i) => i > 0 && line !== '' && !/^[$*]/.test(line))
  }

  /** What was told since the last time. */
  effects(): string[][] {
    return this.stage.takeEffects().map((effect) => effect.split(' '))
  }

  fill(members: readonly string[]): void {
    this.call('DEL', 's')
    for (let i = 0; i < members.length; i += 500) {
      this.call('SADD', 's', ...members.slice(i, i + 500))
    }
    this.effects()
  }
}

const integers = Array.from({ length: 300 }, (_, i) => String(i * i))
const texts = Array.from({ length: 100 }, (_, i) => `m${i}`)
const many = Array.from({ length: 5000 }, (_, i) => `member:${i}`)

describe('SPOP', () => {
  for (const [name, members] of Object.entries({ integers, texts, many })) {
    it(`states what it took of ${name}`, () => {
      const stage = new Sets()
      for (const share of [0, 0.2, 0.5, 0.9, 0.97]) {
        const count = Math.max(1, Math.floor(members.length * share))
        stage.fill(members)
        const taken = stage.call('SPOP', 's', String(count))
        assert.equal(taken.length, count)
        const effects = stage.effects()
        const removed = effects.filter(([word]) => word === 'SREM').flatMap((e) => e.slice(2))
        assert.deepEqual([...removed].sort(), [...taken].sort())
        for (const effect of effects) assert.ok(effect.length <= 1026)
        const left = stage.call('SMEMBERS', 's')
        assert.deepEqual([...left, ...taken].sort(), [...members].sort())
      }
    })
  }

  it('states a DEL when it takes all', () => {
    const stage = new Sets()
    stage.fill(texts)
    assert.equal(stage.call('SPOP', 's', '1000').length, 100)
    assert.deepEqual(stage.effects(), [['DEL', 's']])
    stage.fill(['one'])
    stage.call('SPOP', 's')
    assert.deepEqual(stage.effects(), [['SREM', 's', 'one']])
  })
})
