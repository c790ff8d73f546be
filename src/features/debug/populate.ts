// populate.ts: DEBUG POPULATE: many keys at once, for tests.

import { latin1, Span } from '../../bytes/memory/span.ts'
import { parseInteger } from '../../bytes/numbers/numbers.ts'
import type { Reply } from '../../bytes/wire/reply.ts'
import type { Args } from '../../engine/arguments/args.ts'
import type { DebugSubcommand } from '../../engine/contract/debug-subcommand.ts'
import { errors } from '../../engine/contract/errors.ts'
import type { Context } from '../../engine/dispatch/context.ts'
import { rdbType } from '../../formats/rdb/opcodes.ts'
import { RdbReader } from '../../formats/rdb/reader.ts'
import { RdbWriter } from '../../formats/rdb/writer.ts'

export const populate: DebugSubcommand = {
  name: 'POPULATE',
  usage: '<count> [<prefix>] [<size>]',
  help: [
    'Makes that many strings named key:<num>, or <prefix>:<num>, that hold value:<num>; with a',
    'size cut to that many bytes or filled up with zeros. Keys that are there stay as they are.',
  ],
  words: [3, 5],
  run: runPopulate,
}

function runPopulate(ctx: Context, args: Args, reply: Reply): void {
  const count = positive(args, 2)
  const size = args.count === 5 ? positive(args, 4) : 0
  const prefix = args.count > 3 ? args.text(3) : 'key'
  const writer = new RdbWriter()
  const key = new Span()
  for (let i = 0; i < count; i++) {
    const name = latin1(`${prefix}:${i}`)
    key.set(name, 0, name.length)
    if (ctx.peek(key) !== 0) continue
    const reader = valueAt(i, size, writer)
    ctx.engine.types.load(rdbType.string, reader, { db: ctx.db, key, ttl: 0 })
    ctx.created(key)
    ctx.touched(key, 0)
  }
  reply.ok()
}

/** The value as an RDB file has it: what every type can be loaded from. */
function valueAt(i: number, size: number, writer: RdbWriter): RdbReader {
  const text = latin1(`value:${i}`)
  const length = size === 0 ? text.length : size
  writer.reset().writeLength(length)
  writer.writeRaw(text, 0, Math.min(length, text.length))
  for (let rest = length - text.length; rest > 0; rest--) writer.writeByte(0)
  return new RdbReader(writer.bytes, 0, writer.length)
}

function positive(args: Args, i: number): number {
  const { bytes, start, end } = args.at(i)
  const n = parseInteger(bytes, start, end)
  if (!(n >= 0)) throw errors.notPositive
  return n
}
