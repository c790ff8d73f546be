// exists.ts: EXISTS, TYPE and TOUCH: what is there.

import { defineCommand } from '../../engine/command/command.ts'

const exists = defineCommand({
  name: 'EXISTS',
  group: 'generic',
  since: '1.0.0',
  summary: 'Counts how many of the keys exist; one named twice counts twice.',
  complexity: 'O(N) for N keys',
  syntax: 'key+',
  keys: 'RO',
  flags: ['readonly', 'fast'],
  tips: ['request_policy:multi_shard', 'response_policy:agg_sum'],
  history: [['3.0.3', 'takes several keys']],
  run(ctx, args, reply) {
    let found = 0
    for (let i = 1; i < args.count; i++) if (ctx.findUntouched(args.key(i)) !== 0) found++
    reply.integer(found)
  },
})

const type = defineCommand({
  name: 'TYPE',
  group: 'generic',
  since: '1.0.0',
  summary: 'Tells which type of value a key holds.',
  complexity: 'O(1)',
  syntax: 'key',
  keys: 'RO',
  flags: ['readonly', 'fast'],
  run(ctx, args, reply) {
    const ref = ctx.findUntouched(args.key(1))
    reply.simple(ref === 0 ? 'none' : ctx.dataType(ref).name)
  },
})

const touch = defineCommand({
  name: 'TOUCH',
  group: 'generic',
  since: '3.2.1',
  summary: 'Marks keys as used just now and counts those that exist.',
  complexity: 'O(N) for N keys',
  syntax: 'key+',
  keys: 'RO',
  flags: ['readonly', 'fast'],
  tips: ['request_policy:multi_shard', 'response_policy:agg_sum'],
  run(ctx, args, reply) {
    const { access } = ctx.engine
    let found = 0
    for (let i = 1; i < args.count; i++) {
      const ref = ctx.findUntouched(args.key(i))
      if (ref === 0) continue
      // Who asks for it gets it, CLIENT NO-TOUCH or not.
      access.touch(ctx.db, ref)
      found++
    }
    reply.integer(found)
  },
})

export const existsCommands = [exists, type, touch]
