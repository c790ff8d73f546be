// keyspace.test.ts: two databases against two Maps, and the memory they leave behind.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { HashKey } from '../../bytes/keys/hash.ts'
import { BLOCK_MAX } from '../../bytes/memory/arena.ts'
import { Ledger } from '../../bytes/memory/ledger.ts'
import { Span } from '../../bytes/memory/span.ts'
import { Limits } from '../contract/limits.ts'
import { Random } from '../contract/random.ts'
import { Access } from './access.ts'
import { HAS_TTL, KEEP_TTL, metaOf } from './entry.ts'
import { noInterest } from './interest.ts'
import { Database } from './keyspace.ts'

/** The longest value inside an entry; around it values change their form. */
const BORDER = BLOCK_MAX - 4608

/** What the twin knows of a key. */
type Fact = { value: Uint8Array | object; type: number; variant: number; at: bigint }

const NEVER = -1n
const LATEST = 2n ** 63n - 1n

function latin1(text: string): Span {
  return new Span(new Uint8Array(Buffer.from(`<${text}>`, 'latin1')), 1, 1 + text.length)
}

function databaseOf(id: number, access: Access, ledger: Ledger): Database {
  const limits = new Limits()
  return new Database(id, {
    hashKey: new HashKey(id, 7),
    access,
    ledger,
    limits,
    noted: [],
    interest: noInterest,
  })
}

/** A database and its naive twin. */
class Pair {
  readonly db: Database
  readonly ledger = new Ledger()
  readonly facts = new Map<string, Fact>()
  private readonly span = new Span()

  constructor(id: number, random: Random) {
    this.db = databaseOf(id, new Access(random), this.ledger)
  }

  /** The entry of a key; 0 exactly where the twin has none. */
  ref(name: string): number {
    const ref = this.db.find(latin1(name))
    assert.equal(ref !== 0, this.facts.has(name), name)
    return ref
  }

  checkKey(name: string): void {
    const { db } = this
    const ref = this.ref(name)
    const fact = this.facts.get(name)
    if (fact === undefined) return
    assert.equal(db.key(ref, this.span).text(), name)
    assert.equal(db.type(ref), fact.type)
    assert.equal(db.variant(ref), fact.variant)
    assert.equal(BigInt(db.exactExpireAt(ref)), fact.at)
    assert.equal(db.isObject(ref), !(fact.value instanceof Uint8Array))
    if (!(fact.value instanceof Uint8Array)) assert.equal(db.object(ref), fact.value)
    else {
      const { bytes, start, end } = db.value(ref, this.span)
      assert.equal(Buffer.compare(bytes.subarray(start, end), fact.value), 0, name)
    }
  }

  /** Everything agrees, and the entries account for every byte. */
  checkAll(): void {
    const { db } = this
    db.verify()
    assert.equal(db.size, this.facts.size)
    let bytes = 0
    let expiring = 0
    let objects = 0
    for (const [name, fact] of this.facts) {
      this.checkKey(name)
      const ref = this.ref(name)
      bytes += db.entryBytes(ref) - (fact.at === NEVER ? 4 : 8)
      if (fact.at !== NEVER) expiring++
      if (!(fact.value instanceof Uint8Array)) objects++
    }
    assert.equal(db.arena.used, bytes)
    assert.equal(this.ledger.bytes, db.memory)
    assert.equal(db.expiring.length, expiring)
    assert.equal(db.objects.count, objects)
  }
}

/** Random operations on two databases. */
class Play {
  readonly pairs: readonly [Pair, Pair]
  private readonly random: Random
  private readonly span = new Span()

  constructor(seed: number) {
    this.random = new Random(seed)
    this.pairs = [new Pair(0, this.random), new Pair(1, this.random)]
  }

  /** @param growth share of operations that may create a key */
  step(growth: number): void {
    const pair = this.pairs[this.random.below(8) === 0 ? 1 : 0]
    const name = this.name()
    const dice = this.random.fraction()
    if (dice < growth) this.put(pair, name)
    else if (pair.ref(name) === 0) return
    else this.change(pair, name)
    pair.checkKey(name)
  }

  private change(pair: Pair, name: string): void {
    const dice = this.random.below(9)
    if (dice === 0) this.resize(pair, name)
    else if (dice === 8) this.splice(pair, name)
    else if (dice < 3) this.expire(pair, name)
    else if (dice === 3) this.persist(pair, name)
    else if (dice === 4) this.move(pair, name)
    else if (dice === 5) this.hide(pair, name)
    else {
      pair.db.remove(pair.ref(name))
      pair.facts.delete(name)
    }
  }

