// datatype.ts: the contract of a data type: all that the rest of the house knows about its values.
//
// A value is either bytes in its entry or an object (entry.ts). `view` binds the type's flyweight
// to an entry, so that a handler works with a `Hash` or a string and never asks which form it has.

import type { Span } from '../bytes/span.ts'
import type { Digest } from './digest.ts'
import type { DumpReader, DumpWriter } from './dump-ports.ts'
import type { Database } from './keyspace.ts'

export type DataType<V> = {
  /** TYPE's answer. */
  readonly name: string
  /** The number in an entry's meta, 0 to 7. */
  readonly id: number
  /** The value of an entry; a flyweight that is true until the next `view` of this type. */
  view(db: Database, ref: number): V
  /** OBJECT ENCODING's answer. */
  encoding(db: Database, ref: number): string
  /** Bytes the value holds beyond its entry (Database.entryBytes), exactly: its object's. */
  bytes(db: Database, ref: number): number
  /** How many allocations freeing takes: above 64 a lazy free is worth it. */
  effort(db: Database, ref: number): number
  /** Called before the entry gets another key or loses its expiry time, if either matters. */
  settle?(db: Database, ref: number): void
  /**
   * Writes the value as DUMP and RDB have it, in a layout that `to.version` knows.
   * @returns the RDB type number
   */
  save(db: Database, ref: number, to: DumpWriter): number
  /** RDB type numbers that `load` reads. */
  readonly rdbTypes: readonly number[]
  /**
   * Reads a value of that RDB type as the value of a new key.
   * @returns the entry, 0 when the payload is not a consistent value
   */
  load(rdbType: number, from: DumpReader, target: LoadTarget): number
  /** Copies a value to another key, perhaps of another database; returns the new entry. */
  copy(db: Database, ref: number, target: LoadTarget): number
  /** The value's contribution to DEBUG DIGEST. */
  digest(db: Database, ref: number, into: Digest): void
  /**
   * Visits the elements of a collection in their order, for who reads collections of any kind
   * (SORT, ZUNION); the span is a loan until the next one. Absent where there are no elements.
   */
  walk?(db: Database, ref: number, visit: (element: Span) => void): void
  /** Points `into` at a named part of the value (a hash's field); false where there is none. */
  part?(db: Database, ref: number, name: Span, into: Span): boolean
}

/** Where a loaded or copied value goes: a key that has no entry yet. */
export type LoadTarget = { readonly db: Database; readonly key: Span }
