// claim.ts: XCLAIM and XAUTOCLAIM: hands what is pending for one consumer to another.

import { parseInt64, parseInteger } from '../../../bytes/numbers/numbers.ts'
import type { Reply } from '../../../bytes/wire/reply.ts'
import type { Args } from '../../../engine/arguments/args.ts'
import { defineCommand } from '../../../engine/command/command.ts'
import type { CommandError } from '../../../engine/contract/errors.ts'
import type { Context } from '../../../engine/dispatch/context.ts'
import { errors } from '../errors.ts'
import { FORGOTTEN, HANDED_OVER, Handover } from '../groups/handover.ts'
import { propagateLastId, replaceEffects } from '../groups/propagate.ts'
import { compareIds, copyId, ID_MIN, type Id, newId } from '../id.ts'
import { Place } from '../nodes/id-table.ts'
import { expectGroup, streamType } from '../type.ts'
import { Aside } from './aside.ts'
import { replyId } from './entry-reply.ts'
import { isStrictId, parseStart, parseStrictId } from './id-parser.ts'

/** XAUTOCLAIM looks at so many pending entries for each that it may claim. */
const LOOKS_PER_CLAIM = 10
const COUNT_DEFAULT = 100
const COUNT_MAX = 2n ** 63n / 16n - 1n
/** The reference takes memory for all ids beforehand, and cannot for more than these. */
const COUNT_AFFORDABLE = 2 ** 43

const handover = new Handover()
const aside = new Aside()
const place = new Place()
const id = newId()
const lastId = newId()
/** Options of one call, read into the same object again and again. */
const options = { idsEnd: 0, time: -1, force: false, count: COUNT_DEFAULT }

const xclaim = defineCommand({
  name: 'XCLAIM',
  group: 'stream',
  since: '5.0.0',
  summary: 'Hands messages of a group to another consumer.',
  complexity: 'O(log N) for N pending messages',
  syntax:
    'key group consumer min-idle-time id+ [IDLE ms:int] [TIME unix-time-milliseconds] ' +
    '[RETRYCOUNT count:int] [FORCE] [JUSTID] [LASTID lastid]',
  keys: 'RW update',
  flags: ['write', 'fast'],
  tips: ['nondeterministic_output'],
  run: runXclaim,
})

const xautoclaim = defineCommand({
  name: 'XAUTOCLAIM',
  group: 'stream',
  since: '6.2.0',
  summary: 'Hands messages that lay too long to another consumer, some at each call.',
  complexity: 'O(1) for a small COUNT',
  syntax: 'key group consumer min-idle-time start [COUNT count:int] [JUSTID]',
  keys: 'RW delete',
  flags: ['write', 'fast'],
  tips: ['nondeterministic_output'],
  history: [['7.0.0', 'answers as well which entries were gone']],
  run: runXautoclaim,
})

export const claimCommands = [xclaim, xautoclaim]

function runXclaim(ctx: Context, args: Args, reply: Reply): void {
  begin(ctx, args, reply)
  const { group } = handover
  handover.minIdle = readNumber(args, 4)
  if (Number.isNaN(handover.minIdle)) throw errors.claimArgument('min-idle-time', 'XCLAIM')
  readClaimOptions(ctx, args)
  let isMoved = false
  if (compareIds(lastId, 0, group.lastId, 0) > 0) {
    handover.stream.moveGroup(group, lastId)
    isMoved = true
  }
  const { time } = options
  handover.time = time < 0 || time > ctx.now ? ctx.now : time
  handover.setConsumer(args.at(3))
  let count = 0
  aside.begin(reply)
  for (let i = 5; i < options.idsEnd; i++) {
    parseStrictId(args.at(i), id)
    const isPending = group.pending.find(id, 0, place)
    const outcome = handover.take(id, place, isPending, options.force)
    // A claim tells where the group has got to as well.
    if (outcome === HANDED_OVER || outcome === FORGOTTEN) isMoved = false
    if (outcome === HANDED_OVER) count++
  }
  aside.end(reply)
  if (isMoved) {
    propagateLastId(ctx, handover.key, group)
    ctx.adjusted(handover.key)
  }
  reply.array(count)
  aside.put(reply)
  replaceEffects(ctx)
}

