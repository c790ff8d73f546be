// read.ts: LLEN, LINDEX and LRANGE.

import type { Reply } from '../../../bytes/wire/reply.ts'
import type { Args } from '../../../engine/arguments/args.ts'
import { defineCommand } from '../../../engine/command/command.ts'
import type { Context } from '../../../engine/dispatch/context.ts'
import { listType } from '../type.ts'

const llen = defineCommand({
  name: 'LLEN',
  group: 'list',
  since: '1.0.0',
  summary: 'Counts the elements of a list.',
  complexity: 'O(1)',
  syntax: 'key',
  keys: 'RO',
  flags: ['readonly', 'fast'],
  run(ctx, args, reply) {
    const list = ctx.read(args.key(1), listType)
    reply.integer(list === null ? 0 : list.count)
  },
})

const lindex = defineCommand({
  name: 'LINDEX',
  group: 'list',
  since: '1.0.0',
  summary: 'Reads an element of a list by its index.',
  complexity: 'O(N) for N elements on the way to it, O(1) at the ends',
  syntax: 'key index:int',
  keys: 'RO access',
  flags: ['readonly'],
  run(ctx, args, reply) {
    const list = ctx.read(args.key(1), listType)
    if (list === null) {
      reply.nil()
      return
    }
    const given = args.position(2)
    const index = given < 0 ? list.count + given : given
    if (index < 0 || index >= list.count) reply.nil()
    else list.replyElement(reply, index)
  },
})

const lrange = defineCommand({
  name: 'LRANGE',
  group: 'list',
  since: '1.0.0',
  summary: 'Reads the elements between two indexes.',
  complexity: 'O(S+N) for S elements on the way and N returned',
  syntax: 'key start:int stop:int',
  keys: 'RO access',
  flags: ['readonly'],
  run: replyRange,
})

function replyRange(ctx: Context, args: Args, reply: Reply): void {
  const start = args.position(2)
  const stop = args.position(3)
  const list = ctx.read(args.key(1), listType)
  const count = list === null ? 0 : list.count
  const first = Math.max(0, start < 0 ? count + start : start)
  const last = Math.min(count - 1, stop < 0 ? count + stop : stop)
  if (list === null || first > last) reply.array(0)
  else {
    reply.array(last - first + 1)
    list.replyRange(reply, first, last - first + 1)
  }
}

export const readCommands = [llen, lindex, lrange]
