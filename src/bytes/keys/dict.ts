// dict.ts: a dictionary from bytes to records (record.ts), by linear hashing.
//
//   low  = 2^level buckets        0 ………… split ………… low ………… low + split
//   buckets below `split` have been divided by one more bit of the hash, the others not yet:
//   bucket = hash & (2·low - 1), or hash & (low - 1) where that bucket does not exist yet
//
// Each insertion beyond one record per bucket divides one bucket, each removal below a quarter
// joins four, so that a dictionary that is emptied is small again: it is never "being rehashed",
// no operation is longer than a few chains, there is no second table to search, and the table
// costs 4 bytes a key at any size. (A doubling table would be copied in the background and hold
// 4 to 12 bytes a key meanwhile.)
//
// The SCAN cursor runs through the low bits of the hash in reversed-bit order, so that buckets
// which divide or join between two calls have been visited all or not at all: what is present
// from begin to end is returned at least once. In that order, all that has been visited lies before
// the cursor (`isBehind`).
// Cost: find, insert, remove O(1); scan O(records of the bucket); random pick O(1) expected.

import { type Arena, UNIT_MASK, UNIT_SHIFT } from '../memory/arena.ts'
import { Ledger } from '../memory/ledger.ts'
import { Span } from '../memory/span.ts'
import { Vector } from '../memory/vector.ts'
import { type HashKey, hashBytes } from './hash.ts'
import { hasKey, readKey } from './record.ts'
import { cursorAfter, reversed } from './scan-cursor.ts'

const LOW_MIN = 4
const NEXT = 1
/** Buckets for each record above which buckets are joined. */
const SPARSE = 4
/** Buckets that a sample looks at for each record it wants. */
const SAMPLE_STEPS = 10

/** A source of 32 random bits as an unsigned integer. */
export type Bits = { bits(): number }

export class Dict {
  /** Records held. */
  count = 0
  /** False keeps the number of buckets (DEBUG DICT-RESIZING 0). */
  resizable = true
  private low = LOW_MIN
  private split = 0
  private longest = 8
  private readonly buckets: Vector
  private readonly arena: Arena
  private readonly hashKey: HashKey
  private readonly key = new Span()

  /** @param ledger where the bytes are entered too that `memory` counts */
  constructor(arena: Arena, hashKey: HashKey, ledger = new Ledger()) {
    this.arena = arena
    this.buckets = new Vector(ledger)
    this.hashKey = hashKey
    for (let i = 0; i < LOW_MIN; i++) this.buckets.push(0)
  }

  /** The ref of the record with this key, 0 where there is none. */
  find(bytes: Uint8Array, start: number, end: number): number {
    let ref = this.buckets.get(this.bucketOf(hashBytes(this.hashKey, bytes, start, end)))
    const arena = this.arena
    while (ref !== 0 && !hasKey(arena, ref, bytes, start, end)) {
      ref = arena.words[ref >>> UNIT_SHIFT][((ref & UNIT_MASK) << 1) + NEXT]
    }
    return ref
  }

  /** Adds a record whose key no other record of the dictionary has. */
  insert(ref: number): void {
    const bucket = this.bucketOfRecord(ref)
    this.setNext(ref, this.buckets.get(bucket))
    this.buckets.set(bucket, ref)
    if (++this.count <= this.buckets.length || !this.resizable) return
    this.divide()
    // A table that was kept too small catches up, one more bucket at a time.
    if (this.count > this.buckets.length) this.divide()
  }

  /** Takes a record out; its block stays allocated. */
  remove(ref: number): void {
    this.relink(ref, this.next(ref))
    if (--this.count * SPARSE < this.buckets.length && this.resizable) this.join()
  }

  /** Puts the record `to`, a moved copy with the same key, in the place of `from`. */
  replace(from: number, to: number): void {
    this.setNext(to, this.next(from))
    this.relink(from, to)
  }

  /** Forgets all records; their blocks stay the caller's. */
  clear(): void {
    this.buckets.clear()
    for (let i = 0; i < LOW_MIN; i++) this.buckets.push(0)
    this.count = 0
    this.low = LOW_MIN
    this.split = 0
    this.longest = 8
  }

  /**
   * Visits the records of one step of a scan.
   * @param cursor 0 to begin, then what the last call returned (unsigned 32 bits)
   * @param visit gets the ref of each record; it must not change the dictionary
   * @returns the next cursor, 0 at the end
   */
  scan(cursor: number, visit: (ref: number) => void): number {
    const mask = this.low - 1
    const bucket = cursor & mask
    this.visitBucket(bucket, visit)
    if (bucket < this.split) this.visitBucket(bucket + this.low, visit)
    return cursorAfter(cursor, mask)
  }

  /**
   * Whether a scan has been where a key is, or would be: it will not come upon it again, or only in
   * the company of keys that are new to it.
   * @param cursor what the scan's last call returned, 0 before the first one
   */
  isBehind(cursor: number, bytes: Uint8Array, start: number, end: number): boolean {
    return reversed(hashBytes(this.hashKey, bytes, start, end)) < reversed(cursor)
  }

  /** The ref of a record picked with equal chance for each; 0 where there is none. */
  random(random: Bits): number {
    if (this.count === 0) return 0
    for (;;) {
      let ref = this.buckets.get(random.bits() % this.buckets.length)
      let place = random.bits() % this.longest
      let length = 0
      let chosen = 0
      for (; ref !== 0; ref = this.next(ref), length++) if (place-- === 0) chosen = ref
      if (length > this.longest) this.longest = length
      else if (chosen !== 0) return chosen
    }
  }

