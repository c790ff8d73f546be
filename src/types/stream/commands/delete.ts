// delete.ts: XDEL, XDELEX, XACK and XACKDEL: entries that have been dealt with.

import { parseInt64 } from '../../../bytes/numbers/numbers.ts'
import type { Reply } from '../../../bytes/wire/reply.ts'
import type { Args } from '../../../engine/arguments/args.ts'
import { defineCommand } from '../../../engine/command/command.ts'
import { STREAM } from '../../../engine/contract/events.ts'
import type { Context } from '../../../engine/dispatch/context.ts'
import { eraseEntry, findFirst, noteErased } from '../erase.ts'
import { errors } from '../errors.ts'
import type { Group } from '../groups/group.ts'
import {
  ACKNOWLEDGED,
  DELETE_REFERENCES,
  dropReferences,
  isReferenced,
  KEEP_REFERENCES,
  referenceOption,
} from '../groups/references.ts'
import { compareIds, type Id, newId } from '../id.ts'
import { Place } from '../nodes/id-table.ts'
import type { Stream } from '../stream.ts'
import { findStream, streamType } from '../type.ts'
import { parseStrictId } from './id-parser.ts'

// What XDELEX and XACKDEL answer for each id.
const NOT_THERE = -1
const DONE = 1
const STILL_REFERENCED = 2

const id = newId()
const place = new Place()
/** Whether the command has deleted the first entry. */
let isFirstGone = false
/** Options of XDELEX and XACKDEL, read into the same object again and again. */
const options = { references: KEEP_REFERENCES, idsAt: 0, count: 0 }

const xdel = defineCommand({
  name: 'XDEL',
  group: 'stream',
  since: '5.0.0',
  summary: 'Deletes entries of a stream.',
  complexity: 'O(1) for each entry',
  syntax: 'key id+',
  keys: 'RW delete',
  flags: ['write', 'fast'],
  run(ctx, args, reply) {
    const stream = findStream(ctx, args.key(1))
    if (stream === undefined) {
      reply.integer(0)
      return
    }
    checkIds(args, 2, args.count)
    const before = stream.length
    for (let i = 2; i < args.count; i++) {
      parseStrictId(args.at(i), id)
      erase(stream, id)
    }
    finish(ctx, args, { stream, group: undefined }, before - stream.length)
    reply.integer(before - stream.length)
  },
})

const xack = defineCommand({
  name: 'XACK',
  group: 'stream',
  since: '5.0.0',
  summary: 'Marks messages of a group as done.',
  complexity: 'O(1) for each message',
  syntax: 'key group id+',
  keys: 'RW update',
  flags: ['write', 'fast'],
  run(ctx, args, reply) {
    const group = ctx.readToChange(args.key(1), streamType)?.findGroup(args.at(2))
    let count = 0
    if (group !== undefined) {
      checkIds(args, 3, args.count)
      for (let i = 3; i < args.count; i++) {
        parseStrictId(args.at(i), id)
        if (group.acknowledge(id, place)) count++
      }
    }
    if (count > 0) ctx.adjusted(args.key(1), count)
    reply.integer(count)
  },
})

const xdelex = defineCommand({
  name: 'XDELEX',
  group: 'stream',
  since: '8.2.0',
  summary: 'Deletes entries of a stream and says what becomes of references to them.',
  complexity: 'O(1) for each entry',
  syntax: 'key [KEEPREF | DELREF | ACKED] IDS (numids:int id+)',
  keys: 'RW delete',
  flags: ['write', 'fast'],
  run(ctx, args, reply) {
    const stream = findStream(ctx, args.key(1))
    readOptions(args, 2)
    if (stream === undefined) replyNone(reply)
    else deleteEach(ctx, args, reply, { stream, group: undefined })
  },
})

