// add.ts: XADD, and XTRIM, which is one of its options.

import type { Reply } from '../../../bytes/wire/reply.ts'
import type { Args } from '../../../engine/arguments/args.ts'
import { defineCommand } from '../../../engine/command/command.ts'
import { STREAM } from '../../../engine/contract/events.ts'
import type { Context } from '../../../engine/dispatch/context.ts'
import { appendEntry } from '../append.ts'
import { errors } from '../errors.ts'
import {
  compareIds,
  ID_MAX,
  type Id,
  idText,
  incrementId,
  isLastId,
  isZeroId,
  setMilliseconds,
} from '../id.ts'
import { streamLimits } from '../limits.ts'
import { beginEntries, Entry, Node, readEntry } from '../nodes/node.ts'
import type { Stream } from '../stream.ts'
import { createStream, findStream } from '../type.ts'
import { replyId } from './entry-reply.ts'
import { BY_LENGTH, NO_TRIM, trimStream } from './trim.ts'
import { AddOptions } from './trim-options.ts'

const options = new AddOptions()
const node = new Node()
const entry = new Entry()

const xadd = defineCommand({
  name: 'XADD',
  group: 'stream',
  since: '5.0.0',
  summary: 'Appends an entry to a stream, and trims it on request.',
  complexity: 'O(1), and O(N) for N entries trimmed',
  syntax:
    'key [NOMKSTREAM]@6.2 [KEEPREF | DELREF | ACKED] ' +
    '[trim: (strategy: MAXLEN | MINID@6.2) [operator: equal:= | approximately:~] threshold ' +
    '[LIMIT count:int]@6.2] (id-selector: auto-id:* | id) (field value)+',
  keys: [{ flags: 'RW update', note: 'updates because it may trim' }],
  flags: ['write', 'denyoom', 'fast'],
  tips: ['nondeterministic_output'],
  history: [
    ['6.2.0', 'takes NOMKSTREAM, MINID and LIMIT'],
    ['7.0.0', 'an id may leave its second half open, as in 5-*'],
    ['8.2.0', 'takes KEEPREF, DELREF and ACKED'],
  ],
  run: runXadd,
})

const xtrim = defineCommand({
  name: 'XTRIM',
  group: 'stream',
  since: '5.0.0',
  summary: 'Removes the oldest entries of a stream.',
  complexity: 'O(N) for N entries removed, with a small constant',
  syntax:
    'key (trim: (strategy: MAXLEN | MINID@6.2) [operator: equal:= | approximately:~] threshold ' +
    '[LIMIT count:int]@6.2 [KEEPREF | DELREF | ACKED])',
  keys: 'RW delete',
  flags: ['write'],
  tips: ['nondeterministic_output'],
  history: [
    ['6.2.0', 'takes MINID and LIMIT'],
    ['8.2.0', 'takes KEEPREF, DELREF and ACKED'],
  ],
  run: runXtrim,
})

export const addCommands = [xadd, xtrim]

function runXadd(ctx: Context, args: Args, reply: Reply): void {
  options.read(args, true, ctx.engine.limits.of(streamLimits))
  const { idAt, id, trim } = options
  const given = args.count - idAt - 1
  if (given < 2 || given % 2 === 1) throw errors.arity(ctx.command.fullName)
  if (options.isNumberGiven && isZeroId(id, 0)) throw errors.streamIdZero
  const key = args.key(1)
  const stream = findStream(ctx, key) ?? (options.noMake ? undefined : make(ctx, args))
  if (stream === undefined) {
    reply.nil()
    return
  }
  if (isLastId(stream.lastId, 0)) throw errors.streamFull
  chooseId(stream, ctx.now)
  appendEntry(stream, id, args, idAt + 1)
  replyId(reply, id, 0)
  ctx.changed(STREAM, 'xadd', key)
  if (trim.strategy !== NO_TRIM && trimStream(stream, trim) > 0) {
    ctx.notify(STREAM, 'xtrim', key)
  }
  if (ctx.engine.effects.armed) rewrite(ctx, args, stream)
  ctx.ready(key)
}

function make(ctx: Context, args: Args): Stream {
  const stream = createStream(ctx, args.key(1))
  ctx.created(args.key(1))
  return stream
}

/** Completes the id in `options`; throws errors.streamIdBehind. */
function chooseId({ lastId }: Stream, now: number): void {
  const { id, isIdGiven, isNumberGiven } = options
  if (!isIdGiven) {
    setMilliseconds(id, now)
    // A clock that was set back does not set ids back.
    if (compareIds(id, 0, lastId, 0) <= 0) follow(lastId)
    return
  }
  if (!isNumberGiven && id[0] === lastId[0] && id[1] === lastId[1]) {
    if (lastId[2] === -1 && lastId[3] === -1) throw errors.streamIdBehind
    follow(lastId)
  }
  if (compareIds(id, 0, lastId, 0) <= 0) throw errors.streamIdBehind
}

function follow(lastId: Id): void {
  options.id.set(lastId)
  incrementId(options.id)
}

function runXtrim(ctx: Context, args: Args, reply: Reply): void {
  options.read(args, false, ctx.engine.limits.of(streamLimits))
  const key = args.key(1)
  const stream = findStream(ctx, key)
  const count = stream === undefined ? 0 : trimStream(stream, options.trim)
  if (stream !== undefined && count > 0) {
    ctx.changed(STREAM, 'xtrim', key, count)
    if (ctx.engine.effects.armed) rewrite(ctx, args, stream)
  }
  reply.integer(count)
}

/**
 * States the effect: with the id that was chosen, and with trimming that comes out the same
 * wherever nodes begin.
 */
function rewrite(ctx: Context, args: Args, stream: Stream): void {
  const { trim, thresholdAt, isNumberGiven } = options
  const isXadd = ctx.command.command === xadd
  if (!trim.approximate && (!isXadd || isNumberGiven)) return
  const effect = ctx.restate(args.count)
  for (let i = 0; i < args.count; i++) {
    if (trim.approximate && i === thresholdAt - 1) effect.word('=')
    else if (trim.approximate && i === thresholdAt) {
      if (trim.strategy === BY_LENGTH) effect.number(stream.length)
      else effect.word(idText(firstOfAll(stream)))
    } else if (isXadd && !isNumberGiven && i === options.idAt) effect.word(idText(options.id))
    else effect.span(args.at(i))
  }
}

/** The id of the first entry, be it deleted or not; the largest id where there is none. */
function firstOfAll({ nodes }: Stream): Id {
  if (!nodes.first(node)) return ID_MAX
  readEntry(node, beginEntries(node, entry), entry)
  return entry.id
}
