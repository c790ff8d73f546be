// type.ts: the string type. A value is its bytes, always; which of int, embstr and raw OBJECT
// ENCODING answers is noted in the entry's variant when the value is written, by redis-server's
// rules. A number is not stored in binary: GET, by far the most frequent reader, copies the
// digits, and INCR reads and prints them in a few nanoseconds.

import { Span } from '../../bytes/memory/span.ts'
import { parseInt64, parseInteger } from '../../bytes/numbers/numbers.ts'
import type { Reply } from '../../bytes/wire/reply.ts'
import type { DataType, LoadTarget } from '../../engine/contract/datatype.ts'
import { STRING_MAX } from '../../engine/contract/limits.ts'
import type { Context } from '../../engine/dispatch/context.ts'
import { HAS_TTL, KEEP_TTL, metaOf } from '../../engine/keyspace/entry.ts'
import type { Database } from '../../engine/keyspace/keyspace.ts'
import { rdbType } from '../../formats/rdb/opcodes.ts'
import { loadString, observeString, saveString } from './codec.ts'
import { errors } from './errors.ts'

export const STRING_ID = 0

export const EMBSTR = 0
export const INT = 1
export const RAW = 2
/** What OBJECT ENCODING says of them. */
export const ENCODINGS = ['embstr', 'int', 'raw'] as const
const INT_DIGITS_MAX = 20

// redis-server 8.2 says embstr of a value that shares a cache line of 64 bytes with its key: so
// long may the two be together, without and with an expiry time.
const EMBEDDED_MAX = 41
const EMBEDDED_TTL_MAX = 33
// An allocation for a longer key header has a TTL's room left over when it is just too large.
const SPARE_KEY_MIN = 32
const SPARE_MIN = 40

const view = new Span()
const keyView = new Span()

export const stringType: DataType<Span> = {
  name: 'string',
  id: STRING_ID,
  view: (db, ref) => db.value(ref, view),
  encoding,
  bytes: () => 0,
  effort: () => 1,
  settle,
  rdbType: () => rdbType.string,
  save: saveString,
  rdbTypes: [rdbType.string],
  load: loadString,
  observe: observeString,
  copy(db: Database, ref: number, target: LoadTarget) {
    const meta = metaOf(STRING_ID, 0, db.variant(ref)) | target.ttl
    return target.db.put(target.key, 0, meta, db.value(ref, view))
  },
  whole(db, ref, into) {
    db.value(ref, into)
    return true
  },
  digest(db, ref, into) {
    const { bytes, start, end } = db.value(ref, view)
    into.mix(bytes, start, end)
  },
}

function encoding(db: Database, ref: number): string {
  const variant = db.variant(ref)
  if (variant === INT) return 'int'
  return variant === EMBSTR && isEmbedded(db, ref) ? 'embstr' : 'raw'
}

/**
 * Whether a value that was embstr when it was written still is: an expiry time or a longer key
 * that came since may have cost it its place beside the key. Nobody but OBJECT ENCODING sees it.
 */
function isEmbedded(db: Database, ref: number): boolean {
  const keyLength = db.key(ref, keyView).length
  const size = keyLength + db.value(ref, view).length
  if (size > EMBEDDED_MAX) return false
  if (!db.hasExpiry(ref) || size <= EMBEDDED_TTL_MAX) return true
  return keyLength >= SPARE_KEY_MIN && size >= SPARE_MIN
}

/** A value that its key or expiry time made raw stays so when they go. */
function settle(db: Database, ref: number): void {
  if (db.variant(ref) === EMBSTR && !isEmbedded(db, ref)) db.setVariant(ref, RAW)
}

/** Takes an expiry time away; false where there was none. */
export function persistString(db: Database, ref: number): boolean {
  settle(db, ref)
  return db.persist(ref)
}

/**
 * The variant of a value that is set as a whole.
 * @param withTtl whether the key has an expiry time that stays
 */
export function variantOfValue(value: Span, keyLength: number, withTtl: boolean): number {
  const length = value.end - value.start
  if (length <= INT_DIGITS_MAX && isInt64(value)) return INT
  return variantOfText(length, keyLength, withTtl)
}

/** The same for a value of which no number is made. */
export function variantOfText(length: number, keyLength: number, withTtl: boolean): number {
  return length + keyLength <= (withTtl ? EMBEDDED_TTL_MAX : EMBEDDED_MAX) ? EMBSTR : RAW
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

/**
 * Gives a key a string as its value, whatever it held, and no expiry time; says that the key is new
 * or its value replaced, and leaves `changed` to the caller.
 * @param ref the key's entry, 0 where there is none
 * @returns the entry
 */
export function setString(ctx: Context, key: Span, ref: number, value: Span): number {
  const before = ref === 0 ? -1 : ctx.db.type(ref)
  const variant = variantOfValue(value, key.end - key.start, false)
  const entry = ctx.put(key, ref, metaOf(STRING_ID, 0, variant), value)
  announce(ctx, key, before)
  return entry
}

/** The same, but an expiry time stays. */
export function setStringKeepTtl(ctx: Context, key: Span, ref: number, value: Span): number {
  const before = ref === 0 ? -1 : ctx.db.type(ref)
  const variant = variantOfValue(value, key.end - key.start, ref !== 0 && ctx.db.hasExpiry(ref))
  const entry = ctx.put(key, ref, metaOf(STRING_ID, 0, variant) | KEEP_TTL, value)
  announce(ctx, key, before)
  return entry
}

/** The same for a key that is to expire: the caller sets when, and no time but that is seen. */
export function setStringToExpire(ctx: Context, key: Span, ref: number, value: Span): number {
  const before = ref === 0 ? -1 : ctx.db.type(ref)
  const variant = variantOfValue(value, key.end - key.start, ref !== 0 && ctx.db.hasExpiry(ref))
  const entry = ctx.put(key, ref, metaOf(STRING_ID, 0, variant) | HAS_TTL, value)
  announce(ctx, key, before)
  return entry
}

/** The same for computed bytes, which the caller gives up; they are raw, and no TTL stays. */
export function setRawString(ctx: Context, key: Span, ref: number, bytes: Uint8Array): void {
  const before = ref === 0 ? -1 : ctx.db.type(ref)
  ctx.db.putOwn(key, ref, metaOf(STRING_ID, 0, RAW), bytes)
  announce(ctx, key, before)
}

/** Raises the events of a key that is new or replaced; `before` is its old type, -1 for none. */
function announce(ctx: Context, key: Span, before: number): void {
  if (before < 0) ctx.created(key)
  else ctx.replaced(key, before !== STRING_ID)
}

/**
 * Stops a string from growing too long.
 * @param length the length it would have, in bytes
 * @throws errors.stringTooLong
 */
export function expectLength(ctx: Context, length: number): void {
  if (length > ctx.engine.limits.bulk || length > STRING_MAX) throw errors.stringTooLong
}

/** Replies with the string that is the entry's value. */
export function replyString(ctx: Context, ref: number, reply: Reply): void {
  const slot = ctx.db.outsizedSlot(ref)
  if (slot >= 0) reply.bulkOutsized(ctx.db.arena, slot)
  else reply.bulk(ctx.db.value(ref, view))
}
