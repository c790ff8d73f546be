// members.ts: the members of a set, whichever of its three forms it has, and when it takes another.
//
// A set of integers is an intset until it has more than set-max-intset-entries; with the first
// member that is no integer it becomes a listpack if it has fewer than set-max-listpack-entries and
// no member is longer than set-max-listpack-value, and else a table. Nothing turns back.
//
// A place names a member until the next change: in an intset its index + 1, in a listpack its
// offset, in a table its record; 0 is none.

import type { ScratchVector } from '../../bytes/memory/scratch-vector.ts'
import { Span } from '../../bytes/memory/span.ts'
import { INT64_LENGTH_MAX, Int64 } from '../../bytes/numbers/int64.ts'
import {
  INTSET_HEADER,
  intsetAt,
  intsetCount,
  intsetWidth,
  readIntsetValue,
  searchIntset,
  setIntsetHeader,
  widenIntset,
  widthOf,
  writeIntsetValue,
} from '../../bytes/packed/intset.ts'
import {
  adjustListpack,
  EMPTY_LISTPACK,
  LISTPACK_HEADER,
  listpackAt,
  listpackCount,
  listpackEntryEnd,
  listpackEntrySize,
  PackedEntry,
  readListpackEntry,
  writeListpackEntry,
} from '../../bytes/packed/listpack.ts'
import { findInListpack } from '../../bytes/packed/listpack-find.ts'
import { Table } from '../../bytes/table/table.ts'
import type { Random } from '../../engine/contract/random.ts'
import type { DatabaseParts } from '../../engine/keyspace/database-parts.ts'
import type { Database } from '../../engine/keyspace/keyspace.ts'
import { listpackOfIntset } from './convert.ts'
import { type SetLimits, setLimits } from './limits.ts'
import { EntryRoom, INTSET, LISTPACK, type LooseRoom, type Room, TABLE } from './room.ts'

/** No intset has more, whatever the directive says. */
const INTSET_ENTRIES_MAX = 1 << 30
/** Packed sets without members, by form. */
const EMPTY = [new Span(new Uint8Array([2, 0, 0, 0, 0, 0, 0, 0])), new Span(EMPTY_LISTPACK)]

const number = new Int64()

/** The most integers that an intset may have. */
export function intsetLimit(limits: SetLimits): number {
  return Math.min(limits.integers, INTSET_ENTRIES_MAX)
}

/** The set of one entry after the other, or one in the making. */
export class Members {
  /** INTSET, LISTPACK or TABLE. */
  form = INTSET
  /** The bytes of the two packed forms. */
  readonly span = new Span()
  /** The third form; null where the set has another. */
  table: Table | null = null
  private parts!: DatabaseParts
  private room: Room
  private readonly entry = new EntryRoom()
  private readonly element = new Span()
  private readonly packed = new PackedEntry()
  private readonly digits = new Uint8Array(INT64_LENGTH_MAX)

  constructor() {
    this.room = this.entry
  }

  /** Sees the set that is an entry's value. */
  bind(db: Database, ref: number): this {
    const { entry } = this
    this.parts = db.parts
    this.room = entry
    entry.db = db
    entry.ref = ref
    if (db.isObject(ref)) {
      this.form = TABLE
      this.table = db.object(ref) as Table
      return this
    }
    this.form = db.variant(ref)
    this.table = null
    db.value(ref, this.span)
    return this
  }

  /** Begins a set without members, of that form, in a room of its own. */
  begin(parts: DatabaseParts, form: number, room: LooseRoom): this {
    if (form !== TABLE) return this.beginWith(parts, form, room, EMPTY[form]!)
    this.parts = parts
    this.room = room
    this.form = form
    this.table = newTable(parts)
    return this
  }

  /** Begins with the members that bytes of a packed form hold. */
  beginWith(parts: DatabaseParts, form: number, room: LooseRoom, bytes: Span): this {
    this.parts = parts
    this.room = room
    this.form = form
    this.table = null
    room.put(form, bytes, this.span)
    return this
  }

  /** The entry, where the set is one's value. */
  get ref(): number {
    return this.entry.ref
  }

  get count(): number {
    if (this.table !== null) return this.table.count
    const { bytes, start, end } = this.span
    return this.form === INTSET ? intsetCount(bytes, start) : listpackCount(bytes, start, end)
  }

  has(member: Span): boolean {
    return this.find(member) !== 0
  }

