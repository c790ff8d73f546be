// codec-save.ts: hashes as DUMP and RDB have them.
//
//   hashListpack    the listpack, as one string
//   hashListpackEx  when the agenda has it (ms), and the listpack with times
//   hash            count, then field and value of each
//   hashMetadata    the earliest time (ms), count, then time, field and value of each; a time is 0
//                   for never, or 1 and what it comes after the earliest one
//
// Before version 12 no field could expire. There fields are written without their times, but for
// those that are due, which are left out: who goes back to Redis 7.2 or older keeps the data, and
// must delete himself what was to go by itself. To leave out all fields with a time would lose data
// that nobody deleted; to refuse would make the whole file impossible. (A hash of which nothing is
// left is written empty; the reader skips it.)

import type { DumpWriter } from '../../engine/dump-ports.ts'
import type { Database } from '../../engine/keyspace.ts'
import { rdbType } from '../../formats/rdb/opcodes.ts'
import { isDue } from './field-expiry.ts'
import { Hash } from './hash.ts'
import type { HashTable } from './hash-table.ts'

/** The first version that knows times of fields. */
const TIMES_VERSION = 12

const hash = new Hash()

export function saveHash(db: Database, ref: number, to: DumpWriter): number {
  hash.bind(db, ref)
  const { table, packed } = hash
  if (to.version < TIMES_VERSION && hash.earliest !== 0) return saveWithoutTimes(db, to)
  if (table !== null) return table.times.count === 0 ? savePlain(to) : saveTimed(table, to)
  if (!packed.isTimed) {
    to.writeString(packed.span)
    return rdbType.hashListpack
  }
  if (to.version < TIMES_VERSION) return saveWithoutTimes(db, to)
  to.writeMilliseconds(Math.max(0, db.agenda.at(ref)))
  to.writeString(packed.span)
  return rdbType.hashListpackEx
}

function savePlain(to: DumpWriter): number {
  to.writeLength(hash.count)
  for (let place = hash.first; place !== 0; place = hash.after(place)) savePair(place, to)
  return rdbType.hash
}

function saveTimed({ times }: HashTable, to: DumpWriter): number {
  const earliest = times.next
  to.writeMilliseconds(earliest)
  to.writeLength(hash.count)
  for (let place = hash.first; place !== 0; place = hash.after(place)) {
    const time = hash.time(place)
    to.writeLength(time === 0 ? 0 : time - earliest + 1)
    savePair(place, to)
  }
  return rdbType.hashMetadata
}

function saveWithoutTimes(db: Database, to: DumpWriter): number {
  const { now } = db.parts.access
  let count = 0
  for (let place = hash.first; place !== 0; place = hash.after(place)) {
    if (!isDue(now, hash.time(place))) count++
  }
  to.writeLength(count)
  for (let place = hash.first; place !== 0; place = hash.after(place)) {
    if (!isDue(now, hash.time(place))) savePair(place, to)
  }
  return rdbType.hash
}

function savePair(place: number, to: DumpWriter): void {
  to.writeString(hash.field(place))
  to.writeString(hash.value(place))
}
