// grow.ts: makes a string as long as a change of some of its bytes needs: for SETRANGE and the
// commands that see a string as a row of bits.

import { Span } from '../../bytes/span.ts'
import type { Context } from '../../engine/context.ts'
import { metaOf } from '../../engine/entry.ts'
import { errors } from '../../engine/errors.ts'
import { STRING_MAX } from '../../engine/limits.ts'
import { RAW, STRING_ID } from './string.ts'

const EMPTY = new Span()

/**
 * Makes a string at least `length` bytes long, with zero bytes where it was shorter, and raw.
 * @param ref the key's entry, which is a string, or 0 where there is none
 * @param value gets the string's bytes, for a change in place
 * @returns whether the string is new or longer than it was
 * @throws errors.stringTooLong
 */
export function growString(
  ctx: Context,
  key: Span,
  ref: number,
  length: number,
  value: Span,
): boolean {
  if (length > STRING_MAX) throw errors.stringTooLong
  const { db } = ctx
  const isNew = ref === 0
  const old = isNew ? db.put(key, 0, metaOf(STRING_ID, 0, RAW), EMPTY, false) : ref
  const before = db.value(old, value).length
  const grows = isNew || length > before
  const entry = db.resize(old, grows ? length : before, value)
  db.setVariant(entry, RAW)
  if (isNew) ctx.created(key)
  return grows
}
