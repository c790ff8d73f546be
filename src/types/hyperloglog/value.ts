// value.ts: HyperLogLogs as values of keys: they are strings, which the string commands read and
// write as such.

import { Span } from '../../bytes/memory/span.ts'
import type { Context } from '../../engine/dispatch/context.ts'
import { KEEP_TTL, metaOf } from '../../engine/keyspace/entry.ts'
import { RAW, STRING_ID, stringType } from '../string/type.ts'
import { errors } from './errors.ts'
import { isSketch } from './layout.ts'
import type { Sketch } from './sketch.ts'

const current = new Span()

/**
 * The bytes of a HyperLogLog, for reading; a loan until the next look-up.
 * @throws errors.wrongType, errors.hyperLogLogType
 */
export function sketchOf(ctx: Context, ref: number): Span {
  ctx.expectType(ref, stringType)
  const value = ctx.db.value(ref, current)
  if (!isSketch(value)) throw errors.hyperLogLogType
  return value
}

/** The same for a change in place, or one that may follow: the string counts as raw from now on. */
export function sketchToChange(ctx: Context, ref: number): Span {
  const { length } = sketchOf(ctx, ref)
  ctx.db.setVariant(ref, RAW)
  // Of the same length it does not move; bytes that a socket still reads are copied.
  ctx.db.resize(ref, length, current)
  return current
}

/** Makes a sketch the value of a key; an expiry time stays. */
export function storeSketch(ctx: Context, key: Span, ref: number, sketch: Sketch): void {
  ctx.db.put(key, ref, metaOf(STRING_ID, 0, RAW) | KEEP_TTL, sketch.value)
  if (ref === 0) ctx.created(key)
}
