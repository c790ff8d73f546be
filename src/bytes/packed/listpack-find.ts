// listpack-find.ts: looks for elements in a listpack (listpack.ts) without decoding what differs.
//
// The wanted element is classified once: text of a length, or an integer. An entry is then passed
// over by its first byte alone, unless length or kind agree.

import { Span } from '../memory/span.ts'
import { INT64_LENGTH_MAX, Int64 } from '../numbers/int64.ts'
import { LISTPACK_HEADER, listpackBytes, listpackEntryEnd, listpackInteger } from './listpack.ts'

const TEXT_6 = 0x80
const INT_13 = 0xc0
const TEXT_12 = 0xe0
const TEXT_32 = 0xf0
const INT_64 = 0xf4

const wanted = new Int64()
const held = new Int64()
/** The wanted integer as a double; NaN where the wanted element is none. */
let wantedNumber = NaN
/** The wanted element: a loan of whoever said `wantElement`. */
let element = new Span()

/**
 * Finds the first entry that holds an element.
 * @param stride looks at every entry (1), every second one, the first included (2), and so on
 * @returns its offset, 0 where there is none
 */
export function findInListpack(
  bytes: Uint8Array,
  start: number,
  end: number,
  sought: Span,
  stride: number,
): number {
  wantElement(sought)
  const length = sought.end - sought.start
  // No entry's first byte is 0x100: a long text is looked for by its length below.
  const short = length < 64 ? TEXT_6 | length : 0x100
  const limit = end - 1
  for (let at = start + LISTPACK_HEADER; at < limit; ) {
    const first = bytes[at]
    if (first >= TEXT_6 && first < INT_13) {
      if (first === short && isElement(bytes, at + 1)) return at
    } else if (holdsOther(bytes, at, first)) return at
    at = listpackEntryEnd(bytes, at)
    for (let skip = stride; skip > 1 && at < limit; skip--) at = listpackEntryEnd(bytes, at)
  }
  return 0
}

/** Whether an entry holds an element. */
export function listpackEntryEquals(bytes: Uint8Array, at: number, sought: Span): boolean {
  wantElement(sought)
  return holdsWanted(bytes, at)
}

/** Says which element `holdsWanted` is about: for who asks of many entries. */
export function wantElement(sought: Span): void {
  const { bytes, start, end } = sought
  element = sought
  const isInteger = end - start <= INT64_LENGTH_MAX && wanted.parse(bytes, start, end)
  wantedNumber = isInteger ? wanted.number : NaN
}

/** Whether an entry holds the wanted element. */
export function holdsWanted(bytes: Uint8Array, at: number): boolean {
  const first = bytes[at]
  if (first < TEXT_6 || first >= INT_13) return holdsOther(bytes, at, first)
  return (first & 63) === element.end - element.start && isElement(bytes, at + 1)
}

/** The same of an entry that is no text with six bits of length. */
function holdsOther(bytes: Uint8Array, at: number, first: number): boolean {
  if (first < TEXT_6) return first === wantedNumber
  const length = element.end - element.start
  if (first >= TEXT_12 && first < TEXT_32) {
    return (((first & 15) << 8) | bytes[at + 1]) === length && isElement(bytes, at + 2)
  }
  if (first === TEXT_32) return listpackBytes(bytes, at + 1) === length && isElement(bytes, at + 5)
  if (listpackInteger(bytes, at) !== wantedNumber) return false
  if (first !== INT_64) return true
  held.read(bytes, at + 1)
  return held.equals(wanted)
}

/** Whether a text of the wanted element's length, which begins at `at`, is that element. */
function isElement(bytes: Uint8Array, at: number): boolean {
  const other = element.bytes
  const end = element.end
  let from = at
  for (let i = element.start; i < end; i++) if (bytes[from++] !== other[i]) return false
  return true
}
