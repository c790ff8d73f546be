// codec.test.ts: lists in all the layouts of RDB, whole and damaged.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { HashKey } from '../../bytes/keys/hash.ts'
import { Ledger } from '../../bytes/memory/ledger.ts'
import { latin1, Span } from '../../bytes/memory/span.ts'
import { EMPTY_VALUE } from '../../engine/contract/datatype.ts'
import { Limits } from '../../engine/contract/limits.ts'
import { Random } from '../../engine/contract/random.ts'
import { saveWhole } from '../../engine/contract/save-steps.ts'
import { Access } from '../../engine/keyspace/access.ts'
import { noInterest } from '../../engine/keyspace/interest.ts'
import { Database } from '../../engine/keyspace/keyspace.ts'
import { RdbError, RdbReader } from '../../formats/rdb/reader.ts'
import { RdbWriter } from '../../formats/rdb/writer.ts'
import { listLimits } from './limits.ts'
import { listType } from './type.ts'

const limits = new Limits()
const ledger = new Ledger()
const db = new Database(0, {
  hashKey: new HashKey(1, 2),
  access: new Access(new Random(1)),
  ledger,
  noted: [],
  interest: noInterest,
  limits,
})
const key = spanOf('key')

function spanOf(text: string): Span {
  const bytes = latin1(text)
  return new Span(bytes, 0, bytes.length)
}

function elementsOf(ref: number): string[] {
  const elements: string[] = []
  listType.walk!(db, ref, (element) => elements.push(element.text()))
  return elements
}

/** The entry that a payload of a type is read as. */
function load(type: number, payload: Uint8Array): number {
  return listType.load(type, new RdbReader(payload), { db, key, ttl: 0 })
}

function save(ref: number): Uint8Array {
  const writer = new RdbWriter()
  saveWhole(listType, db, ref, writer)
  return writer.take()
}

function listOf(elements: readonly string[]): number {
  return listType.fromElements!({ db, key, ttl: 0 }, elements.length, (i) => spanOf(elements[i]!))
}

/** A ziplist of short texts and the integers 0 to 12. */
function ziplist(elements: readonly (string | number)[]): Uint8Array {
  const body: number[] = []
  let before = 0
  let last = 10
  for (const element of elements) {
    last = 10 + body.length
    const data = typeof element === 'number' ? [0xf1 + element] : textEntry(element)
    body.push(before, ...data)
    before = data.length + 1
  }
  const total = body.length + 11
  const head = [total & 255, total >> 8, 0, 0, last, 0, 0, 0, elements.length, 0]
  return new Uint8Array([...head, ...body, 255])
}

function textEntry(text: string): number[] {
  return [text.length, ...latin1(text)]
}

/** Payloads of every layout, with what they hold. */
function samples(): [type: number, payload: Uint8Array, elements: string[]][] {
  const plain = new RdbWriter()
  plain.writeLength(3)
  for (const text of ['a', '12345', 'x'.repeat(30)]) plain.writeString(spanOf(text))
  const packed = ziplist(['foo', 7, 'bar', 12, 'foo'])
  const single = new RdbWriter()
  single.writeStringBytes(packed, 0, packed.length)
  const several = new RdbWriter()
  several.writeLength(3)
  for (const list of [packed, ziplist([]), ziplist(['z'])]) {
    several.writeStringBytes(list, 0, list.length)
  }
  const five = ['foo', '7', 'bar', '12', 'foo']
  return [
    [1, plain.take(), ['a', '12345', 'x'.repeat(30)]],
    [10, single.take(), five],
    [14, several.take(), [...five, 'z']],
    ...savedSamples(),
  ]
}

/** What this type writes: a listpack, nodes, compressed nodes, an element that is a node. */
function savedSamples(): [type: number, payload: Uint8Array, elements: string[]][] {
  const elements = ['a', '1', '-70000', '9223372036854775807', 'b'.repeat(70), '', 'cd'.repeat(99)]
  const saved: [number, Uint8Array, string[]][] = []
  for (const [node, depth, outsized] of [
    [-2, 0, 0],
    [2, 0, 0],
    [2, 1, 0],
    [3, 0, 60],
  ] as const) {
    Object.assign(limits.of(listLimits), { node, depth, plain: outsized })
    const ref = listOf(elements)
    saved.push([18, save(ref), elements])
    db.remove(ref)
  }
  Object.assign(limits.of(listLimits), new Limits().of(listLimits))
  return saved
}

describe('a list in an RDB file', () => {
  it('is read in every layout, and written so that it reads back', () => {
    for (const [type, payload, elements] of samples()) {
      const ref = load(type, payload)
      assert.deepEqual(elementsOf(ref), elements)
      const again = save(ref)
      db.remove(ref)
      const second = load(18, again)
      assert.deepEqual(elementsOf(second), elements)
      assert.deepEqual(save(second), again)
      db.remove(second)
    }
  })

  it('is a listpack where it is small, but not where it was one ziplist', () => {
    for (const [type, payload] of samples()) {
      const ref = load(type, payload)
      const isOneNode = type !== 10 && payload[0] === 1
      assert.equal(listType.encoding(db, ref) === 'listpack', isOneNode || type === 1)
      db.remove(ref)
    }
  })

  it('may be empty, which is not damage', () => {
    const none = ziplist([])
    const writer = new RdbWriter()
    writer.writeStringBytes(none, 0, none.length)
    assert.equal(load(10, writer.take()), EMPTY_VALUE)
    for (const type of [1, 14, 18]) assert.equal(load(type, new Uint8Array([0])), EMPTY_VALUE)
  })

  it('is refused, or a list that holds together, when any byte of it is another', () => {
    const before = ledger.bytes
    let refused = 0
    let taken = 0
    for (const [type, payload] of samples()) {
      for (let i = 0; i < payload.length * 256; i++) {
        const damaged = payload.slice()
        damaged[i >> 8] = i & 255
        if (survives(type, damaged)) taken++
        else refused++
      }
    }
    assert.ok(refused > 50_000 && taken > 10_000, `${refused} refused, ${taken} taken`)
    assert.equal(ledger.bytes, before)
  })

  it('is refused when it ends anywhere early', () => {
    const before = ledger.bytes
    for (const [type, payload] of samples()) {
      for (let i = 0; i < payload.length; i++) {
        assert.equal(survives(type, payload.subarray(0, i)), false)
      }
    }
    assert.equal(ledger.bytes, before)
  })
})

/** Whether a payload is read; if so, what came of it is used and removed. */
function survives(type: number, payload: Uint8Array): boolean {
  let ref = 0
  try {
    ref = load(type, payload)
  } catch (error) {
    if (!(error instanceof RdbError)) throw error
  }
  if (ref <= 0) return false
  const elements = elementsOf(ref)
  assert.equal(listType.view(db, ref).count, elements.length)
  save(ref)
  db.remove(ref)
  return true
}
