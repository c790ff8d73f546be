// count.ts: PFCOUNT.

import type { Reply } from '../../../bytes/wire/reply.ts'
import type { Args } from '../../../engine/arguments/args.ts'
import { defineCommand } from '../../../engine/command/command.ts'
import type { Context } from '../../../engine/dispatch/context.ts'
import { errors } from '../errors.ts'
import { estimateOf, estimateOfRegisters } from '../estimate.ts'
import { hasCount, REGISTERS, readCount, wholeCount, writeCount } from '../layout.ts'
import { mergeInto } from '../sketch.ts'
import { sketchOf, sketchToChange } from '../value.ts'

const union = new Uint8Array(REGISTERS)

const pfcount = defineCommand({
  name: 'PFCOUNT',
  group: 'hyperloglog',
  since: '2.8.9',
  summary: 'Estimates how many different elements HyperLogLogs have seen.',
  complexity: 'O(1) for one key, O(N) with a large constant for N',
  syntax: 'key+',
  keys: [{ flags: 'RW access', note: 'may store the count it has worked out inside the value' }],
  flags: ['readonly', 'may_replicate'],
  run(ctx, args, reply) {
    const count = args.count > 2 ? countUnion(ctx, args) : countOne(ctx, args)
    replyCount(reply, count)
  },
})

function replyCount(reply: Reply, count: number | bigint): void {
  if (typeof count === 'number') reply.integer(count)
  else reply.int64(count)
}

function countOne(ctx: Context, args: Args): number | bigint {
  const key = args.key(1)
  const ref = ctx.findToRead(key)
  if (ref === 0) return 0
  const value = sketchToChange(ctx, ref)
  const { bytes, start } = value
  if (hasCount(bytes, start)) return readCount(bytes, start)
  const count = estimateOf(value)
  if (count < 0) throw errors.hyperLogLogCorrupted
  ctx.changing(ref, key)
  writeCount(bytes, start, count)
  // The value is another one now, although no element came: whoever watches or copies it must know.
  ctx.touched(key, 1)
  return wholeCount(count)
}

function countUnion(ctx: Context, args: Args): number | bigint {
  union.fill(0)
  for (let i = 1; i < args.count; i++) {
    const ref = ctx.findToRead(args.key(i))
    if (ref === 0) continue
    if (!mergeInto(union, sketchOf(ctx, ref))) throw errors.hyperLogLogCorrupted
  }
  return wholeCount(estimateOfRegisters(union))
}

export const countCommands = [pfcount]
