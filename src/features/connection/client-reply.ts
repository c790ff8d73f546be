// client-reply.ts: CLIENT REPLY: a client that does not want to hear the answers.

import { defineCommand } from '../../engine/command/command.ts'
import { errors } from '../../engine/contract/errors.ts'
import type { Context } from '../../engine/dispatch/context.ts'
import { REPLY_MUTE, REPLY_OFF, REPLY_ON, REPLY_SKIP_NEXT } from '../../engine/session/session.ts'

export const clientReply = defineCommand({
  name: 'CLIENT REPLY',
  group: 'connection',
  since: '3.2.0',
  summary: 'Turns the answers to this connection on or off.',
  complexity: 'O(1)',
  syntax: '(action: ON | OFF | SKIP)',
  flags: ['noscript', 'loading', 'stale'],
  run(ctx, args, reply) {
    const { replyMode } = ctx.session
    if (args.is(2, 'ON')) {
      setReplyMode(ctx, (replyMode & REPLY_SKIP_NEXT) | REPLY_ON)
      reply.ok()
    } else if (args.is(2, 'OFF')) setReplyMode(ctx, replyMode | REPLY_OFF)
    else if (!args.is(2, 'SKIP')) throw errors.syntax
    else if ((replyMode & REPLY_OFF) === 0) setReplyMode(ctx, replyMode | REPLY_SKIP_NEXT)
  },
})

/**
 * Changes the mode in the middle of a request: inside EXEC the replies before the change and
 * those after it are treated each in their own way.
 */
export function setReplyMode(ctx: Context, mode: number): void {
  const { session, engine } = ctx
  const wasMute = (session.replyMode & REPLY_MUTE) !== 0
  const isMute = (mode & REPLY_MUTE) !== 0
  if (wasMute && !isMute) engine.output.rewind(engine.dispatcher.mutedFrom)
  if (!wasMute && isMute) engine.dispatcher.mutedFrom = engine.output.mark()
  session.replyMode = mode
}
