// lcs.ts: LCS.

import { Span } from '../../../bytes/memory/span.ts'
import type { Reply } from '../../../bytes/wire/reply.ts'
import type { Args } from '../../../engine/arguments/args.ts'
import { defineCommand } from '../../../engine/command/command.ts'
import type { Context } from '../../../engine/dispatch/context.ts'
import { CommonSubsequence, commonLength } from '../common-subsequence.ts'
import { errors } from '../errors.ts'
import { STRING_ID } from '../type.ts'

/** What redis-server counts for a cell of its table, in bytes. */
const CELL_BYTES = 4

const first = new Span()
const second = new Span()

/** Options of one call, read into the same object again and again. */
const options = { length: false, indexes: false, matchLengths: false, matchMin: 0 }

const lcs = defineCommand({
  name: 'LCS',
  group: 'string',
  since: '7.0.0',
  summary: 'Finds the longest common subsequence of two strings.',
  complexity: 'O(N*M) for strings of N and M bytes',
  syntax: 'key1:key key2:key [LEN] [IDX] [MINMATCHLEN min-match-len:int] [WITHMATCHLEN]',
  keys: 'RO access',
  flags: ['readonly'],
  run(ctx, args, reply) {
    const refA = ctx.findToRead(args.key(1))
    const refB = ctx.findToRead(args.key(2))
    const a = stringOrEmpty(ctx, refA, first)
    const b = stringOrEmpty(ctx, refB, second)
    readOptions(args)
    const bytes = (a.length + 1) * (b.length + 1) * CELL_BYTES
    if (bytes > ctx.engine.limits.bulk) throw errors.lcsTooLarge
    if (options.length) reply.integer(commonLength(a, b))
    else if (options.indexes) replyIndexes(new CommonSubsequence(a, b), reply)
    else {
      const found = new CommonSubsequence(a, b)
      reply.bulkBytes(found.bytes, 0, found.length)
    }
  },
})

function stringOrEmpty(ctx: Context, ref: number, into: Span): Span {
  if (ref === 0) return into.set(into.bytes, 0, 0)
  if (ctx.db.type(ref) !== STRING_ID) throw errors.lcsWrongType
  return ctx.db.value(ref, into)
}

function readOptions(args: Args): void {
  options.length = false
  options.indexes = false
  options.matchLengths = false
  options.matchMin = 0
  for (let i = 3; i < args.count; i++) {
    if (args.is(i, 'IDX')) options.indexes = true
    else if (args.is(i, 'LEN')) options.length = true
    else if (args.is(i, 'WITHMATCHLEN')) options.matchLengths = true
    else if (args.is(i, 'MINMATCHLEN') && i + 1 < args.count) {
      options.matchMin = args.position(++i)
    } else throw errors.syntax
  }
  if (options.length && options.indexes) throw errors.lcsLengthAndIndexes
}

function replyIndexes(found: CommonSubsequence, reply: Reply): void {
  const { matches } = found
  const { matchLengths, matchMin } = options
  const long = (i: number) => matches[i + 1]! - matches[i]! + 1 >= matchMin
  let count = 0
  for (let i = 0; i < matches.length; i += 4) if (long(i)) count++
  reply.map(2)
  reply.text('matches')
  reply.array(count)
  for (let i = 0; i < matches.length; i += 4) {
    if (!long(i)) continue
    reply.array(matchLengths ? 3 : 2)
    replyRange(matches, i, reply)
    replyRange(matches, i + 2, reply)
    if (matchLengths) reply.integer(matches[i + 1]! - matches[i]! + 1)
  }
  reply.text('len')
  reply.integer(found.length)
}

function replyRange(matches: number[], i: number, reply: Reply): void {
  reply.array(2)
  reply.integer(matches[i]!)
  reply.integer(matches[i + 1]!)
}

export const lcsCommands = [lcs]
