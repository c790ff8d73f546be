// codec.test.ts: sets in the layouts of RDB: what is written is read, what is damaged is refused or
// is a set nonetheless.

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { HashKey } from '../../bytes/keys/hash.ts'
import { Ledger } from '../../bytes/memory/ledger.ts'
import { Span } from '../../bytes/memory/span.ts'
import { validateIntset } from '../../bytes/packed/intset.ts'
import { validateListpack } from '../../bytes/packed/listpack-check.ts'
import { EMPTY_VALUE } from '../../engine/contract/datatype.ts'
import { Limits } from '../../engine/contract/limits.ts'
import { Random } from '../../engine/contract/random.ts'
import { saveWhole } from '../../engine/contract/save-steps.ts'
import { Access } from '../../engine/keyspace/access.ts'
import { noInterest } from '../../engine/keyspace/interest.ts'
import { Database } from '../../engine/keyspace/keyspace.ts'
import { rdbType } from '../../formats/rdb/opcodes.ts'
import { RdbError, RdbReader } from '../../formats/rdb/reader.ts'
import { RdbWriter } from '../../formats/rdb/writer.ts'
import { setLimits } from './limits.ts'
import { Members } from './members.ts'
import { INTSET, LISTPACK } from './room.ts'
import { setType } from './type.ts'

const MANY = Array.from({ length: 200 }, (_, i) => `member:${i}`)

function span(text: string): Span {
  return new Span(Buffer.from(text, 'latin1'))
}

/** A database of one set after the other. */
class Shelf {
  readonly limits = new Limits()
  readonly ledger = new Ledger()
  readonly db: Database

  constructor() {
    const { limits, ledger } = this
    const access = new Access(new Random(1))
    const hashKey = new HashKey(3, 4)
    this.db = new Database(0, { hashKey, access, limits, ledger, noted: [], interest: noInterest })
  }

  clear(): void {
    const old = this.db.find(span('s'))
    if (old !== 0) this.db.remove(old)
  }

  load(type: number, payload: Uint8Array): number {
    this.clear()
    return setType.load(type, new RdbReader(payload), { db: this.db, key: span('s'), ttl: 0 })
  }

  /** A set of these members, in the form that its type gives it. */
  make(members: readonly string[]): number {
    const writer = new RdbWriter()
    writer.writeLength(members.length)
    for (const member of members) writer.writeString(span(member))
    return this.load(rdbType.set, writer.take())
  }

  save(ref: number, version = 12): { type: number; payload: Uint8Array } {
    const writer = new RdbWriter({ version })
    saveWhole(setType, this.db, ref, writer)
    return { type: setType.rdbType(this.db, ref, version), payload: writer.take() }
  }

  members(ref: number): string[] {
    const set = new Members().bind(this.db, ref)
    const members: string[] = []
    for (let place = set.first(); place !== 0; place = set.after(place)) {
      members.push(set.member(place).text())
    }
    return members
  }

  /** Checks that the entry is a set in order. */
  verify(ref: number): void {
    const set = new Members().bind(this.db, ref)
    const members = this.members(ref)
    assert.ok(members.length > 0)
    assert.equal(new Set(members).size, set.count)
    const { bytes, start, end } = set.span
    if (set.table !== null) set.table.verify()
    else if (set.form === INTSET) assert.ok(validateIntset(bytes, start, end))
    else assert.ok(validateListpack(bytes, start, end, true))
    for (const member of members) assert.ok(set.has(span(member)), member)
    this.db.verify()
  }
}

const samples: [name: string, members: string[], type: number][] = [
  ['an intset of two bytes', ['1', '2', '-300'], rdbType.setIntset],
  ['an intset of four bytes', ['1', '-70000', '5'], rdbType.setIntset],
  ['an intset of eight bytes', ['1', '5000000000', '-7'], rdbType.setIntset],
  ['a listpack', ['a', '12', 'bcd', '-70000', '', 'x'.repeat(40)], rdbType.setListpack],
  ['a hash table', ['long'.repeat(30), 'a', '1'], rdbType.set],
  ['a large hash table', MANY, rdbType.set],
]

