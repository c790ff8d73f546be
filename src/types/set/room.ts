// room.ts: where a set keeps its members: in an entry of a database, or, while it is being built,
// in memory that belongs to no key.
//
// A set is one of three forms: an intset or a listpack, which are bytes, or a table. `Members`
// (members.ts) knows how they are changed; a room gives it bytes to do so and takes a new form.

import { Span } from '../../bytes/memory/span.ts'
import type { Table } from '../../bytes/table/table.ts'
import { KEEP_TTL, metaOf } from '../../engine/keyspace/entry.ts'
import type { Database } from '../../engine/keyspace/keyspace.ts'

export const SET_ID = 2

/** The variant of an entry whose bytes are an intset. */
export const INTSET = 0
/** The variant of an entry whose bytes are a listpack. */
export const LISTPACK = 1
/** The value is an object, a table. */
export const TABLE = 2

/** More than this is not kept for the next set that is built. */
const KEPT_BYTES = 1 << 16
const FIRST_BYTES = 1024

const key = new Span()

export interface Room {
  /** Makes room inside the bytes, or closes it, as Database.splice; `span` is all bytes then. */
  splice(at: number, change: number, span: Span): void
  /** Takes other bytes, which lie elsewhere, in that form; `span` is where they are then. */
  put(form: number, bytes: Span, span: Span): void
  /** Takes a table in place of bytes. */
  putTable(table: Table): void
}

/** The room of one entry after the other. */
export class EntryRoom implements Room {
  db!: Database
  /** The entry; it moves when its bytes change their length. */
  ref = 0

  splice(at: number, change: number, span: Span): void {
    this.ref = this.db.splice(this.ref, at, change, span)
  }

  put(form: number, bytes: Span, span: Span): void {
    const { db, ref } = this
    this.ref = db.put(db.key(ref, key), ref, metaOf(SET_ID, 0, form) | KEEP_TTL, bytes)
    db.value(this.ref, span)
  }

  putTable(table: Table): void {
    const { db, ref } = this
    this.ref = db.putObject(db.key(ref, key), ref, metaOf(SET_ID, 0, 0) | KEEP_TTL, table)
  }
}

/** The room of a set that has no key yet; the bytes are used again for the next one. */
export class LooseRoom implements Room {
  private bytes = new Uint8Array(FIRST_BYTES)

  splice(at: number, change: number, span: Span): void {
    const { end } = span
    this.reserve(end + change)
    if (change > 0) this.bytes.copyWithin(at + change, at, end)
    else this.bytes.copyWithin(at, at - change, end)
    span.set(this.bytes, 0, end + change)
  }

  put(_form: number, { bytes, start, end }: Span, span: Span): void {
    this.reserve(end - start)
    this.bytes.set(bytes.subarray(start, end))
    span.set(this.bytes, 0, end - start)
  }

  putTable(): void {
    this.trim()
  }

  /** Gives back what a large set left. */
  trim(): void {
    if (this.bytes.length > KEPT_BYTES) this.bytes = new Uint8Array(FIRST_BYTES)
  }

  private reserve(size: number): void {
    if (size <= this.bytes.length) return
    const larger = new Uint8Array(Math.max(size, this.bytes.length * 2))
    larger.set(this.bytes)
    this.bytes = larger
  }
}
