// datatype.ts: the contract of a data type: all that the rest of the house knows about its values.
//
// A value is either bytes in its entry or an object (keyspace/entry.ts). `view` binds the type's
// flyweight to an entry, so that a handler works with a `Hash` or a string and never asks which
// form it has.

import type { Span } from '../../bytes/memory/span.ts'
import type { Engine } from '../dispatch/engine.ts'
import type { Database } from '../keyspace/keyspace.ts'
import type { Digest } from './digest.ts'
import type { DumpReader, DumpWriter } from './dump-ports.ts'
import type { SaveSteps } from './save-steps.ts'
import type { ValueFacts } from './value-facts.ts'

export type DataType<V> = {
  /** TYPE's answer. */
  readonly name: string
  /** The number in an entry's meta, 0 to 7; MODULE_ID where values say of which type they are. */
  readonly id: number
  /** The value of an entry; a flyweight that is true until the next `view` of this type. */
  view(db: Database, ref: number): V
  /** OBJECT ENCODING's answer. */
  encoding(db: Database, ref: number): string
  /** Bytes the value holds beyond its entry (Database.entryBytes), exactly: its object's. */
  bytes(db: Database, ref: number): number
  /** How many allocations freeing takes: above 64 a lazy free is worth it. */
  effort(db: Database, ref: number): number
  /** Copies a value to another key, perhaps of another database; returns the new entry. */
  copy(db: Database, ref: number, target: LoadTarget): number
  /** The value's contribution to DEBUG DIGEST. */
  digest(db: Database, ref: number, into: Digest): void
  /** The RDB type number of what `save` writes for an RDB version. */
  rdbType(db: Database, ref: number, version: number): number
  /**
   * Writes the value as DUMP and RDB have it, in the layout that `rdbType` says for `to.version`.
   * @returns undefined when that is done, or, for a large value, what does it; see `saveWhole`
   */
  save(db: Database, ref: number, to: DumpWriter): SaveSteps | undefined
  /** RDB type numbers that `load` reads. */
  readonly rdbTypes: readonly number[]
  /**
   * Reads a value as the value of a new key.
   * @param layout the RDB type number; for a module's value the version of its encoding
   * @returns the entry; 0 when the payload is not a consistent value, EMPTY_VALUE when it is a
   * collection without elements, which has been read to its end
   */
  load(layout: number, from: DumpReader, target: LoadTarget): number
} & DataTypeExtras

/** What a type has that its values make sense for; everything here can be left out. */
type DataTypeExtras = {
  // Its part in the life of an entry.

  /** Called before the entry gets another key or loses its expiry time, if either matters. */
  settle?(db: Database, ref: number): void
  /**
   * Called when the time has passed for which the value is in its database's agenda, until it is
   * there for a later time or not at all: a type that enters values there deals with a part of
   * what is due in them at each call. It may remove the entry.
   * @param most elements it may deal with
   */
  wake?(engine: Engine, db: Database, ref: number, most: number): void

  // What others read of a value without knowing its type.

  /**
   * Visits the elements of a collection in their order, for who reads collections of any kind
   * (SORT, ZUNION); the span is a loan until the next one. Absent where there are no elements.
   */
  walk?(db: Database, ref: number, visit: (element: Span) => void): void
  /** The same for a part of an ordered collection. Absent where elements have no order. */
  slice?(db: Database, ref: number, part: Slice, visit: (element: Span) => void): void
  /** Points `into` at the value, where it is one row of bytes. */
  whole?(db: Database, ref: number, into: Span): boolean
  /** Points `into` at a named part of the value (a hash's field); false where there is none. */
  part?(db: Database, ref: number, name: Span, into: Span): boolean

  // What others make.

  /** Gives a small value the form that large ones have, as SORT does; returns the entry. */
  unpack?(db: Database, ref: number): number
  /**
   * Makes a value of elements, for who stores a result as a value of a type (SORT's STORE).
   * @param count how many elements, at least 1
   * @param next gives element `i`; it is called for 0 to count - 1 in order
   * @returns the entry
   */
  fromElements?(target: LoadTarget, count: number, next: (i: number) => Span): number

  // What is told of it.

  /**
   * Reads a value as `load` does and tells what it consists of, instead of building it. Modules'
   * values need it not: their parts are counted.
   * @returns whether it is one, as far as can be said: nobody notices elements that are twice
   * @throws RdbError
   */
  observe?(layout: number, from: DumpReader, facts: ValueFacts): boolean
  /** What DEBUG OBJECT adds to its line about a value, beginning with a space. */
  details?(db: Database, ref: number): string
  /** The hash table that is the value, for DEBUG HTSTATS-KEY; undefined where there is none. */
  table?(db: Database, ref: number): TableShape | undefined
}

/**
 * What `load` answers for a collection without elements: RESTORE refuses it, but old servers have
 * written files with such keys, and those are passed over.
 */
export const EMPTY_VALUE = -1

/** A part of an ordered collection, of which there may be less or nothing. */
export type Slice = {
  /** The first element, counted from 0. */
  readonly first: number
  readonly count: number
  /** Counts and goes from the last element on. */
  readonly backwards: boolean
}

/** How full a hash table is. */
export type TableShape = {
  /** Number of buckets. */
  readonly size: number
  /** Number of elements. */
  readonly count: number
  /** How many buckets hold 0, 1, 2, … elements. */
  histogram(): number[]
}

/** Where a loaded or copied value goes: a key that has no entry yet. */
export type LoadTarget = {
  readonly db: Database
  readonly key: Span
  /**
   * HAS_TTL (keyspace/entry.ts) where the key gets an expiry time afterwards, else 0: for the meta.
   */
  readonly ttl: number
}
