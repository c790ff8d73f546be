// store.ts: gives a key a hash that was read: a listpack, or a table that may become one.

import { Span } from '../../bytes/memory/span.ts'
import { LISTPACK_HEADER, listpackEntryEnd, listpackInteger } from '../../bytes/packed/listpack.ts'
import type { LoadTarget } from '../../engine/contract/datatype.ts'
import { metaOf } from '../../engine/keyspace/entry.ts'
import { ListpackBuilder } from './builder.ts'
import type { HashTable } from './large.ts'
import { HASH_ID, PLAIN, TIMED } from './packed.ts'

const builder = new ListpackBuilder()
const built = new Span()
const part = new Span()

/** Makes a table the value of a new key; returns the entry. */
export function storeTable(table: HashTable, { db, key, ttl }: LoadTarget): number {
  const entry = db.putObject(key, 0, metaOf(HASH_ID, 0, PLAIN) | ttl, table)
  if (table.times.count > 0) db.agenda.set(entry, table.times.next)
  return entry
}

/** Makes a listpack, its fields in the order of their times, the value of a new key. */
export function storeListpack(list: Span, target: LoadTarget, variant: number): number {
  const { db, key, ttl } = target
  const earliest = variant === TIMED ? firstTime(list) : 0
  const entry = db.put(key, 0, metaOf(HASH_ID, 0, variant) | ttl, list)
  if (earliest !== 0) db.agenda.set(entry, earliest)
  return entry
}

/** Makes the fields of a table a listpack and that the value of a new key. */
export function storePacked(table: HashTable, target: LoadTarget, variant: number): number {
  const { fields } = table
  const timed: number[] = []
  const others: number[] = []
  for (let place = fields.first(); place !== 0; place = fields.after(place)) {
    if (table.time(place) === 0) others.push(place)
    else timed.push(place)
  }
  // Of equal times the field that came last is the first, as if they had been set one by one.
  timed.reverse().sort((a, b) => table.time(a) - table.time(b))
  builder.clear()
  for (const place of [...timed, ...others]) {
    builder.append(fields.key(place, part))
    builder.append(fields.value(place, part))
    if (variant === TIMED) builder.appendInteger(table.time(place))
  }
  return storeListpack(builder.finish(built), target, variant)
}

function firstTime({ bytes, start }: Span): number {
  const valueAt = listpackEntryEnd(bytes, start + LISTPACK_HEADER)
  return listpackInteger(bytes, listpackEntryEnd(bytes, valueAt))
}
