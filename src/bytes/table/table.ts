// table.ts: a dictionary from bytes to bytes and, if wanted, a number, in memory of its own: the
// large form of hashes and sets, and the members of sorted sets.
//
// A record has a key, a value and perhaps a number (record.ts). It is found through groups of
// refs (groups.ts), and lies in a space (space.ts), where it moves when its value changes its size
// or its chunk is evacuated. So a ref, and what was read through it, is true until the next insert,
// remove, setValue, setNumber or dropNumber of the table; who keeps refs longer listens with
// `onMove`. Nothing ever stops to rehash, and a scan returns what is there from its begin to its
// end. A member of 12 bytes costs 16 and some 9 in the groups.
// `first` and `after` run through memory in its order, which is what makes a walk over a million
// members fast: groups jump, memory does not.

import type { Bits } from '../keys/dict.ts'
import { type HashKey, hashBytes } from '../keys/hash.ts'
import type { Ledger } from '../memory/ledger.ts'
import { Span } from '../memory/span.ts'
import { COUNT_MASK, Groups, REFS, TAGS, tagOf } from './groups.ts'
import { GROUP_MASK, GROUP_SHIFT, LINK_SHIFT, WORD_SHIFT } from './overflow-groups.ts'
import { DEAD, VALUE_MAX } from './record.ts'
import { Records } from './records.ts'
import { PLACE_MASK, PLACE_SHIFT } from './space.ts'

/** Records of a victim that one change looks at. */
const EVACUATION_STEP = 8

/** Called when a record moved; both places can be read, only `to` is in the table. */
export type MoveListener = (from: number, to: number) => void

export type TableOptions = {
  readonly hashKey: HashKey
  readonly ledger: Ledger
  /** Whether records have values; they have unless this says no. */
  readonly values?: boolean
  /** Whether each record that is inserted has a number, 0 at first; otherwise none has. */
  readonly numbers?: boolean
  readonly onMove?: MoveListener | null
  /** One part in so many of a chunk stays alive before its records move (space.ts); 2 or more. */
  readonly parts?: number
}

export class Table {
  /** The hash of the key that `find` looked for last. */
  private sought = 0
  /** The record of which `sought` is the hash, 0 where it is none. */
  private found = 0
  /** A record that a caller holds while others are evacuated. */
  private held = 0
  /** For join.ts and reply.ts, whose loops are too hot for a call for each record. */
  readonly records: Records
  readonly groups: Groups
  private readonly numbers: boolean
  private readonly hashKey: HashKey
  private readonly ledger: Ledger
  private readonly onMove: MoveListener | null
  private readonly spare = new Span()

  /** @param from a table whose records are shared (`clone`) */
  constructor(options: TableOptions, from?: Table) {
    const { ledger } = options
    this.numbers = options.numbers === true
    this.hashKey = options.hashKey
    this.ledger = ledger
    this.onMove = options.onMove ?? null
    this.records = new Records(ledger, options.values !== false, from?.records)
    if (options.parts !== undefined) this.records.space.parts = options.parts
    this.groups = new Groups(this, ledger, from?.groups)
  }

  /** Records held. */
  get count(): number {
    return this.groups.count
  }

  /** The record with this key, 0 where there is none. */
  find(bytes: Uint8Array, start: number, end: number): number {
    const hash = hashBytes(this.hashKey, bytes, start, end)
    this.sought = hash
    this.found = this.lookUp(hash, bytes, start, end)
    return this.found
  }

  /** Whether there is a record with this key. */
  has(key: Span): boolean {
    return this.find(key.bytes, key.start, key.end) !== 0
  }

  /**
   * Adds a record for a key that no record has.
   * @param valueLength bytes of its value, undefined until written (`writableValue`); a value above
   * VALUE_MAX is zeros and is set with `setValue`
   */
  insert(bytes: Uint8Array, start: number, end: number, valueLength: number): number {
    this.sought = hashBytes(this.hashKey, bytes, start, end)
    return this.insertSought(bytes, start, end, valueLength)
  }

  /** The same for the key that the last `find` of this table did not find: not hashed again. */
  insertSought(bytes: Uint8Array, start: number, end: number, valueLength: number): number {
    const { records } = this
    if (valueLength !== 0 && records.head === 1) throw new Error('the table has no values')
    const ref = records.create(bytes, start, end, valueLength, this.numbers)
    this.found = 0
    this.groups.insert(ref, this.sought)
    return records.space.victim < 0 ? ref : this.evacuateHolding(ref)
  }

