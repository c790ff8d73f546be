// read-group.ts: XREADGROUP: gives entries of streams to a consumer of a group: new ones, each to
// one consumer only, or those that are pending for it.

import type { Span } from '../../../bytes/memory/span.ts'
import type { Reply } from '../../../bytes/wire/reply.ts'
import type { Args } from '../../../engine/arguments/args.ts'
import { defineCommand } from '../../../engine/command/command.ts'
import { STREAM } from '../../../engine/contract/events.ts'
import type { Context } from '../../../engine/dispatch/context.ts'
import { errors } from '../errors.ts'
import type { Consumer } from '../groups/consumer.ts'
import type { Group } from '../groups/group.ts'
import { countRead } from '../groups/lag.ts'
import {
  propagateClaim,
  propagateConsumer,
  propagateLastId,
  replaceEffects,
} from '../groups/propagate.ts'
import { copyId, ID_MAX, incrementId, isLastId, newId } from '../id.ts'
import { Place } from '../nodes/id-table.ts'
import { Reader } from '../nodes/reader.ts'
import type { Stream } from '../stream.ts'
import { streamType } from '../type.ts'
import { Aside } from './aside.ts'
import { replyEntry, replyId } from './entry-reply.ts'
import { isSingle, parseStrictId } from './id-parser.ts'
import { ReadRequest } from './read-request.ts'
import { waitForEntries } from './wait.ts'

const DOLLAR = 0x24
const PLUS = 0x2b
const GREATER = 0x3e

/** Who reads what. */
type Reading = { key: Span; stream: Stream; group: Group; consumer: Consumer }

/** Of the stream that is being read. */
const reading = {} as Reading
const request = new ReadRequest(true)
const reader = new Reader()
const aside = new Aside()
const id = newId()
const next = newId()
const place = new Place()
const owned = new Place()

const xreadgroup = defineCommand({
  name: 'XREADGROUP',
  group: 'stream',
  since: '5.0.0',
  summary: 'Reads new entries for a consumer of a group, and waits for some on request.',
  complexity: 'O(M) for M entries of each stream; whoever adds entries serves those that wait',
  syntax:
    'GROUP (group-block: group consumer) ' +
    '[COUNT count:int] [BLOCK milliseconds:int] [NOACK] STREAMS (key+ id+)',
  keys: 'RO access',
  flags: ['write', 'blocking'],
  run: runXreadgroup,
})

export const readGroupCommands = [xreadgroup]

function runXreadgroup(ctx: Context, args: Args, reply: Reply): void {
  request.read(args)
  replaceEffects(ctx)
  const { streams } = request
  for (let i = 0; i < streams; i++) readId(ctx, args, i)
  const served = streams === 1 ? replyOne(ctx, args, reply) : replyMany(ctx, args, reply)
  if (!served) waitForEntries(ctx, args, reply, request)
}

/** Checks that a stream has the group, and keeps the id it is to be read from in the request. */
function readId(ctx: Context, args: Args, i: number): void {
  const key = args.key(request.firstKey + i)
  const stream = ctx.read(key, streamType)
  const name = args.at(request.groupAt)
  if (stream?.findGroup(name) === undefined) throw errors.noGroupToRead(key.text(), name.text())
  const text = args.at(request.idAt(i))
  if (isSingle(text, DOLLAR)) throw errors.xreadgroupId('$')
  if (isSingle(text, PLUS)) throw errors.xreadgroupId('+')
  if (isSingle(text, GREATER)) id.fill(-1)
  else parseStrictId(text, id)
  request.setId(i, id)
}

function replyOne(ctx: Context, args: Args, reply: Reply): boolean {
  if (!prepare(ctx, args, 0)) return false
  if (reply.protocol === 2) reply.array(1)
  else reply.map(1)
  serve(ctx, reply)
  return true
}

function replyMany(ctx: Context, args: Args, reply: Reply): boolean {
  let served = 0
  aside.begin(reply)
  for (let i = 0; i < request.streams; i++) {
    if (!prepare(ctx, args, i)) continue
    served++
    serve(ctx, reply)
  }
  aside.end(reply)
  if (served === 0) return false
  if (reply.protocol === 2) reply.array(served)
  else reply.map(served)
  aside.put(reply)
  return true
}

/** Finds out who reads what in a stream, and makes the consumer; false where there is no answer. */
function prepare(ctx: Context, args: Args, i: number): boolean {
  reading.key = args.key(request.firstKey + i)
  reading.stream = ctx.readToChange(reading.key, streamType)!
  reading.group = reading.stream.findGroup(args.at(request.groupAt))!
  request.getId(i, id)
  const isServed = hasSomething()
  reading.consumer = findConsumer(ctx, args, reading.group, reading.key)
  return isServed
}

/** Whether there is an answer: always for who asks what is pending. */
function hasSomething(): boolean {
  if (!isLastId(id, 0)) return true
  const { stream, group } = reading
  next.set(group.lastId)
  return reader.seekAfter(stream, next, group.bookmark)
}

function findConsumer(ctx: Context, args: Args, group: Group, key: Span): Consumer {
  const name = args.at(request.groupAt + 1)
  const consumer = group.find(name)
  if (consumer !== undefined) {
    consumer.seenTime = ctx.now
    return consumer
  }
  const created = group.add(name, ctx.now)
  ctx.adjusted(key)
  ctx.notify(STREAM, 'xgroup-createconsumer', key)
  if (request.noAck) propagateConsumer(ctx, key, group, created)
  return created
}

function serve(ctx: Context, reply: Reply): void {
  if (reply.protocol === 2) reply.array(2)
  reply.bulk(reading.key)
  if (isLastId(id, 0)) deliver(ctx, reply)
  else {
    incrementId(id)
    replyPending(ctx, reply)
  }
}

/** Replies with the entries from where the reader is, and makes them pending. */
function deliver(ctx: Context, reply: Reply): void {
  const { key, stream, group, consumer } = reading
  const { entry } = reader
  const { now } = ctx
  const count = reader.countTo(ID_MAX, request.count)
  reply.array(count)
  for (let left = count; left > 0; left--) {
    countRead(stream, group, entry.id)
    stream.moveGroup(group, entry.id)
    replyEntry(reply, reader)
    if (!request.noAck) {
      group.deliver(entry.id, consumer, now, place)
      consumer.activeTime = now
      propagateClaim(ctx, key, group, place)
    }
    if (left > 1) reader.next()
  }
  reader.leave(group.bookmark)
  propagateLastId(ctx, key, group)
  ctx.adjusted(key)
}

/** Replies with what is pending for the consumer from `id` on; an entry that is gone with nil. */
function replyPending(ctx: Context, reply: Reply): void {
  const { stream, group, consumer } = reading
  const { pending } = consumer
  pending.find(id, 0, owned)
  const count = Math.min(pending.countFrom(owned), request.count)
  reply.array(count)
  for (let left = count; left > 0; left--) {
    copyId(pending.words(owned), pending.offset(owned), id, 0)
    if (reader.find(stream, id)) {
      replyEntry(reply, reader)
      group.pending.find(id, 0, place)
      group.setTime(place, ctx.now)
      group.countDelivery(place)
    } else {
      reply.array(2)
      replyId(reply, id, 0)
      reply.nilArray()
    }
    pending.next(owned)
  }
}
