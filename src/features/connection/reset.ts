// reset.ts: RESET and QUIT: a connection begins anew, or ends.

import { defineCommand } from '../../engine/command/command.ts'
import { REPLY_OFF, REPLY_SKIP_NEXT } from '../../engine/session/session.ts'
import { greetUnauthenticated } from './auth.ts'
import { setReplyMode } from './client-reply.ts'

export const quit = defineCommand({
  name: 'QUIT',
  group: 'connection',
  since: '1.0.0',
  summary: 'Closes this connection after the answer.',
  complexity: 'O(1)',
  arity: -1,
  flags: ['noscript', 'loading', 'stale', 'fast', 'no_auth', 'allow_busy', 'unqueued'],
  deprecated: '7.2.0',
  replacedBy: 'just closing the connection',
  reply: 'OK',
  run(ctx, _args, reply) {
    reply.ok()
    ctx.session.closing = true
  },
})

export const reset = defineCommand({
  name: 'RESET',
  group: 'connection',
  since: '6.2.0',
  summary: 'Puts this connection back into its first state.',
  complexity: 'O(1)',
  flags: ['noscript', 'loading', 'stale', 'fast', 'no_auth', 'allow_busy', 'unqueued'],
  reply: 'RESET',
  run(ctx, _args, reply) {
    const { session } = ctx
    session.endTransaction()
    for (const hook of ctx.engine.hooks.onSessionReset) hook(session)
    session.database = 0
    ctx.db = ctx.engine.databases[0]!
    session.protocol = 2
    reply.protocol = 2
    session.name = ''
    session.noTouch = false
    session.noEvict = false
    greetUnauthenticated(session)
    // A skip that is under way swallows this answer too.
    setReplyMode(ctx, session.replyMode & ~(REPLY_OFF | REPLY_SKIP_NEXT))
    reply.simple('RESET')
  },
})
