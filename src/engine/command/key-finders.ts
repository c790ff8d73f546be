// key-finders.ts: keys of the commands whose key specs cannot tell.
//
// SORT may name its destination anywhere, MIGRATE has its keys in one of two places, and what SET
// and BITFIELD do to their key depends on their options. Like the reference these finders read no
// more of the syntax than they must; the handler reports what is wrong with a call.

import type { Words } from '../../bytes/wire/request.ts'
import { ACCESS, DELETE, type KeySpec, keyFlagBits, OW, RO, RW, UPDATE } from './key-specs.ts'
import type { KeyList } from './keys.ts'
import { sameWord } from './words.ts'

const READ = keyFlagBits('RO access')

/** SET: with GET it reads as well. */
export function setKeys(words: Words, start: number, keys: KeyList): boolean {
  for (let i = start + 3; i < words.count; i++) {
    if (!sameWord(words, i, 'GET')) continue
    keys.add(1, RW | ACCESS | UPDATE)
    return true
  }
  keys.add(1, OW | UPDATE)
  return true
}

/** BITFIELD: nothing but GET leaves the key as it is. */
export function bitfieldKeys(words: Words, start: number, keys: KeyList): boolean {
  keys.add(1, onlyGets(words, start) ? RO | ACCESS : RW | ACCESS | UPDATE)
  return true
}

function onlyGets(words: Words, start: number): boolean {
  for (let i = start + 2; i < words.count; i++) {
    const left = words.count - i - 1
    if (left >= 2 && sameWord(words, i, 'GET')) i += 2
    else if (left >= 1 && sameWord(words, i, 'OVERFLOW')) i += 1
    else return false
  }
  return true
}

/** SORT: the last STORE decides; the keys that BY and GET make up are not to be known. */
export function sortKeys(words: Words, start: number, keys: KeyList): boolean {
  let store = 0
  for (let i = start + 2; i < words.count; i++) {
    if (sameWord(words, i, 'LIMIT')) i += 2
    else if (sameWord(words, i, 'GET') || sameWord(words, i, 'BY')) i += 1
    else if (i + 1 < words.count && sameWord(words, i, 'STORE')) store = i + 1 - start
  }
  keys.add(1, READ)
  if (store !== 0) keys.add(store, OW | UPDATE)
  return true
}

/** SORT_RO: its one key. */
export function sortReadOnlyKeys(_words: Words, _start: number, keys: KeyList): boolean {
  keys.add(1, READ)
  return true
}

/** MIGRATE: argument 3, or what follows KEYS, for which argument 3 must be empty. */
export function migrateKeys(words: Words, start: number, keys: KeyList): boolean {
  const count = words.count - start
  const list = startOfList(words, start)
  const empty = words.starts[start + 3] === words.ends[start + 3]
  if (list !== 0 && !empty) return false
  const end = list === 0 ? 4 : count
  for (let i = list === 0 ? 3 : list; i < end; i++) keys.add(i, RW | ACCESS | DELETE)
  return true
}

/** Where the keys behind KEYS begin, 0 without KEYS; as the last word it announces nothing. */
function startOfList(words: Words, start: number): number {
  for (let i = start + 6; i < words.count - 1; i++) {
    if (sameWord(words, i, 'KEYS')) return i + 1 - start
    if (sameWord(words, i, 'AUTH')) i += 1
    else if (sameWord(words, i, 'AUTH2')) i += 2
  }
  return 0
}

/**
 * Keys behind a number that is none, such as 01 or 2x. The command will refuse such a call, but
 * the reference finds its keys, by the digits the word begins with, and knows no flags for them.
 */
export function loosely(
  specs: readonly KeySpec[],
  words: Words,
  start: number,
  keys: KeyList,
): boolean {
  for (const { begin, find } of specs) {
    if (begin.type !== 'index' || find.type !== 'keynum') continue
    const first = begin.index + find.firstKey
    const n = leadingInteger(words, start + begin.index + find.keyNumIndex)
    if (n < 1 || n > words.count - start - first) return false
    for (let i = 0; i < n; i++) keys.add(first + i, 0)
  }
  if (keys.count === 0) return false
  for (const { begin, find } of specs) {
    if (begin.type === 'index' && find.type === 'range') keys.add(begin.index, 0)
  }
  return true
}

function leadingInteger(words: Words, i: number): number {
  let at = words.starts[i]!
  let n = 0
  for (; at < words.ends[i]!; at++) {
    const digit = words.bytes[at]! - 48
    if (digit < 0 || digit > 9) break
    n = n * 10 + digit
  }
  return n
}
