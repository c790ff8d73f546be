// bitfield.ts: BITFIELD and BITFIELD_RO: several reads, writes and increments of fields, in order.

import { Span } from '../../../bytes/memory/span.ts'
import type { Reply } from '../../../bytes/wire/reply.ts'
import type { Args } from '../../../engine/arguments/args.ts'
import { defineCommand } from '../../../engine/command/command.ts'
import { bitfieldKeys } from '../../../engine/command/key-finders.ts'
import { STRING } from '../../../engine/contract/events.ts'
import type { Context } from '../../../engine/dispatch/context.ts'
import { growString } from '../../string/grow.ts'
import { stringType } from '../../string/type.ts'
import { errors } from '../errors.ts'
import { applyOperation } from '../field-arithmetic.ts'
import { FieldOperations } from './field-operations.ts'

const operations = new FieldOperations()
const current = new Span()

const bitfield = defineCommand({
  name: 'BITFIELD',
  group: 'bitmap',
  since: '3.2.0',
  summary: 'Reads, writes and increments integers of any width inside a string.',
  complexity: 'O(1) for each operation',
  syntax:
    'key [operation: GET (get-block: encoding offset:int) | ' +
    '(write: [OVERFLOW (overflow-block: WRAP | SAT | FAIL)] (write-operation: ' +
    'SET (set-block: encoding offset:int value:int) | ' +
    'INCRBY (incrby-block: encoding offset:int increment:int)))]*',
  keys: [
    {
      flags: 'RW access update variable_flags',
      note: 'reads only, writes only or both: the operations decide',
    },
  ],
  keysOf: bitfieldKeys,
  flags: ['write', 'denyoom'],
  run(ctx, args, reply) {
    operations.read(ctx, args)
    if (operations.lengthMin === 0) runReads(ctx, args, reply)
    else runWrites(ctx, args, reply)
  },
})

const bitfieldRo = defineCommand({
  name: 'BITFIELD_RO',
  group: 'bitmap',
  since: '6.0.0',
  summary: 'Reads integers of any width inside a string.',
  complexity: 'O(1) for each operation',
  syntax: 'key [GET (get-block: encoding offset:int)]*',
  keys: 'RO access',
  flags: ['readonly', 'fast'],
  run(ctx, args, reply) {
    operations.read(ctx, args)
    if (operations.lengthMin > 0) throw errors.bitfieldReadOnly
    runReads(ctx, args, reply)
  },
})

function runReads(ctx: Context, args: Args, reply: Reply): void {
  const ref = ctx.findToRead(args.key(1))
  ctx.expectType(ref, stringType)
  if (ref === 0) current.set(current.bytes, 0, 0)
  else ctx.db.value(ref, current)
  reply.array(operations.count)
  for (let i = 0; i < operations.count; i++) applyOperation(operations.at(i), current, reply)
}

function runWrites(ctx: Context, args: Args, reply: Reply): void {
  const key = args.key(1)
  const ref = ctx.find(key)
  ctx.expectType(ref, stringType)
  const { value, longer } = growString(ctx, key, ref, operations.lengthMin)
  reply.array(operations.count)
  let changes = 0
  for (let i = 0; i < operations.count; i++) {
    if (applyOperation(operations.at(i), value, reply, longer)) changes++
  }
  if (changes > 0) ctx.changed(STRING, 'setbit', key, changes)
}

export const bitfieldCommands = [bitfield, bitfieldRo]
