// store.ts: gives a key the set that was built without one.

import type { Span } from '../../bytes/memory/span.ts'
import type { DatabaseParts } from '../../engine/keyspace/database-parts.ts'
import { metaOf } from '../../engine/keyspace/entry.ts'
import type { Database } from '../../engine/keyspace/keyspace.ts'
import { setLimits } from './limits.ts'
import { intsetLimit, Members } from './members.ts'
import { INTSET, LooseRoom, SET_ID } from './room.ts'

const room = new LooseRoom()
const integerRoom = new LooseRoom()
const integers = new Members()

/** The set that is being built: one at a time. It ends with `storeBuilt` or `dropBuilt`. */
export const built = new Members()

/** Begins a set of that form. */
export function build(parts: DatabaseParts, form: number): Members {
  return built.begin(parts, form, room)
}

/** Makes what was built, of which every member is an integer, an intset if it is small enough. */
export function packIntegers(parts: DatabaseParts): void {
  if (built.form === INTSET || built.count > intsetLimit(parts.limits.of(setLimits))) return
  integers.begin(parts, INTSET, integerRoom)
  for (let place = built.first(); place !== 0; place = built.after(place)) {
    integers.add(built.member(place))
  }
  dropBuilt()
  built.beginWith(parts, INTSET, room, integers.span)
  integerRoom.trim()
}

/**
 * Makes what was built the value of a key.
 * @param ref the key's entry, 0 where there is none; what it held is freed
 * @param ttl KEEP_TTL for an expiry time that stays, HAS_TTL for one that comes; see Database.put
 * @returns the entry
 */
export function storeBuilt(db: Database, key: Span, ref: number, ttl = 0): number {
  const { form, table, span } = built
  built.table = null
  const meta = metaOf(SET_ID, 0, table === null ? form : 0) | ttl
  const entry = table === null ? db.put(key, ref, meta, span) : db.putObject(key, ref, meta, table)
  room.trim()
  return entry
}

/** Gives up what was built. */
export function dropBuilt(): void {
  built.table?.dispose()
  built.table = null
  room.trim()
}
