// table.test.ts: the table against a naive twin, and what it promises about memory and moves.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { HashKey } from '../keys/hash.ts'
import { Ledger } from '../memory/ledger.ts'
import { latin1, Span } from '../memory/span.ts'
import { type MoveListener, Table } from './table.ts'

const hashKey = new HashKey(1, 2)

/** Numbers that look random and are the same each time. */
class Dice {
  private state: number

  constructor(seed: number) {
    this.state = seed
  }

  bits(): number {
    this.state = (Math.imul(this.state, 1664525) + 1013904223) >>> 0
    return (Math.imul(this.state ^ (this.state >>> 15), 0x2c1b3c6d) >>> 4) >>> 0
  }

  below(limit: number): number {
    return this.bits() % limit
  }
}

type Item = { value: string; number: number | undefined }

/** A table with its twin: every operation is done to both, every answer compared. */
class Pair {
  readonly twin: Map<string, Item>
  readonly table: Table
  /** Where each record is, as `onMove` says. */
  readonly places: Map<string, number>
  private readonly numbers: boolean
  private readonly span = new Span()

  constructor(ledger: Ledger, numbers: boolean, from?: Pair) {
    this.numbers = numbers
    this.twin = new Map(from?.twin)
    this.places = new Map(from?.places)
    const onMove: MoveListener = (before, after) => {
      const name = this.table.key(after, this.span).text()
      assert.equal(this.table.key(before, this.span).text(), name)
      assert.equal(this.places.get(name), before)
      this.places.set(name, after)
    }
    this.table =
      from === undefined
        ? new Table({ hashKey, ledger, numbers, onMove })
        : from.table.clone(onMove)
  }

  find(name: string): number {
    const bytes = latin1(name)
    const ref = this.table.find(bytes, 0, bytes.length)
    assert.equal(ref, this.places.get(name) ?? 0)
    if (ref !== 0) this.compare(ref, name)
    return ref
  }

  put(name: string, value: string): void {
    const key = latin1(name)
    const bytes = latin1(value)
    let ref = this.find(name)
    const item = this.twin.get(name)
    this.twin.set(name, { value, number: item ? item.number : this.numbers ? 0 : undefined })
    if (ref === 0) {
      ref = this.table.insertSought(key, 0, key.length, bytes.length)
      this.places.set(name, ref)
      if (bytes.length <= 16384) {
        const room = this.table.writableValue(ref, this.span)
        assert.equal(room.length, bytes.length)
        room.bytes.set(bytes, room.start)
        return
      }
    }
    this.places.set(name, this.table.setValue(ref, new Span(bytes)))
  }

  remove(name: string): void {
    const ref = this.find(name)
    if (ref === 0) return
    this.twin.delete(name)
    this.places.delete(name)
    this.table.remove(ref)
  }

  number(name: string, number: number | undefined): void {
    const ref = this.find(name)
    if (ref === 0) return
    this.twin.set(name, { value: this.twin.get(name)!.value, number })
    const moved =
      number === undefined ? this.table.dropNumber(ref) : this.table.setNumber(ref, number)
    assert.equal(moved, this.places.get(name))
  }

  /** Everything at once. */
  check(): void {
    this.table.verify()
    assert.equal(this.table.count, this.twin.size)
    const seen = new Set<string>()
    for (let ref = this.table.first(); ref !== 0; ref = this.table.after(ref)) {
      const name = this.table.key(ref, this.span).text()
      seen.add(name)
      assert.equal(ref, this.places.get(name))
      this.compare(ref, name)
    }
    assert.equal(seen.size, this.twin.size)
  }

  private compare(ref: number, name: string): void {
    const { table, span } = this
    const item = this.twin.get(name)!
    assert.equal(table.key(ref, span).text(), name)
    assert.equal(table.value(ref, span).text(), item.value)
    assert.equal(table.valueLength(ref), item.value.length)
    assert.equal(table.hasNumber(ref), item.number !== undefined)
    if (item.number !== undefined) assert.equal(table.number(ref), item.number)
    else assert.ok(Number.isNaN(table.number(ref)))
  }
}

/** A text of some length: mostly short, sometimes too long for a record. */
function text(dice: Dice, name: string): string {
  const kind = dice.below(2000)
  if (kind === 0) return name.repeat(Math.ceil(16300 / name.length) + dice.below(20))
  if (kind < 40) return name.repeat(dice.below(40))
  // Around the border between short and long values.
  if (kind < 100) return name.repeat(60).slice(0, 248 + dice.below(12))
  return name.slice(0, dice.below(name.length + 1))
}

function rename(n: number): string {
  if (n % 997 === 0) return `long:${n}:`.repeat(2500)
  if (n % 31 === 0) return `middle:${n}:`.repeat(20).slice(0, 58 + (n % 8))
  return n % 13 === 0 ? '' + n : `member:${n}`
}

