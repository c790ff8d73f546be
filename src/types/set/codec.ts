// codec.ts: sets as DUMP and RDB have them.
//
//   set          count, then the members
//   setIntset    the intset, as one string
//   setListpack  the listpack, as one string; known from version 11 (Redis 7.2) on
//
// A payload is a stranger's: it is taken for a set only when no member is there twice.

import { Span } from '../../bytes/memory/span.ts'
import { INT64_LENGTH_MAX, Int64 } from '../../bytes/numbers/int64.ts'
import { intsetCount, validateIntset } from '../../bytes/packed/intset.ts'
import {
  LISTPACK_HEADER,
  listpackCount,
  listpackEntryEnd,
  PackedEntry,
  readListpackEntry,
} from '../../bytes/packed/listpack.ts'
import { validateListpack } from '../../bytes/packed/listpack-check.ts'
import { holdsWanted, wantElement } from '../../bytes/packed/listpack-find.ts'
import { EMPTY_VALUE, type LoadTarget } from '../../engine/contract/datatype.ts'
import type { DumpReader, DumpWriter } from '../../engine/contract/dump-ports.ts'
import type { SaveSteps } from '../../engine/contract/save-steps.ts'
import type { ValueFacts } from '../../engine/contract/value-facts.ts'
import { metaOf } from '../../engine/keyspace/entry.ts'
import type { Database } from '../../engine/keyspace/keyspace.ts'
import { readElements, readListpack, readStrings } from '../../formats/rdb/elements.ts'
import { rdbType } from '../../formats/rdb/opcodes.ts'
import { setLimits } from './limits.ts'
import { intsetLimit, Members } from './members.ts'
import { INTSET, LISTPACK, SET_ID, TABLE } from './room.ts'
import { build, built, dropBuilt, storeBuilt } from './store.ts'

/** The first version that knows listpacks of sets. */
const LISTPACK_VERSION = 11
/** Up to so many members each one is looked for among the others; above, a table does it. */
const FEW_MEMBERS = 32

export const RDB_TYPES = [rdbType.set, rdbType.setIntset, rdbType.setListpack]

const members = new Members()
const payload = new Span()
const entry = new PackedEntry()
const number = new Int64()

export function layoutOfSet(db: Database, ref: number, version: number): number {
  const { form } = members.bind(db, ref)
  if (form === INTSET) return rdbType.setIntset
  return form === LISTPACK && version >= LISTPACK_VERSION ? rdbType.setListpack : rdbType.set
}

export function saveSet(db: Database, ref: number, to: DumpWriter): SaveSteps | undefined {
  if (layoutOfSet(db, ref, to.version) === rdbType.set) {
    return saveMembers(new Members().bind(db, ref), to)
  }
  to.writeString(members.span)
  return undefined
}

function* saveMembers(members: Members, to: DumpWriter): SaveSteps {
  to.writeLength(members.count)
  for (let place = members.first(); place !== 0; place = members.after(place)) {
    to.writeString(members.member(place))
    if (to.stepEnds()) yield
  }
}

/** Reads a set as the value of a key without an entry; see DataType.load. */
export function loadSet(type: number, from: DumpReader, target: LoadTarget): number {
  if (type === rdbType.set) return loadMembers(from, target)
  from.readString(payload)
  return type === rdbType.setIntset ? loadIntset(target) : loadListpack(target)
}

function loadMembers(from: DumpReader, { db, key, ttl }: LoadTarget): number {
  const count = from.readLength()
  if (count === 0) return EMPTY_VALUE
  build(db.parts, count > intsetLimit(db.parts.limits.of(setLimits)) ? TABLE : INTSET)
  let isSet = false
  try {
    isSet = readStrings(from, count, addMember)
  } finally {
    if (!isSet) dropBuilt()
  }
  return isSet ? storeBuilt(db, key, 0, ttl) : 0
}

function loadIntset({ db, key, ttl }: LoadTarget): number {
  const { bytes, start, end } = payload
  if (!validateIntset(bytes, start, end)) return 0
  const ref = db.put(key, 0, metaOf(SET_ID, 0, INTSET) | ttl, payload)
  if (intsetCount(bytes, start) <= db.parts.limits.of(setLimits).integers) return ref
  members.bind(db, ref).convert()
  return members.ref
}

function loadListpack({ db, key, ttl }: LoadTarget): number {
  const meta = metaOf(SET_ID, 0, LISTPACK) | ttl
  const { bytes, start, end } = payload
  if (!validateListpack(bytes, start, end, true)) return 0
  const count = listpackCount(bytes, start, end)
  if (count === 0) return EMPTY_VALUE
  const most = db.parts.limits.of(setLimits).entries
  if (count <= FEW_MEMBERS && count <= most) {
    return hasDuplicates() ? 0 : db.put(key, 0, meta, payload)
  }
  build(db.parts, TABLE)
  const isSet = readListpack(payload, addMember)
  if (isSet && count > most) return storeBuilt(db, key, 0, ttl)
  dropBuilt()
  return isSet ? db.put(key, 0, meta, payload) : 0
}

/** Adds a member to the set that is being built; false for one that is twice. */
function addMember(member: Span): boolean {
  return built.add(member)
}

/** Whether an element of the listpack is in it twice, as an integer or as text. */
function hasDuplicates(): boolean {
  const { bytes, start, end } = payload
  for (let at = start + LISTPACK_HEADER; at < end - 1; ) {
    at = readListpackEntry(bytes, at, entry)
    wantElement(entry.span)
    for (let other = at; other < end - 1; other = listpackEntryEnd(bytes, other)) {
      if (holdsWanted(bytes, other)) return true
    }
  }
  return false
}

/** Tells what a set consists of; see DataType.observe. */
export function observeSet(type: number, from: DumpReader, facts: ValueFacts): boolean {
  let isInteger = true
  const isSet = readElements(type, from, (member) => {
    const { bytes, start, end } = member
    isInteger &&= end - start <= INT64_LENGTH_MAX && number.parse(bytes, start, end)
    return facts.add(member)
  })
  const { count, longest } = facts
  const limits = facts.limits.of(setLimits)
  const fits = type === rdbType.setListpack || longest <= limits.value
  if (isInteger && type !== rdbType.setListpack) {
    facts.encoding = count <= intsetLimit(limits) ? 'intset' : 'hashtable'
  } else facts.encoding = fits && count <= limits.entries ? 'listpack' : 'hashtable'
  return isSet
}
