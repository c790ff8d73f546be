// group.ts: XGROUP: makes, moves and removes groups and their consumers.

import { Int64 } from '../../../bytes/numbers/int64.ts'
import type { Reply } from '../../../bytes/wire/reply.ts'
import type { Args } from '../../../engine/arguments/args.ts'
import { defineCommand } from '../../../engine/command/command.ts'
import { replyHelp } from '../../../engine/command/help.ts'
import { STREAM } from '../../../engine/contract/events.ts'
import type { Context } from '../../../engine/dispatch/context.ts'
import { errors } from '../errors.ts'
import type { Group } from '../groups/group.ts'
import { newId } from '../id.ts'
import type { Stream } from '../stream.ts'
import { createStream, findStream } from '../type.ts'
import { FIRST, isSingle, parseId, parseStrictId } from './id-parser.ts'
import { readInt64 } from './set-id.ts'

const DOLLAR = 0x24

const id = newId()
/** Options of one call, read into the same object again and again. */
const options = { makeStream: false, entriesRead: new Int64() }

const create = defineCommand({
  name: 'XGROUP CREATE',
  group: 'stream',
  since: '5.0.0',
  summary: 'Creates a group of consumers.',
  complexity: 'O(1)',
  syntax:
    'key group (id-selector: id | new-id:$) [MKSTREAM] ' +
    '[ENTRIESREAD entriesread:int=entries-read]',
  keys: 'RW insert',
  flags: ['write', 'denyoom'],
  history: [['7.0.0', 'takes ENTRIESREAD']],
  run: runCreate,
})

const setId = defineCommand({
  name: 'XGROUP SETID',
  group: 'stream',
  since: '5.0.0',
  summary: 'Moves the place up to which a group has read.',
  complexity: 'O(1)',
  syntax: 'key group (id-selector: id | new-id:$) [ENTRIESREAD entriesread:int=entries-read]',
  keys: 'RW update',
  flags: ['write'],
  history: [['7.0.0', 'takes ENTRIESREAD']],
  run: runSetId,
})

const destroy = defineCommand({
  name: 'XGROUP DESTROY',
  group: 'stream',
  since: '5.0.0',
  summary: 'Removes a group.',
  complexity: 'O(N) for N pending messages',
  syntax: 'key group',
  keys: 'RW delete',
  flags: ['write'],
  run(ctx, args, reply) {
    const key = args.key(2)
    const stream = expectStream(ctx, args)
    const group = stream.findGroup(args.at(3))
    if (group !== undefined) {
      stream.removeGroup(group)
      changed(ctx, args, 'xgroup-destroy')
      // Who waits to read for the group is told that it is gone.
      ctx.ready(key)
    }
    reply.integer(group === undefined ? 0 : 1)
  },
})

const createConsumer = defineCommand({
  name: 'XGROUP CREATECONSUMER',
  group: 'stream',
  since: '6.2.0',
  summary: 'Creates a consumer in a group.',
  complexity: 'O(1)',
  syntax: 'key group consumer',
  keys: 'RW insert',
  flags: ['write', 'denyoom'],
  run(ctx, args, reply) {
    const group = expectGroup(expectStream(ctx, args), args)
    const isNew = group.find(args.at(4)) === undefined
    if (isNew) {
      group.add(args.at(4), ctx.now)
      changed(ctx, args, 'xgroup-createconsumer')
    }
    reply.integer(isNew ? 1 : 0)
  },
})

const deleteConsumer = defineCommand({
  name: 'XGROUP DELCONSUMER',
  group: 'stream',
  since: '5.0.0',
  summary: 'Removes a consumer with its pending messages.',
  complexity: 'O(1)',
  syntax: 'key group consumer',
  keys: 'RW delete',
  flags: ['write'],
  run(ctx, args, reply) {
    const group = expectGroup(expectStream(ctx, args), args)
    const consumer = group.find(args.at(4))
    reply.integer(consumer?.pending.count ?? 0)
    if (consumer === undefined) return
    group.remove(consumer)
    changed(ctx, args, 'xgroup-delconsumer')
  },
})

