// hash.test.ts: hashes by requests against a Map, in all their forms, and what their fields' times
// do to the database around them.

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Stage, type Word } from '#test/support/stage.js'
import { Span } from '../../bytes/memory/span.ts'
import { validateListpack } from '../../bytes/packed/listpack-check.ts'
import { Random } from '../../engine/contract/random.ts'
import { Hash } from './hash.ts'

const START = 2_000_000_000_000
/** Milliseconds by which the agenda may be behind a hash. */
const TOLERANCE = 4000

/** An engine whose time moves when told to, and one conversation with it. */
class Hashes {
  readonly stage = new Stage({ now: START, seed: 7 })
  readonly engine = this.stage.engine
  readonly clock = this.stage.clock

  call(...words: Word[]): string {
    return this.stage.call(...words)
  }

  /** The items of a flat array reply. */
  list(...words: Word[]): string[] {
    const [, ...lines] = this.call(...words).split('\r\n')
    return lines.filter((line, i) => line !== '' && (i % 2 === 1 || line.startsWith(':')))
  }

  listen(): void {
    this.stage.hearEvents()
    this.stage.hearEffects()
  }

  clear(): void {
    this.stage.events = []
    this.stage.takeEffects()
  }

  get events(): string[] {
    return this.stage.events
  }

  effects(): string[] {
    return this.stage.takeEffects()
  }

  advance(ms: number): void {
    this.stage.wait(ms)
  }

  get db() {
    return this.engine.databases[0]!
  }

  /** Entries in the agenda of each of the first two databases. */
  get due(): number[] {
    return [this.engine.databases[0]!.agenda.count, this.engine.databases[1]!.agenda.count]
  }

  ref(key: string): number {
    return this.db.find(new Span(Buffer.from(key)))
  }

  /** Checks everything that must hold of a hash however it came about. */
  verify(key: string): void {
    this.db.verify()
    const ref = this.ref(key)
    if (ref === 0) return
    const hash = new Hash().bind(this.db, ref)
    assert.ok(hash.count > 0, 'a hash has fields')
    const due = this.db.agenda.at(ref)
    const { earliest, table, packed } = hash
    if (earliest !== 0) assert.ok(due >= 0 && due < earliest + TOLERANCE, `${due}, ${earliest}`)
    if (table !== null) {
      table.fields.verify()
      table.times.verify()
      return
    }
    const { bytes, start, end } = packed.span
    assert.ok(validateListpack(bytes, start, end, true))
    let last = 0
    for (let place = hash.first; place !== 0; place = hash.after(place)) {
      const rank = hash.time(place) || Infinity
      assert.ok(rank >= last, 'fields lie in the order of their times')
      last = rank
    }
  }
}

type Fact = { value: string; time: number }

/** A hash and its naive twin. */
class Pair {
  readonly twin = new Map<string, Fact>()
  private readonly random: Random
  readonly stage: Hashes

  constructor(stage: Hashes, seed: number) {
    this.stage = stage
    this.random = new Random(seed)
  }

  private field(): string {
    const name = `f${this.random.below(14)}`
    return this.random.below(12) === 0 ? name.repeat(8) : name
  }

  private value(): string {
    const kind = this.random.below(12)
    if (kind === 0) return 'x'.repeat(this.random.below(40_000))
    if (kind < 3) return 'y'.repeat(this.random.below(300))
    return kind < 8 ? String(this.random.below(100_000) - 50_000) : `v${this.random.below(1000)}`
  }

