// large.test.ts: quicklists and their copies against plain arrays.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { HashKey } from '../../bytes/keys/hash.ts'
import { Ledger } from '../../bytes/memory/ledger.ts'
import { latin1, Span } from '../../bytes/memory/span.ts'
import { PackedEntry } from '../../bytes/packed/listpack.ts'
import { Limits } from '../../engine/contract/limits.ts'
import { Random } from '../../engine/contract/random.ts'
import { Access } from '../../engine/keyspace/access.ts'
import type { DatabaseParts } from '../../engine/keyspace/database-parts.ts'
import { noInterest } from '../../engine/keyspace/interest.ts'
import { NODE_OVERHEAD } from './buffers.ts'
import { Cursor } from './cursor.ts'
import { Quicklist } from './large.ts'
import { insertBeside, removeEqual, removeRange, replaceFound } from './large-edit.ts'
import { listLimits } from './limits.ts'

/** A quicklist and its naive twin. */
class Pair {
  readonly list: Quicklist
  readonly twin: string[]

  constructor(list: Quicklist, twin: string[]) {
    this.list = list
    this.twin = twin
  }

  clone(): Pair {
    return new Pair(this.list.clone(), [...this.twin])
  }

  /** One random change. */
  change(random: Random): void {
    const { list, twin } = this
    const text = randomText(random)
    const dice = random.below(20)
    const index = random.below(Math.max(1, twin.length))
    if (dice < 3 || twin.length === 0) this.push(text, dice === 0)
    else if (dice < 6) this.push(text, true)
    else if (dice < 8) this.drop(dice === 6)
    else if (dice < 11) {
      list.seek(index)
      insertBeside(list, spanOf(text), dice === 8)
      twin.splice(dice === 8 ? index + 1 : index, 0, text)
    } else if (dice < 15) {
      list.seek(index)
      replaceFound(list, spanOf(text))
      twin[index] = text
    } else if (dice < 17) {
      const count = random.below(Math.min(twin.length - index, 9) + 1)
      removeRange(list, index, count)
      twin.splice(index, count)
    } else this.removeEqual(text, random.below(7) - 3)
  }

  compare(): void {
    const { list, twin } = this
    list.verify()
    assert.equal(list.count, twin.length)
    assert.deepEqual(elementsOf(list, false), twin)
    assert.deepEqual(elementsOf(list, true).reverse(), twin)
  }

  private push(text: string, atHead: boolean): void {
    if (atHead) this.list.pushHead(spanOf(text))
    else this.list.pushTail(spanOf(text))
    if (atHead) this.twin.unshift(text)
    else this.twin.push(text)
  }

  private drop(atHead: boolean): void {
    if (atHead) this.list.dropHead()
    else this.list.dropTail()
    if (atHead) this.twin.shift()
    else this.twin.pop()
  }

  private removeEqual(text: string, given: number): void {
    const most = given === 0 ? Number.MAX_SAFE_INTEGER : given
    let left = Math.abs(most)
    for (let i = 0; i < this.twin.length && left > 0; i++) {
      const place = most > 0 ? i : this.twin.length - 1 - i
      if (this.twin[place] !== text) continue
      this.twin.splice(place, 1)
      i--
      left--
    }
    assert.equal(removeEqual(this.list, spanOf(text), most), Math.abs(most) - left)
  }
}

const entry = new PackedEntry()

function elementsOf(list: Quicklist, backwards: boolean): string[] {
  const elements: string[] = []
  if (list.count === 0) return elements
  const cursor = new Cursor().start(list, backwards)
  while (cursor.next()) elements.push(cursor.read(entry).text())
  return elements
}

function spanOf(text: string): Span {
  return new Span(latin1(`<${text}>`), 1, 1 + text.length)
}

function randomText(random: Random): string {
  const dice = random.below(20)
  if (dice < 8) return 'abc'.charAt(random.below(3))
  if (dice < 12) return String(random.below(300) - 20)
  if (dice < 19) return 'xyz'.charAt(random.below(3)).repeat(random.below(40))
  return String.fromCharCode(97 + random.below(26)).repeat(random.below(9000))
}

