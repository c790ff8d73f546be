// agenda.test.ts: an agenda against a Map of times.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Ledger } from '../memory/ledger.ts'
import { Agenda } from './agenda.ts'

/** A generator of the same numbers each time. */
function dice(seed: number): (limit: number) => number {
  let state = seed
  return (limit) => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0
    return Math.floor((state / 2 ** 32) * limit)
  }
}

/** An agenda and its naive twin. */
class Pair {
  readonly twin: Map<number, number>
  readonly agenda: Agenda

  constructor(agenda: Agenda, twin = new Map<number, number>()) {
    this.agenda = agenda
    this.twin = twin
  }

  compare(): void {
    const { agenda, twin } = this
    agenda.verify()
    assert.equal(agenda.count, twin.size)
    const earliest = Math.min(...twin.values())
    assert.equal(agenda.next, earliest)
    const before = [...twin.values()].filter((time) => time < earliest + 30).length
    assert.equal(agenda.countBefore(earliest + 30), before)
    if (twin.size > 0) assert.equal(twin.get(agenda.first), earliest)
    else assert.equal(agenda.first, 0)
    for (const [ref, time] of twin) assert.equal(agenda.at(ref), time)
  }

  step(pick: (limit: number) => number): void {
    const { agenda, twin } = this
    const refs = [...twin.keys()]
    const any = () => refs[pick(refs.length)] ?? 8
    const kind = pick(10)
    if (kind < 4) {
      const ref = (pick(2 ** 31) << 1) | 8
      const time = pick(3) === 0 ? pick(50) : pick(2 ** 32) * 40_000
      agenda.set(ref, time)
      twin.set(ref, time)
    } else if (kind < 6) {
      const ref = any()
      const time = pick(2 ** 32) * 40_000
      agenda.set(ref, time)
      twin.set(ref, time)
    } else if (kind < 9) {
      const ref = pick(4) === 0 ? agenda.first : any()
      assert.equal(agenda.delete(ref), twin.delete(ref))
    } else this.move(any(), (pick(2 ** 31) << 1) | 16)
  }

  private move(from: number, to: number): void {
    const { agenda, twin } = this
    if (twin.has(to)) return
    agenda.move(from, to)
    const time = twin.get(from)
    twin.delete(from)
    if (time !== undefined) twin.set(to, time)
  }
}

describe('Agenda', () => {
  it('does what a Map of times does', () => {
    for (let seed = 1; seed <= 20; seed++) {
      const pick = dice(seed)
      const ledger = new Ledger()
      const pair = new Pair(new Agenda(ledger))
      for (let i = 0; i < 400; i++) {
        pair.step(pick)
        if (i % 8 === 0) pair.compare()
        assert.equal(ledger.bytes, pair.agenda.memory)
      }
      for (const ref of pair.twin.keys()) assert.ok(pair.agenda.delete(ref))
      assert.equal(pair.agenda.memory, 0)
    }
  })

  it('hands out the refs in the order of their times', () => {
    const pick = dice(99)
    const agenda = new Agenda(new Ledger())
    for (let ref = 1; ref <= 50_000; ref++) agenda.set(ref, pick(1_000_000))
    agenda.verify()
    let last = 0
    for (let left = 50_000; left > 0; left--) {
      assert.ok(agenda.next >= last)
      last = agenda.next
      assert.ok(agenda.delete(agenda.first))
    }
    assert.equal(agenda.next, Infinity)
  })

  it('clones by sharing, and either side changes its own', () => {
    const pick = dice(5)
    const ledger = new Ledger()
    const pair = new Pair(new Agenda(ledger))
    for (let i = 0; i < 600; i++) pair.step(pick)
    const clone = new Pair(pair.agenda.clone(), new Map(pair.twin))
    for (let i = 0; i < 300; i++) {
      pair.step(pick)
      clone.step(pick)
    }
    pair.compare()
    clone.compare()
    pair.agenda.clear()
    clone.compare()
    clone.agenda.clear()
    assert.equal(ledger.bytes, 0)
  })

  it('is small when it holds nothing', () => {
    const ledger = new Ledger()
    const agenda = new Agenda(ledger)
    assert.equal(agenda.memory, 0)
    assert.equal(agenda.at(5), -1)
    assert.equal(agenda.delete(5), false)
    agenda.move(5, 6)
    agenda.set(5, 2 ** 48 - 2)
    assert.equal(agenda.at(5), 2 ** 48 - 2)
    assert.ok(agenda.delete(5))
    assert.equal(ledger.bytes, 0)
  })
})
