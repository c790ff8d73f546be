// result.ts: what becomes of a set that a command has made of others (store.ts).

import type { Span } from '../../../bytes/memory/span.ts'
import type { Reply } from '../../../bytes/wire/reply.ts'
import { SET } from '../../../engine/contract/events.ts'
import type { Context } from '../../../engine/dispatch/context.ts'
import { SET_ID } from '../room.ts'
import { built, dropBuilt, storeBuilt } from '../store.ts'
import { replyMembers } from './reply.ts'

/** Makes what was built the value of a key, whatever it held, and replies with its size. */
export function storeResult(ctx: Context, reply: Reply, key: Span, event: string): void {
  const { count } = built
  if (count === 0) {
    dropBuilt()
    removeResult(ctx, key)
  } else {
    const ref = ctx.find(key)
    const before = ref === 0 ? -1 : ctx.db.type(ref)
    storeBuilt(ctx.db, key, ref)
    if (ref === 0) ctx.created(key)
    else ctx.replaced(key, before !== SET_ID)
    ctx.changed(SET, event, key)
  }
  reply.integer(count)
}

/** Removes what a key held, for the result is an empty set. */
export function removeResult(ctx: Context, key: Span): void {
  const ref = ctx.db.find(key)
  if (ref !== 0) ctx.remove(ref, key)
}

/** Replies with what was built and gives it up. */
export function replyResult(reply: Reply): void {
  reply.set(built.count)
  replyMembers(reply, built)
  dropBuilt()
}