  step(): void {
    const { stage, twin } = this
    const field = this.field()
    const fact = twin.get(field)
    const kind = this.random.below(12)
    if (kind < 5) {
      const value = this.value()
      assert.equal(stage.call('HSET', 'h', field, value), fact === undefined ? ':1\r\n' : ':0\r\n')
      twin.set(field, { value, time: 0 })
    } else if (kind < 7) {
      assert.equal(stage.call('HDEL', 'h', field), twin.delete(field) ? ':1\r\n' : ':0\r\n')
    } else if (kind < 9) {
      const time = START + 10_000 + this.random.below(100) * 997
      const reply = stage.call('HPEXPIREAT', 'h', time, 'FIELDS', '1', field)
      assert.equal(reply, fact === undefined ? '*1\r\n:-2\r\n' : '*1\r\n:1\r\n')
      if (fact !== undefined) fact.time = time
    } else if (kind < 10) {
      const reply = stage.call('HPERSIST', 'h', 'FIELDS', '1', field)
      const code = fact === undefined ? -2 : fact.time === 0 ? -1 : 1
      assert.equal(reply, `*1\r\n:${code}\r\n`)
      if (fact !== undefined) fact.time = 0
    } else if (kind < 11) {
      const value = this.value()
      stage.call('HSETEX', 'h', 'KEEPTTL', 'FIELDS', '1', field, value)
      twin.set(field, { value, time: fact?.time ?? 0 })
    } else {
      const value = String(this.random.below(100))
      stage.call('HSET', 'h', 'counter', value)
      assert.equal(stage.call('HINCRBY', 'h', 'counter', '-7'), `:${Number(value) - 7}\r\n`)
      twin.set('counter', { value: String(Number(value) - 7), time: 0 })
    }
  }

  compare(): void {
    const { stage, twin } = this
    stage.verify('h')
    assert.equal(stage.call('HLEN', 'h'), `:${twin.size}\r\n`)
    for (const [field, { value, time }] of twin) {
      assert.equal(stage.call('HGET', 'h', field), `$${value.length}\r\n${value}\r\n`)
      const told = stage.call('HPEXPIRETIME', 'h', 'FIELDS', '1', field)
      assert.equal(told, `*1\r\n:${time === 0 ? -1 : time}\r\n`)
    }
    const fields = stage.list('HKEYS', 'h').sort()
    assert.deepEqual(fields, [...twin.keys()].sort())
  }
}

describe('a hash', () => {
  it('does what a Map does, packed, with times and as a table', () => {
    const encodings = new Set<string>()
    for (let seed = 1; seed <= 24; seed++) {
      const stage = new Hashes()
      stage.call('CONFIG', 'SET', 'hash-max-listpack-entries', seed % 3 === 0 ? '6' : '512')
      stage.call('CONFIG', 'SET', 'hash-max-listpack-value', seed % 2 === 0 ? '64' : '100000')
      const pair = new Pair(stage, seed)
      for (let i = 0; i < 150; i++) {
        pair.step()
        if (i % 5 === 0) pair.compare()
        encodings.add(stage.call('OBJECT', 'ENCODING', 'h').split('\r\n')[1] ?? '')
      }
      stage.call('DEL', 'h')
      assert.deepEqual(stage.due, [0, 0])
      assert.equal(stage.db.objects.count, 0)
    }
    for (const name of ['listpack', 'listpackex', 'hashtable']) assert.ok(encodings.has(name))
  })

  it('gives back all the memory it took', () => {
    const stage = new Hashes()
    const before = stage.engine.memory.ledger.bytes
    for (let i = 0; i < 3000; i++) stage.call('HSET', 'big', `f${i}`, 'x'.repeat(i % 50))
    stage.call('HSET', 'big', 'huge', 'y'.repeat(100_000))
    stage.call('HPEXPIREAT', 'big', START + 1e6, 'FIELDS', '2', 'f1', 'f2')
    stage.call('COPY', 'big', 'other')
    stage.call('HDEL', 'other', 'f7')
    assert.ok(stage.engine.memory.ledger.bytes > before + 300_000)
    stage.call('DEL', 'big', 'other')
    stage.db.arena.trim()
    assert.equal(stage.engine.memory.ledger.bytes, before)
  })

  it('is copied by sharing, and either copy changes alone', () => {
    const stage = new Hashes()
    for (let i = 0; i < 2000; i++) stage.call('HSET', 'a', `f${i}`, `v${i}`)
    stage.call('HPEXPIREAT', 'a', START + 50_000, 'FIELDS', '2', 'f5', 'f6')
    stage.call('COPY', 'a', 'b')
    stage.call('HSET', 'a', 'f5', 'mine')
    stage.call('HDEL', 'b', 'f6')
    stage.call('HPERSIST', 'a', 'FIELDS', '1', 'f6')
    assert.deepEqual(stage.list('HPEXPIRETIME', 'a', 'FIELDS', 2, 'f5', 'f6'), [':-1', ':-1'])
    assert.equal(stage.call('HPEXPIRETIME', 'b', 'FIELDS', 1, 'f5'), `*1\r\n:${START + 50_000}\r\n`)
    assert.equal(stage.call('HLEN', 'b'), ':1999\r\n')
    assert.equal(stage.call('HGET', 'b', 'f5'), '$2\r\nv5\r\n')
    stage.verify('a')
    stage.verify('b')
    stage.advance(60_000)
    assert.equal(stage.call('HLEN', 'b'), ':1998\r\n')
    assert.equal(stage.call('HLEN', 'a'), ':2000\r\n')
  })

  it('picks all its fields alike', () => {
    for (const entries of ['512', '0']) {
      const stage = new Hashes()
      stage.call('CONFIG', 'SET', 'hash-max-listpack-entries', entries)
      for (let i = 0; i < 20; i++) stage.call('HSET', 'h', `f${i}`, 'v')
      const counts = new Map<string, number>()
      for (let i = 0; i < 3000; i++) {
        for (const field of stage.list('HRANDFIELD', 'h', 4)) {
          counts.set(field, (counts.get(field) ?? 0) + 1)
        }
      }
      // Each is expected 600 times, with a deviation of about 22.
      assert.equal(counts.size, 20)
      for (const count of counts.values()) assert.ok(count > 490 && count < 710, `${count}`)
    }
  })
})

