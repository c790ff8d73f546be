// info.ts: XINFO: what there is to know of a stream, its groups and their consumers.

import { Int64 } from '../../../bytes/numbers/int64.ts'
import type { Reply } from '../../../bytes/wire/reply.ts'
import type { Args } from '../../../engine/arguments/args.ts'
import { defineCommand } from '../../../engine/command/command.ts'
import { replyHelp } from '../../../engine/command/help.ts'
import type { Context } from '../../../engine/dispatch/context.ts'
import { errors } from '../errors.ts'
import type { Consumer } from '../groups/consumer.ts'
import type { Group } from '../groups/group.ts'
import { knowsEntriesRead, readLag } from '../groups/lag.ts'
import { ID_MAX, ID_MIN } from '../id.ts'
import { Bookmark } from '../nodes/bookmark.ts'
import { Place } from '../nodes/id-table.ts'
import { countRadixNodes } from '../nodes/radix.ts'
import { Reader } from '../nodes/reader.ts'
import type { Stream } from '../stream.ts'
import { streamType } from '../type.ts'
import { replyEntries, replyEntry, replyId, replyInt64 } from './entry-reply.ts'

/** What FULL shows of each list where no COUNT is given. */
const COUNT_DEFAULT = 10

const reader = new Reader()
const nowhere = new Bookmark()
const place = new Place()
const listed = new Place()
const lag = new Int64()

const streamInfo = defineCommand({
  name: 'XINFO STREAM',
  group: 'stream',
  since: '5.0.0',
  summary: 'Describes a stream.',
  complexity: 'O(1)',
  syntax: 'key [full-block: FULL [COUNT count:int]]',
  keys: 'RO access',
  flags: ['readonly'],
  history: [
    ['6.0.0', 'takes FULL'],
    [
      '7.0.0',
      'shows max-deleted-entry-id, entries-added, recorded-first-entry-id, entries-read and lag',
    ],
    ['7.2.0', 'shows active-time; seen-time means the last try'],
  ],
  run(ctx, args, reply) {
    const stream = expectStream(ctx, args)
    if (args.count === 3) replyStream(stream, reply)
    else replyFull(stream, reply, readCount(args))
  },
})

const groupsInfo = defineCommand({
  name: 'XINFO GROUPS',
  group: 'stream',
  since: '5.0.0',
  summary: 'Describes the groups of a stream.',
  complexity: 'O(1)',
  syntax: 'key',
  keys: 'RO access',
  flags: ['readonly'],
  history: [['7.0.0', 'shows entries-read and lag']],
  run(ctx, args, reply) {
    const stream = expectStream(ctx, args)
    reply.array(stream.groups.length)
    for (const group of stream.groups) replyGroup(stream, group, reply)
  },
})

const consumersInfo = defineCommand({
  name: 'XINFO CONSUMERS',
  group: 'stream',
  since: '5.0.0',
  summary: 'Describes the consumers of a group.',
  complexity: 'O(1)',
  syntax: 'key group',
  keys: 'RO access',
  flags: ['readonly'],
  tips: ['nondeterministic_output'],
  history: [['7.2.0', 'shows inactive; idle means the last try']],
  run(ctx, args, reply) {
    const group = expectStream(ctx, args).findGroup(args.at(3))
    if (group === undefined) throw errors.noGroup(args.text(3), args.text(2))
    reply.array(group.consumers.length)
    for (const consumer of group.consumers) replyConsumer(consumer, ctx.now, reply)
  },
})

const help = defineCommand({
  name: 'XINFO HELP',
  group: 'stream',
  since: '5.0.0',
  summary: 'Lists the subcommands of XINFO.',
  complexity: 'O(1)',
  flags: ['loading', 'stale'],
  run: (ctx, _args, reply) => replyHelp(ctx, reply),
})

const xinfo = defineCommand({
  name: 'XINFO',
  group: 'stream',
  since: '5.0.0',
  summary: 'Describes streams, groups and consumers.',
  complexity: 'that of the subcommand',
  subcommands: [consumersInfo, groupsInfo, help, streamInfo],
})

export const infoCommands = [xinfo]

function expectStream(ctx: Context, args: Args): Stream {
  const stream = ctx.read(args.key(2), streamType)
  if (stream === null) throw errors.noSuchKey
  return stream
}

/** The number behind FULL COUNT. */
function readCount(args: Args): number {
  const isKnown = args.is(3, 'FULL') && (args.count === 4 || args.is(4, 'COUNT'))
  if (!isKnown || (args.count !== 4 && args.count !== 6)) {
    throw errors.subcommandSyntax(args.text(1), 'XINFO')
  }
  if (args.count === 4) return COUNT_DEFAULT
  const count = args.position(5)
  if (count < 0) return COUNT_DEFAULT
  return count === 0 ? Infinity : count
}

