// get.ts: GET.

import { defineCommand } from '../../engine/command.ts'
import { replyString, stringType } from './string.ts'

export const get = defineCommand({
  name: 'GET',
  group: 'string',
  since: '1.0.0',
  summary: 'Returns the string value of a key.',
  complexity: 'O(1)',
  syntax: 'key',
  keys: 'RO access',
  flags: ['readonly', 'fast'],
  run(ctx, args, reply) {
    const ref = ctx.findToRead(args.key(1))
    if (ref === 0) {
      reply.nil()
      return
    }
    ctx.expectType(ref, stringType)
    replyString(ctx, ref, reply)
  },
})