function runXautoclaim(ctx: Context, args: Args, reply: Reply): void {
  handover.begin(ctx, reply, args.key(1))
  const ref = ctx.findCounted(args.key(1))
  handover.minIdle = readNumber(args, 4)
  if (Number.isNaN(handover.minIdle)) throw errors.claimArgument('min-idle-time', 'XAUTOCLAIM')
  parseStart(args.at(5), id)
  readAutoOptions(args)
  setGroup(ctx, args, ref)
  if (options.count > COUNT_AFFORDABLE) throw errors.claimMemory
  handover.time = ctx.now
  handover.setConsumer(args.at(3))
  const forgotten: Id[] = []
  aside.begin(reply)
  const count = claimFrom(forgotten)
  aside.end(reply)
  const { pending } = handover.group
  reply.array(3)
  if (pending.isEnd(place)) replyId(reply, ID_MIN, 0)
  else replyId(reply, pending.words(place), pending.offset(place))
  reply.array(count)
  aside.put(reply)
  reply.array(forgotten.length)
  for (const gone of forgotten) replyId(reply, gone, 0)
  replaceEffects(ctx)
}

/** Claims from `id` on until there are enough; `place` is then where to go on. */
function claimFrom(forgotten: Id[]): number {
  const { pending } = handover.group
  let looks = options.count * LOOKS_PER_CLAIM
  let left = options.count
  let count = 0
  pending.find(id, 0, place)
  while (looks-- > 0 && left > 0 && !pending.isEnd(place)) {
    copyId(pending.words(place), pending.offset(place), id, 0)
    const outcome = handover.take(id, place, true, false)
    if (outcome === FORGOTTEN) {
      forgotten.push(id.slice())
      left--
      continue
    }
    if (outcome === HANDED_OVER) {
      count++
      left--
    }
    pending.next(place)
  }
  return count
}

function begin(ctx: Context, args: Args, reply: Reply): void {
  handover.begin(ctx, reply, args.key(1))
  setGroup(ctx, args, ctx.findCounted(args.key(1)))
}

function setGroup(ctx: Context, args: Args, ref: number): void {
  const stream = ref === 0 ? null : ctx.viewOf(ref, streamType)
  handover.group = expectGroup(stream, args.key(1), args.at(2))
  handover.stream = stream!
}

/** Where the ids end and what follows them. */
function readClaimOptions(ctx: Context, args: Args): void {
  options.time = -1
  options.force = false
  lastId.fill(0)
  let i = 5
  while (i < args.count && isStrictId(args.at(i), id)) i++
  options.idsEnd = i
  while (i < args.count) i = readClaimOption(ctx, args, i)
}

/** Reads the option at `i`; returns where the next one is. */
function readClaimOption(ctx: Context, args: Args, i: number): number {
  const hasValue = i + 1 < args.count
  if (args.is(i, 'FORCE')) options.force = true
  else if (args.is(i, 'JUSTID')) handover.justId = true
  else if (hasValue && args.is(i, 'IDLE')) {
    options.time = ctx.now - readNumber(args, i + 1)
    if (Number.isNaN(options.time)) throw claimError('IDLE')
    return i + 2
  } else if (hasValue && args.is(i, 'TIME')) {
    options.time = readNumber(args, i + 1)
    if (Number.isNaN(options.time)) throw claimError('TIME')
    return i + 2
  } else if (hasValue && args.is(i, 'RETRYCOUNT')) {
    const { bytes, start, end } = args.at(i + 1)
    if (!handover.deliveries.parse(bytes, start, end)) throw claimError('RETRYCOUNT')
    return i + 2
  } else if (hasValue && args.is(i, 'LASTID')) {
    parseStrictId(args.at(i + 1), lastId)
    return i + 2
  } else throw errors.claimOption(args.text(i))
  return i + 1
}

function claimError(option: string): CommandError {
  return errors.claimArgument(`${option} option`, 'XCLAIM')
}

function readAutoOptions(args: Args): void {
  options.count = COUNT_DEFAULT
  for (let i = 6; i < args.count; i++) {
    if (args.is(i, 'COUNT') && i + 1 < args.count) {
      const { bytes, start, end } = args.at(++i)
      const count = parseInt64(bytes, start, end) ?? 0n
      if (count < 1n || count > COUNT_MAX) throw errors.claimCount
      options.count = Number(count)
    } else if (args.is(i, 'JUSTID')) handover.justId = true
    else throw errors.syntax
  }
}

/** Argument `i` as an integer, rounded beyond ±2^53; NaN where it is none. */
function readNumber(args: Args, i: number): number {
  const { bytes, start, end } = args.at(i)
  const n = parseInteger(bytes, start, end)
  return Number.isNaN(n) ? Number(parseInt64(bytes, start, end) ?? NaN) : n
}
