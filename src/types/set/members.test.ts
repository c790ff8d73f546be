// members.test.ts: sets in all their forms against a naive twin, and members chosen at random.

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { HashKey } from '../../bytes/keys/hash.ts'
import { Ledger } from '../../bytes/memory/ledger.ts'
import { ScratchVector } from '../../bytes/memory/scratch-vector.ts'
import { Span } from '../../bytes/memory/span.ts'
import { Limits } from '../../engine/contract/limits.ts'
import { Random } from '../../engine/contract/random.ts'
import { Access } from '../../engine/keyspace/access.ts'
import { metaOf } from '../../engine/keyspace/entry.ts'
import { noInterest } from '../../engine/keyspace/interest.ts'
import { Database } from '../../engine/keyspace/keyspace.ts'
import { chooseDifferent, chooseInOrder } from './commands/choose.ts'
import { type SetLimits, setLimits } from './limits.ts'
import { Members } from './members.ts'
import { INTSET, LISTPACK, LooseRoom, SET_ID, TABLE } from './room.ts'
import { build, storeBuilt } from './store.ts'
import { setType } from './type.ts'

function span(text: string): Span {
  return new Span(Buffer.from(text, 'latin1'))
}

function database(limits: Limits): Database {
  const access = new Access(new Random(1))
  const parts = {
    hashKey: new HashKey(3, 4),
    access,
    limits,
    ledger: new Ledger(),
    noted: [],
    interest: noInterest,
  }
  return new Database(0, parts)
}

/** What a set does, by redis-server's rules, in the plainest way. */
class Twin {
  form: number
  members: string[] = []
  private readonly limits: SetLimits

  constructor(limits: SetLimits, form: number) {
    this.limits = limits
    this.form = form
  }

  add(member: string): boolean {
    if (this.members.includes(member)) return false
    const { integers, entries, value } = this.limits
    const isInteger = isInt64(member)
    const fits = member.length <= value && this.members.length < entries
    if (this.form === INTSET && !isInteger) {
      const isShort = this.members.every((each) => each.length <= value)
      this.form = fits && isShort ? LISTPACK : TABLE
    } else if (this.form === LISTPACK && !fits) this.form = TABLE
    this.members.push(member)
    if (this.form === INTSET) {
      this.members.sort((one, other) => (BigInt(one) < BigInt(other) ? -1 : 1))
      if (this.members.length > integers) this.form = TABLE
    }
    return true
  }

  remove(member: string): boolean {
    const at = this.members.indexOf(member)
    if (at >= 0) this.members.splice(at, 1)
    return at >= 0
  }
}

function isInt64(text: string): boolean {
  if (!/^(0|-?[1-9]\d*)$/.test(text)) return false
  const n = BigInt(text)
  return n === BigInt.asIntN(64, n)
}

function randomMember(random: Random, integers: boolean): string {
  const bits = [4, 8, 16, 33, 62][random.below(5)]!
  const n = (BigInt(random.bits()) << 32n) | BigInt(random.bits())
  if (integers || random.below(3) === 0) return String(BigInt.asIntN(bits, n))
  if (random.below(20) === 0) return 'x'.repeat(random.below(80))
  return `m${random.below(60)}`
}

function listed(set: Members): string[] {
  const members: string[] = []
  for (let place = set.first(); place !== 0; place = set.after(place)) {
    members.push(set.member(place).text())
  }
  return members
}

function compare(set: Members, twin: Twin): void {
  assert.equal(set.form, twin.form)
  assert.equal(set.count, twin.members.length)
  const own = listed(set)
  if (set.form === TABLE) assert.deepEqual(own.sort(), [...twin.members].sort())
  else {
    assert.deepEqual(own, twin.members)
    for (let i = 0; i < own.length; i += 7) assert.equal(set.member(set.at(i)).text(), own[i])
  }
}

function play(set: Members, twin: Twin, random: Random, integers: boolean): void {
  for (let i = 0; i < 400; i++) {
    const member = randomMember(random, integers && random.below(300) > 0)
    const action = random.below(10)
    if (action < 5) assert.equal(set.add(span(member)), twin.add(member), member)
    else if (action < 8) assert.equal(set.remove(span(member)), twin.remove(member), member)
    else assert.equal(set.has(span(member)), twin.members.includes(member), member)
    if (i % 20 === 0) compare(set, twin)
  }
  compare(set, twin)
}