const xackdel = defineCommand({
  name: 'XACKDEL',
  group: 'stream',
  since: '8.2.0',
  summary: 'Marks messages of a group as done and deletes them.',
  complexity: 'O(1) for each message',
  syntax: 'key group [KEEPREF | DELREF | ACKED] IDS (numids:int id+)',
  keys: 'RW update delete',
  flags: ['write', 'fast'],
  run(ctx, args, reply) {
    const stream = ctx.readToChange(args.key(1), streamType)
    readOptions(args, 3)
    const group = stream?.findGroup(args.at(2))
    if (stream === null || group === undefined) replyNone(reply)
    else deleteEach(ctx, args, reply, { stream, group })
  },
})

export const deleteCommands = [xdel, xack, xdelex, xackdel]

/** Stops at an id that is none, before anything is done to the others. */
function checkIds(args: Args, from: number, to: number): void {
  for (let i = from; i < to; i++) parseStrictId(args.at(i), id)
}

/** Where IDS is given twice, the last ones count. */
function readOptions(args: Args, from: number): void {
  options.count = 0
  let references = -1
  for (let i = from; i < args.count; i++) {
    const option = referenceOption(args, i)
    if (option >= 0 && references < 0) references = option
    else if (args.is(i, 'IDS') && i + 1 < args.count) {
      i = readIdCount(args, i + 1)
    } else throw errors.syntax
  }
  if (options.count === 0) throw errors.syntax
  options.references = Math.max(references, KEEP_REFERENCES)
}

/** Reads how many ids follow; returns where the last one stands. */
function readIdCount(args: Args, i: number): number {
  const count = countAt(args, i)
  if (count > args.count - i - 1) throw errors.idCountWrong
  options.idsAt = i + 1
  options.count = count
  return i + count
}

function countAt(args: Args, i: number): number {
  const { bytes, start, end } = args.at(i)
  const count = Number(parseInt64(bytes, start, end) ?? 0)
  if (count < 1) throw errors.idCount
  return count
}

function replyNone(reply: Reply): void {
  reply.array(options.count)
  for (let left = options.count; left > 0; left--) reply.integer(NOT_THERE)
}

/** Whose entries are deleted; the group is that of XACKDEL. */
type Target = { readonly stream: Stream; readonly group: Group | undefined }

function deleteEach(ctx: Context, args: Args, reply: Reply, target: Target): void {
  const { stream, group } = target
  const { idsAt, count } = options
  checkIds(args, idsAt, idsAt + count)
  const before = stream.length
  let acknowledged = 0
  reply.array(count)
  for (let i = idsAt; i < idsAt + count; i++) {
    parseStrictId(args.at(i), id)
    if (group !== undefined && !group.acknowledge(id, place)) reply.integer(NOT_THERE)
    else {
      if (group !== undefined) acknowledged++
      reply.integer(deleteOne(target))
    }
  }
  // What was acknowledged counts, whether it was deleted or not.
  if (acknowledged > 0) ctx.adjusted(args.key(1), acknowledged)
  finish(ctx, args, target, before - stream.length)
}

/** Deletes the entry with the id as the options say; returns the answer. */
function deleteOne({ stream, group }: Target): number {
  if (options.references === ACKNOWLEDGED && isReferenced(stream, id)) return STILL_REFERENCED
  if (options.references === DELETE_REFERENCES) dropReferences(stream, id)
  // What was acknowledged is done with, whether there still was an entry or not.
  return erase(stream, id) || group !== undefined ? DONE : NOT_THERE
}

function erase(stream: Stream, which: Id): boolean {
  if (!eraseEntry(stream, which)) return false
  noteErased(stream, which)
  if (compareIds(which, 0, stream.firstId, 0) === 0) isFirstGone = true
  return true
}

/** Brings in line what says which entries there are, and tells of those that are gone. */
function finish(ctx: Context, args: Args, { stream, group }: Target, count: number): void {
  if (count === 0) return
  if (isFirstGone) findFirst(stream)
  isFirstGone = false
  ctx.changed(STREAM, 'xdel', args.key(1), group === undefined ? count : 0)
}
