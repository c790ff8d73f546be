// dict.test.ts: the dictionary against a Map, its walks while it changes, its dice.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Random } from '../../engine/contract/random.ts'
import { Arena } from '../memory/arena.ts'
import { Span } from '../memory/span.ts'
import { Dict } from './dict.ts'
import { HashKey } from './hash.ts'
import { freeKey, keyRoom, readKey, recordSize, writeRecord } from './record.ts'

const encoder = new TextEncoder()

/** A dictionary of records without values, and its naive twin. */
class Keys {
  readonly arena = new Arena()
  readonly dict: Dict
  readonly twin = new Map<string, number>()
  private readonly span = new Span()

  constructor(seed: number) {
    this.dict = new Dict(this.arena, new HashKey(seed, ~seed))
  }

  find(name: string): number {
    const bytes = encoder.encode(name)
    return this.dict.find(bytes, 0, bytes.length)
  }

  add(name: string): void {
    if (this.twin.has(name)) return
    const ref = this.record(name)
    this.dict.insert(ref)
    this.twin.set(name, ref)
  }

  remove(name: string): void {
    const ref = this.twin.get(name)
    if (ref === undefined) return
    this.dict.remove(ref)
    this.free(ref)
    this.twin.delete(name)
  }

  /** Puts another record with the same key in the place of the old one. */
  replace(name: string): void {
    const ref = this.twin.get(name)
    if (ref === undefined) return
    const other = this.record(name)
    this.dict.replace(ref, other)
    this.free(ref)
    this.twin.set(name, other)
  }

  name(ref: number): string {
    return readKey(this.arena, ref, this.span).text()
  }

  check(): void {
    this.dict.verify()
    this.arena.verify()
    assert.equal(this.dict.count, this.twin.size)
    for (const [name, ref] of this.twin) assert.equal(this.find(name), ref, name)
  }

  private record(name: string): number {
    const bytes = encoder.encode(name)
    const ref = this.arena.allocate(recordSize(keyRoom(bytes.length), 0, 0))
    writeRecord(this.arena, ref, new Span(bytes), 0)
    return ref
  }

  private free(ref: number): void {
    freeKey(this.arena, ref)
    this.arena.free(ref)
  }
}

describe('a dictionary', () => {
  it('is a Map through 300,000 random operations', () => {
    const random = new Random(1)
    const keys = new Keys(1)
    for (let i = 0; i < 300_000; i++) {
      // It grows to some tens of thousands and shrinks to nearly nothing, four times.
      const growing = Math.floor(i / 37_500) % 2 === 0
      const name = `key:${random.below(40_000)}`
      const dice = random.fraction()
      if (dice < (growing ? 0.7 : 0.1)) keys.add(name)
      else if (dice < 0.8) keys.remove(name)
      else if (dice < 0.85) keys.replace(name)
      else assert.equal(keys.find(name), keys.twin.get(name) ?? 0)
      if (i % 30_000 === 0) keys.check()
    }
    keys.check()
  })

  it('has a bucket for each record and gives the buckets back', () => {
    const keys = new Keys(2)
    for (let i = 0; i < 50_000; i++) keys.add(`k${i}`)
    assert.equal(keys.dict.size, 50_000)
    const chains = keys.dict.histogram()
    assert.ok(chains.length <= 13, `the longest chain has ${chains.length - 1} records`)
    for (let i = 0; i < 50_000; i++) keys.remove(`k${i}`)
    assert.equal(keys.dict.size, 4)
    assert.ok(keys.dict.memory < 200_000)
    keys.check()
  })

  it('finds keys of any length, and none that is only similar', () => {
    const keys = new Keys(3)
    const names = ['', 'a', 'ab', 'b'.repeat(4096), 'b'.repeat(4097), 'c'.repeat(100_000)]
    for (const name of names) keys.add(name)
    keys.check()
    for (const name of names) assert.equal(keys.find(`${name}x`), 0)
    for (const name of names) keys.remove(name)
    keys.check()
    assert.equal(keys.arena.used, 0)
  })

  it('keeps its buckets while it must not be resized', () => {
    const keys = new Keys(4)
    for (let i = 0; i < 1000; i++) keys.add(`k${i}`)
    keys.dict.resizable = false
    for (let i = 1000; i < 3000; i++) keys.add(`k${i}`)
    assert.equal(keys.dict.size, 1000)
    keys.check()
    for (let i = 0; i < 2990; i++) keys.remove(`k${i}`)
    assert.equal(keys.dict.size, 1000)
    keys.dict.resizable = true
    for (let i = 2990; i < 3000; i++) keys.remove(`k${i}`)
    keys.check()
  })

  it('forgets everything when it is cleared', () => {
    const keys = new Keys(5)
    for (let i = 0; i < 1000; i++) keys.add(`k${i}`)
    keys.dict.clear()
    keys.twin.clear()
    keys.check()
    assert.equal(keys.dict.size, 4)
    keys.add('again')
    keys.check()
  })
})

