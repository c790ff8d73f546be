// range.ts: what a string is as a row of bytes: its length, parts of it, and how it grows.

import { copyBytes, Span } from '../../../bytes/memory/span.ts'
import type { Reply } from '../../../bytes/wire/reply.ts'
import type { Args } from '../../../engine/arguments/args.ts'
import { defineCommand } from '../../../engine/command/command.ts'
import { STRING } from '../../../engine/contract/events.ts'
import type { Context } from '../../../engine/dispatch/context.ts'
import { errors } from '../errors.ts'
import { growString } from '../grow.ts'
import { expectLength, RAW, setString, stringType } from '../type.ts'

const current = new Span()

const append = defineCommand({
  name: 'APPEND',
  group: 'string',
  since: '2.0.0',
  summary: 'Puts bytes at the end of a string; a missing key counts as empty.',
  complexity: 'O(1) on average: room for growth is kept',
  syntax: 'key value',
  keys: 'RW insert',
  flags: ['write', 'denyoom', 'fast'],
  run(ctx, args, reply) {
    const key = args.key(1)
    const value = args.at(2)
    const ref = ctx.find(key)
    let length = value.length
    if (ref === 0) setString(ctx, key, 0, value)
    else {
      ctx.expectType(ref, stringType)
      const before = ctx.db.value(ref, current).length
      length += before
      expectLength(ctx, length)
      const entry = ctx.db.resize(ref, length, current)
      ctx.db.setVariant(entry, RAW)
      copyBytes(value.bytes, value.start, value.end, current.bytes, current.start + before)
    }
    ctx.changed(STRING, 'append', key)
    reply.integer(length)
  },
})

const strlen = defineCommand({
  name: 'STRLEN',
  group: 'string',
  since: '2.2.0',
  summary: 'Counts the bytes of a string.',
  complexity: 'O(1)',
  syntax: 'key',
  keys: 'RO',
  flags: ['readonly', 'fast'],
  run(ctx, args, reply) {
    const value = ctx.read(args.key(1), stringType)
    reply.integer(value === null ? 0 : value.length)
  },
})

const getrange = defineCommand({
  name: 'GETRANGE',
  group: 'string',
  since: '2.4.0',
  summary: 'Reads a part of a string, given by its first and last byte.',
  complexity: 'O(N) for N bytes returned',
  syntax: 'key start:int end:int',
  keys: 'RO access',
  flags: ['readonly'],
  run: runGetrange,
})

const substr = defineCommand({
  name: 'SUBSTR',
  group: 'string',
  since: '1.0.0',
  summary: 'The old name of GETRANGE.',
  complexity: 'O(N) for N bytes returned',
  syntax: 'key start:int end:int',
  keys: 'RO access',
  flags: ['readonly'],
  deprecated: '2.0.0',
  replacedBy: '`GETRANGE`',
  run: runGetrange,
})

const setrange = defineCommand({
  name: 'SETRANGE',
  group: 'string',
  since: '2.2.0',
  summary: 'Overwrites a string from an offset on, with zero bytes before it where it is shorter.',
  complexity: 'O(1) for small values, O(N) for N bytes written',
  syntax: 'key offset:int value',
  keys: 'RW update',
  flags: ['write', 'denyoom'],
  run: runSetrange,
})

function runGetrange(ctx: Context, args: Args, reply: Reply): void {
  const start = args.position(2)
  const end = args.position(3)
  const value = ctx.read(args.key(1), stringType)
  const length = value === null ? 0 : value.length
  const first = Math.max(0, start < 0 ? length + start : start)
  const last = Math.min(length - 1, Math.max(0, end < 0 ? length + end : end))
  // Two ends before the string's begin are drawn together at its first byte, but not crossed ones.
  const crossed = first > last || (start < 0 && end < 0 && start > end)
  if (value === null || crossed) reply.text('')
  else reply.bulkBytes(value.bytes, value.start + first, value.start + last + 1)
}

function runSetrange(ctx: Context, args: Args, reply: Reply): void {
  const offset = args.position(2)
  if (offset < 0) throw errors.offsetRange
  const key = args.key(1)
  const value = args.at(3)
  const ref = ctx.find(key)
  ctx.expectType(ref, stringType)
  if (value.length === 0) {
    reply.integer(ref === 0 ? 0 : ctx.db.value(ref, current).length)
    return
  }
  expectLength(ctx, offset + value.length)
  const target = growString(ctx, key, ref, offset + value.length).value
  copyBytes(value.bytes, value.start, value.end, target.bytes, target.start + offset)
  ctx.changed(STRING, 'setrange', key)
  reply.integer(target.length)
}

export const rangeCommands = [append, strlen, getrange, substr, setrange]
