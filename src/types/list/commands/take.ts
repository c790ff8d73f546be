// take.ts: takes elements from an end of a list and answers with them, for LPOP and all its kin.

import { LIST } from '../../../engine/contract/events.ts'
import type { Context } from '../../../engine/dispatch/context.ts'
import type { StoredList } from '../stored-list.ts'
import { listType } from '../type.ts'

/**
 * Takes one element, and answers with it.
 * @throws errors.wrongType where the entry holds no list
 */
export function takeOne(ctx: Context, list: StoredList, atHead: boolean): void {
  ctx.engine.reply.bulk(ctx.viewOf(list.ref, listType).end(atHead))
  list.dropEnd(atHead)
  lost(ctx, list, atHead ? 'lpop' : 'rpop', 1)
}

/**
 * Takes up to `most` elements, and answers with an array of them.
 * @returns how many it took
 * @throws errors.wrongType where the entry holds no list
 */
export function takeMany(ctx: Context, list: StoredList, most: number, atHead: boolean): number {
  const { reply } = ctx.engine
  const view = ctx.viewOf(list.ref, listType)
  const before = view.count
  const count = Math.min(most, before)
  reply.array(count)
  if (atHead) view.replyRange(reply, 0, count)
  else view.replyBackwards(reply, count)
  list.dropRange(atHead ? 0 : before - count, count)
  lost(ctx, list, atHead ? 'lpop' : 'rpop', count)
  return count
}

/**
 * Says that a list lost elements; removes it where it has none left.
 * @param count by how many changes this counts
 */
export function lost(ctx: Context, list: StoredList, event: string, count: number): void {
  const { key } = list
  ctx.changed(LIST, event, key, count)
  if (list.count > 0) list.packIfSmall(2)
  else ctx.remove(list.ref, key, 0)
}
