// packed.ts: a small sorted set: a listpack that is the entry's bytes, member and score in turn,
// in order. A score that is a whole number is stored as one, any other as its text.
//
// The object is a flyweight: `bind` points it at an entry. Offsets are from the begin of the value,
// since the entry may move.

import { copyBytes, Span } from '../../bytes/memory/span.ts'
import { DOUBLE_LENGTH_MAX, parseDouble, writeDouble } from '../../bytes/numbers/numbers.ts'
import {
  adjustListpack,
  LISTPACK_END,
  LISTPACK_HEADER,
  LISTPACK_MIN,
  listpackAt,
  listpackCount,
  listpackEntryEnd,
  listpackEntrySize,
  listpackInteger,
  listpackPrevious,
  PackedEntry,
  readListpackEntry,
  setListpackHeader,
  writeListpackEntry,
  writeListpackInteger,
} from '../../bytes/packed/listpack.ts'
import { findInListpack } from '../../bytes/packed/listpack-find.ts'
import type { Database } from '../../engine/keyspace/keyspace.ts'
import type { NameRange } from './commands/bounds.ts'
import type { RankedSet } from './large.ts'

/** Beyond this a whole number is stored as text, as the reference does. */
const WHOLE_MAX = 2 ** 62

/** Bytes of a score as an entry, at most. */
const SCORE_MAX = DOUBLE_LENGTH_MAX + 2

const other = new PackedEntry()
const text = new Span(new Uint8Array(DOUBLE_LENGTH_MAX), 0, 0)
/** A pair that is to be written. */
let pair = new Uint8Array(1024)
const whole = new Span()

/** A listpack of one pair: a loan until the next call. */
export function packPair(member: Span, score: number): Span {
  const size = listpackEntrySize(member)
  reserve(LISTPACK_MIN + size)
  writeListpackEntry(pair, LISTPACK_HEADER, member)
  const end = writePackedScore(pair, LISTPACK_HEADER + size, score)
  pair[end] = LISTPACK_END
  setListpackHeader(pair, 0, end + 1, 2)
  return whole.set(pair, 0, end + 1)
}

/** A listpack of all members of a large set. */
export function packAll(ranked: RankedSet): Uint8Array {
  const { count } = ranked
  let room = LISTPACK_MIN + count * SCORE_MAX
  ranked.seek(0)
  for (let i = 0; i < count; i++, ranked.next()) room += listpackEntrySize(ranked.member)
  const bytes = new Uint8Array(room)
  let at = LISTPACK_HEADER
  ranked.seek(0)
  for (let i = 0; i < count; i++, ranked.next()) {
    at = writeListpackEntry(bytes, at, ranked.member)
    at = writePackedScore(bytes, at, ranked.score)
  }
  bytes[at] = LISTPACK_END
  setListpackHeader(bytes, 0, at + 1, count * 2)
  return bytes.subarray(0, at + 1)
}

/** The score whose entry is at an offset of `bytes`. */
export function packedScore(bytes: Uint8Array, at: number): number {
  const whole = listpackInteger(bytes, at)
  if (!Number.isNaN(whole)) return whole
  readListpackEntry(bytes, at, other)
  const { span } = other
  return parseDouble(span.bytes, span.start, span.end)
}

/** Writes a score as an entry; returns the offset behind it. */
function writePackedScore(target: Uint8Array, at: number, score: number): number {
  if (isWhole(score)) return writeListpackInteger(target, at, score)
  text.end = writeDouble(text.bytes, 0, score)
  return writeListpackEntry(target, at, text)
}

function isWhole(score: number): boolean {
  return score === Math.floor(score) && score >= -WHOLE_MAX && score <= WHOLE_MAX
}

export class PackedSet {
  count = 0
  /** The entry, which changes may have moved. */
  ref = 0
  /** See SortedSet. */
  firstNamed = 0
  private db!: Database
  /** The listpack. */
  private readonly value = new Span()
  /** Offset of the found member. */
  private found = 0
  /** Where the walk stands. */
  private memberAt = 0
  private scoreAt = 0
  private readonly entry = new PackedEntry()

