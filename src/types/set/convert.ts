// convert.ts: packed sets of one form made of those of the other.

import { Span } from '../../bytes/memory/span.ts'
import { INT64_LENGTH_MAX, Int64 } from '../../bytes/numbers/int64.ts'
import { intsetAt, intsetCount, intsetWidth, readIntsetValue } from '../../bytes/packed/intset.ts'
import {
  LISTPACK_END,
  LISTPACK_HEADER,
  setListpackHeader,
  writeListpackEntry,
} from '../../bytes/packed/listpack.ts'

/** The most bytes an integer takes in a listpack: its kind, eight bytes, the way back. */
const ENTRY_MAX = 10

const number = new Int64()
const digits = new Uint8Array(INT64_LENGTH_MAX)
const text = new Span(digits)
const made = new Span()

/** The listpack of an intset's members, in their order; it lies in memory of its own. */
export function listpackOfIntset({ bytes, start }: Span): Span {
  const count = intsetCount(bytes, start)
  const width = intsetWidth(bytes, start)
  const target = new Uint8Array(LISTPACK_HEADER + count * ENTRY_MAX + 1)
  let at = LISTPACK_HEADER
  for (let i = 0; i < count; i++) {
    readIntsetValue(bytes, intsetAt(start, width, i), width, number)
    text.end = number.writeText(digits, 0)
    at = writeListpackEntry(target, at, text)
  }
  target[at] = LISTPACK_END
  setListpackHeader(target, 0, at + 1, count)
  return made.set(target, 0, at + 1)
}
