// source.ts: the elements that SORT sorts: of a list, a set or a sorted set, read by the contract
// of types.

import type { ByteStrings } from '../../bytes/memory/byte-strings.ts'
import type { Span } from '../../bytes/memory/span.ts'
import { errors } from '../../engine/contract/errors.ts'
import type { Context } from '../../engine/dispatch/context.ts'
import type { SortOptions } from './options.ts'

/**
 * Reads the elements of a key; a missing key has none. Where nothing is to be sorted, an ordered
 * collection gives only the part that LIMIT names, which is noted as the whole.
 * @throws errors.wrongType
 */
export function readElements(
  ctx: Context,
  key: Span,
  asked: SortOptions,
  elements: ByteStrings,
): void {
  let ref = ctx.findToRead(key)
  if (ref === 0) return
  const type = ctx.dataType(ref)
  if (type.walk === undefined) throw errors.wrongType
  // The reference sorts a large form of a sorted set, and leaves it so.
  if (type.unpack !== undefined) {
    ctx.changing(ref, key)
    ref = type.unpack(ctx.db, ref)
  }
  const add = (element: Span) => elements.push(element)
  if (asked.unsorted && type.slice !== undefined) {
    const first = Math.max(0, asked.offset)
    const count = asked.limit < 0 ? Number.MAX_SAFE_INTEGER : asked.limit
    type.slice(ctx.db, ref, { first, count, backwards: asked.descending }, add)
    asked.takeAll()
    return
  }
  type.walk(ctx.db, ref, add)
  // A set has no order of its own: what is stored, and so copied to others, must be the same there.
  if (asked.unsorted && type.slice === undefined && asked.store !== 0) asked.sortByElement()
}
