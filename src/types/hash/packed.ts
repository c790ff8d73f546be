// packed.ts: a small hash: a listpack (bytes/packed/listpack.ts) that is the value of its entry.
//
//   variant PLAIN   field, value, field, value …      in the order of insertion
//   variant TIMED   field, value, time, field …       by time, the fields without one (0) last
//
// These are Redis's own listpack and listpackex, byte for byte: DUMP copies them. TIMED comes with
// the first command that gives a field a time, and stays.
// A place is the offset of a field in the bytes: true until the next change of the arena.

import { Span } from '../../bytes/memory/span.ts'
import {
  adjustListpack,
  LISTPACK_HEADER,
  listpackCount,
  listpackEntryEnd,
  listpackEntrySize,
  listpackInteger,
  listpackIntegerSize,
  type PackedEntry,
  readListpackEntry,
  writeListpackEntry,
  writeListpackInteger,
} from '../../bytes/packed/listpack.ts'
import { findInListpack } from '../../bytes/packed/listpack-find.ts'
import { KEEP_TTL, metaOf } from '../../engine/keyspace/entry.ts'
import type { Database } from '../../engine/keyspace/keyspace.ts'
import { ListpackBuilder } from './builder.ts'

export const HASH_ID = 4
export const PLAIN = 0
export const TIMED = 1

const PAIR = 2
const TRIPLE = 3

const builder = new ListpackBuilder()
const built = new Span()
const moved = new Span()
const key = new Span()

/** The packed hash of one entry after the other. */
export class Packed {
  db!: Database
  /** Its entry, which moves when the hash changes its length. */
  ref = 0
  /** The whole listpack. */
  readonly span = new Span()
  /** Entries of a field: PAIR or TRIPLE. */
  private stride = PAIR

  bind(db: Database, ref: number): this {
    this.db = db
    this.ref = ref
    this.stride = db.variant(ref) === TIMED ? TRIPLE : PAIR
    db.value(ref, this.span)
    return this
  }

  get isTimed(): boolean {
    return this.stride === TRIPLE
  }

  /** Number of fields. */
  get count(): number {
    const { bytes, start, end } = this.span
    return listpackCount(bytes, start, end) / this.stride
  }

  /** The place of a field, 0 where there is none. */
  find(field: Span): number {
    const { bytes, start, end } = this.span
    return findInListpack(bytes, start, end, field, this.stride)
  }

  /** The place of the first field, 0 where there is none. */
  get first(): number {
    return this.orEnd(this.span.start + LISTPACK_HEADER)
  }

  /** The place of the field after that one, 0 at the end. */
  after(place: number): number {
    return this.orEnd(this.endOf(place))
  }

  /** The place of the field that has this number, from 0. */
  at(index: number): number {
    let place = this.span.start + LISTPACK_HEADER
    for (let i = index; i > 0; i--) place = this.endOf(place)
    return place
  }

  readField(place: number, into: PackedEntry): Span {
    readListpackEntry(this.span.bytes, place, into)
    return into.span
  }

  readValue(place: number, into: PackedEntry): Span {
    const { bytes } = this.span
    readListpackEntry(bytes, listpackEntryEnd(bytes, place), into)
    return into.span
  }

  /** When the field expires, 0 for never. */
  time(place: number): number {
    return this.stride === PAIR ? 0 : listpackInteger(this.span.bytes, this.timeAt(place))
  }

  /** When the first field expires, 0 for never. */
  get earliest(): number {
    const place = this.first
    return place === 0 ? 0 : this.time(place)
  }

  /** Gives a field another value. */
  setValue(place: number, value: Span): void {
    const at = listpackEntryEnd(this.span.bytes, place)
    const size = listpackEntrySize(value)
    const start = this.resize(at, listpackEntryEnd(this.span.bytes, at) - at, size)
    writeListpackEntry(this.span.bytes, start, value)
  }

