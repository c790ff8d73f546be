// push.ts: LPUSH, RPUSH and the two that do not create a list.

import type { Reply } from '../../../bytes/wire/reply.ts'
import type { Args } from '../../../engine/arguments/args.ts'
import { defineCommand } from '../../../engine/command/command.ts'
import { LIST } from '../../../engine/contract/events.ts'
import type { Context } from '../../../engine/dispatch/context.ts'
import { StoredList } from '../stored-list.ts'
import { listType } from '../type.ts'

const list = new StoredList()

const lpush = defineCommand({
  name: 'LPUSH',
  group: 'list',
  since: '1.0.0',
  summary: 'Puts elements at the front of a list, which it creates if need be.',
  complexity: 'O(N) for N elements',
  syntax: 'key element+',
  keys: 'RW insert',
  flags: ['write', 'denyoom', 'fast'],
  history: [['2.4.0', 'takes several elements']],
  run: (ctx, args, reply) => push(ctx, args, reply, true),
})

const rpush = defineCommand({
  name: 'RPUSH',
  group: 'list',
  since: '1.0.0',
  summary: 'Puts elements at the back of a list, which it creates if need be.',
  complexity: 'O(N) for N elements',
  syntax: 'key element+',
  keys: 'RW insert',
  flags: ['write', 'denyoom', 'fast'],
  history: [['2.4.0', 'takes several elements']],
  run: (ctx, args, reply) => push(ctx, args, reply, false),
})

const lpushx = defineCommand({
  name: 'LPUSHX',
  group: 'list',
  since: '2.2.0',
  summary: 'Puts elements at the front of a list that exists.',
  complexity: 'O(N) for N elements',
  syntax: 'key element+',
  keys: 'RW insert',
  flags: ['write', 'denyoom', 'fast'],
  history: [['4.0.0', 'takes several elements']],
  run: (ctx, args, reply) => pushIfThere(ctx, args, reply, true),
})

const rpushx = defineCommand({
  name: 'RPUSHX',
  group: 'list',
  since: '2.2.0',
  summary: 'Puts elements at the back of a list that exists.',
  complexity: 'O(N) for N elements',
  syntax: 'key element+',
  keys: 'RW insert',
  flags: ['write', 'denyoom', 'fast'],
  history: [['4.0.0', 'takes several elements']],
  run: (ctx, args, reply) => pushIfThere(ctx, args, reply, false),
})

function push(ctx: Context, args: Args, reply: Reply, atHead: boolean): void {
  pushTo(ctx, args, ctx.find(args.key(1)), atHead)
  reply.integer(list.count)
}

function pushIfThere(ctx: Context, args: Args, reply: Reply, atHead: boolean): void {
  const found = ctx.find(args.key(1))
  if (found !== 0) pushTo(ctx, args, found, atHead)
  reply.integer(found === 0 ? 0 : list.count)
}

function pushTo(ctx: Context, args: Args, found: number, atHead: boolean): void {
  const key = args.key(1)
  ctx.expectType(found, listType)
  list.at(ctx.db, key, found).pushArguments(args, atHead)
  if (found === 0) ctx.created(key)
  ctx.changed(LIST, atHead ? 'lpush' : 'rpush', key, args.count - 2)
}

export const pushCommands = [lpush, rpush, lpushx, rpushx]