  /** The place of a member, 0 where it is none. */
  find(member: Span): number {
    const { bytes, start, end } = member
    if (this.table !== null) return this.table.find(bytes, start, end)
    const { span } = this
    if (this.form === LISTPACK) return findInListpack(span.bytes, span.start, span.end, member, 1)
    if (end - start > INT64_LENGTH_MAX || !number.parse(bytes, start, end)) return 0
    const index = searchIntset(span.bytes, span.start, number)
    return index < 0 ? 0 : index + 1
  }

  /** Whether the member that another set has at a place is one of this set, too. */
  hasThatOf(other: Members, place: number): boolean {
    const { table, span } = this
    if (table !== null && other.table !== null) {
      return table.findHashed(other.table.hash(place), other.member(place)) !== 0
    }
    if (this.form !== INTSET || other.form !== INTSET) return this.has(other.member(place))
    other.integer(place, number)
    return searchIntset(span.bytes, span.start, number) >= 0
  }

  /** The place of the first member, 0 where there is none. */
  first(): number {
    if (this.table !== null) return this.table.first()
    const { start, end } = this.span
    if (this.form === INTSET) return end > start + INTSET_HEADER ? 1 : 0
    return start + LISTPACK_HEADER < end - 1 ? start + LISTPACK_HEADER : 0
  }

  /** The place of the member after that one, 0 at the end. */
  after(place: number): number {
    if (this.table !== null) return this.table.after(place)
    const { bytes, start, end } = this.span
    if (this.form === INTSET) return place < intsetCount(bytes, start) ? place + 1 : 0
    const next = listpackEntryEnd(bytes, place)
    return next < end - 1 ? next : 0
  }

  /** The place of the member with that number in the order of a packed set, from 0. */
  at(index: number): number {
    if (this.form === INTSET) return index + 1
    const { bytes, start, end } = this.span
    return listpackAt(bytes, start, end, index)
  }

  /** The place of any member, each with the same chance; there is one. */
  anyPlace(random: Random): number {
    return this.table === null ? this.at(random.below(this.count)) : this.table.random(random)
  }

  /** The member at a place: a loan until the next call or change. */
  member(place: number): Span {
    if (this.table !== null) return this.table.key(place, this.element)
    if (this.form === LISTPACK) {
      readListpackEntry(this.span.bytes, place, this.packed)
      return this.packed.span
    }
    this.integer(place, number)
    return this.element.set(this.digits, 0, number.writeText(this.digits, 0))
  }

  /** The member of an intset at a place. */
  integer(place: number, into: Int64): void {
    const { bytes, start } = this.span
    const width = intsetWidth(bytes, start)
    readIntsetValue(bytes, intsetAt(start, width, place - 1), width, into)
  }

  /** Adds a member, which does not lie in the set; false where it is one already. */
  add(member: Span): boolean {
    const { bytes, start, end } = member
    if (this.table !== null) {
      if (this.table.find(bytes, start, end) !== 0) return false
      this.table.insertSought(bytes, start, end, 0)
      return true
    }
    if (this.form === LISTPACK) return this.addToListpack(member)
    if (end - start <= INT64_LENGTH_MAX && number.parse(bytes, start, end)) {
      return this.addInteger()
    }
    if (this.takesText(member)) {
      this.form = LISTPACK
      this.room.put(LISTPACK, listpackOfIntset(this.span), this.span)
      this.append(member)
    } else this.convertAndAdd(member)
    return true
  }

  /** Adds the member that another set has at a place; false where it is one already. */
  addThatOf(other: Members, place: number): boolean {
    const { table } = this
    if (table !== null && other.table !== null) {
      return table.addHashed(other.table.hash(place), other.member(place))
    }
    if (this.form !== INTSET || other.form !== INTSET) return this.add(other.member(place))
    other.integer(place, number)
    return this.addInteger()
  }

  /** Removes a member; false where it is none. */
  remove(member: Span): boolean {
    const place = this.find(member)
    if (place === 0) return false
    this.removeAt(place)
    return true
  }

  removeAt(place: number): void {
    if (this.table !== null) {
      this.table.remove(place)
      return
    }
    const { span } = this
    const { bytes, start } = span
    if (this.form === INTSET) {
      const width = intsetWidth(bytes, start)
      const count = intsetCount(bytes, start)
      this.room.splice(intsetAt(0, width, place - 1), -width, span)
      setIntsetHeader(span.bytes, span.start, width, count - 1)
      return
    }
    const size = listpackEntryEnd(bytes, place) - place
    this.room.splice(place - start, -size, span)
    adjustListpack(span.bytes, span.start, -size, -1)
  }

