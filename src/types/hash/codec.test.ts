// codec.test.ts: hashes in the layouts of RDB: what is written is read, what is damaged is refused
// or is a hash nonetheless.

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { HashKey } from '../../bytes/keys/hash.ts'
import { Ledger } from '../../bytes/memory/ledger.ts'
import { Span } from '../../bytes/memory/span.ts'
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
import { Hash } from './hash.ts'
import { hashLimits } from './limits.ts'
import { hashType } from './type.ts'

const NOW = 4_000_000_000_000

/** Field, value and time, 0 for never. */
type Fact = readonly [field: string, value: string, time?: number]

function span(text: string): Span {
  return new Span(Buffer.from(text, 'latin1'))
}

/** A database of one hash after the other. */
class Shelf {
  readonly limits = new Limits()
  readonly db: Database
  private readonly access = new Access(new Random(1))

  constructor() {
    this.access.setTime(NOW)
    const { access, limits } = this
    const hashKey = new HashKey(3, 4)
    this.db = new Database(0, {
      hashKey,
      access,
      limits,
      ledger: new Ledger(),
      noted: [],
      interest: noInterest,
    })
  }

  /** Writes facts as a payload of that type, as somebody else would. */
  load(type: number, payload: Uint8Array): number {
    const old = this.db.find(span('h'))
    if (old !== 0) this.db.remove(old)
    return hashType.load(type, new RdbReader(payload), { db: this.db, key: span('h'), ttl: 0 })
  }

  save(ref: number, version = 12): { type: number; payload: Uint8Array } {
    const writer = new RdbWriter({ version })
    saveWhole(hashType, this.db, ref, writer)
    return { type: hashType.rdbType(this.db, ref, version), payload: writer.take() }
  }

  facts(ref: number): Fact[] {
    const hash = new Hash().bind(this.db, ref)
    const facts: Fact[] = []
    for (let place = hash.first; place !== 0; place = hash.after(place)) {
      facts.push([hash.field(place).text(), hash.value(place).text(), hash.time(place)])
    }
    return facts
  }

  /** Checks that the entry is a hash in order. */
  verify(ref: number): void {
    const hash = new Hash().bind(this.db, ref)
    const facts = this.facts(ref)
    assert.equal(new Set(facts.map(([field]) => field)).size, hash.count)
    assert.ok(hash.count > 0)
    const times = facts.flatMap(([, , time]) => (time ? [time] : []))
    assert.equal(this.db.agenda.at(ref), times.length === 0 ? -1 : Math.min(...times))
    if (hash.table !== null) hash.table.fields.verify()
    else {
      const { bytes, start, end } = hash.packed.span
      assert.ok(validateListpack(bytes, start, end, true))
    }
    this.db.verify()
  }
}

function pairs(type: number, facts: readonly Fact[]): Uint8Array {
  const writer = new RdbWriter()
  if (type === rdbType.hashMetadata) writer.writeMilliseconds(NOW)
  writer.writeLength(facts.length)
  for (const [field, value, time = 0] of facts) {
    const base = type === rdbType.hashMetadata ? NOW - 1 : 0
    if (type !== rdbType.hash) writer.writeLength(time === 0 ? 0 : time - base)
    writer.writeString(span(field))
    writer.writeString(span(value))
  }
  return writer.take()
}

function zipmap(facts: readonly Fact[]): Uint8Array {
  const parts = facts.map(([field, value]) =>
    Buffer.from(`${letter(field)}${field}${letter(value)}\0${value}`, 'latin1'),
  )
  const map = Buffer.concat([Buffer.of(facts.length), ...parts, Buffer.of(255)])
  const writer = new RdbWriter()
  writer.writeString(new Span(map))
  return writer.take()
}

function letter(text: string): string {
  return String.fromCharCode(text.length)
}

function ziplist(facts: readonly Fact[]): Uint8Array {
  const entries: Buffer[] = []
  let before = 0
  let tail = 10
  for (const text of facts.flatMap(([field, value]) => [field, value] as const)) {
    if (entries.length > 0) tail += before
    const entry = Buffer.from(`${String.fromCharCode(before, text.length)}${text}`, 'latin1')
    entries.push(entry)
    before = entry.length
  }
  const list = Buffer.concat([Buffer.alloc(10), ...entries, Buffer.of(255)])
  list.writeUInt32LE(list.length, 0)
  list.writeUInt32LE(tail, 4)
  list.writeUInt16LE(entries.length, 8)
  const writer = new RdbWriter()
  writer.writeString(new Span(list))
  return writer.take()
}

const plain: Fact[] = [
  ['a', '1', 0],
  ['name', 'Ada', 0],
  ['-5', '9223372036854775807', 0],
  ['', '', 0],
]
const timed: Fact[] = [
  ['soon', '1', NOW + 5],
  ['late', 'x', NOW + 5000],
  ['never', '300000', 0],
]
const long: Fact[] = [...plain, ['long', 'y'.repeat(80), 0]]

