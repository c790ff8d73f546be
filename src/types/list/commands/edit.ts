// edit.ts: LSET, LINSERT, LREM and LTRIM.

import type { Reply } from '../../../bytes/wire/reply.ts'
import type { Args } from '../../../engine/arguments/args.ts'
import { defineCommand } from '../../../engine/command/command.ts'
import { LIST } from '../../../engine/contract/events.ts'
import type { Context } from '../../../engine/dispatch/context.ts'
import { Cursor } from '../cursor.ts'
import { errors } from '../errors.ts'
import { StoredList } from '../stored-list.ts'
import { listType } from '../type.ts'
import { signedAt } from './arguments.ts'
import { lost } from './take.ts'

/** More elements than any list has. */
const MOST = Number.MAX_SAFE_INTEGER

const list = new StoredList()
const cursor = new Cursor()

const lset = defineCommand({
  name: 'LSET',
  group: 'list',
  since: '1.0.0',
  summary: 'Replaces the element at an index.',
  complexity: 'O(N) for N elements on the way to it, O(1) at the ends',
  syntax: 'key index:int element',
  keys: 'RW update',
  flags: ['write', 'denyoom'],
  run: replaceElement,
})

const linsert = defineCommand({
  name: 'LINSERT',
  group: 'list',
  since: '2.2.0',
  summary: 'Puts an element before or after another one.',
  complexity: 'O(N) for N elements on the way to it',
  syntax: 'key (where: BEFORE | AFTER) pivot element',
  keys: 'RW insert',
  flags: ['write', 'denyoom'],
  run: insertElement,
})

const lrem = defineCommand({
  name: 'LREM',
  group: 'list',
  since: '1.0.0',
  summary: 'Removes elements equal to a value, from the front or the back.',
  complexity: 'O(N+M) for N elements in the list and M removed',
  syntax: 'key count:int element',
  keys: 'RW delete',
  flags: ['write'],
  run(ctx, args, reply) {
    const given = signedAt(args, 2)
    const key = args.key(1)
    const ref = ctx.find(key)
    ctx.expectType(ref, listType)
    const most = given === 0 ? MOST : Math.max(-MOST, Math.min(given, MOST))
    const gone = ref === 0 ? 0 : list.at(ctx.db, key, ref).dropEqual(args.at(3), most)
    if (gone > 0) lost(ctx, list, 'lrem', gone)
    reply.integer(gone)
  },
})

const ltrim = defineCommand({
  name: 'LTRIM',
  group: 'list',
  since: '1.0.0',
  summary: 'Removes all elements outside of two indexes.',
  complexity: 'O(N) for N elements removed',
  syntax: 'key start:int stop:int',
  keys: 'RW delete',
  flags: ['write'],
  run: trim,
})

function replaceElement(ctx: Context, args: Args, reply: Reply): void {
  const key = args.key(1)
  const ref = ctx.find(key)
  if (ref === 0) throw errors.noSuchKey
  ctx.expectType(ref, listType)
  const given = wrapped(args, 2)
  const element = args.at(3)
  // As in the reference, the list is made ready for the element before the index is looked at.
  list.at(ctx.db, key, ref).prepareToGrow(element.length, 1)
  const { count } = list
  const index = given < 0 ? count + given : given
  if (index < 0 || index >= count) throw errors.outOfRange
  list.replace(index, element)
  list.packIfSmall(2)
  reply.ok()
  ctx.changed(LIST, 'lset', key)
}

/** Argument `i` as an index: the reference keeps the lower 32 bits of it. */
function wrapped(args: Args, i: number): number {
  const n = args.position(i)
  return Number.isSafeInteger(n) ? n | 0 : Number(BigInt.asIntN(32, args.int64(i)))
}

function insertElement(ctx: Context, args: Args, reply: Reply): void {
  const behind = args.is(2, 'AFTER')
  if (!behind && !args.is(2, 'BEFORE')) throw errors.syntax
  const key = args.key(1)
  const ref = ctx.find(key)
  if (ref === 0) {
    reply.integer(0)
    return
  }
  ctx.expectType(ref, listType)
  const element = args.at(4)
  list.at(ctx.db, key, ref).prepareToGrow(element.length, 1)
  listType.view(ctx.db, list.ref).walk(cursor, false).want(args.at(3))
  while (cursor.next()) {
    if (!cursor.isWanted()) continue
    list.insert(cursor, element, behind)
    reply.integer(list.count)
    ctx.changed(LIST, 'linsert', key)
    return
  }
  reply.integer(-1)
}

function trim(ctx: Context, args: Args, reply: Reply): void {
  const start = args.position(2)
  const stop = args.position(3)
  const key = args.key(1)
  const ref = ctx.find(key)
  if (ref !== 0) {
    const { count } = ctx.viewOf(ref, listType)
    const first = Math.max(0, start < 0 ? count + start : start)
    const last = Math.min(count - 1, stop < 0 ? count + stop : stop)
    keep(ctx, list.at(ctx.db, key, ref), first, last)
  }
  reply.ok()
}

/** Removes all elements but number `first` to `last`. */
function keep(ctx: Context, list: StoredList, first: number, last: number): void {
  const { count } = list
  const isNothing = first > last
  const before = isNothing ? count : first
  const after = isNothing ? 0 : count - 1 - last
  list.dropRange(0, before)
  list.dropRange(count - before - after, after)
  lost(ctx, list, 'ltrim', before + after)
}

export const editCommands = [lset, linsert, lrem, ltrim]
