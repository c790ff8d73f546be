// debug.ts: PFDEBUG, which shows a HyperLogLog's inside.

import type { Span } from '../../../bytes/memory/span.ts'
import type { Reply } from '../../../bytes/wire/reply.ts'
import type { Args } from '../../../engine/arguments/args.ts'
import { defineCommand } from '../../../engine/command/command.ts'
import type { Context } from '../../../engine/dispatch/context.ts'
import { readRegister } from '../dense.ts'
import { errors } from '../errors.ts'
import { HEADER_BYTES, isSparse, REGISTERS } from '../layout.ts'
import { Sketch } from '../sketch.ts'
import { describeRuns } from '../sparse.ts'
import { sketchToChange, storeSketch } from '../value.ts'

const work = new Sketch()

const pfdebug = defineCommand({
  name: 'PFDEBUG',
  group: 'hyperloglog',
  since: '2.8.9',
  summary: "Shows the inside of a HyperLogLog to the server's developers.",
  complexity: 'depends on what is asked',
  syntax: 'subcommand key',
  keys: 'RW access',
  flags: ['write', 'denyoom', 'admin'],
  system: true,
  run: runPfdebug,
})

function runPfdebug(ctx: Context, args: Args, reply: Reply): void {
  if (args.is(1, 'SIMD')) {
    switchVectors(args, reply)
    return
  }
  const key = args.key(2)
  const ref = ctx.find(key)
  if (ref === 0) throw errors.hyperLogLogNoKey
  const value = sketchToChange(ctx, ref)
  const sparse = isSparse(value.bytes, value.start)
  if (args.is(1, 'GETREG')) {
    replyRegisters(sparse ? makeDense(ctx, key, ref, value) : value, reply)
  } else if (args.is(1, 'DECODE')) {
    if (!sparse) throw errors.hyperLogLogNotSparse
    reply.text(describeRuns(value.bytes, value.start + HEADER_BYTES, value.end))
  } else if (args.is(1, 'ENCODING')) reply.simple(sparse ? 'sparse' : 'dense')
  else if (args.is(1, 'TODENSE')) {
    if (sparse) makeDense(ctx, key, ref, value)
    reply.integer(sparse ? 1 : 0)
  } else throw errors.hyperLogLogSubcommand(args.text(1))
}

/** There are no vector instructions to switch on: it answers as on a machine without them. */
function switchVectors(args: Args, reply: Reply): void {
  if (!args.is(2, 'ON') && !args.is(2, 'OFF')) throw errors.hyperLogLogSwitch
  reply.simple('disabled')
}

/** Makes a sparse value dense; it is the same set, so nobody who watches the key is told. */
function makeDense(ctx: Context, key: Span, ref: number, value: Span): Span {
  work.load(value)
  if (!work.toDense()) throw errors.hyperLogLogCorrupted
  storeSketch(ctx, key, ref, work)
  ctx.adjusted(key)
  return work.value
}

function replyRegisters({ bytes, start }: Span, reply: Reply): void {
  reply.array(REGISTERS)
  for (let i = 0; i < REGISTERS; i++) reply.integer(readRegister(bytes, start + HEADER_BYTES, i))
}

export const debugCommands = [pfdebug]