  remove(ref: number): void {
    const { records } = this
    this.groups.remove(ref, this.hash(ref))
    this.found = 0
    if (records.outsized !== null) records.freeOutsized(ref)
    records.free(ref, records.size(ref))
    if (records.space.victim >= 0) this.evacuate()
  }

  /** Points `into` at the record's key. */
  key(ref: number, into: Span): Span {
    return this.records.key(ref, into)
  }

  /** The hash of the record's key: for who looks it up in other tables. */
  hash(ref: number): number {
    if (ref === this.found) return this.sought
    const { bytes, start, end } = this.records.key(ref, this.spare)
    return hashBytes(this.hashKey, bytes, start, end)
  }

  /** Reads from the record, so that it is fetched from memory; what it answers means nothing. */
  touch(ref: number): number {
    return this.records.words[ref >>> PLACE_SHIFT][ref & PLACE_MASK]
  }

  /** `find` for a key whose hash is known (`hash`), of a table of the same hash key. */
  findHashed(hash: number, key: Span): number {
    return this.lookUp(hash, key.bytes, key.start, key.end)
  }

  /** Adds a key whose hash is known; false where a record has it already. */
  addHashed(hash: number, key: Span): boolean {
    if (this.findHashed(hash, key) !== 0) return false
    this.sought = hash
    this.insertSought(key.bytes, key.start, key.end, 0)
    return true
  }

  /** Points `into` at the record's value, for reading. */
  value(ref: number, into: Span): Span {
    return this.records.value(ref, into)
  }

  /** Bytes of the record's value. */
  valueLength(ref: number): number {
    return this.records.value(ref, this.spare).length
  }

  /** Points `into` at the record's value, at most VALUE_MAX bytes, for a change in place. */
  writableValue(ref: number, into: Span): Span {
    this.records.writable(ref)
    return this.records.value(ref, into)
  }

  /**
   * Gives a record another value.
   * @param value the bytes; they may lie in this table
   * @returns the record, which may have moved
   */
  setValue(ref: number, value: Span): number {
    const { records } = this
    const length = value.end - value.start
    if (length > VALUE_MAX || records.isOutsized(ref)) return this.setOutsized(ref, value)
    if (records.fits(ref, length)) {
      records.writeValue(ref, value)
      return ref
    }
    const to = this.reshape(ref, length, records.hasNumber(ref))
    records.writeValue(to, value)
    return this.settled(to)
  }

  hasNumber(ref: number): boolean {
    return this.records.hasNumber(ref)
  }

  /** The record's number, NaN where it has none. */
  number(ref: number): number {
    return this.records.number(ref)
  }

  /** Sets the record's number; returns the record: one that had none may have moved. */
  setNumber(ref: number, value: number): number {
    const { records } = this
    if (records.hasNumber(ref)) {
      records.writeNumber(ref, value)
      return ref
    }
    const to = this.reshape(ref, records.valueLengthOf(ref), true)
    records.writeNumber(to, value)
    return this.settled(to)
  }

  /** Takes the record's number away; returns the record, which may have moved. */
  dropNumber(ref: number): number {
    const { records } = this
    if (!records.hasNumber(ref)) return ref
    return this.settled(this.reshape(ref, records.valueLengthOf(ref), false))
  }

  /** The first record in the order of memory (mostly that of insertion), 0 where there is none. */
  first(): number {
    return this.records.first()
  }

  /** The record after that one in the order of memory, 0 at the end. */
  after(ref: number): number {
    return this.records.after(ref)
  }

  /**
   * Visits the records of one step of a scan.
   * @param cursor 0 to begin, then what the last call returned (unsigned 32 bits)
   * @param visit gets the ref of each record; it must not change the table
   * @returns the next cursor, 0 at the end
   */
  scan(cursor: number, visit: (ref: number) => void): number {
    return this.groups.scan(cursor, visit)
  }

  /** A record picked with equal chance for each; 0 where there is none. */
  random(random: Bits): number {
    return this.groups.random(random)
  }

  /** Picks records that are neighbours, as many as `into` has room for; returns how many. */
  sample(random: Bits, into: Int32Array): number {
    return this.groups.sample(random, into)
  }

  /** False keeps the number of groups (DEBUG DICT-RESIZING 0). */
  set resizable(resizable: boolean) {
    this.groups.resizable = resizable
  }

  /** Number of groups. */
  get size(): number {
    return this.groups.length
  }

  /** How many groups hold 0, 1, 2 … records. */
  histogram(): number[] {
    return this.groups.histogram()
  }

