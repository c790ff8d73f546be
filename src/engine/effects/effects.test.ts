// effects.test.ts: the log of effects: its bytes, its units, who may take what, and how much stays.

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { latin1, Span } from '../../bytes/memory/span.ts'
import { Words } from '../../bytes/wire/request.ts'
import { Args } from '../arguments/args.ts'
import { BY_CLIENT, BY_PRIMARY, TO_ALL, TO_FILE, TO_REPLICAS } from './block.ts'
import type { EffectCursor } from './cursor.ts'
import { EffectList } from './effects.model.ts'
import { Effects } from './effects.ts'

/** What a cursor has not taken yet, with `|` for each line break. */
function textOf(cursor: EffectCursor): string {
  let text = ''
  cursor.take((bytes, start, end) => {
    text += Buffer.from(bytes.subarray(start, end)).toString('latin1')
  })
  return text.replaceAll('\r\n', '|')
}

function argsOf(...texts: string[]): Args {
  const args = new Args()
  const words = new Words()
  words.bytes = latin1(texts.join(' '))
  let at = 0
  for (const { length } of texts) {
    words.add(at, at + length)
    at += length + 1
  }
  args.words = words
  return args
}

function set(effects: Effects, key: string, value: string, database = 0): void {
  effects.commandEnd(database, argsOf('SET', key, value), true)
  effects.commit()
}

describe('the log of effects', () => {
  it('holds requests as the append-only file has them, and selects databases', () => {
    const effects = new Effects()
    const file = effects.open(TO_FILE)
    set(effects, 'a', '1')
    set(effects, 'b', 'a longer value of forty characters or so', 3)
    set(effects, 'c', '', 3)
    assert.equal(
      textOf(file),
      '*2|$6|SELECT|$1|0|*3|$3|SET|$1|a|$1|1|*2|$6|SELECT|$1|3|*3|$3|SET|$1|b|' +
        '$40|a longer value of forty characters or so|*3|$3|SET|$1|c|$0||',
    )
    assert.equal(textOf(file), '')
    assert.ok(file.isAtEnd)
  })

  it('puts units of several effects between MULTI and EXEC', () => {
    const effects = new Effects()
    const file = effects.open(TO_FILE)
    effects
      .state(0, 2)
      .word('DEL')
      .span(new Span(latin1('a')))
    assert.equal(textOf(file), '', 'a unit is taken as a whole')
    effects.state(0, 3).word('SREM').bytes(latin1('s')).number(-12)
    effects.commit()
    assert.equal(
      textOf(file),
      '*1|$5|MULTI|*2|$6|SELECT|$1|0|*2|$3|DEL|$1|a|*3|$4|SREM|$1|s|$3|-12|*1|$4|EXEC|',
    )
    for (const key of ['b', 'c']) effects.state(0, 2).word('DEL').word(key)
    effects.commit(false)
    assert.equal(textOf(file), '*2|$3|DEL|$1|b|*2|$3|DEL|$1|c|')
  })

  it('keeps what a command says of itself apart from what it is', () => {
    const effects = new Effects()
    const list = new EffectList(effects)
    effects
      .restate(0, 3)
      .word('SET')
      .word('k')
      .number(2n ** 62n)
    effects.commandEnd(0, argsOf('INCR', 'k'), true)
    effects.replace()
    effects.commandEnd(0, argsOf('SPOP', 's'), true)
    effects.commandEnd(0, argsOf('GET', 'k'), false)
    effects.commit()
    assert.deepEqual(list.lines, [`SET k ${2n ** 62n}`])
  })

  it('tells replicas what files have no use for', () => {
    const effects = new Effects()
    const [file, replica] = [effects.open(TO_FILE), effects.open(TO_REPLICAS)]
    effects.force(TO_REPLICAS)
    effects.commandEnd(0, argsOf('PUBLISH', 'c', 'm'), false)
    effects.commit()
    set(effects, 'a', '1')
    assert.equal(textOf(file), '*2|$6|SELECT|$1|0|*3|$3|SET|$1|a|$1|1|')
    const all = textOf(replica)
    assert.match(all, /PUBLISH.*SET/)
    assert.equal(replica.taken, all.replaceAll('|', '\r\n').length)
    // Both in one unit: each sees the frame of its transaction.
    effects.force(TO_REPLICAS)
    effects.commandEnd(0, argsOf('PUBLISH', 'c', 'm'), false)
    effects.commandEnd(0, argsOf('DEL', 'a'), true)
    effects.commit()
    assert.equal(textOf(file), '*1|$5|MULTI|*2|$3|DEL|$1|a|*1|$4|EXEC|')
    assert.match(textOf(replica), /^\*1\|\$5\|MULTI\|.*PUBLISH.*DEL.*EXEC\|$/)
  })

  it('says of each stretch where it comes from', () => {
    const effects = new Effects()
    const file = effects.open(TO_FILE)
    effects.origin = BY_CLIENT
    set(effects, 'a', '1')
    effects.origin = BY_PRIMARY
    set(effects, 'b', '1', 2)
    const runs: string[] = []
    file.take((_bytes, _start, _end, run) => runs.push(`${run.database} ${run.origin}`))
    assert.deepEqual([...new Set(runs)], ['0 0', '2 2'])
  })

  it('selects anew for who comes later, and writes nothing while nobody reads', () => {
    const effects = new Effects()
    const file = effects.open(TO_FILE)
    set(effects, 'a', '1')
    const later = effects.open(TO_REPLICAS)
    set(effects, 'b', '1')
    assert.equal(textOf(later), '*2|$6|SELECT|$1|0|*3|$3|SET|$1|b|$1|1|')
    effects.close(file)
    assert.ok(effects.armed)
    effects.close(later)
    assert.ok(!effects.armed)
  })

  it('carries values of any size from block to block, for cursors at any distance', () => {
    const effects = new Effects()
    const lists = [new EffectList(effects, TO_FILE), new EffectList(effects, TO_REPLICAS)]
    const expected: string[] = []
    let seed = 7
    const next = (below: number) => {
      seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff
      return seed % below
    }
    for (let i = 0; i < 3000; i++) {
      const value = 'v'.repeat(next(40) === 0 ? next(200_000) : next(300))
      const database = next(20) === 0 ? 1 : 0
      const unit = 1 + (next(5) === 0 ? next(4) : 0)
      if (unit > 1) expected.push('MULTI')
      for (let k = 0; k < unit; k++) {
        effects.commandEnd(database, argsOf('SET', `k${i}`, value), true)
        expected.push(`SET k${i} ${value}`)
      }
      if (unit > 1) expected.push('EXEC')
      effects.commit()
      if (next(10) === 0) assert.ok(lists[0]!.lines.length <= expected.length)
    }
    for (const list of lists) assert.deepEqual(list.lines, expected)
  })

  it('refuses an effect of fewer words than announced', () => {
    const effects = new Effects()
    effects.open(TO_ALL)
    effects.state(0, 3).word('SET').word('k')
    assert.throws(() => effects.commit(), /lacks 1 of its words/)
  })
})
