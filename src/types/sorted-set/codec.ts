// codec.ts: sorted sets as DUMP and RDB have them.
//
// A small one is written as the listpack it is, a large one member by member, the last one first.
// Read are also ziplists and scores as text, which older versions wrote. A listpack may come from
// a stranger: what is not in our order, or has scores in other words, is read member by member.

import { Span } from '../../bytes/memory/span.ts'
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
import type { Database } from '../../engine/keyspace/keyspace.ts'
import { readMembers } from '../../formats/rdb/elements.ts'
import { rdbType } from '../../formats/rdb/opcodes.ts'
import { scoreOf } from '../../formats/rdb/score-text.ts'
import { RankedSet } from './large.ts'
import { sortedSetLimits } from './limits.ts'
import { packedScore } from './packed.ts'
import { putSortedSet, SORTED_SET_META } from './sorted-set.ts'

export const RDB_TYPES = [
  rdbType.zset,
  rdbType.zset2,
  rdbType.zsetZiplist,
  rdbType.zsetListpack,
] as const

const INVALID = -1
/** Up to so many members each one is looked for among the others; above, a table does it. */
const FEW_MEMBERS = 32
/** Where their members are. */
const places = new Int32Array(FEW_MEMBERS)

const content = new Span()
const member = new PackedEntry()
const text = new PackedEntry()

export function saveSortedSet(db: Database, ref: number, to: DumpWriter): SaveSteps | undefined {
  if (db.isObject(ref)) return saveRanked(db.object(ref) as RankedSet, to)
  to.writeString(db.value(ref, content))
  return undefined
}

function* saveRanked(ranked: RankedSet, to: DumpWriter): SaveSteps {
  to.writeLength(ranked.count)
  ranked.seek(ranked.count - 1)
  for (let rank = ranked.count - 1; rank >= 0; rank--) {
    to.writeString(ranked.member)
    to.writeDouble(ranked.score)
    if (to.stepEnds()) {
      yield
      // Somebody may have read the set meanwhile.
      ranked.seek(rank)
    }
    ranked.previous()
  }
}

export function loadSortedSet(type: number, from: DumpReader, target: LoadTarget): number {
  if (type === rdbType.zsetListpack) return loadListpack(from, target)
  const ranked = new RankedSet(target.db.parts)
  let entry = 0
  try {
    let longest = 0
    const isSet = readMembers(type, from, (member, score) => {
      longest = Math.max(longest, member.length)
      return addOnce(ranked, member, score)
    })
    if (isSet) entry = put(ranked, target, longest)
  } finally {
    if (entry <= 0) ranked.dispose()
  }
  return entry
}

function put(ranked: RankedSet, target: LoadTarget, longest: number): number {
  return ranked.count === 0 ? EMPTY_VALUE : putSortedSet(target, 0, ranked, longest)
}

function loadListpack(from: DumpReader, target: LoadTarget): number {
  const { bytes, start, end } = from.readString(content)
  if (!validateListpack(bytes, start, end, true)) return 0
  const count = listpackCount(bytes, start, end)
  if (count % 2 !== 0) return 0
  if (count === 0) return EMPTY_VALUE
  const { db, key, ttl } = target
  const isSmall =
    count <= 2 * FEW_MEMBERS && count <= 2 * db.parts.limits.of(sortedSetLimits).entries
  if (isSmall && isOurs(content)) return db.put(key, 0, SORTED_SET_META | ttl, content)
  const ranked = new RankedSet(db.parts)
  const inOrder = readListpack(content, ranked)
  if (inOrder === INVALID) {
    ranked.dispose()
    return 0
  }
  if (ranked.count > db.parts.limits.of(sortedSetLimits).entries) {
    return db.putObject(key, 0, SORTED_SET_META | ttl, ranked)
  }
  if (inOrder === 0) return putSortedSet(target, 0, ranked, 0)
  ranked.dispose()
  return db.put(key, 0, SORTED_SET_META | ttl, content)
}

/** Whether a valid listpack of few members is as we write it: in order, no member there twice. */
function isOurs({ bytes, start, end }: Span): boolean {
  let count = 0
  let last = Number.NEGATIVE_INFINITY
  for (let at = start + LISTPACK_HEADER; at < end - 1; count++) {
    const scoreAt = readListpackEntry(bytes, at, member)
    const score = packedScore(bytes, scoreAt)
    // Also false for what is no number.
    if (!(score >= last)) return false
    wantElement(member.span)
    for (let i = 0; i < count; i++) if (holdsWanted(bytes, places[i]!)) return false
    if (score === last && count > 0 && !isBefore(bytes, places[count - 1]!)) return false
    places[count] = at
    last = score
    at = listpackEntryEnd(bytes, scoreAt)
  }
  return true
}

/** Whether the member at an offset comes before the one that was read last. */
function isBefore(bytes: Uint8Array, at: number): boolean {
  readListpackEntry(bytes, at, text)
  return text.span.compare(member.span) < 0
}

/**
 * Reads a valid listpack.
 * @returns 1 when it can be the value as it is, 0 when its members have to be written anew
 */
function readListpack({ bytes, start, end }: Span, into: RankedSet): number {
  let inOrder = 1
  for (let at = start + LISTPACK_HEADER; at < end - 1; ) {
    at = readListpackEntry(bytes, at, member)
    const exact = packedScore(bytes, at)
    at = readListpackEntry(bytes, at, text)
    const score = Number.isNaN(exact) ? scoreOf(text.span) : exact
    if (!addOnce(into, member.span, score)) return INVALID
    // It went to the end, unless members or scores are in another order than ours.
    if (Number.isNaN(exact) || into.rank() !== into.count - 1) inOrder = 0
  }
  return inOrder
}

/** Adds a member that must not be there yet; false where it is, or its score is no number. */
function addOnce(into: RankedSet, member: Span, score: number): boolean {
  if (Number.isNaN(score) || !Number.isNaN(into.find(member))) return false
  into.insert(member, score)
  return true
}

/** Tells what a sorted set consists of; see DataType.observe. */
export function observeSortedSet(type: number, from: DumpReader, facts: ValueFacts): boolean {
  const isSet = readMembers(type, from, (member, score) => {
    return facts.add(member) && !Number.isNaN(score)
  })
  const { entries, value } = facts.limits.of(sortedSetLimits)
  const fits = type === rdbType.zsetListpack || facts.longest <= value
  facts.encoding = fits && facts.count <= entries ? 'listpack' : 'skiplist'
  return isSet
}
