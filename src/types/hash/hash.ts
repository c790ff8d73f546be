// hash.ts: a hash as commands see it, whichever of its two forms it has: packed.ts, large.ts.
//
// A place names a field until the next change of the hash. What is due is still there: only
// field-expiry.ts looks at the clock.

import { Span } from '../../bytes/memory/span.ts'
import { PackedEntry } from '../../bytes/packed/listpack.ts'
import type { Args } from '../../engine/arguments/args.ts'
import { KEEP_TTL, metaOf } from '../../engine/keyspace/entry.ts'
import type { Database } from '../../engine/keyspace/keyspace.ts'
import { ListpackBuilder } from './builder.ts'
import { HashTable } from './large.ts'
import { hashLimits } from './limits.ts'
import { HASH_ID, Packed, PLAIN } from './packed.ts'

const builder = new ListpackBuilder()
const built = new Span()
const key = new Span()

/** The hash of one entry after the other: true until the next `bind`. */
export class Hash {
  db!: Database
  /** The large form, null where the hash is packed. */
  table: HashTable | null = null
  readonly packed = new Packed()
  /** Whether the last field went, and the entry with it. */
  gone = false
  private entry = 0
  private readonly fieldEntry = new PackedEntry()
  private readonly valueEntry = new PackedEntry()
  private readonly fieldSpan = new Span()
  private readonly valueSpan = new Span()

  bind(db: Database, ref: number): this {
    this.db = db
    this.gone = false
    this.entry = ref
    if (db.isObject(ref)) this.table = db.object(ref) as HashTable
    else {
      this.table = null
      this.packed.bind(db, ref)
    }
    return this
  }

  /** The entry; it moves when a packed hash changes its length. */
  get ref(): number {
    return this.table === null ? this.packed.ref : this.entry
  }

  /** Number of fields, with those that are due. */
  get count(): number {
    return this.table === null ? this.packed.count : this.table.count
  }

  /** The place of a field, 0 where there is none. */
  find(field: Span): number {
    return this.table === null ? this.packed.find(field) : this.table.find(field)
  }

  /** The place of the first field, 0 where there is none. */
  get first(): number {
    return this.table === null ? this.packed.first : this.table.fields.first()
  }

  /** The place of the field after that one, 0 at the end. */
  after(place: number): number {
    return this.table === null ? this.packed.after(place) : this.table.fields.after(place)
  }

  /** The name of a field: a loan until the next call. */
  field(place: number): Span {
    if (this.table !== null) return this.table.fields.key(place, this.fieldSpan)
    return this.packed.readField(place, this.fieldEntry)
  }

  /** The value of a field: a loan until the next call. */
  value(place: number): Span {
    if (this.table !== null) return this.table.fields.value(place, this.valueSpan)
    return this.packed.readValue(place, this.valueEntry)
  }

  /** When a field expires, in milliseconds since 1970; 0 for never. */
  time(place: number): number {
    return this.table === null ? this.packed.time(place) : this.table.time(place)
  }

  /** The place of the field that expires first. */
  get earliestPlace(): number {
    return this.table === null ? this.packed.first : this.table.times.first
  }

  /** When the first field expires, 0 where none does. */
  get earliest(): number {
    if (this.table === null) return this.packed.isTimed ? this.packed.earliest : 0
    return this.table.times.count === 0 ? 0 : this.table.times.next
  }

  /**
   * Sets a field; the arguments do not lie in the database.
   * @param keepTime whether the field goes on to expire when it did
   * @returns whether it is new
   */
  set(field: Span, value: Span, keepTime = false): boolean {
    if (this.table === null && !this.allows(field, value)) this.convert()
    const place = this.find(field)
    if (this.table !== null) {
      if (place === 0) this.table.add(field, value)
      else this.setInTable(this.table, place, value, keepTime)
      return place === 0
    }
    if (place === 0) this.packed.append(field, value)
    else this.setInPacked(field, place, value, keepTime)
    if (this.packed.count > this.db.parts.limits.of(hashLimits).entries) this.convert()
    return place === 0
  }

