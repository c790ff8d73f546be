// group.test.ts: a group against a naive twin: a map from ids to who has them.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Ledger } from '../../../bytes/memory/ledger.ts'
import { Span } from '../../../bytes/memory/span.ts'
import { Int64 } from '../../../bytes/numbers/int64.ts'
import { Random } from '../../../engine/contract/random.ts'
import { newId } from '../id.ts'
import { Place } from '../nodes/id-table.ts'
import { Group } from './group.ts'

type Twin = Map<number, { owner: string; time: number; count: number }>

const random = new Random(7)
const below = (n: number) => random.below(n)
const names = ['alice', 'bob', 'carol', 'al', '']
const id = newId()
const place = new Place()
const deliveries = new Int64()

function spanOf(text: string): Span {
  return new Span(Buffer.from(text, 'latin1'))
}

function idOf(n: number) {
  id[3] = n
  return id
}

function consumerOf(group: Group, name: string) {
  return group.find(spanOf(name)) ?? group.add(spanOf(name), 5)
}

function compare(group: Group, twin: Twin): void {
  group.verify()
  const listed: [number, { owner: string; time: number; count: number }][] = []
  for (let more = group.pending.first(place); more; more = group.pending.next(place)) {
    const n = group.pending.words(place)[group.pending.offset(place) + 3]!
    const owner = Buffer.from(group.ownerAt(place).name).toString('latin1')
    const count = group.readCount(place, deliveries).number
    listed.push([n, { owner, time: group.timeAt(place), count }])
  }
  assert.deepEqual(
    listed,
    [...twin].sort((a, b) => a[0] - b[0]),
  )
  const consumers = group.consumers.map(({ name }) => Buffer.from(name).toString('latin1'))
  assert.deepEqual(consumers, consumers.toSorted())
}

function step(group: Group, twin: Twin, time: number): void {
  const n = below(4) === 0 ? below(2000) : Math.max(...twin.keys(), 0) + 1
  const name = names[below(names.length)]!
  const known = twin.get(n)
  const kind = below(10)
  if (kind < 6) {
    assert.equal(group.deliver(idOf(n), consumerOf(group, name), time, place), known !== undefined)
    twin.set(n, { owner: name, time, count: 1 })
  } else if (kind < 8) {
    const some = below(2) === 0 ? ([...twin.keys()][0] ?? 0) : below(2000)
    assert.equal(group.acknowledge(idOf(some), place), twin.delete(some))
  } else if (kind < 9 && known !== undefined) {
    assert.ok(group.pending.find(idOf(n), 0, place))
    group.reassign(id, place, consumerOf(group, name))
    group.setTime(place, time)
    group.countDelivery(place)
    twin.set(n, { owner: name, time, count: known.count + 1 })
  }
}

/** Changes a clone, which must not be seen in the group. */
function changeClone(group: Group, twin: Twin): void {
  const clone = group.clone()
  const copy: Twin = new Map([...twin].map(([n, one]) => [n, { ...one }]))
  for (let k = 0; k < 40; k++) step(clone, copy, k)
  compare(clone, copy)
  clone.dispose()
}

function removeConsumer(group: Group, twin: Twin): void {
  const name = names[below(names.length)]!
  const consumer = group.find(spanOf(name))
  if (consumer !== undefined) group.remove(consumer)
  for (const [n, { owner }] of twin) if (owner === name) twin.delete(n)
  assert.equal(group.find(spanOf(name)), undefined)
}

describe('a group', () => {
  it('knows what is pending for whom, and so do its clones', () => {
    const ledger = new Ledger()
    for (let round = 0; round < 4; round++) {
      const group = new Group(new Uint8Array([103]), ledger)
      const twin: Twin = new Map()
      for (let i = 0; i < 3000; i++) {
        step(group, twin, 1_795_000_000_000 + i)
        if (below(600) === 0) changeClone(group, twin)
        if (below(800) === 0) removeConsumer(group, twin)
      }
      compare(group, twin)
      assert.equal(ledger.bytes, group.memory)
      group.dispose()
      assert.equal(ledger.bytes, 0)
    }
  })

  it('keeps counts of deliveries and times of any size', () => {
    const group = new Group(new Uint8Array(0), new Ledger())
    group.deliver(idOf(1), consumerOf(group, 'c'), 2 ** 52 + 1, place)
    assert.equal(group.timeAt(place), 2 ** 52 + 1)
    group.setTime(place, -5)
    assert.equal(group.timeAt(place), -5)
    group.setCount(place, 0, -1)
    group.countDelivery(place)
    assert.equal(group.readCount(place, deliveries).number, 2 ** 32)
  })
})
