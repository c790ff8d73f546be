// grow.ts: makes a string as long as a change of some of its bytes needs: for SETRANGE and the
// commands that see a string as a row of bits.

import { Span } from '../../bytes/memory/span.ts'
import { STRING_MAX } from '../../engine/contract/limits.ts'
import type { Context } from '../../engine/dispatch/context.ts'
import { metaOf } from '../../engine/keyspace/entry.ts'
import { errors } from './errors.ts'
import { RAW, STRING_ID } from './type.ts'

const EMPTY = new Span()

/** A string that is long enough; true until the next call. */
export class GrownString {
  /** Its bytes, for a change in place. */
  readonly value = new Span()
  /** Whether it is new or longer than it was. */
  longer = false
}

const grown = new GrownString()

/**
 * Makes a string at least `length` bytes long, with zero bytes where it was shorter, and raw.
 * @param ref the key's entry, which is a string, or 0 where there is none
 * @throws errors.stringTooLong
 */
export function growString(ctx: Context, key: Span, ref: number, length: number): GrownString {
  if (length > STRING_MAX) throw errors.stringTooLong
  const { db } = ctx
  const { value } = grown
  const isNew = ref === 0
  const old = isNew ? db.put(key, 0, metaOf(STRING_ID, 0, RAW), EMPTY) : ref
  const before = db.value(old, value).length
  grown.longer = isNew || length > before
  const entry = db.resize(old, Math.max(length, before), value)
  db.setVariant(entry, RAW)
  if (isNew) ctx.created(key)
  return grown
}
