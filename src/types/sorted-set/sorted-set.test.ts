// sorted-set.test.ts: sorted sets in both forms against a sorted array, their copies, their saving.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Stage } from '#test/support/stage.js'
import { Span } from '../../bytes/memory/span.ts'
import {
  LISTPACK_END,
  LISTPACK_HEADER,
  setListpackHeader,
  writeListpackEntry,
} from '../../bytes/packed/listpack.ts'
import { validateListpack } from '../../bytes/packed/listpack-check.ts'
import { Random } from '../../engine/contract/random.ts'
import { saveWhole } from '../../engine/contract/save-steps.ts'
import type { Database } from '../../engine/keyspace/keyspace.ts'
import { rdbType } from '../../formats/rdb/opcodes.ts'
import { RdbReader } from '../../formats/rdb/reader.ts'
import { RdbWriter } from '../../formats/rdb/writer.ts'
import { NameRange, ScoreRange } from './commands/bounds.ts'
import { digitsOf } from './commands/digits.ts'
import type { RankedSet } from './large.ts'
import { sortedSetLimits } from './limits.ts'
import { createPacked, createRanked, isSmall, SortedSet } from './sorted-set.ts'
import { sortedSetType } from './type.ts'

type Pair = { readonly name: string; readonly score: number }

const encoder = new TextEncoder()
const key = spanOf('key')

function spanOf(text: string): Span {
  return new Span(encoder.encode(text))
}

function newDatabase(): Database {
  return new Stage().engine.databases[0]!
}

function listpackOf(elements: string[]): Uint8Array {
  const bytes = new Uint8Array(1000)
  let at = LISTPACK_HEADER
  for (const element of elements) at = writeListpackEntry(bytes, at, spanOf(element))
  bytes[at] = LISTPACK_END
  setListpackHeader(bytes, 0, at + 1, elements.length)
  return bytes.slice(0, at + 1)
}

function shown(db: Database, ref: number): string {
  const set = new SortedSet().bind(db, ref)
  const words: string[] = []
  set.seek(0)
  for (let i = 0; i < set.count; i++, set.next()) {
    words.push(set.member.text(), String(set.score).replace('Infinity', 'inf'))
  }
  return words.join(' ')
}

function order(a: Pair, b: Pair): number {
  if (a.score !== b.score) return a.score < b.score ? -1 : 1
  return Buffer.compare(encoder.encode(a.name), encoder.encode(b.name))
}

/** A sorted set under the key `key`, and its naive twin. */
class Ranked {
  readonly db: Database
  readonly set = new SortedSet()
  twin: Pair[] = []
  ref = 0

  constructor(db: Database) {
    this.db = db
  }

  put(name: string, score: number): void {
    const member = spanOf(name)
    const place = this.twin.findIndex((pair) => pair.name === name)
    if (this.ref === 0) {
      const create = isSmall(this.db, 1, member) ? createPacked : createRanked
      this.ref = create(this.db, key, member, score)
    } else {
      this.set.bind(this.db, this.ref)
      const before = this.set.find(member)
      assert.equal(before, place < 0 ? NaN : this.twin[place]!.score)
      if (place < 0) this.set.add(member, score)
      else if (before !== score) this.set.change(score)
      this.ref = this.set.ref
    }
    if (place >= 0) this.twin.splice(place, 1)
    this.twin.push({ name, score })
    this.twin.sort(order)
  }

  remove(name: string): void {
    this.set.bind(this.db, this.ref)
    const place = this.twin.findIndex((pair) => pair.name === name)
    const score = this.set.find(spanOf(name))
    assert.equal(score, place < 0 ? NaN : this.twin[place]!.score)
    if (place < 0) return
    assert.equal(this.set.rank(), place)
    this.cut(place, 1, () => this.set.drop())
  }

  removeRange(place: number, count: number): void {
    this.set.bind(this.db, this.ref)
    this.cut(place, count, () => this.set.removeRange(place, count))
  }

  look(random: Random): void {
    const { set, twin } = this
    set.bind(this.db, this.ref)
    const place = random.below(twin.length)
    const { score } = twin[place]!
    assert.equal(set.countBelow(score, false), twin.filter((pair) => pair.score < score).length)
    assert.equal(set.countBelow(score, true), twin.filter((pair) => pair.score <= score).length)
    set.seek(place)
    for (let i = place; i < twin.length; i++, set.next()) this.stand(i)
    set.seek(place)
    for (let i = place; i >= 0; i--, set.previous()) this.stand(i)
    this.lookAtRange(random)
  }