/** What a list needs of its database, with limits of its own. */
function partsOf(fill: number, depth: number, plain: number): DatabaseParts {
  const limits = new Limits()
  Object.assign(limits.of(listLimits), { node: fill, depth, plain })
  const access = new Access(new Random(1))
  return {
    hashKey: new HashKey(1, 2),
    access,
    ledger: new Ledger(),
    noted: [],
    interest: noInterest,
    limits,
  }
}

/** The bytes that lists hold together: a shared buffer counts once. */
function bytesOf(pairs: readonly Pair[]): number {
  const buffers = new Set<Uint8Array>()
  for (const { list } of pairs) {
    for (let node = list.head; node !== null; node = node.next) buffers.add(node.bytes)
  }
  let bytes = 0
  for (const buffer of buffers) bytes += buffer.length + NODE_OVERHEAD
  return bytes
}

const settings = [
  [1, 0, 0],
  [2, 1, 0],
  [3, 2, 30],
  [5, 1, 0],
  [8, 3, 10],
  [-1, 0, 0],
  [-1, 1, 100],
  [-2, 2, 0],
] as const

describe('a quicklist', () => {
  for (const [fill, depth, plain] of settings) {
    it(`is an array, and so are its copies: fill ${fill}, depth ${depth}, plain ${plain}`, () => {
      const random = new Random(fill + depth * 10 + 50)
      const parts = partsOf(fill, depth, plain)
      const pairs = [new Pair(new Quicklist(parts), [])]
      for (let i = 0; i < 15_000; i++) {
        const pair = pairs[random.below(pairs.length)]!
        pair.change(random)
        if (pair.twin.length > 150) {
          removeRange(pair.list, 20, pair.twin.length - 40)
          pair.twin.splice(20, pair.twin.length - 40)
        }
        if (i % 50 === 0 && pairs.length < 4) pairs.push(pair.clone())
        if (i % 170 === 0 && pairs.length > 1) pairs.pop()!.list.dispose()
        if (i % 10 === 0) pair.compare()
        if (i % 100 === 0) assert.equal(parts.ledger.bytes, bytesOf(pairs))
      }
      for (const pair of pairs) pair.compare()
      for (const { list } of pairs) list.dispose()
      assert.equal(parts.ledger.bytes, 0)
    })
  }

  it('finds elements by their index from both ends', () => {
    const list = new Quicklist(partsOf(7, 1, 0))
    for (let i = 0; i < 1000; i++) list.pushTail(spanOf(`element ${i}`))
    const cursor = new Cursor()
    for (let i = 0; i < 1000; i++) {
      list.seek(i)
      cursor.start(list, false)
      for (let k = 0; k <= i; k++) cursor.next()
      assert.equal(list.node, cursor.node)
      assert.equal(list.place, cursor.place)
      for (const backwards of [false, true]) {
        cursor.start(list, backwards).skip(backwards ? 999 - i : i)
        assert.ok(cursor.next())
        assert.equal(cursor.read(entry).text(), `element ${i}`)
      }
    }
  })

  it('keeps a queue in few bytes, whatever has passed through it', () => {
    const list = new Quicklist(partsOf(-2, 0, 0))
    for (let i = 0; i < 3000; i++) list.pushTail(spanOf('a'.repeat(40)))
    const { memory } = list
    assert.ok(memory < 3000 * 45, `${memory} bytes`)
    for (let i = 0; i < 200_000; i++) {
      list.pushTail(spanOf('a'.repeat(40)))
      list.dropHead()
    }
    assert.ok(list.memory <= memory + 9000, `${list.memory} bytes`)
    for (let i = 0; i < 2990; i++) list.dropHead()
    assert.ok(list.memory < 9000, `${list.memory} bytes`)
  })

  it('copies a million elements without copying their bytes', () => {
    const parts = partsOf(-2, 0, 0)
    const list = new Quicklist(parts)
    for (let i = 0; i < 200_000; i++) list.pushTail(spanOf(`an element with a number: ${i}`))
    const { bytes } = parts.ledger
    const copy = list.clone()
    assert.equal(parts.ledger.bytes, bytes)
    assert.equal(copy.memory, list.memory)
    list.pushHead(spanOf('x'))
    assert.ok(parts.ledger.bytes - bytes < 10_000)
    copy.dispose()
    list.dispose()
    assert.equal(parts.ledger.bytes, 0)
  })
})
