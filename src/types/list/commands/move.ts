// move.ts: LMOVE and RPOPLPUSH.

import { copyBytes, Span } from '../../../bytes/memory/span.ts'
import type { Args } from '../../../engine/arguments/args.ts'
import { defineCommand } from '../../../engine/command/command.ts'
import { LIST } from '../../../engine/contract/events.ts'
import type { Context } from '../../../engine/dispatch/context.ts'
import { StoredList } from '../stored-list.ts'
import { listType } from '../type.ts'
import { isHead } from './arguments.ts'
import { lost } from './take.ts'

/** Longer elements get a buffer of their own on their way. */
const KEPT_MAX = 1 << 16

const from = new StoredList()
const to = new StoredList()
const element = new Span()
let kept = new Uint8Array(256)

const lmove = defineCommand({
  name: 'LMOVE',
  group: 'list',
  since: '6.2.0',
  summary: 'Moves an element from an end of a list to an end of another.',
  complexity: 'O(1)',
  syntax: 'source:key destination:key (wherefrom: LEFT | RIGHT) (whereto: LEFT | RIGHT)',
  keys: ['RW access delete', 'RW insert'],
  flags: ['write', 'denyoom'],
  run(ctx, args, reply) {
    const fromHead = isHead(args, 3)
    const toHead = isHead(args, 4)
    if (!moveElement(ctx, args, fromHead, toHead)) reply.nil()
  },
})

const rpoplpush = defineCommand({
  name: 'RPOPLPUSH',
  group: 'list',
  since: '1.2.0',
  summary: 'Moves the last element of a list to the front of another.',
  complexity: 'O(1)',
  syntax: 'source:key destination:key',
  keys: ['RW access delete', 'RW insert'],
  flags: ['write', 'denyoom'],
  deprecated: '6.2.0',
  replacedBy: '`LMOVE` with the `RIGHT` and `LEFT` arguments',
  run(ctx, args, reply) {
    if (!moveElement(ctx, args, false, true)) reply.nil()
  },
})

/**
 * Moves an element from the list of argument 1 to that of argument 2, and answers with it.
 * @returns false where there is none
 */
export function moveElement(ctx: Context, args: Args, fromHead: boolean, toHead: boolean): boolean {
  const { db } = ctx
  const source = args.key(1)
  const target = args.key(2)
  const sourceRef = ctx.find(source)
  if (sourceRef === 0) return false
  ctx.expectType(sourceRef, listType)
  const targetRef = ctx.find(target)
  ctx.expectType(targetRef, listType)
  keep(listType.view(db, sourceRef).end(fromHead))
  ctx.engine.reply.bulk(element)
  from.at(db, source, sourceRef).dropEnd(fromHead)
  const into = targetRef === sourceRef ? from : to.at(db, target, targetRef)
  into.push(element, toHead)
  if (targetRef === 0) ctx.created(target)
  // The element that moves is one change, which `lost` counts.
  ctx.changed(LIST, toHead ? 'lpush' : 'rpush', target, 0)
  lost(ctx, from, fromHead ? 'lpop' : 'rpop', 1)
  return true
}

/** Copies an element out of the database, which is about to change. */
function keep({ bytes, start, end }: Span): void {
  const length = end - start
  let buffer = kept
  if (length > buffer.length) {
    buffer = new Uint8Array(length * 2)
    if (length <= KEPT_MAX) kept = buffer
  }
  copyBytes(bytes, start, end, buffer, 0)
  element.set(buffer, 0, length)
}

export const moveCommands = [lmove, rpoplpush]
