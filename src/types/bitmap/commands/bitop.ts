// bitop.ts: BITOP.

import { Span } from '../../../bytes/memory/span.ts'
import type { Reply } from '../../../bytes/wire/reply.ts'
import type { Args } from '../../../engine/arguments/args.ts'
import { defineCommand } from '../../../engine/command/command.ts'
import { STRING } from '../../../engine/contract/events.ts'
import type { Context } from '../../../engine/dispatch/context.ts'
import { setRawString, stringType } from '../../string/type.ts'
import { AND, ANDOR, combine, DIFF, DIFF1, NOT, ONE, OR, XOR } from '../combine.ts'
import { errors } from '../errors.ts'

/** Names of the operations, at the number each has. */
const NAMES: string[] = []
NAMES[AND] = 'AND'
NAMES[OR] = 'OR'
NAMES[XOR] = 'XOR'
NAMES[NOT] = 'NOT'
NAMES[DIFF] = 'DIFF'
NAMES[DIFF1] = 'DIFF1'
NAMES[ANDOR] = 'ANDOR'
NAMES[ONE] = 'ONE'

const bitop = defineCommand({
  name: 'BITOP',
  group: 'bitmap',
  since: '2.6.0',
  summary: 'Combines strings bit by bit and stores the result.',
  complexity: 'O(N) for N bytes of the longest string',
  syntax: '(operation: AND | OR | XOR | NOT | DIFF | DIFF1 | ANDOR | ONE) destkey:key key+',
  keys: ['OW update', 'RO access'],
  flags: ['write', 'denyoom'],
  run: runBitop,
})

function runBitop(ctx: Context, args: Args, reply: Reply): void {
  const operation = operationOf(args)
  const sources: Span[] = []
  let length = 0
  for (let i = 3; i < args.count; i++) {
    const source = sourceAt(ctx, args, i)
    if (source.length > length) length = source.length
    sources.push(source)
  }
  if (length > 0) storeResult(ctx, args, combine(operation, sources, length))
  else removeTarget(ctx, args)
  reply.integer(length)
}

/** The operation the arguments name, which must have the sources it needs. */
function operationOf(args: Args): number {
  const { count } = args
  for (let operation = 0; operation < NAMES.length; operation++) {
    if (!args.is(1, NAMES[operation]!)) continue
    const needsTwo = operation === DIFF || operation === DIFF1 || operation === ANDOR
    if (operation === NOT && count !== 4) throw errors.bitopNot
    if (needsTwo && count < 5) throw errors.bitopTwoSources(NAMES[operation]!)
    return operation
  }
  throw errors.syntax
}

/** The string of argument `i`; the span stays true when other keys are looked up. */
function sourceAt(ctx: Context, args: Args, i: number): Span {
  const source = new Span()
  const ref = ctx.findToRead(args.key(i))
  ctx.expectType(ref, stringType)
  return ref === 0 ? source : ctx.db.value(ref, source)
}

function storeResult(ctx: Context, args: Args, result: Uint8Array): void {
  const key = args.key(2)
  setRawString(ctx, key, ctx.find(key), result)
  ctx.changed(STRING, 'set', key)
}

function removeTarget(ctx: Context, args: Args): void {
  const key = args.key(2)
  const ref = ctx.find(key)
  if (ref !== 0) ctx.remove(ref, key)
}

export const bitopCommands = [bitop]