  /** Bytes it holds, as entered in the ledger. */
  get memory(): number {
    return this.records.memory + this.groups.memory
  }

  /** A table with the same records, in O(chunks): each is shared until one side changes it. */
  clone(onMove: MoveListener | null = null): Table {
    const { hashKey, ledger, numbers } = this
    return new Table({ hashKey, ledger, values: this.records.head === 2, numbers, onMove }, this)
  }

  /** Gives everything up, in O(chunks); the table must not be used again. */
  dispose(): void {
    this.records.dispose()
    this.groups.dispose()
  }

  /** Checks all invariants; throws an Error that names the first one broken. */
  verify(): void {
    const { records, groups } = this
    records.space.verify()
    groups.verify()
    let count = 0
    const live: number[] = []
    for (let ref = this.first(); ref !== 0; ref = this.after(ref), count++) {
      const { bytes, start, end } = records.key(ref, this.spare)
      if (this.find(bytes, start, end) !== ref) throw new Error('a record is not found')
      const chunk = ref >>> PLACE_SHIFT
      live[chunk] = (live[chunk] ?? 0) + records.size(ref)
    }
    if (count !== this.count) throw new Error(`count is ${this.count}, memory holds ${count}`)
    for (let chunk = 0; chunk < records.words.length; chunk++) {
      if ((live[chunk] ?? 0) !== records.space.live[chunk]) throw new Error(`chunk ${chunk} is off`)
    }
  }

  private lookUp(hash: number, bytes: Uint8Array, start: number, end: number): number {
    const { groups, records } = this
    const tag = tagOf(hash)
    const both = tag | (tag << 16)
    const group = groups.groupOf(hash)
    let words = groups.primary[group >>> GROUP_SHIFT]
    let at = (group & GROUP_MASK) << WORD_SHIFT
    for (;;) {
      const head = words[at]
      const count = head & COUNT_MASK
      for (let i = 0; i < count; i += 2) {
        const difference = words[at + TAGS + (i >>> 1)] ^ both
        let ref = words[at + REFS + i]
        if ((difference & 0xffff) === 0 && records.hasKey(ref, bytes, start, end)) return ref
        if (difference >>> 16 !== 0 || i + 1 === count) continue
        ref = words[at + REFS + i + 1]
        if (records.hasKey(ref, bytes, start, end)) return ref
      }
      const link = head >>> LINK_SHIFT
      if (link === 0) return 0
      words = groups.overflow[link >>> GROUP_SHIFT]
      at = (link & GROUP_MASK) << WORD_SHIFT
    }
  }

  /** Moves a few records out of the victim of the space. */
  private evacuate(): void {
    const { records } = this
    const { space } = records
    const { victim } = space
    for (let i = 0; i < EVACUATION_STEP && space.victim === victim; i++) {
      const place = space.victimAt
      const ref = (victim << PLACE_SHIFT) | place
      const size = records.size(ref)
      space.victimAt = place + size
      if ((records.bytes[victim][place << 2] & DEAD) === 0)
        this.replace(ref, records.copy(ref, size))
    }
  }

  /** The same, while a caller holds a record; returns where that is afterwards. */
  private evacuateHolding(ref: number): number {
    this.held = ref
    this.evacuate()
    const { held } = this
    this.held = 0
    return held
  }

  /** Where a record that was moved is after what that asks for. */
  private settled(ref: number): number {
    return this.records.space.victim < 0 ? ref : this.evacuateHolding(ref)
  }

  /** Moves a record to where there is other room; see Records.copyReshaped. */
  private reshape(ref: number, valueLength: number, withNumber: boolean): number {
    const to = this.records.copyReshaped(ref, valueLength, withNumber)
    this.replace(ref, to)
    return to
  }

  /** Puts the record `to`, a copy, in the place of `from`. */
  private replace(from: number, to: number): void {
    this.groups.replace(from, to, this.hash(from))
    if (from === this.found) this.found = to
    if (from === this.held) this.held = to
    if (this.onMove !== null) this.onMove(from, to)
    this.records.free(from, this.records.size(from))
  }

  /** `setValue` where the old or the new value lies outside its record. */
  private setOutsized(ref: number, value: Span): number {
    const { records } = this
    const own = value.copy()
    if (records.isOutsized(ref)) records.freeValue(ref)
    const to = this.reshape(ref, own.length, records.hasNumber(ref))
    records.putValue(to, own)
    return this.settled(to)
  }
}