/** Walks to the end; `between` changes the dictionary between two steps. */
function scanned(keys: Keys, between: () => void): Map<string, number> {
  const seen = new Map<string, number>()
  let cursor = 0
  do {
    cursor = keys.dict.scan(cursor, (ref) => {
      const name = keys.name(ref)
      seen.set(name, (seen.get(name) ?? 0) + 1)
    })
    between()
  } while (cursor !== 0)
  return seen
}

describe('a scan', () => {
  it('shows every record exactly once while nothing changes', () => {
    for (const count of [0, 1, 2, 3, 4, 5, 7, 8, 9, 31, 32, 33, 1000, 1024, 1025]) {
      const keys = new Keys(count)
      for (let i = 0; i < count; i++) keys.add(`k${i}`)
      const seen = scanned(keys, () => {})
      assert.equal(seen.size, count)
      for (const times of seen.values()) assert.equal(times, 1)
    }
  })

  it('misses nothing that stays while others come and go', () => {
    for (let seed = 1; seed <= 25; seed++) {
      const random = new Random(seed)
      const keys = new Keys(seed)
      const staying = 1 + random.below(300)
      for (let i = 0; i < staying; i++) keys.add(`stay:${i}`)
      for (let i = random.below(2000); i > 0; i--) keys.add(`go:${i}`)
      // Growing, shrinking, or both in turns: from below 10 to some thousands of buckets.
      const trend = random.below(3)
      let step = 0
      const seen = scanned(keys, () => {
        const growing = trend === 2 ? Math.floor(step++ / 40) % 2 === 0 : trend === 1
        for (let i = random.below(30); i > 0; i--) {
          if (growing && keys.twin.size < 6000) keys.add(`go:${random.below(100_000)}`)
          else removeOne(keys, random)
        }
      })
      for (let i = 0; i < staying; i++) assert.ok(seen.has(`stay:${i}`), `seed ${seed}, stay:${i}`)
      keys.check()
    }
  })

  it('misses nothing when everything but the staying goes at once, or a lot comes', () => {
    for (const breakAt of [1, 2, 5, 17, 60, 200]) {
      for (const grow of [false, true]) {
        const keys = new Keys(breakAt)
        for (let i = 0; i < 50; i++) keys.add(`stay:${i}`)
        for (let i = 0; i < (grow ? 100 : 3000); i++) keys.add(`go:${i}`)
        let step = 0
        const seen = scanned(keys, () => {
          if (++step !== breakAt) return
          for (let i = 0; i < 3000; i++) {
            if (grow) keys.add(`new:${i}`)
            else keys.remove(`go:${i}`)
          }
        })
        for (let i = 0; i < 50; i++) assert.ok(seen.has(`stay:${i}`), `step ${breakAt}`)
      }
    }
  })

  it('accepts any cursor and comes to an end', () => {
    const keys = new Keys(7)
    for (let i = 0; i < 500; i++) keys.add(`k${i}`)
    const random = new Random(7)
    for (let i = 0; i < 200; i++) {
      let cursor = random.bits()
      let steps = 0
      do cursor = keys.dict.scan(cursor, () => {})
      while (cursor !== 0 && ++steps <= 512)
      assert.equal(cursor, 0)
    }
  })
})

