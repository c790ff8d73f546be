// set-id.ts: XSETID: sets what a stream says of its past, for who builds a copy of one.

import { Int64 } from '../../../bytes/numbers/int64.ts'
import type { Reply } from '../../../bytes/wire/reply.ts'
import type { Args } from '../../../engine/arguments/args.ts'
import { defineCommand } from '../../../engine/command/command.ts'
import { STREAM } from '../../../engine/contract/events.ts'
import type { Context } from '../../../engine/dispatch/context.ts'
import { readLastValid } from '../erase.ts'
import { errors } from '../errors.ts'
import { compareIds, isZeroId, newId } from '../id.ts'
import { findStream } from '../type.ts'
import { parseStrictId } from './id-parser.ts'

const id = newId()
const last = newId()
/** Options of one call, read into the same object again and again. */
const options = { hasAdded: false, added: new Int64(), maxDeletedId: newId() }

const xsetid = defineCommand({
  name: 'XSETID',
  group: 'stream',
  since: '5.0.0',
  summary: "Sets a stream's last id, as its replicas are told.",
  complexity: 'O(1)',
  syntax: 'key last-id [ENTRIESADDED entries-added:int]@7.0 [MAXDELETEDID max-deleted-id]@7.0',
  keys: 'RW update',
  flags: ['write', 'denyoom', 'fast'],
  history: [['7.0.0', 'takes ENTRIESADDED and MAXDELETEDID']],
  run: runXsetid,
})

export const setIdCommands = [xsetid]

function runXsetid(ctx: Context, args: Args, reply: Reply): void {
  parseStrictId(args.at(2), id)
  readOptions(args)
  const key = args.key(1)
  const stream = findStream(ctx, key)
  if (stream === undefined) throw errors.noSuchKey
  if (compareIds(id, 0, stream.maxDeletedId, 0) < 0) throw errors.xsetidDeleted
  if (readLastValid(stream, last)) {
    if (compareIds(id, 0, last, 0) < 0) throw errors.xsetidBehind
    if (options.hasAdded && options.added.number < stream.length) throw errors.xsetidAddedSmall
  }
  stream.lastId.set(id)
  if (options.hasAdded) {
    stream.entriesAdded.low = options.added.low
    stream.entriesAdded.high = options.added.high
  }
  if (!isZeroId(options.maxDeletedId, 0)) stream.maxDeletedId.set(options.maxDeletedId)
  ctx.adjusted(key)
  ctx.notify(STREAM, 'xsetid', key)
  reply.ok()
}

function readOptions(args: Args): void {
  options.hasAdded = false
  options.maxDeletedId.fill(0)
  for (let i = 3; i < args.count; i += 2) {
    const hasValue = i + 1 < args.count
    if (hasValue && args.is(i, 'ENTRIESADDED')) {
      readInt64(args, i + 1, options.added)
      if (options.added.number < 0) throw errors.xsetidAdded
      options.hasAdded = true
    } else if (hasValue && args.is(i, 'MAXDELETEDID')) {
      parseStrictId(args.at(i + 1), options.maxDeletedId)
      if (compareIds(id, 0, options.maxDeletedId, 0) < 0) throw errors.xsetidGivenDeleted
    } else throw errors.syntax
  }
}

/** Reads argument `i` as any 64-bit integer; throws errors.notInteger. */
export function readInt64(args: Args, i: number, into: Int64): void {
  const { bytes, start, end } = args.at(i)
  if (!into.parse(bytes, start, end)) throw errors.notInteger
}