  bind(db: Database, ref: number): this {
    this.db = db
    this.ref = ref
    const { bytes, start, end } = db.value(ref, this.value)
    this.count = listpackCount(bytes, start, end) >>> 1
    return this
  }

  /** Looks a member up; returns its score, NaN where there is no such member. */
  find(member: Span): number {
    const { bytes, start, end } = this.value
    const at = findInListpack(bytes, start, end, member, 2)
    if (at === 0) return NaN
    this.found = at - start
    return packedScore(bytes, listpackEntryEnd(bytes, at))
  }

  insert(member: Span, score: number): void {
    const size = listpackEntrySize(member)
    reserve(size)
    writeListpackEntry(pair, 0, member)
    const total = writePackedScore(pair, size, score)
    const { value } = this
    const offset = this.placeOf(score, member) - value.start
    this.ref = this.db.splice(this.ref, offset, total, value)
    copyBytes(pair, 0, total, value.bytes, value.start + offset)
    adjustListpack(value.bytes, value.start, total, 2)
    this.count++
  }

  change(score: number): void {
    const { value, found } = this
    const at = value.start + found
    readListpackEntry(value.bytes, at, this.entry)
    const place = this.placeOf(score, this.entry.span) - value.start
    const before = listpackEntryEnd(value.bytes, at)
    const size = before - at
    reserve(size)
    copyBytes(value.bytes, at, before, pair, 0)
    const old = listpackEntryEnd(value.bytes, before) - at
    this.exchange(place, old, writePackedScore(pair, size, score))
  }

  drop(): void {
    const { value, found } = this
    const at = value.start + found
    const end = listpackEntryEnd(value.bytes, listpackEntryEnd(value.bytes, at))
    this.cut(found, end - at, 1)
  }

  rank(): number {
    const { bytes, start } = this.value
    const found = start + this.found
    let rank = 0
    for (let at = start + LISTPACK_HEADER; at < found; rank++) {
      at = listpackEntryEnd(bytes, listpackEntryEnd(bytes, at))
    }
    return rank
  }

  countBelow(score: number, inclusive: boolean): number {
    const { bytes, start, end } = this.value
    let rank = 0
    for (let at = start + LISTPACK_HEADER; at < end - 1; rank++) {
      const scoreAt = listpackEntryEnd(bytes, at)
      const there = packedScore(bytes, scoreAt)
      if (inclusive ? there > score : there >= score) break
      at = listpackEntryEnd(bytes, scoreAt)
    }
    return rank
  }

  /**
   * Where scores differ the names are in no order, and the answer is what the reference says: the
   * run of members in the range that begins with the first one on this side of it.
   */
  countNamed(range: NameRange, offset: number, backwards: boolean): number {
    const { count } = this
    if (range.isEmpty || offset < 0) return 0
    this.seek(count - 1)
    if (!range.isAboveMin(this.member)) return 0
    this.seek(0)
    if (!range.isBelowMax(this.member)) return 0
    let rank = backwards ? count - 1 : 0
    if (backwards) {
      this.seek(rank)
      for (; rank >= 0 && !range.isBelowMax(this.member); rank--) this.previous()
    } else for (; rank < count && !range.isAboveMin(this.member); rank++) this.next()
    if (rank < 0 || rank >= count || !this.isIn(range, backwards)) return 0
    this.firstNamed = backwards ? rank - offset : rank + offset
    return this.runOf(range, backwards)
  }

  seek(rank: number): void {
    const { bytes, start, end } = this.value
    this.stand(listpackAt(bytes, start, end, rank * 2))
  }

  get member(): Span {
    readListpackEntry(this.value.bytes, this.memberAt, this.entry)
    return this.entry.span
  }

  get score(): number {
    return packedScore(this.value.bytes, this.scoreAt)
  }

  get scoreText(): Span {
    readListpackEntry(this.value.bytes, this.scoreAt, this.entry)
    return this.entry.span
  }