function play(seed: number, numbers: boolean, operations: number): void {
  const dice = new Dice(seed)
  const ledger = new Ledger()
  const pairs = [new Pair(ledger, numbers)]
  for (let i = 0; i < operations; i++) {
    const pair = pairs[dice.below(pairs.length)]!
    // The range breathes, so that tables grow, shrink and are evacuated.
    const range = 10 + Math.floor(2500 * (1 + Math.sin(i / 40_000)))
    const name = rename(dice.below(range))
    const action = dice.below(100)
    if (action < 30) pair.put(name, text(dice, `${name}=${i}`))
    else if (action < 55) pair.remove(name)
    else if (action < 65) pair.number(name, dice.below(3) === 0 ? undefined : dice.bits() / 7)
    else pair.find(name)
    if (i % 20_011 === 0) for (const each of pairs) each.check()
    if (i % 9973 === 0 && pairs.length < 4) pairs.push(new Pair(ledger, numbers, pair))
    if (i % 33_331 === 0 && pairs.length > 1) pairs.splice(dice.below(2), 1)[0]!.table.dispose()
  }
  let bytes = 0
  for (const pair of pairs) {
    pair.check()
    bytes += pair.table.memory
  }
  assert.equal(ledger.bytes, bytes)
  for (const pair of pairs) pair.table.dispose()
  assert.equal(ledger.bytes, 0)
}

test('agrees with a map through half a million operations, without numbers', () => {
  play(1, false, 500_000)
})

test('agrees with a map through half a million operations, with numbers', () => {
  play(2, true, 500_000)
})

function filled(ledger: Ledger, count: number, values = false): Table {
  const table = new Table({ hashKey, ledger, values })
  for (let i = 0; i < count; i++) {
    const key = latin1(`member:${String(i).padStart(5, '0')}`)
    table.insert(key, 0, key.length, 0)
  }
  return table
}

test('costs at most 27 bytes for a member of 12', () => {
  const ledger = new Ledger()
  const table = filled(ledger, 100_000)
  assert.equal(ledger.bytes, table.memory)
  assert.ok(table.memory / 100_000 < 27, `${table.memory / 100_000} bytes`)
})

test('gives its memory back while it is emptied', () => {
  const ledger = new Ledger()
  const table = filled(ledger, 100_000)
  const dice = new Dice(3)
  const full = table.memory
  while (table.count > 1000) table.remove(table.random(dice))
  table.verify()
  assert.ok(table.memory < full / 10, `${table.memory} of ${full}`)
  while (table.count > 0) table.remove(table.first())
  table.verify()
  assert.ok(table.memory < 140_000, `${table.memory}`)
})

test('counts the chunks it gives up, those that are shared when their last holder goes', () => {
  const ledger = new Ledger()
  const table = filled(ledger, 50_000)
  const clone = table.clone()
  assert.equal(ledger.bytes, table.memory * 2)
  const before = ledger.droppedBytes
  table.dispose()
  assert.equal(ledger.droppedBytes, before)
  clone.verify()
  clone.dispose()
  assert.ok(ledger.droppedBytes - before > 50_000 * 16)
  assert.equal(ledger.bytes, 0)
})

test('a scan returns what is there from begin to end, while the table grows and shrinks', () => {
  const dice = new Dice(5)
  const table = filled(new Ledger(), 300)
  const span = new Span()
  const seen = new Set<string>()
  const added: string[] = []
  let cursor = 0
  do {
    cursor = table.scan(cursor, (ref) => seen.add(table.key(ref, span).text()))
    for (let i = 0; i < 30; i++) {
      if (dice.below(100) < 60 || added.length === 0) {
        const name = `added:${dice.bits()}:${added.length}`
        const key = latin1(name)
        table.insert(key, 0, key.length, 0)
        added.push(name)
      } else {
        const key = latin1(added.pop()!)
        table.remove(table.find(key, 0, key.length))
      }
    }
  } while (cursor !== 0)
  for (let i = 0; i < 300; i++) assert.ok(seen.has(`member:${String(i).padStart(5, '0')}`))
})

test('picks every record with equal chance', () => {
  const dice = new Dice(7)
  const table = filled(new Ledger(), 50)
  const picks = new Map<number, number>()
  for (let i = 0; i < 50_000; i++) {
    const ref = table.random(dice)
    picks.set(ref, (picks.get(ref) ?? 0) + 1)
  }
  assert.equal(picks.size, 50)
  let chiSquared = 0
  for (const n of picks.values()) chiSquared += (n - 1000) ** 2 / 1000
  assert.ok(chiSquared < 100, `chi squared ${chiSquared} at 49 degrees of freedom`)
})

test('samples neighbours', () => {
  const table = filled(new Ledger(), 1000)
  const refs = new Int32Array(20)
  assert.equal(table.sample(new Dice(8), refs), 20)
  assert.equal(new Set(refs).size, 20)
})

test('finds records of another table by their hash', () => {
  const one = filled(new Ledger(), 1000)
  const two = filled(new Ledger(), 500)
  const key = new Span()
  let found = 0
  for (let ref = one.first(); ref !== 0; ref = one.after(ref)) {
    if (two.findHashed(one.hash(ref), one.key(ref, key)) !== 0) found++
  }
  assert.equal(found, 500)
})

test('takes a value that lies in the table itself', () => {
  const table = filled(new Ledger(), 10, true)
  const key = latin1('member:00003')
  const span = new Span()
  let ref = table.find(key, 0, key.length)
  ref = table.setValue(ref, new Span(latin1('abcdefgh')))
  const value = table.value(ref, new Span())
  ref = table.setValue(ref, new Span(value.bytes, value.start + 1, value.end))
  assert.equal(table.value(ref, span).text(), 'bcdefgh')
  ref = table.setValue(ref, table.key(ref, span))
  assert.equal(table.value(ref, span).text(), 'member:00003')
})
