// type.ts: the list type: small ones are packed in their entry, large ones are quicklists.

import { Span } from '../../bytes/memory/span.ts'
import { PackedEntry } from '../../bytes/packed/listpack.ts'
import type { DataType, LoadTarget, Slice } from '../../engine/contract/datatype.ts'
import type { Digest } from '../../engine/contract/digest.ts'
import type { Database } from '../../engine/keyspace/keyspace.ts'
import { rdbType } from '../../formats/rdb/opcodes.ts'
import { listOf, loadList, observeList, saveList } from './codec.ts'
import { Cursor } from './cursor.ts'
import { List } from './list.ts'
import { LIST_ID, LIST_META } from './packed.ts'
import { quicklistOf } from './stored-list.ts'

const cursor = new Cursor()
const entry = new PackedEntry()
const value = new Span()
const view = new List()
const walker = new List()

export const listType: DataType<List> = {
  name: 'list',
  id: LIST_ID,
  view: (db, ref) => view.at(db, ref),
  encoding: (db, ref) => (db.isObject(ref) ? 'quicklist' : 'listpack'),
  bytes: (db, ref) => (db.isObject(ref) ? quicklistOf(db, ref).memory : 0),
  effort: (db, ref) => (db.isObject(ref) ? quicklistOf(db, ref).length : 1),
  rdbType: () => rdbType.listQuicklist2,
  save: saveList,
  rdbTypes: [rdbType.list, rdbType.listZiplist, rdbType.listQuicklist, rdbType.listQuicklist2],
  load: loadList,
  observe: observeList,
  copy,
  digest(db: Database, ref: number, into: Digest) {
    walk(db, ref, (element) => into.mix(element.bytes, element.start, element.end))
  },
  walk,
  slice,
  fromElements: listOf,
  details,
}

/** The figures of a quicklist, as the reference names them. */
function details(db: Database, ref: number): string {
  if (!db.isObject(ref)) return ''
  const { head, length, count, fill, depth } = quicklistOf(db, ref)
  let size = 0
  for (let node = head; node !== null; node = node.next) size += node.size
  return (
    ` ql_nodes:${length} ql_avg_node:${twoDecimals(count / length)} ql_listpack_max:${fill} ` +
    `ql_compressed:${depth === 0 ? 0 : 1} ql_uncompressed_size:${size}`
  )
}

/** As C prints it: what lies in the middle of two goes to the even one. */
function twoDecimals(n: number): string {
  const isMiddle = (n * 8) % 2 === 1
  return (isMiddle ? (2 * Math.round(n * 50)) / 100 : n).toFixed(2)
}

function copy(db: Database, ref: number, { db: target, key, ttl }: LoadTarget): number {
  const meta = LIST_META | ttl
  if (db.isObject(ref)) return target.putObject(key, 0, meta, quicklistOf(db, ref).clone())
  return target.put(key, 0, meta, db.value(ref, value))
}

function slice(
  db: Database,
  ref: number,
  { first, count, backwards }: Slice,
  visit: (element: Span) => void,
): void {
  walker.at(db, ref).walk(cursor, backwards)
  cursor.skip(first)
  for (let i = 0; i < count && cursor.next(); i++) visit(cursor.read(entry))
}

function walk(db: Database, ref: number, visit: (element: Span) => void): void {
  walker.at(db, ref).walk(cursor, false)
  while (cursor.next()) visit(cursor.read(entry))
}
