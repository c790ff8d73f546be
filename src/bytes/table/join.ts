// join.ts: which keys of a table others have, too.
//
// The groups of a table tell the hashes of its records, so that no key is hashed again. Ten records
// are looked up at a time, in three rounds: in the first the groups are found that they would be
// in, in the second records with the same tag, and in the third keys are compared. So memory
// fetches for all ten at once what each of them would wait for alone.

import type { ScratchVector } from '../memory/scratch-vector.ts'
import { Span } from '../memory/span.ts'
import { COUNT_MASK, type Groups, REFS, readTag, SLOTS, TAGS } from './groups.ts'
import { GROUP_MASK, GROUP_SHIFT, LINK_SHIFT, WORD_SHIFT } from './overflow-groups.ts'
import { KEY_BITS, KEY_OUTSIZED } from './record.ts'
import type { Records } from './records.ts'
import { PLACE_MASK, PLACE_SHIFT } from './space.ts'
import type { Table } from './table.ts'

const TAG_BITS = 0xffff

const hashes = new Int32Array(SLOTS)
const refs = new Int32Array(SLOTS)
const candidates = new Int32Array(SLOTS)
const key = new Span()
/** Holds what was read ahead, so that it is read. */
export const ahead = { sum: 0 }

/**
 * Puts the records of a table into `into` whose keys all others have; all are tables of one hash
 * key, without values and numbers.
 * @param most stops when so many were found
 */
export function collectShared(
  table: Table,
  others: readonly Table[],
  into: ScratchVector,
  most: number,
): void {
  const { groups } = table
  for (let group = 0; group < groups.length; group++) {
    let words = groups.primary[group >>> GROUP_SHIFT]
    let at = (group & GROUP_MASK) << WORD_SHIFT
    for (;;) {
      let count = readGroup(table, group, words, at)
      for (const other of others) count = keepShared(table, other, count)
      for (let i = 0; i < count && into.count < most; i++) into.push(refs[i])
      if (into.count >= most) return
      const link = words[at] >>> LINK_SHIFT
      if (link === 0) break
      words = groups.overflow[link >>> GROUP_SHIFT]
      at = (link & GROUP_MASK) << WORD_SHIFT
    }
  }
}

/** Reads refs and hashes of one group; returns how many there are. */
function readGroup(table: Table, group: number, words: Int32Array, at: number): number {
  const count = words[at] & COUNT_MASK
  const own = table.records.words
  let sum = 0
  for (let i = 0; i < count; i++) {
    const ref = words[at + REFS + i]
    const hash = table.groups.hashOf(group, readTag(words, at, i))
    refs[i] = ref
    hashes[i] = hash === -1 ? table.hash(ref) : hash
    sum ^= own[ref >>> PLACE_SHIFT][ref & PLACE_MASK]
  }
  ahead.sum = sum
  return count
}

/** Keeps those of the first `count` records that another table has; returns how many. */
function keepShared(table: Table, other: Table, count: number): number {
  const { groups } = other
  const { words } = other.records
  let sum = 0
  for (let i = 0; i < count; i++) {
    const group = groups.groupOf(hashes[i])
    sum ^= groups.primary[group >>> GROUP_SHIFT][(group & GROUP_MASK) << WORD_SHIFT]
  }
  for (let i = 0; i < count; i++) {
    const ref = firstOfTag(groups, hashes[i])
    candidates[i] = ref
    sum ^= words[ref >>> PLACE_SHIFT][ref & PLACE_MASK]
  }
  ahead.sum = sum
  let kept = 0
  for (let i = 0; i < count; i++) {
    const candidate = candidates[i]
    if (candidate === 0) continue
    const ref = refs[i]
    const isSame = sameRecord(table.records, ref, other.records, candidate)
    if (!isSame && other.findHashed(hashes[i], table.key(ref, key)) === 0) continue
    refs[kept] = ref
    hashes[kept++] = hashes[i]
  }
  return kept
}

/** The first record whose tag is that of the hash, 0 where there is none. */
function firstOfTag(groups: Groups, hash: number): number {
  const tag = (hash >>> 8) & TAG_BITS
  const both = tag | (tag << 16)
  const group = groups.groupOf(hash)
  let words = groups.primary[group >>> GROUP_SHIFT]
  let at = (group & GROUP_MASK) << WORD_SHIFT
  for (;;) {
    const head = words[at]
    const count = head & COUNT_MASK
    for (let i = 0; i < count; i += 2) {
      const difference = words[at + TAGS + (i >>> 1)] ^ both
      if ((difference & TAG_BITS) === 0) return words[at + REFS + i]
      if (difference >>> 16 === 0 && i + 1 < count) return words[at + REFS + i + 1]
    }
    const link = head >>> LINK_SHIFT
    if (link === 0) return 0
    words = groups.overflow[link >>> GROUP_SHIFT]
    at = (link & GROUP_MASK) << WORD_SHIFT
  }
}

/** Whether two records are alike word by word, padding and all: then they have the same key. */
function sameRecord(own: Records, ref: number, other: Records, otherRef: number): boolean {
  const words = own.words[ref >>> PLACE_SHIFT]
  const others = other.words[otherRef >>> PLACE_SHIFT]
  let place = ref & PLACE_MASK
  let otherPlace = otherRef & PLACE_MASK
  const first = words[place]
  if (first !== others[otherPlace]) return false
  const code = first & KEY_BITS
  if (code === KEY_OUTSIZED) return false
  let left = own.size(ref)
  while (--left > 0) if (words[++place] !== others[++otherPlace]) return false
  return true
}