  /**
   * Picks records that are neighbours, from a random bucket on: for who wants the best of a few,
   * that is as good as fair picks, and looks at a tenth of the buckets.
   * @param into takes the refs, as many as it has room for
   * @returns how many were found; fewer where the buckets from there on are nearly empty
   */
  sample(random: Bits, into: Int32Array): number {
    if (this.count === 0) return 0
    let bucket = random.bits() % this.buckets.length
    let found = 0
    for (let steps = into.length * SAMPLE_STEPS; steps > 0; steps--) {
      found = this.sampleBucket(bucket, random, into, found)
      if (found === into.length || found === this.count) return found
      if (++bucket === this.buckets.length) bucket = 0
    }
    return found
  }

  /** Visits every record; `visit` may free the block it is given, but not change the dictionary. */
  each(visit: (ref: number) => void): void {
    for (let i = 0; i < this.buckets.length; i++) this.visitBucket(i, visit)
  }

  /** Number of buckets. */
  get size(): number {
    return this.buckets.length
  }

  /** Bytes of the table, without the records. */
  get memory(): number {
    return this.buckets.memory
  }

  /** Chain lengths: how many buckets hold 0, 1, 2 … records. */
  histogram(): number[] {
    const counts: number[] = []
    for (let i = 0; i < this.buckets.length; i++) {
      let length = 0
      for (let ref = this.buckets.get(i); ref !== 0; ref = this.next(ref)) length++
      while (counts.length <= length) counts.push(0)
      counts[length]++
    }
    return counts
  }

  /** Checks all invariants; throws an Error that names the first one broken. */
  verify(): void {
    let records = 0
    for (let i = 0; i < this.buckets.length; i++) {
      for (let ref = this.buckets.get(i); ref !== 0; ref = this.next(ref), records++) {
        if (this.bucketOfRecord(ref) !== i) throw new Error(`a record of bucket ${i} is misplaced`)
      }
    }
    if (records !== this.count) throw new Error(`count is ${this.count}, chains hold ${records}`)
    if (this.buckets.length !== this.low + this.split) throw new Error('bucket count is off')
  }

  private bucketOf(hash: number): number {
    const bucket = hash & (this.low * 2 - 1)
    return bucket < this.buckets.length ? bucket : bucket - this.low
  }

  private bucketOfRecord(ref: number): number {
    const key = readKey(this.arena, ref, this.key)
    return this.bucketOf(hashBytes(this.hashKey, key.bytes, key.start, key.end))
  }

  /** Adds records of a bucket to a sample that holds `first`; returns how many it holds then. */
  private sampleBucket(bucket: number, random: Bits, into: Int32Array, first: number): number {
    let found = first
    let seen = 0
    for (let ref = this.buckets.get(bucket); ref !== 0; ref = this.next(ref)) {
      seen++
      if (found < into.length) into[found++] = ref
      else {
        // A place is left to chance: the old records at the end of a chain must not be spared.
        const place = first + (random.bits() % seen)
        if (place < found) into[place] = ref
      }
    }
    return found
  }

  private visitBucket(bucket: number, visit: (ref: number) => void): void {
    for (let ref = this.buckets.get(bucket); ref !== 0; ) {
      const after = this.next(ref)
      visit(ref)
      ref = after
    }
  }

  /** Makes whatever points at `ref` in its chain point at `to`. */
  private relink(ref: number, to: number): void {
    const bucket = this.bucketOfRecord(ref)
    let at = this.buckets.get(bucket)
    if (at === ref) {
      this.buckets.set(bucket, to)
      return
    }
    for (let after = this.next(at); after !== ref; after = this.next(at)) at = after
    this.setNext(at, to)
  }

  private divide(): void {
    const from = this.split
    const to = this.buckets.length
    this.buckets.push(0)
    if (++this.split === this.low) {
      this.low *= 2
      this.split = 0
    }
    let ref = this.buckets.get(from)
    this.buckets.set(from, 0)
    while (ref !== 0) {
      const after = this.next(ref)
      const bucket = this.bucketOfRecord(ref) === from ? from : to
      this.setNext(ref, this.buckets.get(bucket))
      this.buckets.set(bucket, ref)
      ref = after
    }
  }

  private join(): void {
    // As many as SPARSE for each removal keep pace, so that an emptied table is a small one; one
    // more catches up.
    for (let i = 0; i <= SPARSE && this.buckets.length > LOW_MIN; i++) {
      if (this.count * SPARSE >= this.buckets.length) return
      if (this.split === 0) {
        this.low /= 2
        this.split = this.low
      }
      const into = --this.split
      let ref = this.buckets.pop()
      while (ref !== 0) {
        const after = this.next(ref)
        this.setNext(ref, this.buckets.get(into))
        this.buckets.set(into, ref)
        ref = after
      }
    }
  }

  private next(ref: number): number {
    return this.arena.words[ref >>> UNIT_SHIFT][((ref & UNIT_MASK) << 1) + NEXT]
  }

  private setNext(ref: number, to: number): void {
    this.arena.words[ref >>> UNIT_SHIFT][((ref & UNIT_MASK) << 1) + NEXT] = to
  }
}
