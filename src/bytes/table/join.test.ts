// join.test.ts: keys that tables share, and keys as they are sent, against plain sets.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Random } from '../../engine/contract/random.ts'
import { HashKey } from '../keys/hash.ts'
import { Ledger } from '../memory/ledger.ts'
import { ScratchVector } from '../memory/scratch-vector.ts'
import { latin1, Span } from '../memory/span.ts'
import { Output } from '../wire/output.ts'
import { Reply } from '../wire/reply.ts'
import { collectShared } from './join.ts'
import { replyAllKeys, replyKeys } from './reply.ts'
import { Table } from './table.ts'

const hashKey = new HashKey(5, 6)

function tableOf(names: Iterable<string>): Table {
  const table = new Table({ hashKey, ledger: new Ledger(), values: false })
  for (const name of names) {
    const key = latin1(name)
    table.insert(key, 0, key.length, 0)
  }
  return table
}

/** Names of all lengths: short, long, and too long for a record. */
function nameOf(n: number): string {
  if (n % 1009 === 0) return `outsized ${n} `.repeat(1500)
  return n % 17 === 0 ? `${n}`.padEnd(50 + (n % 40), '.') : `name ${n}`
}

function draw(random: Random, count: number, range: number): Set<string> {
  const names = new Set<string>()
  for (let i = 0; i < count; i++) names.add(nameOf(random.below(range)))
  return names
}

function keysOf(table: Table, refs: ScratchVector): string[] {
  const span = new Span()
  return Array.from({ length: refs.count }, (_, i) => table.key(refs.at(i), span).text())
}

test('finds the keys that all tables have', () => {
  const random = new Random(9)
  for (const size of [1, 5, 30, 300, 3000, 20_000]) {
    const sets = [0, 1, 2].map(() => draw(random, size, size * 2))
    const [first, ...others] = sets.map(tableOf)
    const refs = new ScratchVector()
    collectShared(first!, others, refs, Infinity)
    const [one, two, three] = sets
    const expected = [...one!].filter((name) => two!.has(name) && three!.has(name))
    assert.deepEqual(keysOf(first!, refs).sort(), expected.sort())
    const few = new ScratchVector()
    collectShared(first!, others, few, 3)
    assert.equal(few.count, Math.min(3, expected.length))
    const all = new ScratchVector()
    collectShared(first!, [], all, Infinity)
    assert.equal(all.count, first!.count)
  }
})

test('finds them in tables that have grown and shrunk', () => {
  const random = new Random(10)
  const one = tableOf(draw(random, 5000, 20_000))
  const other = tableOf(draw(random, 20_000, 20_000))
  while (other.count > 4000) other.remove(other.random(random))
  const refs = new ScratchVector()
  collectShared(one, [other], refs, Infinity)
  const span = new Span()
  let expected = 0
  for (let ref = one.first(); ref !== 0; ref = one.after(ref)) {
    if (other.has(one.key(ref, span))) expected++
  }
  assert.equal(refs.count, expected)
})

test('sends keys as bulks, however long', () => {
  const names = draw(new Random(11), 5000, 5000)
  const table = tableOf(names)
  const refs = new ScratchVector()
  for (let ref = table.first(); ref !== 0; ref = table.after(ref)) refs.push(ref)
  const keys = keysOf(table, refs)
  const expected = keys.map((name) => `$${name.length}\r\n${name}\r\n`).join('')
  for (const send of [replyAllKeys, (to: Reply, of: Table) => replyKeys(to, of, refs)]) {
    const output = new Output()
    send(new Reply(output), table)
    assert.equal(Buffer.from(output.collect()).toString('latin1'), expected)
  }
})
