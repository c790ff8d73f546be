// type.ts: the hash type: small ones are packed in their entry, large ones are objects.

import type { Span } from '../../bytes/memory/span.ts'
import type { DataType, LoadTarget } from '../../engine/contract/datatype.ts'
import { Digest } from '../../engine/contract/digest.ts'
import { metaOf } from '../../engine/keyspace/entry.ts'
import type { Database } from '../../engine/keyspace/keyspace.ts'
import { loadHash, observeHash, RDB_TYPES } from './codec-load.ts'
import { layoutOfHash, saveHash } from './codec-save.ts'
import { isDue, wakeHash } from './field-expiry.ts'
import { Hash } from './hash.ts'
import type { HashTable } from './large.ts'
import { HASH_ID, TIMED } from './packed.ts'

/** What a field that expires adds to a digest. */
const EXPIRES = Uint8Array.from('!!hexpire!!', (letter) => letter.charCodeAt(0))

const view = new Hash()
/** For who reads a hash while a command has the view of another. */
const aside = new Hash()
const fieldDigest = new Digest()

export const hashType: DataType<Hash> = {
  name: 'hash',
  id: HASH_ID,
  view: (db, ref) => view.bind(db, ref),
  encoding(db, ref) {
    if (db.isObject(ref)) return 'hashtable'
    return db.variant(ref) === TIMED ? 'listpackex' : 'listpack'
  },
  bytes: (db, ref) => (db.isObject(ref) ? db.object(ref).memory : 0),
  effort: (db, ref) => (db.isObject(ref) ? tableOf(db, ref).count : 1),
  rdbType: layoutOfHash,
  save: saveHash,
  rdbTypes: RDB_TYPES,
  load: loadHash,
  observe: observeHash,
  copy,
  table: (db, ref) => (db.isObject(ref) ? tableOf(db, ref).fields : undefined),
  digest,
  part(db, ref, name, into) {
    const place = aside.bind(db, ref).find(name)
    if (place === 0 || isDue(db.parts.access.now, aside.time(place))) return false
    const { bytes, start, end } = aside.value(place)
    into.set(bytes, start, end)
    return true
  },
  wake: wakeHash,
}

function tableOf(db: Database, ref: number): HashTable {
  return db.object(ref) as HashTable
}

function copy(db: Database, ref: number, { db: target, key, ttl }: LoadTarget): number {
  const meta = metaOf(HASH_ID, 0, db.variant(ref)) | ttl
  const due = db.agenda.at(ref)
  const entry = db.isObject(ref)
    ? target.putObject(key, 0, meta, tableOf(db, ref).clone())
    : target.put(key, 0, meta, aside.bind(db, ref).packed.span)
  if (due >= 0) target.agenda.set(entry, due)
  return entry
}

function digest(db: Database, ref: number, into: Digest): void {
  aside.bind(db, ref)
  for (let place = aside.first; place !== 0; place = aside.after(place)) {
    fieldDigest.clear()
    mix(fieldDigest, aside.field(place))
    mix(fieldDigest, aside.value(place))
    if (aside.time(place) !== 0) fieldDigest.xor(EXPIRES)
    into.xor(fieldDigest.bytes)
  }
}

function mix(into: Digest, { bytes, start, end }: Span): void {
  into.mix(bytes, start, end)
}