const help = defineCommand({
  name: 'XGROUP HELP',
  group: 'stream',
  since: '5.0.0',
  summary: 'Lists the subcommands of XGROUP.',
  complexity: 'O(1)',
  flags: ['loading', 'stale'],
  run: (ctx, _args, reply) => replyHelp(ctx, reply),
})

const xgroup = defineCommand({
  name: 'XGROUP',
  group: 'stream',
  since: '5.0.0',
  summary: 'Looks after the groups of a stream.',
  complexity: 'that of the subcommand',
  subcommands: [create, createConsumer, deleteConsumer, destroy, help, setId],
})

export const groupCommands = [xgroup]

function runCreate(ctx: Context, args: Args, reply: Reply): void {
  readOptions(args, true)
  const key = args.key(2)
  const old = findStream(ctx, key)
  if (old === undefined && !options.makeStream) throw errors.groupNeedsKey
  if (args.count > 8) throw errors.subcommandSyntax(args.text(1), 'XGROUP')
  if (isSingle(args.at(4), DOLLAR)) id.set(old?.lastId ?? newId())
  else parseStrictId(args.at(4), id)
  if (old?.findGroup(args.at(3)) !== undefined) throw errors.groupExists
  const stream = old ?? make(ctx, args)
  const group = stream.addGroup(args.at(3), id)
  setEntriesRead(stream, group)
  changed(ctx, args, 'xgroup-create')
  reply.ok()
}

function runSetId(ctx: Context, args: Args, reply: Reply): void {
  readOptions(args, false)
  const stream = expectStream(ctx, args)
  const group = expectGroup(stream, args)
  if (args.count !== 5 && args.count !== 7) throw errors.subcommandSyntax(args.text(1), 'XGROUP')
  if (isSingle(args.at(4), DOLLAR)) stream.moveGroup(group, stream.lastId)
  else {
    parseId(args.at(4), id, FIRST)
    stream.moveGroup(group, id)
  }
  setEntriesRead(stream, group)
  changed(ctx, args, 'xgroup-setid')
  reply.ok()
}

function readOptions(args: Args, isCreate: boolean): void {
  options.makeStream = false
  options.entriesRead.set(-1)
  for (let i = 5; i < args.count; i++) {
    if (isCreate && args.is(i, 'MKSTREAM')) options.makeStream = true
    else if (args.is(i, 'ENTRIESREAD') && i + 1 < args.count) {
      readInt64(args, ++i, options.entriesRead)
      if (options.entriesRead.number < -1) throw errors.groupEntriesRead
    } else throw errors.subcommandSyntax(args.text(1), 'XGROUP')
  }
}

/** Sets how much the group has read: not more than there ever was. */
function setEntriesRead({ entriesAdded }: Stream, { entriesRead }: Group): void {
  // Beyond 2^63 the entries that were added count as an unsigned number: there are not more.
  const isMore = entriesAdded.high >= 0 && options.entriesRead.number > entriesAdded.number
  const { low, high } = isMore ? entriesAdded : options.entriesRead
  entriesRead.low = low
  entriesRead.high = high
}

function make(ctx: Context, args: Args): Stream {
  const key = args.key(2)
  const stream = createStream(ctx, key)
  ctx.created(key)
  ctx.touched(key, 0)
  return stream
}

function expectStream(ctx: Context, args: Args): Stream {
  const stream = findStream(ctx, args.key(2))
  if (stream === undefined) throw errors.groupNeedsKey
  return stream
}

function expectGroup(stream: Stream, args: Args): Group {
  const group = stream.findGroup(args.at(3))
  if (group === undefined) throw errors.noGroup(args.text(3), args.text(2))
  return group
}

/** Says that a group was changed; the keys that clients watch are not, for the reference. */
function changed(ctx: Context, args: Args, event: string): void {
  ctx.adjusted(args.key(2))
  ctx.notify(STREAM, event, args.key(2))
}
