// string.ts: the string type. A value is its bytes, always; which of int, embstr and raw OBJECT
// ENCODING answers is noted in the entry's variant when the value is written, by redis-server's
// rules. A number is not stored in binary: GET, by far the most frequent reader, copies the
// digits, and INCR reads and prints them in a few nanoseconds.

import { parseInt64, parseInteger } from '../../bytes/numbers.ts'
import type { Reply } from '../../bytes/reply.ts'
import { Span } from '../../bytes/span.ts'
import type { Context } from '../../engine/context.ts'
import type { DataType, LoadTarget } from '../../engine/datatype.ts'
import { metaOf } from '../../engine/entry.ts'
import type { Database } from '../../engine/keyspace.ts'
import { loadString, saveString } from './codec.ts'

export const STRING_ID = 0

export const EMBSTR = 0
export const INT = 1
export const RAW = 2
const ENCODINGS = ['embstr', 'int', 'raw']
const EMBSTR_MAX = 44
const INT_DIGITS_MAX = 20

const view = new Span()

export const stringType: DataType<Span> = {
  name: 'string',
  id: STRING_ID,
  view: (db, ref) => db.value(ref, view),
  encoding: (db, ref) => ENCODINGS[db.variant(ref)]!,
  bytes: () => 0,
  effort: () => 1,
  save: saveString,
  rdbTypes: [0],
  load: loadString,
  copy(db: Database, ref: number, target: LoadTarget) {
    const meta = metaOf(STRING_ID, 0, db.variant(ref))
    return target.db.put(target.key, 0, meta, db.value(ref, view), false)
  },
  digest(db, ref, mix) {
    mix(db.value(ref, view).copy())
  },
}

/** The variant of a value that is set as a whole. */
export function variantOfValue(value: Span): number {
  const length = value.end - value.start
  if (length <= INT_DIGITS_MAX && isInt64(value)) return INT
  return length <= EMBSTR_MAX ? EMBSTR : RAW
}

/** Whether the bytes are the canonical form of a 64-bit integer. */
function isInt64(value: Span): boolean {
  const { bytes, start, end } = value
  if (start === end) return false
  const last = bytes[end - 1]! - 48
  if (last < 0 || last > 9) return false
  if (!Number.isNaN(parseInteger(bytes, start, end))) return true
  return end - start >= 16 && parseInt64(bytes, start, end) !== undefined
}

/** Gives a key a string as its value, whatever it held; returns the entry. */
export function setString(
  ctx: Context,
  key: Span,
  ref: number,
  value: Span,
  keepTtl = false,
): number {
  return ctx.db.put(key, ref, metaOf(STRING_ID, 0, variantOfValue(value)), value, keepTtl)
}

/** Replies with the string that is the entry's value. */
export function replyString(ctx: Context, ref: number, reply: Reply): void {
  const slot = ctx.db.largeSlot(ref)
  if (slot >= 0) reply.bulkLarge(ctx.db.arena, slot)
  else reply.bulk(ctx.db.value(ref, view))
}