describe('sets in RDB', () => {
  for (const [name, members, type] of samples) {
    it(`reads ${name} as it was written`, () => {
      const shelf = new Shelf()
      const ref = shelf.make(members)
      shelf.verify(ref)
      const encoding = setType.encoding(shelf.db, ref)
      const saved = shelf.save(ref)
      assert.equal(saved.type, type)
      const loaded = shelf.load(saved.type, saved.payload)
      shelf.verify(loaded)
      assert.equal(setType.encoding(shelf.db, loaded), encoding)
      assert.deepEqual(shelf.members(loaded).sort(), [...members].sort())
    })
  }

  it('writes a listpack as members for who does not know it', () => {
    const shelf = new Shelf()
    const ref = shelf.make(['a', '1', '-70000', '5000000000'])
    const saved = shelf.save(ref, 10)
    assert.equal(saved.type, rdbType.set)
    const loaded = shelf.load(saved.type, saved.payload)
    assert.deepEqual(shelf.members(loaded), ['a', '1', '-70000', '5000000000'])
    assert.equal(shelf.save(shelf.make(['1', '2']), 10).type, rdbType.setIntset)
  })

  it('makes a table of what the settings do not allow packed', () => {
    const shelf = new Shelf()
    const integers = shelf.save(shelf.make(['1', '2', '3']))
    const texts = shelf.save(shelf.make(['a', 'b', 'c']))
    shelf.limits.of(setLimits).integers = 2
    shelf.limits.of(setLimits).entries = 2
    for (const { type, payload } of [integers, texts]) {
      const ref = shelf.load(type, payload)
      shelf.verify(ref)
      assert.equal(setType.encoding(shelf.db, ref), 'hashtable')
    }
  })

  it('refuses members that are there twice, and sees sets without any', () => {
    const shelf = new Shelf()
    assert.equal(shelf.make(['a', 'b', 'a']), 0)
    assert.equal(shelf.make(['1', '2', '1']), 0)
    assert.equal(shelf.make([...MANY, 'member:7']), 0)
    assert.equal(shelf.make([]), EMPTY_VALUE)
    // 'a' as text, and 1 as an integer and as text.
    const twice = [14, 0, 0, 0, 3, 0, 1, 1, 0x81, 0x61, 2, 0x81, 0x31, 2, 0xff]
    twice[0] = twice.length
    assert.equal(shelf.load(rdbType.setListpack, Uint8Array.of(twice.length, ...twice)), 0)
    const empty = Uint8Array.of(7, 7, 0, 0, 0, 0, 0, 0xff)
    assert.equal(shelf.load(rdbType.setListpack, empty), EMPTY_VALUE)
    assert.equal(shelf.load(rdbType.setIntset, Uint8Array.of(8, 2, 0, 0, 0, 0, 0, 0, 0)), 0)
    shelf.clear()
    assert.equal(shelf.db.size, 0)
  })

  for (const [name, members] of samples) {
    it(`refuses ${name} with a damaged byte, or reads a set`, () => {
      const shelf = new Shelf()
      const { type, payload } = shelf.save(shelf.make(members))
      shelf.clear()
      const before = shelf.ledger.bytes
      for (let i = 0; i < payload.length; i++) {
        for (const flip of payload.length > 500 ? [1, 128] : [1, 2, 4, 8, 16, 32, 64, 128, 255]) {
          const damaged = payload.slice()
          damaged[i]! ^= flip
          for (const other of [type, rdbType.set, rdbType.setIntset, rdbType.setListpack]) {
            loadDamaged(shelf, other, damaged)
          }
        }
        for (const other of setType.rdbTypes) loadDamaged(shelf, other, payload.subarray(0, i))
      }
      shelf.clear()
      // Nothing of what was refused is still held.
      assert.equal(shelf.ledger.bytes, before)
    })
  }
})

function loadDamaged(shelf: Shelf, type: number, payload: Uint8Array): void {
  let ref = 0
  try {
    ref = shelf.load(type, payload)
  } catch (error) {
    assert.ok(error instanceof RdbError)
  }
  if (ref <= 0) return
  const set = new Members().bind(shelf.db, ref)
  const isSmall = set.form === LISTPACK || set.count < 10
  if (isSmall) shelf.verify(ref)
}
