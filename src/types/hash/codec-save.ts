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

import { Span } from '../../bytes/memory/span.ts'
import type { DumpWriter } from '../../engine/contract/dump-ports.ts'
import type { SaveSteps } from '../../engine/contract/save-steps.ts'
import type { Database } from '../../engine/keyspace/keyspace.ts'
import { rdbType } from '../../formats/rdb/opcodes.ts'
import { isDue } from './field-expiry.ts'
import { Hash } from './hash.ts'
import type { HashTable } from './large.ts'

/** The first version that knows times of fields. */
const TIMES_VERSION = 12

const hash = new Hash()
const text = new Span()

export function layoutOfHash(db: Database, ref: number, version: number): number {
  const { table, packed, earliest } = hash.bind(db, ref)
  if (earliest !== 0) {
    if (version < TIMES_VERSION) return rdbType.hash
    return table === null ? rdbType.hashListpackEx : rdbType.hashMetadata
  }
  if (table !== null) return rdbType.hash
  // Packed with times, of which none is left.
  if (packed.isTimed) return version < TIMES_VERSION ? rdbType.hash : rdbType.hashListpackEx
  return rdbType.hashListpack
}

export function saveHash(db: Database, ref: number, to: DumpWriter): SaveSteps | undefined {
  const layout = layoutOfHash(db, ref, to.version)
  const { table, packed } = hash
  if (layout === rdbType.hash) return saveFields(new Hash().bind(db, ref), to)
  if (table !== null) return saveTimed(table, to)
  if (layout === rdbType.hashListpackEx) to.writeMilliseconds(Math.max(0, db.agenda.at(ref)))
  to.writeString(packed.span)
  return undefined
}

/** All fields but those that are due where times cannot be written. */
function* saveFields(hash: Hash, to: DumpWriter): SaveSteps {
  const isTimed = hash.earliest !== 0
  const { now } = hash.db.parts.access
  to.writeLength(isTimed ? countLasting(hash, now) : hash.count)
  for (let place = hash.first; place !== 0; place = hash.after(place)) {
    if (isTimed && isDue(now, hash.time(place))) continue
    to.writeString(hash.field(place))
    to.writeString(hash.value(place))
    if (to.stepEnds()) yield
  }
}

function countLasting(hash: Hash, now: number): number {
  let count = 0
  for (let place = hash.first; place !== 0; place = hash.after(place)) {
    if (!isDue(now, hash.time(place))) count++
  }
  return count
}

function* saveTimed(table: HashTable, to: DumpWriter): SaveSteps {
  const { fields, times } = table
  const earliest = times.next
  to.writeMilliseconds(earliest)
  to.writeLength(table.count)
  for (let place = fields.first(); place !== 0; place = fields.after(place)) {
    const time = table.time(place)
    to.writeLength(time === 0 ? 0 : time - earliest + 1)
    to.writeString(fields.key(place, text))
    to.writeString(fields.value(place, text))
    if (to.stepEnds()) yield
  }
}