  /** Removes the members at these places of a packed set, which ascend. */
  removeAll(places: ScratchVector): void {
    const { span } = this
    const { bytes, start, end } = span
    const isIntset = this.form === INTSET
    const width = isIntset ? intsetWidth(bytes, start) : 0
    const count = isIntset ? intsetCount(bytes, start) : 0
    const last = isIntset ? end : end - 1
    const begin = (place: number) => (isIntset ? intsetAt(start, width, place - 1) : place)
    let to = begin(places.at(0))
    for (let i = 0; i < places.count; i++) {
      const at = begin(places.at(i))
      const from = isIntset ? at + width : listpackEntryEnd(bytes, at)
      const until = i + 1 < places.count ? begin(places.at(i + 1)) : last
      bytes.copyWithin(to, from, until)
      to += until - from
    }
    const change = to - last
    this.room.splice(to - start, change, span)
    if (isIntset) setIntsetHeader(span.bytes, span.start, width, count - places.count)
    else adjustListpack(span.bytes, span.start, change, -places.count)
  }

  /** Makes a packed set a table where it is to take so many members that it becomes one anyway. */
  prepare(incoming: number): void {
    const { integers, entries } = this.parts.limits.of(setLimits)
    const most = this.form === INTSET ? integers : entries
    if (this.table === null && incoming > most) this.convert()
  }

  /** Makes a packed set a table. */
  convert(): void {
    const table = newTable(this.parts)
    for (let place = this.first(); place !== 0; place = this.after(place)) {
      const { bytes, start, end } = this.member(place)
      table.insert(bytes, start, end, 0)
    }
    this.room.putTable(table)
    this.form = TABLE
    this.table = table
  }

  private convertAndAdd({ bytes, start, end }: Span): void {
    this.convert()
    this.table!.insert(bytes, start, end, 0)
  }

  /** Adds `number` to an intset. */
  private addInteger(): boolean {
    const { span } = this
    const index = searchIntset(span.bytes, span.start, number)
    if (index >= 0) return false
    const count = intsetCount(span.bytes, span.start)
    const before = intsetWidth(span.bytes, span.start)
    const width = Math.max(before, widthOf(number))
    if (width > before) this.widen(before, width, count)
    const offset = intsetAt(0, width, -1 - index)
    this.room.splice(offset, width, span)
    writeIntsetValue(span.bytes, span.start + offset, width, number)
    setIntsetHeader(span.bytes, span.start, width, count + 1)
    if (count + 1 > intsetLimit(this.parts.limits.of(setLimits))) this.convert()
    return true
  }

  private widen(from: number, to: number, count: number): void {
    const { span } = this
    this.room.splice(span.end - span.start, (to - from) * count, span)
    widenIntset(span.bytes, span.start, from, to)
  }

  private addToListpack(member: Span): boolean {
    const { bytes, start, end } = this.span
    if (findInListpack(bytes, start, end, member, 1) !== 0) return false
    const { entries, value } = this.parts.limits.of(setLimits)
    const fits = member.end - member.start <= value
    if (fits && listpackCount(bytes, start, end) < entries) this.append(member)
    else this.convertAndAdd(member)
    return true
  }

  private append(member: Span): void {
    const { span } = this
    const size = listpackEntrySize(member)
    const at = span.end - span.start - 1
    this.room.splice(at, size, span)
    writeListpackEntry(span.bytes, span.start + at, member)
    adjustListpack(span.bytes, span.start, size, 1)
  }

  /** Whether an intset becomes a listpack, with a member that is no integer. */
  private takesText(member: Span): boolean {
    const { entries, value } = this.parts.limits.of(setLimits)
    const { count } = this
    if (count >= entries || member.end - member.start > value) return false
    // The longest integer is one of the two at the ends.
    return count === 0 || (this.digitsAt(1) <= value && this.digitsAt(count) <= value)
  }

  private digitsAt(place: number): number {
    return this.member(place).length
  }
}

function newTable({ hashKey, ledger }: DatabaseParts): Table {
  return new Table({ hashKey, ledger, values: false })
}