  /** Adds a field that is not there, without a time. */
  append(field: Span, value: Span): void {
    const fieldSize = listpackEntrySize(field)
    const timeSize = this.stride === PAIR ? 0 : listpackIntegerSize(0)
    const size = fieldSize + listpackEntrySize(value) + timeSize
    const start = this.insert(this.span.end - 1, size)
    const { bytes } = this.span
    const valueAt = writeListpackEntry(bytes, start, field)
    const end = writeListpackEntry(bytes, valueAt, value)
    if (timeSize > 0) writeListpackInteger(bytes, end, 0)
  }

  remove(place: number): void {
    this.removeTo(place, this.endOf(place), 1)
  }

  /** Removes so many fields from the first on. */
  removeFirst(count: number): void {
    if (count === 0) return
    this.removeTo(this.span.start + LISTPACK_HEADER, this.at(count), count)
  }

  /** Lets a field expire at a time, or never (0), and puts it where the order wants it. */
  setTime(place: number, time: number): void {
    const at = this.timeAt(place)
    const offset = place - this.span.start
    const old = listpackEntryEnd(this.span.bytes, at) - at
    const timeAt = this.resize(at, old, listpackIntegerSize(time))
    writeListpackInteger(this.span.bytes, timeAt, time)
    const from = this.span.start + offset
    this.reorder(from, this.endOf(from), time)
  }

  /** Makes the listpack one of triples, no field with a time. */
  addTimes(): void {
    if (this.stride === TRIPLE) return
    const { bytes } = this.span
    builder.clear()
    for (let place = this.first; place !== 0; place = this.after(place)) {
      builder.appendEncoded(bytes, place, this.endOf(place), PAIR)
      builder.appendInteger(0)
    }
    const { db, ref } = this
    const meta = metaOf(HASH_ID, 0, TIMED) | KEEP_TTL
    this.bind(db, db.put(db.key(ref, key), ref, meta, builder.finish(built)))
  }

  private orEnd(place: number): number {
    return place < this.span.end - 1 ? place : 0
  }

  private timeAt(place: number): number {
    return listpackEntryEnd(this.span.bytes, listpackEntryEnd(this.span.bytes, place))
  }

  /** Where the field behind that one begins, or the end mark is. */
  private endOf(place: number): number {
    const { bytes } = this.span
    const at = this.timeAt(place)
    return this.stride === PAIR ? at : listpackEntryEnd(bytes, at)
  }

  /** Gives what is at an offset another length; returns its offset, for it may have moved. */
  private resize(at: number, before: number, after: number): number {
    if (before === after) return at
    const offset = at - this.span.start
    // The room is made or taken behind what stays of the old bytes.
    const change = after - before
    const keep = change > 0 ? before : after
    this.ref = this.db.splice(this.ref, offset + keep, change, this.span)
    const { bytes, start } = this.span
    adjustListpack(bytes, start, change, 0)
    return start + offset
  }

  /** Makes room for a new field; returns where it is. */
  private insert(at: number, size: number): number {
    const offset = at - this.span.start
    this.ref = this.db.splice(this.ref, offset, size, this.span)
    const { bytes, start } = this.span
    adjustListpack(bytes, start, size, this.stride)
    return start + offset
  }

  private removeTo(place: number, end: number, count: number): void {
    const size = end - place
    this.ref = this.db.splice(this.ref, place - this.span.start, -size, this.span)
    const { bytes, start } = this.span
    adjustListpack(bytes, start, -size, -count * this.stride)
  }

  /** Moves the field at [place, end) before the first that expires at its time or later. */
  private reorder(place: number, end: number, time: number): void {
    const { bytes } = this.span
    const target = this.placeFor(time, place)
    if (target === place || target === end) return
    moved.set(bytes, place, end)
    const field = moved.copy()
    if (target < place) {
      bytes.copyWithin(target + field.length, target, place)
      bytes.set(field, target)
    } else {
      bytes.copyWithin(place, end, target)
      bytes.set(field, target - field.length)
    }
  }

  /** Where a field of that time belongs; the one at `self` does not count. */
  private placeFor(time: number, self: number): number {
    const end = this.span.end - 1
    if (time === 0) return end
    let place = this.span.start + LISTPACK_HEADER
    for (; place < end; place = this.endOf(place)) {
      if (place === self) continue
      const other = this.time(place)
      if (other === 0 || other >= time) return place
    }
    return end
  }
}