  check(): void {
    const { db, ref, set, twin } = this
    db.verify()
    if (ref === 0) return
    set.bind(db, ref)
    assert.equal(set.count, twin.length)
    if (set.isPacked) {
      const { bytes, start, end } = db.value(ref, new Span())
      assert.ok(validateListpack(bytes, start, end, true))
    } else (db.object(ref) as RankedSet).verify()
    set.seek(0)
    for (let i = 0; i < twin.length; i++, set.next()) this.stand(i)
  }

  private lookAtRange(random: Random): void {
    const { set, twin } = this
    const limits = [random.below(2) ? '(' : '', random.below(2) ? '(' : ''].map((open) =>
      spanOf(`${open}${twin[random.below(twin.length)]!.score}`.replace('Infinity', 'inf')),
    )
    const range = new ScoreRange().read(limits[0]!, limits[1]!)
    const inside = twin.filter(({ score }) => range.isAboveMin(score) && range.isBelowMax(score))
    assert.equal(set.countScored(range), inside.length)
    const most = random.below(2) ? 3 : 1000
    for (const backwards of [false, true]) {
      const count = set.seekScored(range, backwards, most)
      assert.equal(count, Math.min(most, inside.length))
      if (count > 0) this.stand(twin.indexOf(inside.at(backwards ? -1 : 0)!))
    }
  }

  private stand(place: number): void {
    assert.equal(this.set.member.text(), this.twin[place]!.name)
    assert.equal(this.set.score, this.twin[place]!.score)
  }

  /** The last members go with the entry, as commands let them. */
  private cut(place: number, count: number, remove: () => void): void {
    if (count === this.twin.length) {
      this.db.remove(this.ref)
      this.ref = 0
    } else {
      remove()
      this.ref = this.set.ref
    }
    this.twin.splice(place, count)
  }
}

const special = [Infinity, -Infinity, 0, 1, -1, 0.5, 1e300, 5e18, 2 ** 53, 123456789, -70000]

function scoreOf(random: Random): number {
  return random.below(3) > 0 ? special[random.below(special.length)]! : random.fraction() * 1000
}

function change(ranked: Ranked, random: Random, growing: boolean): void {
  const { length } = ranked.twin
  const dice = random.fraction()
  const name = String(random.below(400)) + (random.below(2) > 0 ? 'x'.repeat(random.below(9)) : '')
  if (length === 0 || dice < (growing ? 0.7 : 0.3)) ranked.put(name, scoreOf(random))
  else if (dice < 0.8) ranked.remove(ranked.twin[random.below(length)]!.name)
  else if (dice < 0.9) ranked.remove(name)
  else {
    const place = random.below(length)
    ranked.removeRange(place, 1 + random.below(Math.min(4, length - place)))
  }
}

