// grow.ts: makes a string as long as a change of some of its bytes needs: for SETRANGE and the
// commands that see a string as a row of bits.

import { Span } from '../../bytes/span.ts'
import type { Context } from '../../engine/context.ts'
import { metaOf } from '../../engine/entry.ts'
import { RAW, STRING_ID } from './string.ts'

const EMPTY = new Span()

/**
 * Makes a string at least `length` bytes long, with zero bytes where it was shorter, and raw.
 * @param ref the key's entry, which is a string, or 0 where there is none
 * @param value gets the string's bytes, for a change in place
 */
export function growString(
  ctx: Context,
  key: Span,
  ref: number,
  length: number,
  value: Span,
): void {
  const { db } = ctx
  let entry = ref
  if (ref === 0) entry = db.put(key, 0, metaOf(STRING_ID, 0, RAW), EMPTY, false)
  const before = db.value(entry, value).length
  entry = db.resize(entry, before < length ? length : before, value)
  db.setVariant(entry, RAW)
  if (ref === 0) ctx.created(key)
}
