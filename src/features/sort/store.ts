// store.ts: SORT's STORE: the result as a list, whatever the key held before.

import type { ByteStrings } from '../../bytes/memory/byte-strings.ts'
import { Span } from '../../bytes/memory/span.ts'
import type { DataType } from '../../engine/contract/datatype.ts'
import { LIST } from '../../engine/contract/events.ts'
import type { Context } from '../../engine/dispatch/context.ts'

const element = new Span()

/** Makes elements a list and the value of a key; without any the key is removed. */
export function storeElements(ctx: Context, key: Span, elements: ByteStrings): void {
  if (elements.count === 0) {
    removeResult(ctx, key)
    return
  }
  const ref = ctx.find(key)
  const before = ref === 0 ? undefined : ctx.dataType(ref)
  if (ref !== 0) ctx.db.remove(ref)
  const type = typeOfElements(ctx)
  type.fromElements!({ db: ctx.db, key, ttl: 0 }, elements.count, (i) => elements.at(i, element))
  if (before === undefined) ctx.created(key)
  else ctx.replaced(key, before !== type)
  ctx.changed(LIST, 'sortstore', key, elements.count)
}

/** The key goes, even if its time has come. */
function removeResult(ctx: Context, key: Span): void {
  const ref = ctx.db.find(key)
  if (ref !== 0) ctx.remove(ref, key)
}

/** The type that makes values of elements. */
function typeOfElements(ctx: Context): DataType<unknown> {
  return ctx.engine.types.all.find((type) => type.fromElements !== undefined)!
}