function list(places: ScratchVector): number[] {
  return Array.from({ length: places.count }, (_, i) => places.at(i))
}

/** How often each member is among those chosen, in 4000 choices. */
function countPicks(set: Members, count: number, random: Random): Map<string, number> {
  const picks = new Map<string, number>()
  const places = new ScratchVector()
  for (let i = 0; i < 4000; i++) {
    chooseDifferent(set, count, random, places)
    assert.equal(new Set(list(places)).size, count)
    for (const place of list(places)) {
      const member = set.member(place).text()
      picks.set(member, (picks.get(member) ?? 0) + 1)
    }
  }
  return picks
}

describe('the members of a set', () => {
  it('are those of a naive twin, in an entry and without a key', () => {
    const random = new Random(5)
    for (let round = 0; round < 120; round++) {
      const all = new Limits()
      const limits = all.of(setLimits)
      limits.integers = [0, 3, 40, 512][random.below(4)]!
      limits.entries = [0, 2, 30, 128][random.below(4)]!
      limits.value = [0, 3, 20, 64][random.below(4)]!
      const db = database(all)
      const form = round % 2 === 0 ? INTSET : LISTPACK
      const loose = new Members().begin(db.parts, form, new LooseRoom())
      play(loose, new Twin(limits, form), random, round % 3 === 0)
      build(db.parts, form)
      const ref = storeBuilt(db, span('key'), 0)
      const set = new Members().bind(db, ref)
      play(set, new Twin(limits, form), random, round % 3 === 0)
      assert.equal(db.find(span('key')), set.ref)
      db.verify()
    }
  })

  it('are removed from a packed set all at once', () => {
    const random = new Random(6)
    const limits = new Limits()
    limits.of(setLimits).value = 100
    const db = database(limits)
    for (let round = 0; round < 200; round++) {
      const form = round % 2 === 0 ? INTSET : LISTPACK
      const set = new Members().begin(db.parts, form, new LooseRoom())
      for (let i = 0; i < 60; i++) set.add(span(randomMember(random, form === INTSET)))
      const before = listed(set)
      const places = new ScratchVector()
      chooseInOrder(set, 1 + random.below(set.count), random, places)
      const gone = new Set(list(places).map((place) => set.member(place).text()))
      set.removeAll(places)
      assert.deepEqual(
        listed(set),
        before.filter((member) => !gone.has(member)),
      )
      assert.equal(set.count, before.length - gone.size)
    }
  })

  it('are chosen with equal chance', () => {
    const random = new Random(7)
    const db = database(new Limits())
    for (const form of [INTSET, LISTPACK, TABLE]) {
      const set = new Members().begin(db.parts, form, new LooseRoom())
      for (let i = 0; i < 40; i++) set.add(span(String(i * 1000)))
      for (const count of [3, 30]) {
        const picks = countPicks(set, count, random)
        const expected = (4000 * count) / 40
        let chiSquared = 0
        for (const n of picks.values()) chiSquared += (n - expected) ** 2 / expected
        assert.ok(picks.size === 40 && chiSquared < 90, `${chiSquared} at 39 degrees of freedom`)
      }
    }
  })

  it('are copied without copying them', () => {
    const db = database(new Limits())
    build(db.parts, TABLE)
    const table = new Members().begin(db.parts, TABLE, new LooseRoom())
    for (let i = 0; i < 5000; i++) table.add(span(`member:${i}`))
    const ref = db.putObject(span('a'), 0, metaOf(SET_ID, 0, 0), table.table!)
    const copy = setType.copy(db, ref, { db, key: span('b'), ttl: 0 })
    const one = new Members().bind(db, ref)
    const other = new Members().bind(db, copy)
    one.remove(span('member:7'))
    other.add(span('more'))
    assert.equal(one.count, 4999)
    assert.equal(other.count, 5001)
    assert.ok(other.has(span('member:7')) && !one.has(span('more')))
    one.table!.verify()
    other.table!.verify()
  })
})