  remove(place: number): void {
    if (this.table === null) this.packed.remove(place)
    else this.table.remove(place)
  }

  /** Lets a field expire at a time, or never (0). A packed hash is ready for times: `addTimes`. */
  setTime(place: number, time: number): void {
    if (this.table === null) this.packed.setTime(place, time)
    else this.table.setTime(place, time)
  }

  /** Gives a packed hash the layout that has times. */
  addTimes(): void {
    if (this.table === null) this.packed.addTimes()
  }

  /** Makes a packed hash a table where it will be one anyway when the arguments are set. */
  prepare(args: Args, first: number): void {
    if (this.table === null && !allowsAll(this.db, args, first)) this.convert()
  }

  /** Makes a packed hash a table. */
  convert(): void {
    const { db, packed } = this
    const table = new HashTable(db.parts)
    for (let place = packed.first; place !== 0; place = packed.after(place)) {
      const field = this.field(place)
      table.find(field)
      const ref = table.add(field, this.value(place))
      const time = packed.time(place)
      if (time !== 0) table.setTime(ref, time)
    }
    const due = db.agenda.at(packed.ref)
    const meta = metaOf(HASH_ID, 0, PLAIN) | KEEP_TTL
    this.bind(db, db.putObject(db.key(packed.ref, key), packed.ref, meta, table))
    if (due >= 0) db.agenda.set(this.entry, due)
  }

  private allows(field: Span, value: Span): boolean {
    const most = this.db.parts.limits.of(hashLimits).value
    return field.end - field.start <= most && value.end - value.start <= most
  }

  private setInTable(table: HashTable, place: number, value: Span, keepTime: boolean): void {
    if (!keepTime && table.times.count !== 0) table.times.delete(place)
    table.fields.setValue(place, value)
  }

  private setInPacked(field: Span, place: number, value: Span, keepTime: boolean): void {
    const { packed } = this
    const losesTime = !keepTime && packed.time(place) !== 0
    packed.setValue(place, value)
    if (losesTime) packed.setTime(packed.find(field), 0)
  }
}

/**
 * Creates a hash from arguments: field, value, field, value …
 * @param owner a key that has no entry
 * @returns the number of fields
 */
export function createHash(db: Database, owner: Span, args: Args, first: number): number {
  const meta = metaOf(HASH_ID, 0, PLAIN)
  if (allowsAll(db, args, first)) {
    builder.clear()
    for (let i = first; i < args.count; i += 2) builder.set(args.at(i), args.at(i + 1))
    db.put(owner, 0, meta, builder.finish(built))
    return builder.count / 2
  }
  const table = new HashTable(db.parts)
  for (let i = first; i < args.count; i += 2) {
    const field = args.at(i)
    const place = table.find(field)
    if (place === 0) table.add(field, args.at(i + 1))
    else table.fields.setValue(place, args.at(i + 1))
  }
  db.putObject(owner, 0, meta, table)
  return table.count
}

/** The same for one field. */
export function createHashOf(db: Database, owner: Span, field: Span, value: Span): void {
  const meta = metaOf(HASH_ID, 0, PLAIN)
  const { entries, value: most } = db.parts.limits.of(hashLimits)
  if (entries > 0 && field.length <= most && value.length <= most) {
    builder.clear()
    builder.append(field)
    builder.append(value)
    db.put(owner, 0, meta, builder.finish(built))
    return
  }
  const table = new HashTable(db.parts)
  table.find(field)
  table.add(field, value)
  db.putObject(owner, 0, meta, table)
}

/** Whether a hash of these arguments is packed. */
function allowsAll(db: Database, args: Args, first: number): boolean {
  const { entries, value } = db.parts.limits.of(hashLimits)
  const { words } = args
  if ((args.count - first) / 2 > entries) return false
  for (let i = first; i < args.count; i++) {
    if (words.ends[i]! - words.starts[i]! > value) return false
  }
  return true
}
