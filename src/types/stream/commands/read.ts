// read.ts: XREAD: what was added to streams behind the ids that a client has seen.

import type { Reply } from '../../../bytes/wire/reply.ts'
import type { Args } from '../../../engine/arguments/args.ts'
import { defineCommand } from '../../../engine/command/command.ts'
import type { Context } from '../../../engine/dispatch/context.ts'
import { readLastValid } from '../erase.ts'
import { errors } from '../errors.ts'
import { decrementId, ID_MAX, ID_MIN, newId } from '../id.ts'
import { Reader } from '../nodes/reader.ts'
import type { Stream } from '../stream.ts'
import { streamType } from '../type.ts'
import { Aside } from './aside.ts'
import { replyEntries } from './entry-reply.ts'
import { isSingle, parseStrictId } from './id-parser.ts'
import { ReadRequest } from './read-request.ts'
import { waitForEntries } from './wait.ts'

const DOLLAR = 0x24
const PLUS = 0x2b
const GREATER = 0x3e

const request = new ReadRequest(false)
const reader = new Reader()
const aside = new Aside()
const id = newId()

const xread = defineCommand({
  name: 'XREAD',
  group: 'stream',
  since: '5.0.0',
  summary: 'Reads new entries of streams, and waits for some on request.',
  syntax: '[COUNT count:int] [BLOCK milliseconds:int] STREAMS (key+ id+)',
  keys: 'RO access',
  flags: ['readonly', 'blocking'],
  run: runXread,
})

export const readCommands = [xread]

function runXread(ctx: Context, args: Args, reply: Reply): void {
  request.read(args)
  const { streams, firstKey } = request
  for (let i = 0; i < streams; i++) {
    readId(ctx.read(args.key(firstKey + i), streamType), args, i)
  }
  const served = streams === 1 ? replyOne(ctx, args, reply) : replyMany(ctx, args, reply)
  if (served) return
  if (request.timeoutMs >= 0 && ctx.mayBlock) request.settle(args)
  waitForEntries(ctx, args, reply, request)
}

/** Reads the id that a stream is to be read from, and keeps it in the request. */
function readId(stream: Stream | null, args: Args, i: number): void {
  const text = args.at(request.idAt(i))
  if (isSingle(text, DOLLAR)) id.set(stream?.lastId ?? ID_MIN)
  else if (isSingle(text, PLUS)) beforeLast(stream)
  else if (isSingle(text, GREATER)) throw errors.xreadNew
  else parseStrictId(text, id)
  request.setId(i, id)
}

/** Sets the id to that before the last entry's. */
function beforeLast(stream: Stream | null): void {
  id.fill(0)
  if (stream === null || !readLastValid(stream, id)) return
  decrementId(id)
}

function replyOne(ctx: Context, args: Args, reply: Reply): boolean {
  const key = args.key(request.firstKey)
  const stream = ctx.read(key, streamType)
  request.getId(0, id)
  if (stream === null || !reader.seekAfter(stream, id, stream.bookmark)) return false
  if (reply.protocol === 2) reply.array(1)
  else reply.map(1)
  if (reply.protocol === 2) reply.array(2)
  reply.bulk(key)
  replyNew(stream, reply)
  return true
}

function replyMany(ctx: Context, args: Args, reply: Reply): boolean {
  let served = 0
  aside.begin(reply)
  for (let i = 0; i < request.streams; i++) {
    const key = args.key(request.firstKey + i)
    const stream = ctx.read(key, streamType)
    request.getId(i, id)
    if (stream === null || !reader.seekAfter(stream, id, stream.bookmark)) continue
    served++
    if (reply.protocol === 2) reply.array(2)
    reply.bulk(key)
    replyNew(stream, reply)
  }
  aside.end(reply)
  if (served === 0) return false
  if (reply.protocol === 2) reply.array(served)
  else reply.map(served)
  aside.put(reply)
  return true
}

/** Replies with the entries from where the reader is. */
function replyNew({ bookmark }: Stream, reply: Reply): void {
  replyEntries(reply, reader, reader.countTo(ID_MAX, request.count))
  reader.leave(bookmark)
}
