// merge.ts: PFMERGE.

import type { Reply } from '../../../bytes/wire/reply.ts'
import type { Args } from '../../../engine/arguments/args.ts'
import { defineCommand } from '../../../engine/command/command.ts'
import { STRING } from '../../../engine/contract/events.ts'
import type { Context } from '../../../engine/dispatch/context.ts'
import { errors } from '../errors.ts'
import { invalidateCount, isSparse, REGISTERS } from '../layout.ts'
import { hyperLogLogLimits } from '../limits.ts'
import { mergeInto, Sketch } from '../sketch.ts'
import { sketchOf, storeSketch } from '../value.ts'

const union = new Uint8Array(REGISTERS)
const work = new Sketch()

const pfmerge = defineCommand({
  name: 'PFMERGE',
  group: 'hyperloglog',
  since: '2.8.9',
  summary: 'Unites HyperLogLogs into one.',
  complexity: 'O(N) with a large constant for N of them',
  syntax: 'destkey:key sourcekey:key*',
  keys: ['RW access insert', 'RO access'],
  flags: ['write', 'denyoom'],
  run: runPfmerge,
})

function runPfmerge(ctx: Context, args: Args, reply: Reply): void {
  const allSparse = unite(ctx, args)
  const key = args.key(1)
  const ref = ctx.find(key)
  if (ref === 0) work.clear()
  else work.load(sketchOf(ctx, ref))
  if (allSparse) raiseAll(ctx.engine.limits.of(hyperLogLogLimits).sparse)
  else work.setDense(union)
  invalidateCount(work.bytes, 0)
  storeSketch(ctx, key, ref, work)
  ctx.changed(STRING, 'pfadd', key)
  reply.ok()
}

/** Unites all that there are, the destination included; true where none of them is dense. */
function unite(ctx: Context, args: Args): boolean {
  let allSparse = true
  union.fill(0)
  for (let i = 1; i < args.count; i++) {
    const ref = ctx.findToRead(args.key(i))
    if (ref === 0) continue
    const value = sketchOf(ctx, ref)
    if (!isSparse(value.bytes, value.start)) allSparse = false
    if (!mergeInto(union, value)) throw errors.hyperLogLogCorrupted
  }
  return allSparse
}

function raiseAll(sparseMax: number): void {
  for (let i = 0; i < REGISTERS; i++) {
    if (union[i] !== 0) work.raise(i, union[i]!, sparseMax)
  }
}

export const mergeCommands = [pfmerge]
