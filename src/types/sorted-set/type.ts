// type.ts: the sorted set type: small ones are packed in their entry, large ones are
// objects.

import { Span } from '../../bytes/memory/span.ts'
import { DOUBLE_LENGTH_MAX, writeShortest } from '../../bytes/numbers/numbers.ts'
import type { DataType, LoadTarget, Slice } from '../../engine/contract/datatype.ts'
import { Digest } from '../../engine/contract/digest.ts'
import type { Database } from '../../engine/keyspace/keyspace.ts'
import { rdbType } from '../../formats/rdb/opcodes.ts'
import { loadSortedSet, observeSortedSet, RDB_TYPES, saveSortedSet } from './codec.ts'
import type { RankedSet } from './large.ts'
import { SORTED_SET_ID, SORTED_SET_META, SortedSet } from './sorted-set.ts'

const view = new SortedSet()
/** For who reads a sorted set while a command has the view of another. */
const aside = new SortedSet()
const value = new Span()
const memberDigest = new Digest()
const scoreDigits = new Uint8Array(DOUBLE_LENGTH_MAX)

export const sortedSetType: DataType<SortedSet> = {
  name: 'zset',
  id: SORTED_SET_ID,
  view: (db, ref) => view.bind(db, ref),
  encoding: (db, ref) => (db.isObject(ref) ? 'skiplist' : 'listpack'),
  bytes: (db, ref) => (db.isObject(ref) ? db.object(ref).memory : 0),
  effort: (db, ref) => (db.isObject(ref) ? aside.bind(db, ref).count : 1),
  rdbType: (db, ref) => (db.isObject(ref) ? rdbType.zset2 : rdbType.zsetListpack),
  save: saveSortedSet,
  rdbTypes: RDB_TYPES,
  load: loadSortedSet,
  observe: observeSortedSet,
  copy,
  table: (db, ref) => (db.isObject(ref) ? (db.object(ref) as RankedSet).table : undefined),
  digest,
  walk(db, ref, visit) {
    // A view of its own: the visitor may look at other sorted sets.
    const set = new SortedSet().bind(db, ref)
    set.seek(0)
    for (let i = 0; i < set.count; i++, set.next()) visit(set.member)
  },
  slice,
  unpack(db, ref) {
    aside.bind(db, ref).prepare(Number.POSITIVE_INFINITY)
    return aside.ref
  },
}

function slice(
  db: Database,
  ref: number,
  { first, count, backwards }: Slice,
  visit: (element: Span) => void,
): void {
  aside.bind(db, ref)
  const end = Math.min(aside.count, first + count)
  if (first >= end) return
  aside.seek(backwards ? aside.count - 1 - first : first)
  for (let i = first; i < end; i++) {
    visit(aside.member)
    if (backwards) aside.previous()
    else aside.next()
  }
}

function copy(db: Database, ref: number, { db: target, key, ttl }: LoadTarget): number {
  const meta = SORTED_SET_META | ttl
  if (!db.isObject(ref)) return target.put(key, 0, meta, db.value(ref, value))
  return target.putObject(key, 0, meta, (db.object(ref) as RankedSet).clone())
}

function digest(db: Database, ref: number, into: Digest): void {
  aside.bind(db, ref).seek(0)
  for (let i = 0; i < aside.count; i++, aside.next()) {
    memberDigest.clear()
    const { bytes, start, end } = aside.member
    memberDigest.mix(bytes, start, end)
    memberDigest.mix(scoreDigits, 0, writeShortest(scoreDigits, 0, aside.score))
    into.add(memberDigest)
  }
}
