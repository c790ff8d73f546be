// groups.ts: the index of a table: which records have a key of a certain hash.
//
//   group (64 bytes)  ┌ count u8 | link u24 ┬ 10 tags u16 ┬ 10 refs u32 ┐   one line of the cache
//   tag   = bits 8 to 23 of the hash                         link: the group that goes on, 0 none
//
// A record is looked for among the tags of its group: a record of another key is hardly ever read,
// and one that is not there costs one fetch from memory. Groups divide by linear hashing
// (keys/dict.ts says how), one for each ten records that are added, by a bit of the hash that the
// tags hold: so a table grows without reading its keys, and nothing ever stops to rehash. What does
// not fit into a group goes on in another one, of those that `overflow` holds. A record costs some
// 9 bytes here. (Chains of records, which came first, took three:
// docs/decisions/groups-of-tags.md.)
//
// Only 24 bits of the hash count: beyond 160 million records groups go on growing.
// Cost: find, insert, remove O(1); scan O(records of the group); random pick O(1) expected.

import type { Bits } from '../keys/dict.ts'
import { cursorAfter } from '../keys/scan-cursor.ts'
import { CHUNK_BYTES, Chunks } from '../memory/chunks.ts'
import type { Ledger } from '../memory/ledger.ts'
import {
  GROUP_BYTES,
  GROUP_MASK,
  GROUP_SHIFT,
  LINK_SHIFT,
  OverflowGroups,
  WORD_SHIFT,
} from './overflow-groups.ts'

/** Records of a group. */
export const SLOTS = 10
/** Words from a group's begin to its tags. */
export const TAGS = 1
/** Words from a group's begin to its refs. */
export const REFS = 6
export const COUNT_MASK = 0xff

const TAG_MASK = 0xffff
const TAG_BIT = 8
/** The bits below those of the tag. */
const TAG_FIRST = (1 << TAG_BIT) - 1
const HASH_BITS = 24
/** Records for each group on the average above which groups divide. */
const FULL = 10
/** Records for each group below which groups are joined. */
const SPARSE = 3
const LOW_MAX = 1 << HASH_BITS
/** Groups that a sample looks at for each record it wants. */
const SAMPLE_STEPS = 2

/** Tells the hash of a record, for the few bits that are not in its tag. */
export type Hashes = { hash(ref: number): number }

/** Tag and ref of records on their way to other groups. */
let movedTags = new Int32Array(64)
let movedRefs = new Int32Array(64)

export class Groups {
  /** Records held. */
  count = 0
  /** False keeps the number of groups (DEBUG DICT-RESIZING 0). */
  resizable = true
  /** Number of groups, without those that others go on in. */
  length = 1
  /** The groups by number, as words of their chunks. */
  readonly primary: Int32Array[]
  /** The groups that others go on in, as words of their chunks. */
  readonly overflow: Int32Array[]
  private low = 1
  private split = 0
  /** At least as many records as a group ever held with all it goes on in. */
  private longest = SLOTS
  private readonly chunks: Chunks
  private readonly overflowGroups: OverflowGroups
  private readonly owner: Hashes

  /** @param from groups that are shared; the owner is a clone of their owner */
  constructor(owner: Hashes, ledger: Ledger, from?: Groups) {
    this.owner = owner
    this.chunks = from === undefined ? new Chunks(ledger) : from.chunks.clone()
    this.overflowGroups = new OverflowGroups(ledger, from?.overflowGroups)
    this.primary = this.chunks.words
    this.overflow = this.overflowGroups.words
    if (from === undefined) {
      this.chunks.add(GROUP_BYTES)
      return
    }
    this.count = from.count
    this.resizable = from.resizable
    this.length = from.length
    this.low = from.low
    this.split = from.split
    this.longest = from.longest
  }

  /**
   * The bits of the hash that a group's number and a tag in it tell: all that count in any table.
   * @returns -1 where there are too few groups to tell
   */
  hashOf(group: number, tag: number): number {
    return this.low > TAG_FIRST ? (tag << TAG_BIT) | (group & TAG_FIRST) : -1
  }

  /** The group that records of this hash are in. */
  groupOf(hash: number): number {
    const group = hash & (this.low * 2 - 1)
    return group < this.length ? group : group - this.low
  }

  /** Enters a record. */
  insert(ref: number, hash: number): void {
    this.append(this.groupOf(hash), tagOf(hash), ref)
    this.count++
    if (!this.resizable || this.count <= this.length * FULL) return
    this.divide()
    // A table that was kept too small catches up, one more group at a time.
    if (this.count > this.length * FULL) this.divide()
  }

