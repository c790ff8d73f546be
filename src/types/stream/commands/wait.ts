// wait.ts: what XREAD and XREADGROUP do where there is nothing to read yet.

import type { Reply } from '../../../bytes/wire/reply.ts'
import type { Args } from '../../../engine/arguments/args.ts'
import type { Context } from '../../../engine/dispatch/context.ts'
import { streamType } from '../type.ts'
import type { ReadRequest } from './read-request.ts'

/** Waits for one of the streams where the request says so; else the reply is nil. */
export function waitForEntries(
  ctx: Context,
  args: Args,
  reply: Reply,
  { timeoutMs, firstKey, streams, isGroup }: ReadRequest,
): void {
  if (timeoutMs < 0) {
    reply.nilArray()
    return
  }
  ctx.block({
    keys: args.keys(firstKey, firstKey + streams - 1),
    type: streamType,
    timeoutMs,
    timedOut: (late) => late.nilArray(),
    // A group goes with its stream, and who waits for its entries is told.
    whenGone: isGroup,
  })
}