function replyFigures(stream: Stream, reply: Reply): void {
  reply.text('length')
  reply.integer(stream.length)
  reply.text('radix-tree-keys')
  reply.integer(stream.nodes.count)
  reply.text('radix-tree-nodes')
  reply.integer(countRadixNodes(stream.nodes.directory))
  reply.text('last-generated-id')
  replyId(reply, stream.lastId, 0)
  reply.text('max-deleted-entry-id')
  replyId(reply, stream.maxDeletedId, 0)
  reply.text('entries-added')
  replyInt64(reply, stream.entriesAdded)
  reply.text('recorded-first-entry-id')
  replyId(reply, stream.firstId, 0)
}

function replyStream(stream: Stream, reply: Reply): void {
  reply.map(10)
  replyFigures(stream, reply)
  reply.text('groups')
  reply.integer(stream.groups.length)
  reply.text('first-entry')
  if (reader.seek(stream, ID_MIN, nowhere)) replyEntry(reply, reader)
  else reply.nil()
  reply.text('last-entry')
  if (reader.seekLast(stream, ID_MAX)) replyEntry(reply, reader)
  else reply.nil()
}

function replyFull(stream: Stream, reply: Reply, most: number): void {
  reply.map(9)
  replyFigures(stream, reply)
  reply.text('entries')
  const any = reader.seek(stream, ID_MIN, nowhere)
  if (any) replyEntries(reply, reader, reader.countTo(ID_MAX, most))
  else reply.array(0)
  reply.text('groups')
  reply.array(stream.groups.length)
  for (const group of stream.groups) replyFullGroup(stream, group, reply, most)
}

function replyFullGroup(stream: Stream, group: Group, reply: Reply, most: number): void {
  const { pending } = group
  reply.map(7)
  reply.text('name')
  reply.bulkBytes(group.name, 0, group.name.length)
  replyProgress(stream, group, reply)
  reply.text('pel-count')
  reply.integer(pending.count)
  reply.text('pending')
  reply.array(Math.min(pending.count, most))
  let left = most
  for (let more = pending.first(place); more && left > 0; more = pending.next(place)) {
    const { name } = group.ownerAt(place)
    reply.array(4)
    replyId(reply, pending.words(place), pending.offset(place))
    reply.bulkBytes(name, 0, name.length)
    replyDelivery(group, reply)
    left--
  }
  reply.text('consumers')
  reply.array(group.consumers.length)
  for (const consumer of group.consumers) replyFullConsumer(group, consumer, reply, most)
}

function replyFullConsumer(group: Group, consumer: Consumer, reply: Reply, most: number): void {
  const { name, pending } = consumer
  reply.map(5)
  reply.text('name')
  reply.bulkBytes(name, 0, name.length)
  reply.text('seen-time')
  reply.integer(consumer.seenTime)
  reply.text('active-time')
  reply.integer(consumer.activeTime)
  reply.text('pel-count')
  reply.integer(pending.count)
  reply.text('pending')
  reply.array(Math.min(pending.count, most))
  let left = most
  for (let more = pending.first(listed); more && left > 0; more = pending.next(listed)) {
    reply.array(3)
    replyId(reply, pending.words(listed), pending.offset(listed))
    group.pending.find(pending.words(listed), pending.offset(listed), place)
    replyDelivery(group, reply)
    left--
  }
}

/** When and how often what is at `place` was delivered. */
function replyDelivery(group: Group, reply: Reply): void {
  reply.integer(group.timeAt(place))
  replyInt64(reply, group.readCount(place, lag))
}

function replyGroup(stream: Stream, group: Group, reply: Reply): void {
  reply.map(6)
  reply.text('name')
  reply.bulkBytes(group.name, 0, group.name.length)
  reply.text('consumers')
  reply.integer(group.consumers.length)
  reply.text('pending')
  reply.integer(group.pending.count)
  replyProgress(stream, group, reply)
}

/** How far a group has read. */
function replyProgress(stream: Stream, group: Group, reply: Reply): void {
  reply.text('last-delivered-id')
  replyId(reply, group.lastId, 0)
  reply.text('entries-read')
  if (knowsEntriesRead(group)) replyInt64(reply, group.entriesRead)
  else reply.nil()
  reply.text('lag')
  if (readLag(stream, group, lag)) replyInt64(reply, lag)
  else reply.nil()
}

function replyConsumer(consumer: Consumer, now: number, reply: Reply): void {
  const { name, activeTime, seenTime } = consumer
  reply.map(4)
  reply.text('name')
  reply.bulkBytes(name, 0, name.length)
  reply.text('pending')
  reply.integer(consumer.pending.count)
  reply.text('idle')
  reply.integer(Math.max(now - seenTime, 0))
  reply.text('inactive')
  reply.integer(activeTime === -1 ? -1 : now - activeTime)
}