  remove(ref: number, hash: number): void {
    this.takeOut(this.groupOf(hash), ref)
    this.count--
    if (!this.resizable || this.count >= this.length * SPARSE) return
    this.join()
    if (this.count < this.length * SPARSE) this.join()
  }

  /** Puts the record `to`, a moved copy, in the place of `from`. */
  replace(from: number, to: number, hash: number): void {
    const group = this.groupOf(hash)
    const { chunks } = this
    if (chunks.shared !== 0) chunks.own(group >>> GROUP_SHIFT)
    let words = this.primary[group >>> GROUP_SHIFT]
    let at = (group & GROUP_MASK) << WORD_SHIFT
    for (;;) {
      const slot = slotOf(words, at, from)
      if (slot >= 0) {
        words[at + REFS + slot] = to
        return
      }
      const link = words[at] >>> LINK_SHIFT
      words = this.overflowGroups.writable(link)
      at = (link & GROUP_MASK) << WORD_SHIFT
    }
  }

  /** Visits the records of one step of a scan; see Dict.scan. */
  scan(cursor: number, visit: (ref: number) => void): number {
    const mask = this.low - 1
    const group = cursor & mask
    this.visit(group, visit)
    if (group < this.split) this.visit(group + this.low, visit)
    return cursorAfter(cursor, mask)
  }

  /** Visits the records of a group and of those it goes on in. */
  visit(group: number, visit: (ref: number) => void): void {
    let words = this.primary[group >>> GROUP_SHIFT]
    let at = (group & GROUP_MASK) << WORD_SHIFT
    for (;;) {
      const head = words[at]
      const end = at + REFS + (head & COUNT_MASK)
      for (let i = at + REFS; i < end; i++) visit(words[i])
      const link = head >>> LINK_SHIFT
      if (link === 0) return
      words = this.overflow[link >>> GROUP_SHIFT]
      at = (link & GROUP_MASK) << WORD_SHIFT
    }
  }

  /** A record picked with equal chance for each; 0 where there is none. */
  random(random: Bits): number {
    if (this.count === 0) return 0
    for (;;) {
      const group = random.bits() % this.length
      const ref = this.at(group, random.bits() % this.longest)
      if (ref !== 0) return ref
    }
  }

  /** Picks records of neighbouring groups from a random one on; returns how many. */
  sample(random: Bits, into: Int32Array): number {
    let group = random.bits() % this.length
    let found = 0
    for (let steps = into.length * SAMPLE_STEPS; steps > 0; steps--) {
      for (let i = 0, ref = this.at(group, 0); ref !== 0 && found < into.length; ) {
        into[found++] = ref
        ref = this.at(group, ++i)
      }
      if (found === into.length || found === this.count) return found
      if (++group === this.length) group = 0
    }
    return found
  }

  /** How many groups hold 0, 1, 2 … records. */
  histogram(): number[] {
    const counts: number[] = []
    for (let group = 0; group < this.length; group++) {
      let size = 0
      this.visit(group, () => size++)
      while (counts.length <= size) counts.push(0)
      counts[size]++
    }
    return counts
  }

  get memory(): number {
    return this.chunks.memory + this.overflowGroups.chunks.memory
  }

  dispose(): void {
    this.chunks.dispose()
    this.overflowGroups.chunks.dispose()
  }

  /** Checks all invariants; throws an Error that names the first one broken. */
  verify(): void {
    let records = 0
    let overflowGroups = 0
    for (let group = 0; group < this.length; group++) {
      this.visit(group, (ref) => {
        records++
        if (this.groupOf(this.owner.hash(ref)) !== group) throw new Error('a record strayed')
      })
      overflowGroups += this.overflowsOf(group)
    }
    if (records !== this.count) throw new Error(`count is ${this.count}, groups hold ${records}`)
    if (this.length !== this.low + this.split) throw new Error('the number of groups is off')
    if (overflowGroups !== this.overflowGroups.count)
      throw new Error('a group to go on in was lost')
  }

  /** The record with a number in a group and those it goes on in, 0 where there are fewer. */
  private at(group: number, index: number): number {
    let words = this.primary[group >>> GROUP_SHIFT]
    let at = (group & GROUP_MASK) << WORD_SHIFT
    let left = index
    for (;;) {
      const head = words[at]
      const count = head & COUNT_MASK
      if (left < count) return words[at + REFS + left]
      const link = head >>> LINK_SHIFT
      if (link === 0) return 0
      left -= count
      words = this.overflow[link >>> GROUP_SHIFT]
      at = (link & GROUP_MASK) << WORD_SHIFT
    }
  }