function removeOne(keys: Keys, random: Random): void {
  const ref = keys.dict.random(random)
  const name = ref === 0 ? '' : keys.name(ref)
  if (name.startsWith('go:')) keys.remove(name)
}

/** How far counts are from equal: for n records it is about n - 1, and seldom much above. */
function deviation(counts: readonly number[]): number {
  const expected = counts.reduce((sum, count) => sum + count, 0) / counts.length
  return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0)
}

describe('a random pick', () => {
  const chances = (keys: Keys, seed: number): number[] => {
    const random = new Random(seed)
    const counts = new Map([...keys.twin.keys()].map((name) => [name, 0]))
    for (let i = counts.size * 200; i > 0; i--) {
      const name = keys.name(keys.dict.random(random))
      counts.set(name, counts.get(name)! + 1)
    }
    return [...counts.values()]
  }

  it('gives every record the same chance', () => {
    for (const count of [2, 5, 100, 300]) {
      const keys = new Keys(count)
      for (let i = 0; i < count; i++) keys.add(`k${i}`)
      const limit = count + 5 * Math.sqrt(2 * count)
      const found = deviation(chances(keys, count))
      assert.ok(found < limit, `${count} records: chi-square is ${found}, more than ${limit}`)
    }
  })

  it('stays fair in a table that is nearly empty, and in one that is too full', () => {
    const sparse = new Keys(8)
    for (let i = 0; i < 4000; i++) sparse.add(`k${i}`)
    sparse.dict.resizable = false
    for (let i = 100; i < 4000; i++) sparse.remove(`k${i}`)
    assert.ok(deviation(chances(sparse, 8)) < 170)
    const dense = new Keys(9)
    dense.dict.resizable = false
    for (let i = 0; i < 100; i++) dense.add(`k${i}`)
    assert.equal(dense.dict.size, 4)
    assert.ok(deviation(chances(dense, 9)) < 170)
  })

  it('finds nothing in an empty dictionary', () => {
    assert.equal(new Keys(1).dict.random(new Random(1)), 0)
  })
})

describe('a sample', () => {
  it('holds as many different records as there is room for, or all there are', () => {
    const random = new Random(3)
    for (const records of [0, 1, 3, 5, 40, 3000]) {
      const keys = new Keys(records)
      for (let i = 0; i < records; i++) keys.add(`k${i}`)
      for (const room of [1, 5, 64]) {
        const into = new Int32Array(room)
        for (let i = 0; i < 50; i++) {
          const found = keys.dict.sample(random, into)
          assert.equal(found, Math.min(room, records))
          const names = [...into.subarray(0, found)].map((ref) => keys.name(ref))
          assert.equal(new Set(names).size, found)
        }
      }
    }
  })

  it('reaches every record, none much more often than others', () => {
    const keys = new Keys(9)
    for (let i = 0; i < 700; i++) keys.add(`k${i}`)
    const random = new Random(9)
    const into = new Int32Array(5)
    const counts = new Map<string, number>()
    for (let i = 0; i < 70_000; i++) {
      keys.dict.sample(random, into)
      for (const ref of into) counts.set(keys.name(ref), (counts.get(keys.name(ref)) ?? 0) + 1)
    }
    assert.equal(counts.size, 700)
    assert.ok(Math.max(...counts.values()) < 5 * 500 && Math.min(...counts.values()) > 500 / 5)
  })

  it('finds the few that are left in a table that may not shrink', () => {
    const keys = new Keys(5)
    for (let i = 0; i < 2000; i++) keys.add(`k${i}`)
    keys.dict.resizable = false
    for (let i = 1; i < 2000; i++) keys.remove(`k${i}`)
    const into = new Int32Array(5)
    const random = new Random(5)
    let found = 0
    for (let i = 0; i < 2000; i++) found += keys.dict.sample(random, into)
    assert.ok(found > 0)
  })
})