describe('fields that expire', () => {
  for (const entries of ['512', '0']) {
    const form = entries === '0' ? 'table' : 'listpack'

    it(`go in their time although nobody asks (${form})`, () => {
      const stage = new Hashes()
      stage.call('CONFIG', 'SET', 'hash-max-listpack-entries', entries)
      stage.listen()
      stage.call('HSET', 'h', 'a', '1', 'b', '2', 'c', '3')
      stage.call('HPEXPIRE', 'h', '1000', 'FIELDS', '1', 'b')
      stage.call('HPEXPIRE', 'h', '9000', 'FIELDS', '2', 'a', 'c')
      stage.clear()
      stage.advance(1000)
      assert.equal(stage.call('HLEN', 'h'), ':3\r\n', 'in that millisecond it is still there')
      stage.advance(1)
      assert.equal(stage.call('HLEN', 'h'), ':2\r\n')
      assert.deepEqual(stage.events, ['0:hexpired=h'])
      assert.deepEqual(stage.effects(), ['HDEL h b'])
      stage.verify('h')
      stage.advance(8000)
      assert.deepEqual(stage.events, ['0:hexpired=h', '0:hexpired=h', '0:del=h'])
      assert.equal(stage.call('EXISTS', 'h'), ':0\r\n')
      assert.deepEqual(stage.effects().sort(), ['HDEL h a', 'HDEL h c'])
      assert.equal(stage.engine.stats.expiredSubkeys, 3)
      assert.deepEqual(stage.due, [0, 0])
    })
  }

  it('are removed in slices, and the clock is asked in between', () => {
    const stage = new Hashes()
    for (let i = 0; i < 20_000; i += 10) {
      const pairs = Array.from({ length: 10 }, (_, k) => [`f${i + k}`, 'v']).flat()
      stage.call('HSETEX', 'h', 'PXAT', START + 1000, 'FIELDS', '10', ...pairs)
    }
    stage.call('HSET', 'h', 'stays', 'v')
    stage.clock.ms += 2000
    stage.clock.step = 1500
    const pause = stage.engine.tick()
    const removed = stage.engine.stats.expiredSubkeys
    assert.ok(removed > 0 && removed < 20_000, `${removed} in one slice`)
    assert.ok(pause <= 10, `it wants to go on in ${pause} ms`)
    for (let i = 0; i < 100 && stage.engine.stats.expiredSubkeys < 20_000; i++) stage.engine.tick()
    assert.equal(stage.call('HGETALL', 'h'), '*2\r\n$5\r\nstays\r\n$1\r\nv\r\n')
    assert.deepEqual(stage.due, [0, 0])
  })

  it('wait while writes are paused, and are not to be seen meanwhile', () => {
    const stage = new Hashes()
    stage.call('HSETEX', 'h', 'PX', '1000', 'FIELDS', '1', 'a', '1')
    stage.call('HSET', 'h', 'b', '2')
    stage.call('CLIENT', 'PAUSE', '100000', 'WRITE')
    stage.advance(2000)
    assert.equal(stage.call('HGET', 'h', 'a'), '$-1\r\n')
    assert.equal(stage.call('HLEN', 'h'), ':2\r\n')
    stage.call('CLIENT', 'UNPAUSE')
    stage.advance(200)
    assert.equal(stage.call('HLEN', 'h'), ':1\r\n')
  })

  it('are found wherever their key went', () => {
    const stage = new Hashes()
    const make = (key: string) => {
      stage.call('HSETEX', key, 'PX', '1000', 'FIELDS', '1', 'a', '1')
      stage.call('HSET', key, 'b', '2')
    }
    make('renamed')
    stage.call('RENAME', 'renamed', 'to')
    make('moved')
    stage.call('MOVE', 'moved', '1')
    make('copied')
    stage.call('COPY', 'copied', 'copy', 'DB', '1')
    assert.deepEqual(stage.due, [2, 2])
    stage.call('SWAPDB', '0', '1')
    make('overwritten')
    stage.call('SET', 'overwritten', 'v')
    make('replaced')
    stage.call('HSET', 'other', 'f', 'v')
    stage.call('RENAME', 'other', 'replaced')
    make('deleted')
    stage.call('DEL', 'deleted')
    assert.deepEqual(stage.due, [2, 2])
    stage.advance(1001)
    assert.deepEqual(stage.due, [0, 0])
    assert.equal(stage.engine.stats.expiredSubkeys, 4)
    for (const db of stage.engine.databases) db.verify()
    make('flushed')
    stage.call('FLUSHDB')
    assert.deepEqual(stage.due, [0, 0])
  })

  it('go with a hash that grows over the border of its entry and becomes a table', () => {
    const stage = new Hashes()
    stage.call('HSETEX', 'h', 'PX', '1000', 'FIELDS', '1', 'first', '1')
    for (let i = 0; i < 600; i++) {
      stage.call('HSET', 'h', `field-${i}`, 'x'.repeat(50))
      if (i % 50 === 0) stage.verify('h')
      assert.deepEqual(stage.due, [1, 0])
    }
    stage.advance(1001)
    assert.equal(stage.call('HLEN', 'h'), ':600\r\n')
  })

  it('are restored with their times', () => {
    const stage = new Hashes()
    for (const entries of ['512', '0']) {
      stage.call('CONFIG', 'SET', 'hash-max-listpack-entries', entries)
      stage.call('DEL', 'h')
      stage.call('HSET', 'h', 'a', '1', 'b', '2')
      stage.call('HPEXPIREAT', 'h', START + 77_000, 'FIELDS', '1', 'b')
      const dump = stage.call('DUMP', 'h')
      const payload = Buffer.from(dump.slice(dump.indexOf('\r\n') + 2, -2), 'latin1')
      stage.call('HPEXPIREAT', 'h', START + 90_000, 'FIELDS', '1', 'b')
      assert.equal(stage.call('RESTORE', 'h', '0', payload, 'REPLACE'), '+OK\r\n')
      const times = stage.list('HPEXPIRETIME', 'h', 'FIELDS', 2, 'a', 'b')
      assert.deepEqual(times, [':-1', `:${START + 77_000}`])
      stage.verify('h')
      assert.equal(stage.db.agenda.count, 1)
    }
  })

  it('are gone at the same moment in every run', () => {
    const runs = [1, 2].map(() => {
      const stage = new Hashes()
      stage.listen()
      for (let i = 0; i < 200; i++) {
        const key = `h${i % 7}`
        stage.call('HSETEX', key, 'PX', (i * 37) % 900, 'FIELDS', 1, `f${i}`, 'v')
        if (i % 10 === 0) stage.advance(50)
      }
      stage.advance(1000)
      return [...stage.events, ...stage.effects()].join()
    })
    assert.equal(runs[0], runs[1])
  })
})