describe('a sorted set', () => {
  for (const entries of [0, 20, 100_000]) {
    it(`is a sorted array through 8,000 changes where ${entries} members are few`, () => {
      const random = new Random(entries + 5)
      const db = newDatabase()
      db.parts.limits.of(sortedSetLimits).entries = entries
      const ranked = new Ranked(db)
      for (let step = 0; step < 8000; step++) {
        change(ranked, random, Math.floor(step / 500) % 2 === 0)
        if (step % 50 === 0 && ranked.ref !== 0) ranked.look(random)
        if (step % 500 === 0) ranked.check()
      }
      ranked.check()
    })
  }

  it('keeps its order while records move, and gives all memory back', () => {
    const random = new Random(2)
    const db = newDatabase()
    const before = db.parts.ledger.bytes
    const ranked = new Ranked(db)
    ranked.put('first', 0)
    const { set } = ranked
    set.bind(db, ranked.ref)
    for (let i = 0; i < 50_000; i++) {
      const name = spanOf(`member ${i}`)
      set.find(name)
      set.add(name, random.below(100))
    }
    for (let i = 0; i < 45_000; i++) {
      if (!Number.isNaN(set.find(spanOf(`member ${(i * 7919) % 50_000}`)))) set.drop()
      if (i % 9000 === 0) (db.object(set.ref) as RankedSet).verify()
    }
    set.removeRange(1000, 2500)
    const left = db.object(set.ref) as RankedSet
    left.verify()
    assert.ok(left.memory < 1_000_000, `${left.memory} bytes for ${left.count} members`)
    db.remove(set.ref)
    assert.equal(db.parts.ledger.bytes, before)
  })

  it('is copied without its members, and the copy changes alone', () => {
    const db = newDatabase()
    const ranked = new Ranked(db)
    ranked.put('first', 0)
    const { set } = ranked
    set.bind(db, ranked.ref)
    for (let i = 0; i < 20_000; i++) {
      set.find(spanOf(`member ${i}`))
      set.add(spanOf(`member ${i}`), i)
    }
    const ref = set.ref
    const copy = sortedSetType.copy(db, ref, { db, key: spanOf('copy'), ttl: 0 })
    const other = new SortedSet().bind(db, copy)
    for (let i = 0; i < 20_000; i += 2) {
      set.find(spanOf(`member ${i}`))
      set.drop()
      other.find(spanOf(`member ${i + 1}`))
      other.change(-i)
    }
    assert.equal(set.count, 10_001)
    assert.equal(other.count, 20_001)
    for (const entry of [ref, copy]) (db.object(entry) as RankedSet).verify()
  })

  it('comes back from what it was saved as', () => {
    const random = new Random(4)
    for (const entries of [0, 128]) {
      const db = newDatabase()
      db.parts.limits.of(sortedSetLimits).entries = entries
      const ranked = new Ranked(db)
      for (let i = 0; i < 100; i++) ranked.put(String(random.below(1000)), scoreOf(random))
      const writer = new RdbWriter()
      const type = sortedSetType.rdbType(db, ranked.ref, writer.version)
      saveWhole(sortedSetType, db, ranked.ref, writer)
      const saved = writer.take()
      const again = spanOf('again')
      const ref = sortedSetType.load(type, new RdbReader(saved), { db, key: again, ttl: 0 })
      const twin = new Ranked(db)
      twin.ref = ref
      twin.twin = ranked.twin
      twin.check()
      writer.reset()
      saveWhole(sortedSetType, db, ref, writer)
      assert.equal(sortedSetType.rdbType(db, ref, writer.version), type)
      assert.deepEqual(writer.take(), saved)
    }
  })

  it('takes a listpack as it is, or brings it into order, or refuses it', () => {
    const cases: [pairs: string, result: string | 0][] = [
      ['a 1 b 1 c 2.5', 'a 1 b 1 c 2.5'],
      ['7 -1 a -1 aa -1', '7 -1 a -1 aa -1'],
      ['b 1 a 1', 'a 1 b 1'],
      ['a 2 b 1', 'b 1 a 2'],
      ['a inf b -inf', 'b -inf a inf'],
      ['a 1x b 2', 'a 1 b 2'],
      ['a 1 a 1', 0],
      ['a 1 b 2 a 3', 0],
      ['7 1 8 2 7 3', 0],
      ['a nan', 0],
    ]
    for (const [pairs, result] of cases) {
      const db = newDatabase()
      const writer = new RdbWriter()
      writer.writeString(new Span(listpackOf(pairs.split(' '))))
      const from = new RdbReader(writer.take())
      const ref = sortedSetType.load(rdbType.zsetListpack, from, { db, key, ttl: 0 })
      assert.equal(ref === 0 ? 0 : shown(db, ref), result, pairs)
    }
  })

  it('counts names of one score in both forms alike', () => {
    const random = new Random(6)
    const sets = [0, 1000].map((entries) => {
      const db = newDatabase()
      db.parts.limits.of(sortedSetLimits).entries = entries
      const ranked = new Ranked(db)
      for (let i = 0; i < 200; i++) ranked.put(((i * 37) % 500).toString(7), 0)
      return ranked
    })
    const limit = () => {
      const kind = random.below(6)
      if (kind < 2) return spanOf('-+'[kind]!)
      return spanOf('[('[kind % 2]! + random.below(500).toString(7))
    }
    for (let i = 0; i < 3000; i++) {
      const range = new NameRange().read(limit(), limit())
      const offset = random.below(4)
      const backwards = random.below(2) > 0
      const answers = sets.map(({ set, db, ref }) => {
        const count = set.bind(db, ref).countNamed(range, offset, backwards)
        return count === 0 ? [0] : [count, set.firstNamed]
      })
      assert.deepEqual(answers[0], answers[1])
    }
  })
})

describe('the digits of a score', () => {
  it('are seventeen, without the zeros behind them', () => {
    const digits = [
      [0.1, '0.10000000000000001'],
      [1e300, '1.0000000000000001e+300'],
      [-1e-5, '-1.0000000000000001e-05'],
      [0.0001, '0.0001'],
      [123456789, '123456789'],
      [1e17, '1e+17'],
      [2 ** 53, '9007199254740992'],
      [0.1 + 0.2, '0.30000000000000004'],
      [5e-324, '4.9406564584124654e-324'],
      [-0, '-0'],
      [0, '0'],
      [Infinity, 'inf'],
      [-Infinity, '-inf'],
      [100, '100'],
      [1.5, '1.5'],
    ] as const
    for (const [score, text] of digits) {
      assert.equal(Buffer.from(digitsOf(score)).toString('latin1'), text)
    }
  })
})