  private put(pair: Pair, name: string): void {
    const ref = pair.ref(name)
    const old = pair.facts.get(name)?.at ?? NEVER
    const ttl = [0, KEEP_TTL, HAS_TTL][this.random.below(3)]!
    // Until it is set, a new time is the latest there is.
    const fresh = ttl === HAS_TTL ? LATEST : NEVER
    const at = ttl === 0 || old === NEVER ? fresh : old
    const type = this.random.below(8)
    const variant = this.random.below(4)
    const meta = metaOf(type, 0, variant) | ttl
    const key = latin1(name)
    const value = this.value()
    if (this.random.below(20) === 0) {
      const object = { memory: 0, dispose: () => {} }
      pair.db.putObject(key, ref, meta, object)
      pair.facts.set(name, { value: object, type, variant, at })
    } else {
      if (this.random.below(4) === 0) pair.db.putOwn(key, ref, meta, value.slice())
      else pair.db.put(key, ref, meta, new Span(value))
      pair.facts.set(name, { value, type, variant, at })
    }
  }

  private resize(pair: Pair, name: string): void {
    const fact = pair.facts.get(name)!
    if (!(fact.value instanceof Uint8Array)) return
    const length = this.value().length
    const value = new Uint8Array(length)
    value.set(fact.value.subarray(0, length))
    pair.db.resize(pair.ref(name), length, this.span)
    assert.equal(this.span.length, length)
    for (let i = 0; i < 3 && length > 0; i++) {
      const at = this.random.below(length)
      value[at] = this.span.bytes[this.span.start + at] = this.random.below(256)
    }
    fact.value = value
  }

  private splice(pair: Pair, name: string): void {
    const fact = pair.facts.get(name)!
    const old = fact.value
    if (!(old instanceof Uint8Array)) return
    const at = this.random.below(old.length + 1)
    const coming = this.random.below(2) === 0
    const change = coming ? this.random.below(4000) : -this.random.below(old.length - at + 1)
    pair.db.splice(pair.ref(name), at, change, this.span)
    const room = new Uint8Array(Math.max(0, change))
    this.span.bytes.set(room, this.span.start + at)
    const behind = old.subarray(at + Math.max(0, -change))
    fact.value = new Uint8Array(Buffer.concat([old.subarray(0, at), room, behind]))
  }

  private expire(pair: Pair, name: string): void {
    const at = [
      BigInt(this.random.below(2 ** 31)) * 1000n,
      BigInt(this.random.bits()),
      2n ** 63n - 1n - BigInt(this.random.below(1000)),
      2n ** 53n + BigInt(this.random.below(1000)),
    ][this.random.below(4)]!
    const exact = Number.isSafeInteger(Number(at)) ? Number(at) : at
    pair.db.setExpireAt(pair.ref(name), exact)
    pair.facts.get(name)!.at = at
  }

  private persist(pair: Pair, name: string): void {
    const fact = pair.facts.get(name)!
    assert.equal(pair.db.persist(pair.ref(name)), fact.at !== NEVER)
    fact.at = NEVER
  }

  /** Renames the key, or takes it to the other database. */
  private move(pair: Pair, name: string): void {
    const target = this.random.below(2) === 0 ? pair : this.pairs[1 - pair.db.id]!
    const to = this.name()
    if (target.ref(to) !== 0) return
    pair.db.moveTo(pair.ref(name), target.db, latin1(to))
    target.facts.set(to, pair.facts.get(name)!)
    pair.facts.delete(name)
    target.checkKey(to)
  }

  /** Takes the entry out of sight; puts it back, or gives the key another value. */
  private hide(pair: Pair, name: string): void {
    const ref = pair.ref(name)
    pair.db.detach(ref)
    assert.equal(pair.db.find(latin1(name)), 0)
    if (this.random.below(2) === 0) {
      pair.db.attach(ref)
      return
    }
    pair.facts.delete(name)
    this.put(pair, name)
    pair.db.discard(ref)
  }

  private name(): string {
    const number = this.random.below(3000)
    // A few keys are too long for their entry.
    if (number % 200 === 0) return `${number}`.padEnd(4090 + (number % 13), 'long')
    return number % 3 === 0 ? `k${number}` : `a somewhat longer key:${number}`
  }

