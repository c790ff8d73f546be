// scan.ts: what looks through the bits of a string: BITCOUNT, BITPOS.

import type { Reply } from '../../../bytes/wire/reply.ts'
import type { Args } from '../../../engine/arguments/args.ts'
import { defineCommand } from '../../../engine/command/command.ts'
import type { Context } from '../../../engine/dispatch/context.ts'
import { stringType } from '../../string/type.ts'
import { countBits, findBit } from '../bits.ts'
import { errors } from '../errors.ts'
import { countsBits, NamedRange } from './arguments.ts'

const range = new NamedRange()

const bitcount = defineCommand({
  name: 'BITCOUNT',
  group: 'bitmap',
  since: '2.6.0',
  summary: 'Counts the bits that are set, in a string or a part of it.',
  complexity: 'O(N)',
  syntax: 'key [range: start:int end:int [unit: BYTE | BIT]@7.0]',
  keys: 'RO access',
  flags: ['readonly'],
  history: [['7.0.0', 'takes BYTE and BIT']],
  run: runBitcount,
})

const bitpos = defineCommand({
  name: 'BITPOS',
  group: 'bitmap',
  since: '2.8.7',
  summary: 'Finds the first bit that is set, or clear.',
  complexity: 'O(N)',
  syntax: 'key bit:int [range: start:int [end-unit-block: end:int [unit: BYTE | BIT]@7.0]]',
  keys: 'RO access',
  flags: ['readonly'],
  history: [['7.0.0', 'takes BYTE and BIT']],
  run: runBitpos,
})

function runBitcount(ctx: Context, args: Args, reply: Reply): void {
  const { count } = args
  if (count === 3 || count > 5) throw errors.syntax
  const start = count > 3 ? args.position(2) : 0
  const end = count > 3 ? args.position(3) : -1
  const bits = countsBits(args, 4)
  const value = ctx.read(args.key(1), stringType)
  // Two ends before the string's begin are not drawn together at its first byte.
  if (value === null || (start < 0 && end < 0 && start > end)) {
    reply.integer(0)
    return
  }
  range.part(start, end, value.length, bits)
  reply.integer(range.from > range.to ? 0 : countBits(value, range))
}

function runBitpos(ctx: Context, args: Args, reply: Reply): void {
  const { count } = args
  const bit = args.position(2)
  if (bit !== 0 && bit !== 1) throw errors.bitArgument
  if (count > 6) throw errors.syntax
  const start = count > 3 ? args.position(3) : 0
  const bits = countsBits(args, 5)
  const end = count > 4 ? args.position(4) : -1
  const value = ctx.read(args.key(1), stringType)
  if (value === null) {
    reply.integer(bit === 1 ? -1 : 0)
    return
  }
  range.part(start, end, value.length, bits)
  const empty = range.from > range.to
  const found = empty ? -1 : findBit(value, range, bit)
  // Without an end the string goes on in zeros.
  const endless = bit === 0 && count < 5 && !empty
  reply.integer(found < 0 && endless ? value.length * 8 : found)
}

export const scanCommands = [bitcount, bitpos]
