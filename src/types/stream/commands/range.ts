// range.ts: XLEN, XRANGE and XREVRANGE: a stream as a row of entries.

import type { Reply } from '../../../bytes/wire/reply.ts'
import type { Args } from '../../../engine/arguments/args.ts'
import { defineCommand } from '../../../engine/command/command.ts'
import { errors } from '../../../engine/contract/errors.ts'
import type { Context } from '../../../engine/dispatch/context.ts'
import { newId } from '../id.ts'
import { Reader } from '../nodes/reader.ts'
import { streamType } from '../type.ts'
import { replyEntries, replyEntry } from './entry-reply.ts'
import { parseEnd, parseStart } from './id-parser.ts'

const reader = new Reader()
const start = newId()
const end = newId()

const xlen = defineCommand({
  name: 'XLEN',
  group: 'stream',
  since: '5.0.0',
  summary: 'Counts the entries of a stream.',
  complexity: 'O(1)',
  syntax: 'key',
  keys: 'RO',
  flags: ['readonly', 'fast'],
  run(ctx, args, reply) {
    reply.integer(ctx.read(args.key(1), streamType)?.length ?? 0)
  },
})

const xrange = defineCommand({
  name: 'XRANGE',
  group: 'stream',
  since: '5.0.0',
  summary: 'Lists the entries between two ids.',
  complexity: 'O(N) for N entries returned',
  syntax: 'key start end [COUNT count:int]',
  keys: 'RO access',
  flags: ['readonly'],
  history: [['6.2.0', 'limits may be exclusive']],
  run(ctx, args, reply) {
    parseStart(args.at(2), start)
    parseEnd(args.at(3), end)
    replyRange(ctx, args, reply, false)
  },
})

const xrevrange = defineCommand({
  name: 'XREVRANGE',
  group: 'stream',
  since: '5.0.0',
  summary: 'Lists the entries between two ids, the latest first.',
  complexity: 'O(N) for N entries returned',
  syntax: 'key end start [COUNT count:int]',
  keys: 'RO access',
  flags: ['readonly'],
  history: [['6.2.0', 'limits may be exclusive']],
  run(ctx, args, reply) {
    parseStart(args.at(3), start)
    parseEnd(args.at(2), end)
    replyRange(ctx, args, reply, true)
  },
})

export const rangeCommands = [xlen, xrange, xrevrange]

function replyRange(ctx: Context, args: Args, reply: Reply, isReverse: boolean): void {
  const most = readCount(args)
  const stream = ctx.read(args.key(1), streamType)
  if (stream === null) reply.array(0)
  else if (most === 0) reply.nilArray()
  else if (isReverse) {
    const count = reader.seekLast(stream, end) ? reader.countBackTo(start, most) : 0
    replyBackwards(reply, count)
  } else {
    const { bookmark } = stream
    const count = reader.seek(stream, start, bookmark) ? reader.countTo(end, most) : 0
    if (count === 0) reply.array(0)
    else {
      replyEntries(reply, reader, count)
      reader.leave(bookmark)
    }
  }
}

/** The number behind COUNT, 0 for one below it; Infinity where it is absent. */
function readCount(args: Args): number {
  let most = Infinity
  for (let i = 4; i < args.count; i += 2) {
    if (!args.is(i, 'COUNT') || i + 1 === args.count) throw errors.syntax
    most = Math.max(args.position(i + 1), 0)
  }
  return most
}

function replyBackwards(reply: Reply, count: number): void {
  reply.array(count)
  for (let left = count; left > 0; left--) {
    replyEntry(reply, reader)
    if (left > 1) reader.previous()
  }
}