  /** Adds a record to a group, or where it goes on: all but the last of these are full. */
  private append(group: number, tag: number, ref: number): void {
    const { chunks } = this
    if (chunks.shared !== 0) chunks.own(group >>> GROUP_SHIFT)
    let words = this.primary[group >>> GROUP_SHIFT]
    let at = (group & GROUP_MASK) << WORD_SHIFT
    let last = 0
    let before = 0
    let head = words[at]
    while ((head & COUNT_MASK) === SLOTS) {
      before += SLOTS
      let link = head >>> LINK_SHIFT
      if (link === 0) {
        link = this.overflowGroups.take()
        // The words may lie elsewhere now.
        if (before > SLOTS) words = this.overflowGroups.writable(last)
        words[at] = head | (link << LINK_SHIFT)
      }
      last = link
      words = this.overflowGroups.writable(link)
      at = (link & GROUP_MASK) << WORD_SHIFT
      head = words[at]
    }
    const slot = head & COUNT_MASK
    words[at] = head + 1
    writeTag(words, at, slot, tag)
    words[at + REFS + slot] = ref
    if (before + slot >= this.longest) this.longest = before + slot + 1
  }

  /** Takes a record out of a group; the last one takes its place. */
  private takeOut(group: number, ref: number): void {
    const { chunks } = this
    if (chunks.shared !== 0) chunks.own(group >>> GROUP_SHIFT)
    let words = this.primary[group >>> GROUP_SHIFT]
    let at = (group & GROUP_MASK) << WORD_SHIFT
    let slot = slotOf(words, at, ref)
    while (slot < 0) {
      const link = words[at] >>> LINK_SHIFT
      words = this.overflowGroups.writable(link)
      at = (link & GROUP_MASK) << WORD_SHIFT
      slot = slotOf(words, at, ref)
    }
    let last = words
    let lastAt = at
    let before = words
    let beforeAt = at
    for (let link = last[lastAt] >>> LINK_SHIFT; link !== 0; link = last[lastAt] >>> LINK_SHIFT) {
      before = last
      beforeAt = lastAt
      last = this.overflowGroups.writable(link)
      lastAt = (link & GROUP_MASK) << WORD_SHIFT
    }
    const lastSlot = (last[lastAt] & COUNT_MASK) - 1
    words[at + REFS + slot] = last[lastAt + REFS + lastSlot]
    writeTag(words, at, slot, readTag(last, lastAt, lastSlot))
    last[lastAt]--
    if (lastSlot === 0) this.unlinkEmpty(group, before, beforeAt, last, lastAt)
  }

  /** Frees the last group of a row when it has become empty, unless it is the first, too. */
  private unlinkEmpty(
    group: number,
    before: Int32Array,
    beforeAt: number,
    last: Int32Array,
    lastAt: number,
  ): void {
    if (before === last && beforeAt === lastAt) {
      // The record was in the last group: what leads there is not known yet.
      let words = this.primary[group >>> GROUP_SHIFT]
      let at = (group & GROUP_MASK) << WORD_SHIFT
      if (words === last && at === lastAt) return
      for (;;) {
        const link = words[at] >>> LINK_SHIFT
        const next = this.overflow[link >>> GROUP_SHIFT]
        const nextAt = (link & GROUP_MASK) << WORD_SHIFT
        if (next === last && nextAt === lastAt) break
        words = next
        at = nextAt
      }
      before = words
      beforeAt = at
    }
    const link = before[beforeAt] >>> LINK_SHIFT
    before[beforeAt] &= COUNT_MASK
    this.overflowGroups.give(link)
  }

  private divide(): void {
    if (this.length >= LOW_MAX) return
    const from = this.split
    const to = this.length
    this.grow()
    const bit = this.low
    if (++this.split === this.low) {
      this.low *= 2
      this.split = 0
    }
    const count = this.takeAll(from)
    const shift = 31 - Math.clz32(bit) - TAG_BIT
    for (let i = 0; i < count; i++) {
      const tag = movedTags[i]
      const ref = movedRefs[i]
      const goes = shift >= 0 ? (tag >>> shift) & 1 : this.owner.hash(ref) & bit
      this.append(goes === 0 ? from : to, tag, ref)
    }
  }

