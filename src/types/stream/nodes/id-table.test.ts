// id-table.test.ts: the table against a naive twin: a sorted array of numbers and values.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Ledger } from '../../../bytes/memory/ledger.ts'
import { Random } from '../../../engine/contract/random.ts'
import { newId, setMilliseconds } from '../id.ts'
import { IdTable, Place } from './id-table.ts'
import { countRadixNodes } from './radix.ts'

type Twin = { key: number; value: number }[]

const WIDTH = 6
const random = new Random(9)
const below = (n: number) => random.below(n)
const id = newId()
const place = new Place()

function idOf(key: number) {
  setMilliseconds(id, Math.floor(key / 8))
  id[3] = key % 8
  return id
}

function listed(table: IdTable): Twin {
  const twin: Twin = []
  for (let more = table.first(place); more; more = table.next(place)) {
    const words = table.words(place)
    const at = table.offset(place)
    twin.push({ key: words[at + 1]! * 8 + words[at + 3]!, value: words[at + 5]! })
  }
  return twin
}

function set(table: IdTable, twin: Twin, key: number, value: number): void {
  const known = twin.find((record) => record.key === key)
  assert.equal(table.find(idOf(key), 0, place), known !== undefined)
  if (known === undefined) {
    const words = table.insert(id, 0, place)
    assert.equal(words[table.offset(place) + 5], 0)
    twin.splice(twin.findIndex((record) => record.key > key) >>> 0, 0, { key, value })
  } else known.value = value
  table.writable(place)[table.offset(place) + 5] = value
}

function remove(table: IdTable, twin: Twin, key: number): void {
  const index = twin.findIndex((record) => record.key === key)
  assert.equal(table.find(idOf(key), 0, place), index >= 0)
  if (index < 0) return
  table.remove(place)
  twin.splice(index, 1)
  assert.equal(table.isEnd(place), index === twin.length)
  if (index < twin.length) {
    const next = twin[index]!
    assert.equal(table.words(place)[table.offset(place) + 5], next.value)
  }
}

type Pair = { table: IdTable; twin: Twin }

/** Changes a clone, and goes on with one of the two; the other one is given up. */
function branch({ table, twin }: Pair, ledger: Ledger, range: number): Pair {
  const clone = table.clone(ledger)
  const copy = twin.map((record) => ({ ...record }))
  for (let k = 0; k < 50; k++) {
    set(clone, copy, below(range), -1 - k)
    remove(clone, copy, below(range))
  }
  assert.deepEqual(listed(clone), copy)
  if (below(2) === 0) {
    clone.dispose()
    return { table, twin }
  }
  table.dispose()
  return { table: clone, twin: copy }
}

describe('a table of ids', () => {
  it('does what a sorted array does, and its clones do too', () => {
    const ledger = new Ledger()
    for (let round = 0; round < 6; round++) {
      let pair: Pair = { table: new IdTable(WIDTH, ledger), twin: [] }
      const range = [20, 300, 5000][round % 3]!
      for (let i = 0; i < 6000; i++) {
        const { table, twin } = pair
        const key = below(3) === 0 ? (twin.at(-1)?.key ?? 0) + 1 : below(range)
        if (below(5) < 3) set(table, twin, key, i)
        else remove(table, twin, below(2) === 0 ? (twin[0]?.key ?? 0) : key)
        if (below(1000) === 0) pair = branch(pair, ledger, range)
      }
      const { table, twin } = pair
      table.verify()
      assert.equal(table.count, twin.length)
      assert.deepEqual(listed(table), twin)
      table.dispose()
      assert.equal(ledger.bytes, 0)
    }
  })

  it('finds neighbours and counts what is behind a place, over many pages', () => {
    const table = new IdTable(WIDTH, new Ledger())
    for (let key = 1; key <= 20_000; key++) {
      table.find(idOf(key * 2), 0, place)
      table.insert(id, 0, place)
    }
    table.verify()
    for (let i = 0; i < 2000; i++) {
      const key = below(40_010)
      const isThere = table.floor(idOf(key), 0, place)
      assert.equal(isThere, key >= 2)
      if (isThere) {
        const floor = Math.min(key - (key % 2), 40_000)
        assert.equal(table.countFrom(place), 20_001 - floor / 2)
      }
    }
    table.last(place)
    assert.equal(table.next(place), false)
    assert.equal(table.countFrom(place), 0)
    table.first(place)
    assert.equal(table.previous(place), false)
  })

  it('takes out in one pass what belongs to somebody', () => {
    const table = new IdTable(WIDTH, new Ledger())
    for (let key = 1; key <= 10_000; key++) {
      table.find(idOf(key), 0, place)
      table.insert(id, 0, place)[table.offset(place) + 5] = key % 3
    }
    table.removeWhere(5, 0)
    table.verify()
    assert.equal(table.count, 6667)
    table.removeWhere(5, 1)
    table.removeWhere(5, 2)
    assert.equal(table.first(place), false)
  })
})

/** The tree as it would be built: a set of prefixes at which something happens. */
function naiveRadixNodes(keys: string[]): number {
  if (keys.length === 0) return 1
  const shared = (prefix: string) => keys.filter((key) => key.startsWith(prefix))
  let nodes = 0
  const walk = (prefix: string) => {
    const below = shared(prefix)
    let end = prefix
    while (
      end.length < 32 &&
      below.every((key) => key.startsWith(below[0]!.slice(0, end.length + 2)))
    ) {
      end = below[0]!.slice(0, end.length + 2)
    }
    nodes += (end.length > prefix.length ? 1 : 0) + 1
    if (end.length === 32) return
    for (const byte of new Set(below.map((key) => key.slice(end.length, end.length + 2)))) {
      walk(end + byte)
    }
  }
  walk('')
  return nodes
}

describe('the radix tree that is not there', () => {
  it('has as many nodes as one that is built', () => {
    for (let round = 0; round < 300; round++) {
      const table = new IdTable(WIDTH, new Ledger())
      const keys = new Set<string>()
      for (let i = below(20); i > 0; i--) {
        setMilliseconds(id, below(2) === 0 ? below(70_000) : below(300) * 2 ** 32)
        id[3] = below(3) * 65536
        const words = Array.from(id, (word) => (word >>> 0).toString(16).padStart(8, '0'))
        keys.add(words.join(''))
        if (!table.find(id, 0, place)) table.insert(id, 0, place)
      }
      assert.equal(countRadixNodes(table), naiveRadixNodes([...keys]))
    }
  })
})
