// large.ts: a large hash: its fields in a table (bytes/table/table.ts), the times of those that
// expire in an agenda (bytes/keys/agenda.ts), which costs nothing while none does.
//
// A place is a record of the table. Records move; the agenda follows.

import { Agenda } from '../../bytes/keys/agenda.ts'
import { copyBytes, Span } from '../../bytes/memory/span.ts'
import { VALUE_MAX } from '../../bytes/table/record.ts'
import { Table } from '../../bytes/table/table.ts'
import type { DatabaseParts } from '../../engine/keyspace/database-parts.ts'
import type { ValueObject } from '../../engine/keyspace/objects.ts'

const written = new Span()

export class HashTable implements ValueObject {
  readonly fields: Table
  readonly times: Agenda
  private readonly parts: DatabaseParts

  /** @param from a table whose fields and times this one has too; they are shared until changed */
  constructor(parts: DatabaseParts, from?: HashTable) {
    const { hashKey, ledger } = parts
    const onMove = (old: number, ref: number) => this.times.move(old, ref)
    this.parts = parts
    this.times = from === undefined ? new Agenda(ledger) : from.times.clone()
    this.fields =
      from === undefined ? new Table({ hashKey, ledger, onMove }) : from.fields.clone(onMove)
  }

  get count(): number {
    return this.fields.count
  }

  get memory(): number {
    return this.fields.memory + this.times.memory
  }

  find(field: Span): number {
    return this.fields.find(field.bytes, field.start, field.end)
  }

  /** Adds the field that the last `find` did not find. */
  add(field: Span, value: Span): number {
    const { fields } = this
    const length = value.end - value.start
    const ref = fields.insertSought(field.bytes, field.start, field.end, length)
    if (length > VALUE_MAX) return fields.setValue(ref, value)
    const target = fields.writableValue(ref, written)
    copyBytes(value.bytes, value.start, value.end, target.bytes, target.start)
    return ref
  }

  /** When the field expires, 0 for never. */
  time(place: number): number {
    return this.times.count === 0 ? 0 : Math.max(0, this.times.at(place))
  }

  setTime(place: number, time: number): void {
    if (time === 0) this.times.delete(place)
    else this.times.set(place, time)
  }

  remove(place: number): void {
    // Before the record goes: what moves then may take its place.
    this.times.delete(place)
    this.fields.remove(place)
  }

  clone(): HashTable {
    return new HashTable(this.parts, this)
  }

  dispose(): void {
    this.fields.dispose()
    this.times.clear()
  }
}