  private join(): void {
    if (this.length === 1) return
    if (this.split === 0) {
      this.low /= 2
      this.split = this.low
    }
    const into = --this.split
    const count = this.takeAll(this.length - 1)
    this.shrink()
    for (let i = 0; i < count; i++) this.append(into, movedTags[i], movedRefs[i])
  }

  /** Empties a group into `movedTags` and `movedRefs`; returns how many records it had. */
  private takeAll(group: number): number {
    const { chunks } = this
    if (chunks.shared !== 0) chunks.own(group >>> GROUP_SHIFT)
    let words = this.primary[group >>> GROUP_SHIFT]
    let at = (group & GROUP_MASK) << WORD_SHIFT
    let head = words[at]
    let total = 0
    words[at] = 0
    for (;;) {
      const count = head & COUNT_MASK
      if (total + count > movedRefs.length) enlargeMoved()
      for (let i = 0; i < count; i++) {
        movedTags[total] = readTag(words, at, i)
        movedRefs[total++] = words[at + REFS + i]
      }
      const link = head >>> LINK_SHIFT
      if (link === 0) return total
      words = this.overflowGroups.writable(link)
      at = (link & GROUP_MASK) << WORD_SHIFT
      head = words[at]
      this.overflowGroups.give(link)
    }
  }

  /** Adds an empty group at the end. */
  private grow(): void {
    const group = this.length++
    const chunk = group >>> GROUP_SHIFT
    const end = (group & GROUP_MASK) << WORD_SHIFT
    if (chunk === 0 && end === this.primary[0].length) {
      this.chunks.resize(0, this.primary[0].length * 8)
    } else if (chunk === this.primary.length || this.primary[chunk].length === 0) {
      this.chunks.add(CHUNK_BYTES)
    }
    if (this.chunks.shared !== 0) this.chunks.own(chunk)
    this.primary[chunk][end] = 0
  }

  /** Drops the last group, which is empty. */
  private shrink(): void {
    const group = --this.length
    const chunk = group >>> GROUP_SHIFT
    if (chunk === 0) this.shrinkFirst()
    // One spare chunk stays, so that changes around a border do not allocate each time.
    const spare = chunk + 2
    if (spare < this.primary.length && this.primary[spare].length > 0) this.chunks.drop(spare)
  }

  /** Halves the first chunk where three quarters of it are free; then no other is needed. */
  private shrinkFirst(): void {
    const size = this.primary[0].length
    if (this.length << (WORD_SHIFT + 2) > size || size <= 1 << WORD_SHIFT) return
    if (this.primary.length > 1 && this.primary[1].length > 0) this.chunks.drop(1)
    this.chunks.resize(0, size * 2)
  }

  private overflowHead(group: number): number {
    return this.overflow[group >>> GROUP_SHIFT][(group & GROUP_MASK) << WORD_SHIFT]
  }

  /** How many groups a group goes on in. */
  private overflowsOf(group: number): number {
    let overflows = 0
    let head = this.primary[group >>> GROUP_SHIFT][(group & GROUP_MASK) << WORD_SHIFT]
    for (; head >>> LINK_SHIFT !== 0; overflows++) {
      if ((head & COUNT_MASK) !== SLOTS) throw new Error('a group goes on that is not full')
      head = this.overflowHead(head >>> LINK_SHIFT)
    }
    return overflows
  }
}

/** The part of a hash that a group keeps. */
export function tagOf(hash: number): number {
  return (hash >>> TAG_BIT) & TAG_MASK
}

export function readTag(words: Int32Array, at: number, slot: number): number {
  return (words[at + TAGS + (slot >>> 1)] >>> ((slot & 1) << 4)) & TAG_MASK
}

function writeTag(words: Int32Array, at: number, slot: number, tag: number): void {
  const word = at + TAGS + (slot >>> 1)
  const shift = (slot & 1) << 4
  words[word] = (words[word] & ~(TAG_MASK << shift)) | (tag << shift)
}

/** The slot of a record in one group, -1 where it is in none. */
function slotOf(words: Int32Array, at: number, ref: number): number {
  const count = words[at] & COUNT_MASK
  for (let i = 0; i < count; i++) if (words[at + REFS + i] === ref) return i
  return -1
}

function enlargeMoved(): void {
  const tags = new Int32Array(movedTags.length * 2)
  const refs = new Int32Array(movedRefs.length * 2)
  tags.set(movedTags)
  refs.set(movedRefs)
  movedTags = tags
  movedRefs = refs
}
