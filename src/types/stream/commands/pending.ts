// pending.ts: XPENDING: what was delivered to consumers of a group and not acknowledged.

import { Int64 } from '../../../bytes/numbers/int64.ts'
import { writeInteger } from '../../../bytes/numbers/numbers.ts'
import type { Reply } from '../../../bytes/wire/reply.ts'
import type { Args } from '../../../engine/arguments/args.ts'
import { defineCommand } from '../../../engine/command/command.ts'
import { errors } from '../../../engine/contract/errors.ts'
import type { Context } from '../../../engine/dispatch/context.ts'
import type { Consumer } from '../groups/consumer.ts'
import type { Group } from '../groups/group.ts'
import { compareIds, newId } from '../id.ts'
import { Place } from '../nodes/id-table.ts'
import { expectGroup, streamType } from '../type.ts'
import { replyId, replyInt64 } from './entry-reply.ts'
import { parseEnd, parseStart } from './id-parser.ts'

const place = new Place()
const listed = new Place()
const deliveries = new Int64()
const digits = new Uint8Array(20)
/** Filters of one call, read into the same object again and again. */
const filters = { start: newId(), end: newId(), count: 0, minIdle: 0, consumerAt: 0 }

const xpending = defineCommand({
  name: 'XPENDING',
  group: 'stream',
  since: '5.0.0',
  summary: 'Lists messages that were read but not acknowledged, or sums them up.',
  complexity: 'O(N) for N messages returned, O(M) for M looked at with IDLE',
  syntax: 'key group [filters: [IDLE min-idle-time:int]@6.2 start end count:int [consumer]]',
  keys: 'RO access',
  flags: ['readonly'],
  tips: ['nondeterministic_output'],
  history: [['6.2.0', 'takes IDLE and exclusive limits']],
  run(ctx, args, reply) {
    const { count } = args
    if (count !== 3 && (count < 6 || count > 9)) throw errors.syntax
    if (count > 3) readFilters(args)
    const stream = ctx.read(args.key(1), streamType)
    const group = expectGroup(stream, args.at(1), args.at(2))
    if (count === 3) replySummary(group, reply)
    else replyList(ctx, args, reply, group)
  },
})

export const pendingCommands = [xpending]

function readFilters(args: Args): void {
  let at = 3
  filters.minIdle = 0
  if (args.is(3, 'IDLE')) {
    filters.minIdle = args.position(4)
    if (args.count < 8) throw errors.syntax
    at = 5
  }
  filters.count = Math.min(args.position(at + 2), Number.MAX_SAFE_INTEGER)
  parseStart(args.at(at), filters.start)
  parseEnd(args.at(at + 1), filters.end)
  filters.consumerAt = at + 3 < args.count ? at + 3 : 0
}

function replySummary({ pending, consumers }: Group, reply: Reply): void {
  reply.array(4)
  reply.integer(pending.count)
  if (!pending.first(place)) {
    reply.nil()
    reply.nil()
    reply.nilArray()
    return
  }
  replyId(reply, pending.words(place), pending.offset(place))
  pending.last(place)
  replyId(reply, pending.words(place), pending.offset(place))
  const busy = consumers.filter((consumer) => consumer.pending.count > 0)
  reply.array(busy.length)
  for (const consumer of busy) {
    reply.array(2)
    reply.bulkBytes(consumer.name, 0, consumer.name.length)
    reply.bulkBytes(digits, 0, writeInteger(digits, 0, consumer.pending.count))
  }
}

function replyList(ctx: Context, args: Args, reply: Reply, group: Group): void {
  const { consumerAt } = filters
  const consumer = consumerAt === 0 ? undefined : group.find(args.at(consumerAt))
  if (consumerAt !== 0 && consumer === undefined) {
    reply.array(0)
    return
  }
  const count = visit(group, consumer, ctx.now, undefined)
  reply.array(count)
  visit(group, consumer, ctx.now, reply)
}

/**
 * Goes through what the filters let pass.
 * @param reply where it is written, if at all
 * @returns how much that was
 */
function visit(
  group: Group,
  consumer: Consumer | undefined,
  now: number,
  reply: Reply | undefined,
): number {
  const table = consumer?.pending ?? group.pending
  const { start, end, minIdle } = filters
  let left = filters.count
  table.find(start, 0, listed)
  for (let more = !table.isEnd(listed); more && left > 0; more = table.next(listed)) {
    const words = table.words(listed)
    const at = table.offset(listed)
    if (compareIds(words, at, end, 0) > 0) break
    group.pending.find(words, at, place)
    if (minIdle !== 0 && now - group.timeAt(place) < minIdle) continue
    left--
    if (reply !== undefined) replyPending(group, now, reply)
  }
  return Math.max(filters.count, 0) - Math.max(left, 0)
}

/** An entry that is pending: the one at `place`. */
function replyPending(group: Group, now: number, reply: Reply): void {
  const { name } = group.ownerAt(place)
  reply.array(4)
  replyId(reply, group.pending.words(place), group.pending.offset(place))
  reply.bulkBytes(name, 0, name.length)
  reply.integer(Math.max(now - group.timeAt(place), 0))
  replyInt64(reply, group.readCount(place, deliveries))
}
