// type.ts: the set type: small ones are packed in their entry, large ones are tables.

import type { Table } from '../../bytes/table/table.ts'
import type { DataType, LoadTarget } from '../../engine/contract/datatype.ts'
import { metaOf } from '../../engine/keyspace/entry.ts'
import type { Database } from '../../engine/keyspace/keyspace.ts'
import { layoutOfSet, loadSet, observeSet, RDB_TYPES, saveSet } from './codec.ts'
import { Members } from './members.ts'
import { INTSET, SET_ID } from './room.ts'

const view = new Members()
/** For who reads a set while a command has the view of another. */
const aside = new Members()

export const setType: DataType<Members> = {
  name: 'set',
  id: SET_ID,
  view: (db, ref) => view.bind(db, ref),
  encoding(db, ref) {
    if (db.isObject(ref)) return 'hashtable'
    return db.variant(ref) === INTSET ? 'intset' : 'listpack'
  },
  bytes: (db, ref) => (db.isObject(ref) ? tableOf(db, ref).memory : 0),
  effort: (db, ref) => (db.isObject(ref) ? tableOf(db, ref).count : 1),
  rdbType: layoutOfSet,
  save: saveSet,
  rdbTypes: RDB_TYPES,
  load: loadSet,
  observe: observeSet,
  copy,
  digest(db, ref, into) {
    aside.bind(db, ref)
    for (let place = aside.first(); place !== 0; place = aside.after(place)) {
      const { bytes, start, end } = aside.member(place)
      into.xor(bytes, start, end)
    }
  },
  walk(db, ref, visit) {
    // A view of its own: the visitor may look at other sets.
    const members = new Members().bind(db, ref)
    for (let place = members.first(); place !== 0; place = members.after(place)) {
      visit(members.member(place))
    }
  },
  table: (db, ref) => (db.isObject(ref) ? tableOf(db, ref) : undefined),
}

function tableOf(db: Database, ref: number): Table {
  return db.object(ref) as Table
}

function copy(db: Database, ref: number, { db: target, key, ttl }: LoadTarget): number {
  if (db.isObject(ref)) {
    return target.putObject(key, 0, metaOf(SET_ID, 0, 0) | ttl, tableOf(db, ref).clone())
  }
  return target.put(key, 0, metaOf(SET_ID, 0, db.variant(ref)) | ttl, aside.bind(db, ref).span)
}
