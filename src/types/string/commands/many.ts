// many.ts: strings of several keys at once: MGET, MSET, MSETNX.

import type { Args } from '../../../engine/arguments/args.ts'
import { defineCommand } from '../../../engine/command/command.ts'
import { errors } from '../../../engine/contract/errors.ts'
import { STRING } from '../../../engine/contract/events.ts'
import type { Context } from '../../../engine/dispatch/context.ts'
import { replyString, STRING_ID, setString } from '../type.ts'

const mget = defineCommand({
  name: 'MGET',
  group: 'string',
  since: '1.0.0',
  summary: 'Reads the strings of several keys; what is no string reads as missing.',
  complexity: 'O(N) for N keys',
  syntax: 'key+',
  keys: 'RO access',
  flags: ['readonly', 'fast'],
  tips: ['request_policy:multi_shard'],
  run(ctx, args, reply) {
    const { count } = args
    reply.array(count - 1)
    for (let i = 1; i < count; i++) {
      const ref = ctx.findToRead(args.key(i))
      if (ref === 0 || ctx.db.type(ref) !== STRING_ID) reply.nil()
      else replyString(ctx, ref, reply)
    }
  },
})

const mset = defineCommand({
  name: 'MSET',
  group: 'string',
  since: '1.0.1',
  summary: 'Stores strings in several keys at once.',
  complexity: 'O(N) for N keys',
  syntax: '(key value)+',
  keys: 'OW update',
  flags: ['write', 'denyoom'],
  tips: ['request_policy:multi_shard', 'response_policy:all_succeeded'],
  run(ctx, args, reply) {
    expectPairs(ctx, args)
    setAll(ctx, args)
    reply.ok()
  },
})

const msetnx = defineCommand({
  name: 'MSETNX',
  group: 'string',
  since: '1.0.1',
  summary: 'Stores strings in several keys, or in none when one of them exists.',
  complexity: 'O(N) for N keys',
  syntax: '(key value)+',
  keys: 'OW insert',
  flags: ['write', 'denyoom'],
  run(ctx, args, reply) {
    expectPairs(ctx, args)
    const free = noneExists(ctx, args)
    if (free) setAll(ctx, args)
    reply.integer(free ? 1 : 0)
  },
})

function expectPairs(ctx: Context, args: Args): void {
  if ((args.count & 1) === 0) throw errors.arity(ctx.command.fullName)
}

function noneExists(ctx: Context, args: Args): boolean {
  for (let i = 1; i < args.count; i += 2) if (ctx.look(args.key(i)) !== 0) return false
  return true
}

function setAll(ctx: Context, args: Args): void {
  const { count } = args
  for (let i = 1; i < count; i += 2) {
    const key = args.key(i)
    setString(ctx, key, ctx.find(key), args.at(i + 1))
    ctx.changed(STRING, 'set', key)
  }
}

export const manyCommands = [mget, mset, msetnx]
