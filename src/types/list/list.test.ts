// list.test.ts: lists from outside, by requests: their forms, their effects, their memory.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Stage } from '#test/support/stage.js'
import { Span } from '../../bytes/memory/span.ts'
import { lists } from './index.ts'
import { listType } from './type.ts'

/** Lists alone. */
class Talk {
  readonly stage = new Stage({ modules: [lists] })
  readonly engine = this.stage.engine

  call(...words: string[]): string {
    return this.stage.call(...words)
  }

  encoding(key: string): string {
    const db = this.engine.databases[0]!
    return listType.encoding(db, db.find(new Span(Buffer.from(key))))
  }
}

describe('the commands of lists', () => {
  it('tell replicas what happened, not that somebody waited', () => {
    const talk = new Talk()
    talk.call('RPUSH', 'a', '1', '2', '3', '4', '5', '6', '7', '8')
    talk.stage.hearEffects()
    talk.call('BLPOP', 'nothing', 'a', '0')
    talk.call('BRPOP', 'a', '0')
    talk.call('BLMOVE', 'a', 'b', 'LEFT', 'RIGHT', '0')
    talk.call('BRPOPLPUSH', 'a', 'b', '0')
    talk.call('BLMPOP', '0', '2', 'nothing', 'a', 'RIGHT', 'COUNT', '2')
    talk.call('LMPOP', '1', 'a', 'LEFT', 'COUNT', '9')
    talk.call('LTRIM', 'b', '0', '-1')
    talk.call('LREM', 'b', '0', 'nothing')
    assert.deepEqual(talk.stage.takeEffects(), [
      'LPOP a',
      'RPOP a',
      'LMOVE a b LEFT RIGHT',
      'RPOPLPUSH a b',
      'RPOP a 2',
      'LPOP a 2',
    ])
  })

  it('change the form of a list as it grows and shrinks', () => {
    const talk = new Talk()
    const element = 'x'.repeat(100)
    for (let i = 0; i < 79; i++) talk.call('RPUSH', 'k', element)
    assert.equal(talk.encoding('k'), 'listpack')
    for (let i = 0; i < 10; i++) talk.call('RPUSH', 'k', element)
    assert.equal(talk.encoding('k'), 'quicklist')
    // One node is left, and then half of it.
    for (let i = 0; i < 10 + 39; i++) talk.call('RPOP', 'k')
    assert.equal(talk.encoding('k'), 'quicklist')
    talk.call('RPOP', 'k')
    assert.equal(talk.encoding('k'), 'listpack')
    talk.engine.databases[0]!.verify()
  })

  it('leave no memory behind', () => {
    const talk = new Talk()
    talk.call('RPUSH', 'other', 'x')
    const before = talk.engine.memory.ledger.bytes
    for (let i = 0; i < 3000; i++) talk.call('RPUSH', 'k', `element ${i} of three thousand`)
    for (let i = 0; i < 1000; i++) talk.call('LMOVE', 'k', 'other', 'LEFT', 'LEFT')
    talk.call('LTRIM', 'k', '10', '-10')
    talk.call('LPOP', 'k', '3000')
    talk.call('LPOP', 'other', '1000')
    assert.equal(talk.engine.memory.ledger.bytes, before)
  })

  it('answer a move within one list, whatever its form', () => {
    const talk = new Talk()
    for (const size of [1, 100, 5000]) {
      for (let i = 0; i < 5; i++) talk.call('RPUSH', 'k', String(i).repeat(size))
      const last = '4'.repeat(size)
      assert.equal(talk.call('RPOPLPUSH', 'k', 'k'), `$${last.length}\r\n${last}\r\n`)
      assert.equal(talk.call('LINDEX', 'k', '0'), `$${last.length}\r\n${last}\r\n`)
      talk.call('LTRIM', 'k', '1', '0')
    }
  })

  it('answer large ranges across nodes, in both directions', () => {
    const talk = new Talk()
    const elements: string[] = []
    for (let i = 0; i < 4000; i++) {
      const element = i % 7 === 0 ? String(i * 1000) : `${i} ${'y'.repeat(i % 90)}`
      elements.push(element)
      talk.call('RPUSH', 'k', element)
    }
    const bulk = (text: string) => `$${text.length}\r\n${text}\r\n`
    const whole = `*4000\r\n${elements.map(bulk).join('')}`
    assert.equal(talk.call('LRANGE', 'k', '0', '-1'), whole)
    for (const first of [0, 1, 500, 1999, 2000, 3990, 3999]) {
      const some = elements.slice(first, first + 300)
      const expected = `*${some.length}\r\n${some.map(bulk).join('')}`
      assert.equal(talk.call('LRANGE', 'k', String(first), String(first + 299)), expected)
      assert.equal(talk.call('LINDEX', 'k', String(first)), bulk(elements[first]!))
    }
    const last = elements.toReversed().slice(0, 1500)
    assert.equal(talk.call('RPOP', 'k', '1500'), `*1500\r\n${last.map(bulk).join('')}`)
  })
})