describe('a saved hash', () => {
  it('is read back from every layout that is written', () => {
    const shelf = new Shelf()
    const cases: [facts: Fact[], entries: number, from: number, type: number][] = [
      [plain, 512, rdbType.hash, rdbType.hashListpack],
      [plain, 3, rdbType.hash, rdbType.hash],
      [long, 512, rdbType.hash, rdbType.hash],
      [timed, 512, rdbType.hashMetadata, rdbType.hashListpackEx],
      [timed, 2, rdbType.hashMetadata, rdbType.hashMetadata],
      [timed, 2, rdbType.hashMetadataPreRelease, rdbType.hashMetadata],
    ]
    for (const [facts, entries, from, type] of cases) {
      shelf.limits.of(hashLimits).entries = entries
      const first = shelf.load(from, pairs(from, facts))
      assert.notEqual(first, 0)
      assert.deepEqual(shelf.facts(first).sort(), [...facts].sort())
      const saved = shelf.save(first)
      assert.equal(saved.type, type)
      const second = shelf.load(saved.type, saved.payload)
      assert.deepEqual(shelf.facts(second).sort(), [...facts].sort())
      shelf.verify(second)
    }
  })

  it('is read from what older servers wrote', () => {
    const shelf = new Shelf()
    for (const entries of [512, 2]) {
      shelf.limits.of(hashLimits).entries = entries
      for (const [type, payload] of [
        [rdbType.hashZipmap, zipmap(plain)],
        [rdbType.hashZiplist, ziplist(plain)],
      ] as const) {
        const ref = shelf.load(type, payload)
        assert.deepEqual(shelf.facts(ref), plain)
        assert.equal(hashType.encoding(shelf.db, ref), entries === 2 ? 'hashtable' : 'listpack')
        shelf.verify(ref)
      }
    }
  })

  it('loses its times, and what is due, for readers that know none', () => {
    const shelf = new Shelf()
    const facts: Fact[] = [['gone', '1', NOW - 1], ...timed]
    const left = timed.map(([field, value]): Fact => [field, value, 0])
    for (const entries of [512, 2]) {
      shelf.limits.of(hashLimits).entries = entries
      const ref = shelf.load(
        rdbType.hashMetadataPreRelease,
        pairs(rdbType.hashMetadataPreRelease, facts),
      )
      const saved = shelf.save(ref, 10)
      assert.equal(saved.type, rdbType.hash)
      assert.deepEqual(shelf.facts(shelf.load(saved.type, saved.payload)).sort(), left.sort())
    }
  })

  it('is refused when a field is there twice', () => {
    const shelf = new Shelf()
    const twice: Fact[] = [...plain, ['name', 'Eve', 0]]
    for (const entries of [512, 2]) {
      shelf.limits.of(hashLimits).entries = entries
      assert.equal(shelf.load(rdbType.hash, pairs(rdbType.hash, twice)), 0)
      assert.equal(shelf.load(rdbType.hashMetadata, pairs(rdbType.hashMetadata, twice)), 0)
      assert.equal(shelf.load(rdbType.hashZipmap, zipmap(twice)), 0)
      assert.equal(shelf.load(rdbType.hashZiplist, ziplist(twice)), 0)
      for (const type of [rdbType.hash, rdbType.hashMetadata]) {
        assert.equal(shelf.load(type, pairs(type, [])), EMPTY_VALUE)
      }
    }
    assert.equal(shelf.db.size, 0)
    assert.equal(shelf.db.objects.count, 0)
  })

  it('is never half read, whichever byte of it is wrong', () => {
    const shelf = new Shelf()
    const payloads: { type: number; payload: Uint8Array }[] = [
      { type: rdbType.hashZipmap, payload: zipmap(plain) },
      { type: rdbType.hashZiplist, payload: ziplist(plain) },
    ]
    for (const facts of [plain, timed, long]) {
      const type = rdbType.hashMetadataPreRelease
      payloads.push(shelf.save(shelf.load(type, pairs(type, facts))))
      shelf.limits.of(hashLimits).entries = 2
      payloads.push(shelf.save(shelf.load(type, pairs(type, facts))))
      shelf.limits.of(hashLimits).entries = 512
    }
    let accepted = 0
    for (const { type, payload } of payloads) {
      for (const damaged of damages(payload)) if (tryLoad(shelf, type, damaged)) accepted++
    }
    assert.ok(accepted > 100, 'a change inside a text is none of our business')
  })
})

/** The payload with each of its bytes wrong in some ways, and cut off at each. */
function* damages(payload: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < payload.length; at++) {
    yield payload.subarray(0, at)
    for (const byte of [0, 1, 0x7f, 0x80, 0xc3, 0xf0, 0xff, payload[at]! ^ 1]) {
      const damaged = Uint8Array.from(payload)
      damaged[at] = byte
      yield damaged
    }
  }
}

/** Whether a payload is read; if so, as a hash in order, else nothing is left behind. */
function tryLoad(shelf: Shelf, type: number, payload: Uint8Array): boolean {
  let ref = 0
  try {
    ref = shelf.load(type, payload)
  } catch (error) {
    assert.ok(error instanceof RdbError, String(error))
  }
  if (ref > 0) shelf.verify(ref)
  else assert.equal(shelf.db.size + shelf.db.objects.count, 0)
  return ref > 0
}