  private value(): Uint8Array {
    const dice = this.random.below(100)
    let length = this.random.below(100)
    if (dice === 0) length = BORDER - 20 + this.random.below(40)
    else if (dice === 1) length = this.random.below(40_000)
    else if (dice < 8) length = this.random.below(2000)
    const value = new Uint8Array(length)
    value.fill(this.random.below(256))
    return value
  }
}

describe('two databases', () => {
  it('are Maps through 300,000 random operations', () => {
    const play = new Play(1)
    for (let i = 0; i < 300_000; i++) {
      play.step(Math.floor(i / 50_000) % 2 === 0 ? 0.7 : 0.2)
      if (i % 50_000 === 0) for (const pair of play.pairs) pair.checkAll()
    }
    for (const pair of play.pairs) pair.checkAll()
    for (const { db, facts } of play.pairs) {
      for (const name of facts.keys()) db.remove(db.find(latin1(name)))
      facts.clear()
      db.verify()
      assert.equal(db.arena.used, 0)
      assert.equal(db.objects.count, 0)
      assert.equal(db.dict.size, 4)
      db.arena.trim()
      assert.ok(db.arena.reserved <= 1 << 20, 'the memory has gone back')
    }
  })
})

describe('an entry', () => {
  const random = new Random(5)

  it('keeps value and expiry across the border between its two forms', () => {
    const pair = new Pair(0, random)
    const key = latin1('key')
    const value = new Span()
    for (const ttl of [false, true]) {
      let ref = pair.db.put(key, pair.db.find(key), 0, new Span(new Uint8Array([1, 2, 3])))
      if (ttl) ref = pair.db.setExpireAt(ref, 123_456_789_012)
      for (const length of [BORDER - 1, BORDER, BORDER + 1, BORDER, 40_000, 3, 0, BORDER + 9]) {
        ref = pair.db.resize(ref, length, value)
        assert.equal(pair.db.find(key), ref)
        assert.equal(pair.db.value(ref, value).length, length)
        assert.equal(pair.db.expireAt(ref), ttl ? 123_456_789_012 : -1)
        pair.db.verify()
      }
    }
  })

  it('is made with room for an expiry time in one go', () => {
    const { db } = new Pair(0, random)
    for (let length = 0; length < 80; length++) {
      const value = new Span(new Uint8Array(length))
      const key = latin1(`key ${length}`)
      const ref = db.put(key, 0, HAS_TTL, value)
      assert.equal(db.setExpireAt(ref, 123_456_789_012), ref)
      assert.equal(db.expireAt(ref), 123_456_789_012)
      assert.equal(db.put(key, ref, HAS_TTL, value), ref)
      assert.equal(db.expireAt(ref), 123_456_789_012)
    }
    db.verify()
  })

  it('begins a new life in use when it moves', () => {
    const access = new Access(random)
    const db = databaseOf(0, access, new Ledger())
    access.setTime(1_000_000)
    const ref = db.put(latin1('a'), 0, 0, latin1('v'))
    access.setTime(9_000_000)
    assert.equal(access.idleSeconds(db, ref), 8000)
    assert.equal(access.idleSeconds(db, db.moveTo(ref, db, latin1('b'))), 0)
  })

  it('hands a large value over without a copy, unless a socket reads it', () => {
    const from = new Pair(0, random).db
    const to = new Pair(1, random).db
    const bytes = new Uint8Array(50_000)
    let ref = from.moveTo(from.putOwn(latin1('a'), 0, 0, bytes), to, latin1('a'))
    assert.equal(to.value(ref, new Span()).bytes, bytes)
    to.arena.lend(to.outsizedSlot(ref))
    ref = to.moveTo(ref, from, latin1('a'))
    assert.notEqual(from.value(ref, new Span()).bytes, bytes)
    assert.equal(to.arena.used, 0)
    from.verify()
  })

  it('may take its value from another entry of the same database', () => {
    const { db } = new Pair(0, random)
    const value = new Span()
    for (const length of [5, 300, BORDER, BORDER + 1]) {
      const first = db.put(
        latin1('a'),
        db.find(latin1('a')),
        0,
        new Span(new Uint8Array(length).fill(7)),
      )
      const second = db.put(latin1('b'), db.find(latin1('b')), 0, db.value(first, value))
      assert.deepEqual(db.value(second, value).copy(), new Uint8Array(length).fill(7))
      db.verify()
    }
  })
})
