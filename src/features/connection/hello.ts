// hello.ts: HELLO: which protocol is spoken, and with whom.

import type { Span } from '../../bytes/memory/span.ts'
import type { Reply } from '../../bytes/wire/reply.ts'
import type { Args } from '../../engine/arguments/args.ts'
import { defineCommand } from '../../engine/command/command.ts'
import { REDIS_VERSION } from '../../engine/contract/version.ts'
import type { Context } from '../../engine/dispatch/context.ts'
import type { Session } from '../../engine/session/session.ts'
import { authenticate } from './auth.ts'
import { nameOf } from './client-name.ts'
import { errors } from './errors.ts'
import { integerOr } from './integer.ts'

export const hello = defineCommand({
  name: 'HELLO',
  group: 'connection',
  since: '6.0.0',
  summary: 'Agrees on the protocol, and on user and name in the same step.',
  complexity: 'O(1)',
  syntax: '[arguments: protover:int [AUTH (username password)] [SETNAME clientname]]',
  flags: ['noscript', 'loading', 'stale', 'fast', 'no_auth', 'allow_busy'],
  history: [['6.2.0', 'the version may be left out, to ask only']],
  run(ctx, args, reply) {
    const { session } = ctx
    const version = args.count > 1 ? readVersion(args) : 0
    const { user, password, name } = readOptions(ctx, args)
    if (user !== undefined && password !== undefined) authenticate(session, user, password)
    if (!session.authenticated) throw errors.helloNoAuth
    if (name !== undefined) session.name = name
    if (version !== 0) {
      session.protocol = version
      reply.protocol = version
    }
    replyServer(session, reply)
  },
})

type Options = { user?: Span; password?: Span; name?: string }

function readVersion(args: Args): number {
  const version = integerOr(args, 1, errors.protocolNotInteger)
  if (version < 2 || version > 3) throw errors.noProto
  return version
}

function readOptions(ctx: Context, args: Args): Options {
  const options: Options = {}
  for (let i = 2; i < args.count; i++) {
    const left = args.count - 1 - i
    if (args.is(i, 'AUTH') && left >= 2) {
      options.user = args.at(++i)
      ctx.redact(i)
      options.password = args.at(++i)
      ctx.redact(i)
    } else if (args.is(i, 'SETNAME') && left >= 1) options.name = nameOf(args.at(++i))
    else throw errors.helloOption(args.text(i))
  }
  return options
}

function replyServer(session: Session, reply: Reply): void {
  reply.map(7)
  reply.text('server')
  reply.text('redis')
  reply.text('version')
  reply.text(REDIS_VERSION)
  reply.text('proto')
  reply.integer(session.protocol)
  reply.text('id')
  reply.integer(session.id)
  reply.text('mode')
  reply.text('standalone')
  reply.text('role')
  reply.text('master')
  reply.text('modules')
  reply.array(0)
}
