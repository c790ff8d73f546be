// bit.ts: one bit of a string: GETBIT, SETBIT.

import { parseInteger } from '../../../bytes/numbers/numbers.ts'
import type { Reply } from '../../../bytes/wire/reply.ts'
import type { Args } from '../../../engine/arguments/args.ts'
import { defineCommand } from '../../../engine/command/command.ts'
import { STRING } from '../../../engine/contract/events.ts'
import type { Context } from '../../../engine/dispatch/context.ts'
import { growString } from '../../string/grow.ts'
import { stringType } from '../../string/type.ts'
import { errors } from '../errors.ts'
import { bitOffset } from './arguments.ts'

const getbit = defineCommand({
  name: 'GETBIT',
  group: 'bitmap',
  since: '2.2.0',
  summary: 'Reads one bit of a string.',
  complexity: 'O(1)',
  syntax: 'key offset:int',
  keys: 'RO access',
  flags: ['readonly', 'fast'],
  run(ctx, args, reply) {
    const offset = bitOffset(ctx, args, 2, 0)
    const value = ctx.read(args.key(1), stringType)
    const byte = Math.floor(offset / 8)
    const inside = value !== null && byte < value.length
    reply.integer(inside ? (value.bytes[value.start + byte]! >> (7 - (offset % 8))) & 1 : 0)
  },
})

const setbit = defineCommand({
  name: 'SETBIT',
  group: 'bitmap',
  since: '2.2.0',
  summary: 'Writes one bit of a string, which grows as needed, and answers the old one.',
  complexity: 'O(1)',
  syntax: 'key offset:int value:int',
  keys: 'RW access update',
  flags: ['write', 'denyoom'],
  run: runSetbit,
})

function runSetbit(ctx: Context, args: Args, reply: Reply): void {
  const offset = bitOffset(ctx, args, 2, 0)
  const bit = bitArgument(args, 3)
  const key = args.key(1)
  const ref = ctx.find(key)
  ctx.expectType(ref, stringType)
  const byte = Math.floor(offset / 8)
  const { value, longer } = growString(ctx, key, ref, byte + 1)
  const { bytes } = value
  const at = value.start + byte
  const shift = 7 - (offset % 8)
  const before = (bytes[at]! >> shift) & 1
  if (before !== bit) bytes[at]! ^= 1 << shift
  if (longer || before !== bit) ctx.changed(STRING, 'setbit', key)
  reply.integer(before)
}

function bitArgument(args: Args, i: number): number {
  const { bytes, start, end } = args.at(i)
  const bit = parseInteger(bytes, start, end)
  if (bit !== 0 && bit !== 1) throw errors.bitNotInteger
  return bit
}

export const bitCommands = [getbit, setbit]
