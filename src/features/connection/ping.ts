// ping.ts: PING and ECHO.

import { defineCommand } from '../../engine/command/command.ts'
import { errors } from '../../engine/contract/errors.ts'
import { isListener } from '../pubsub/subscriptions.ts'

export const ping = defineCommand({
  name: 'PING',
  group: 'connection',
  since: '1.0.0',
  summary: 'Answers PONG, or the message it is given.',
  complexity: 'O(1)',
  syntax: '[message]',
  flags: ['fast'],
  tips: ['request_policy:all_shards', 'response_policy:all_succeeded'],
  run(ctx, args, reply) {
    if (args.count > 2) throw errors.arity(ctx.command.fullName)
    if (reply.protocol === 2 && isListener(ctx.session)) {
      // Among messages it looks like one.
      reply.array(2)
      reply.text('pong')
      if (args.count === 1) reply.text('')
      else reply.bulk(args.at(1))
    } else if (args.count === 1) reply.simple('PONG')
    else reply.bulk(args.at(1))
  },
})

export const echo = defineCommand({
  name: 'ECHO',
  group: 'connection',
  since: '1.0.0',
  summary: 'Answers with the message it is given.',
  complexity: 'O(1)',
  syntax: 'message',
  flags: ['fast', 'loading', 'stale'],
  run(_ctx, args, reply) {
    reply.bulk(args.at(1))
  },
})
