// add.ts: PFADD.

import type { Span } from '../../../bytes/memory/span.ts'
import type { Reply } from '../../../bytes/wire/reply.ts'
import type { Args } from '../../../engine/arguments/args.ts'
import { defineCommand } from '../../../engine/command/command.ts'
import { STRING } from '../../../engine/contract/events.ts'
import type { Context } from '../../../engine/dispatch/context.ts'
import { raiseRegister } from '../dense.ts'
import { INDEX_BITS, registerOf } from '../element-hash.ts'
import { errors } from '../errors.ts'
import { HEADER_BYTES, invalidateCount, isSparse, REGISTERS } from '../layout.ts'
import { hyperLogLogLimits } from '../limits.ts'
import { Sketch } from '../sketch.ts'
import { CHANGED, INCONSISTENT } from '../sparse.ts'
import { sketchToChange, storeSketch } from '../value.ts'

const INDEX_MASK = REGISTERS - 1

const work = new Sketch()

const pfadd = defineCommand({
  name: 'PFADD',
  group: 'hyperloglog',
  since: '2.8.9',
  summary: 'Adds elements to a HyperLogLog.',
  complexity: 'O(1) for each element',
  syntax: 'key element*',
  keys: 'RW insert',
  flags: ['write', 'denyoom', 'fast'],
  run: runPfadd,
})

function runPfadd(ctx: Context, args: Args, reply: Reply): void {
  const key = args.key(1)
  const ref = ctx.find(key)
  const changes = ref === 0 ? addToNew(ctx, args) : addToOld(ctx, args, ref)
  if (changes > 0) ctx.changed(STRING, 'pfadd', key, changes)
  reply.integer(changes > 0 ? 1 : 0)
}

/** Makes a key of the elements; returns the changes, of which the key is one. */
function addToNew(ctx: Context, args: Args): number {
  work.clear()
  const changes = 1 + addToSketch(ctx, args, 0, 1)
  storeSketch(ctx, args.key(1), 0, work)
  return changes
}

function addToOld(ctx: Context, args: Args, ref: number): number {
  const value = sketchToChange(ctx, ref)
  if (!isSparse(value.bytes, value.start)) return addToDense(args, value)
  work.load(value)
  const changes = addToSketch(ctx, args, ref, 0)
  if (changes > 0) storeSketch(ctx, args.key(1), ref, work)
  return changes
}

function addToDense(args: Args, { bytes, start }: Span): number {
  const registers = start + HEADER_BYTES
  let changes = 0
  for (let i = 2; i < args.count; i++) {
    const element = args.at(i)
    const place = registerOf(element.bytes, element.start, element.end)
    if (raiseRegister(bytes, registers, place & INDEX_MASK, place >>> INDEX_BITS)) changes++
  }
  if (changes > 0) invalidateCount(bytes, start)
  return changes
}

/** Adds the elements to `work`; returns how many changed it. */
function addToSketch(ctx: Context, args: Args, ref: number, before: number): number {
  const sparseMax = ctx.engine.limits.of(hyperLogLogLimits).sparse
  let changes = 0
  for (let i = 2; i < args.count; i++) {
    const element = args.at(i)
    const place = registerOf(element.bytes, element.start, element.end)
    const outcome = work.raise(place & INDEX_MASK, place >>> INDEX_BITS, sparseMax)
    if (outcome === INCONSISTENT) {
      // The reference keeps what it added before it saw that.
      if (changes > 0) storeSketch(ctx, args.key(1), ref, work)
      throw errors.hyperLogLogCorrupted
    }
    if (outcome === CHANGED) changes++
  }
  if (changes + before > 0) invalidateCount(work.bytes, 0)
  return changes
}

export const addCommands = [pfadd]