  next(): void {
    const { bytes, end } = this.value
    const at = listpackEntryEnd(bytes, this.scoreAt)
    if (at < end - 1) this.stand(at)
  }

  previous(): void {
    const { bytes, start } = this.value
    const scoreAt = listpackPrevious(bytes, start, this.memberAt)
    if (scoreAt !== 0) this.stand(listpackPrevious(bytes, start, scoreAt))
  }

  /** Adds all members to a large set that has none; returns it. */
  copyTo(ranked: RankedSet): RankedSet {
    this.seek(0)
    for (let i = 0; i < this.count; i++, this.next()) ranked.append(this.member, this.score)
    return ranked
  }

  removeRange(rank: number, count: number): void {
    const { bytes, start } = this.value
    this.seek(rank)
    const first = this.memberAt
    let end = first
    for (let i = 0; i < count; i++) end = listpackEntryEnd(bytes, listpackEntryEnd(bytes, end))
    this.cut(first - start, end - first, count)
  }

  private stand(at: number): void {
    this.memberAt = at
    this.scoreAt = listpackEntryEnd(this.value.bytes, at)
  }

  /** Whether the member where the walk stands lies before the other limit of a range. */
  private isIn(range: NameRange, backwards: boolean): boolean {
    return backwards ? range.isAboveMin(this.member) : range.isBelowMax(this.member)
  }

  /** How many members from `firstNamed` on lie before the other limit. */
  private runOf(range: NameRange, backwards: boolean): number {
    const { firstNamed } = this
    const most = backwards ? firstNamed + 1 : this.count - firstNamed
    if (most <= 0) return 0
    this.seek(firstNamed)
    let run = 0
    while (run < most && this.isIn(range, backwards)) {
      run++
      if (backwards) this.previous()
      else this.next()
    }
    return run
  }

  /** The place in the listpack's bytes where a pair belongs: that of the entry behind it. */
  private placeOf(score: number, member: Span): number {
    const { bytes, start, end } = this.value
    for (let at = start + LISTPACK_HEADER; at < end - 1; ) {
      const scoreAt = listpackEntryEnd(bytes, at)
      const there = packedScore(bytes, scoreAt)
      if (there > score || (there === score && isBehind(bytes, at, member))) return at
      at = listpackEntryEnd(bytes, scoreAt)
    }
    return end - 1
  }

  /**
   * Puts `size` bytes of `pair` before the entry at an offset, in place of the found pair.
   * @param old bytes that the found one takes
   */
  private exchange(offset: number, old: number, size: number): void {
    const { value, found } = this
    const change = size - old
    const behind = offset > found
    let at = offset
    if (change > 0) this.ref = this.db.splice(this.ref, found + old, change, value)
    const { bytes, start } = value
    // The room of the old pair, with what was added or will go, moves to where the new one belongs.
    const room = Math.max(old, size)
    if (behind) {
      const end = offset + room - old
      bytes.copyWithin(start + found, start + found + room, start + end)
      at = end - room
    } else bytes.copyWithin(start + offset + room, start + offset, start + found)
    copyBytes(pair, 0, size, bytes, start + at)
    if (change < 0) this.ref = this.db.splice(this.ref, at + size, change, value)
    if (change !== 0) adjustListpack(value.bytes, value.start, change, 0)
  }

  private cut(offset: number, size: number, count: number): void {
    const { value } = this
    this.ref = this.db.splice(this.ref, offset, -size, value)
    adjustListpack(value.bytes, value.start, -size, -2 * count)
    this.count -= count
  }
}

/** Whether the member at an offset comes behind one whose score is the same. */
function isBehind(bytes: Uint8Array, at: number, member: Span): boolean {
  readListpackEntry(bytes, at, other)
  return other.span.compare(member) > 0
}

/** Makes sure that `pair` has room for a member that takes so many bytes, and a score. */
function reserve(memberSize: number): void {
  const size = memberSize + SCORE_MAX
  if (size > pair.length) pair = new Uint8Array(size * 2)
}
