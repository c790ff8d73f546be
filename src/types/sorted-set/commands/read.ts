// read.ts: what one member or a count is asked for: ZCARD, ZSCORE, ZMSCORE, ZRANK, ZREVRANK,
// ZCOUNT, ZLEXCOUNT.

import type { Reply } from '../../../bytes/wire/reply.ts'
import type { Args } from '../../../engine/arguments/args.ts'
import { defineCommand } from '../../../engine/command/command.ts'
import { errors } from '../../../engine/contract/errors.ts'
import type { Context } from '../../../engine/dispatch/context.ts'
import { sortedSetType } from '../type.ts'
import { NameRange, ScoreRange } from './bounds.ts'

const scores = new ScoreRange()
const names = new NameRange()

const zcard = defineCommand({
  name: 'ZCARD',
  group: 'sorted-set',
  since: '1.2.0',
  summary: 'Counts the members of a sorted set.',
  complexity: 'O(1)',
  syntax: 'key',
  keys: 'RO',
  flags: ['readonly', 'fast'],
  run(ctx, args, reply) {
    const set = ctx.read(args.key(1), sortedSetType)
    reply.integer(set === null ? 0 : set.count)
  },
})

const zscore = defineCommand({
  name: 'ZSCORE',
  group: 'sorted-set',
  since: '1.2.0',
  summary: 'Reads the score of a member.',
  complexity: 'O(1)',
  syntax: 'key member',
  keys: 'RO access',
  flags: ['readonly', 'fast'],
  run(ctx, args, reply) {
    const set = ctx.read(args.key(1), sortedSetType)
    const score = set === null ? NaN : set.find(args.at(2))
    if (Number.isNaN(score)) reply.nil()
    else reply.double(score)
  },
})

const zmscore = defineCommand({
  name: 'ZMSCORE',
  group: 'sorted-set',
  since: '6.2.0',
  summary: 'Reads the scores of several members.',
  complexity: 'O(N) for N members asked for',
  syntax: 'key member+',
  keys: 'RO access',
  flags: ['readonly', 'fast'],
  run(ctx, args, reply) {
    const set = ctx.read(args.key(1), sortedSetType)
    reply.array(args.count - 2)
    for (let i = 2; i < args.count; i++) {
      const score = set === null ? NaN : set.find(args.at(i))
      if (Number.isNaN(score)) reply.nil()
      else reply.double(score)
    }
  },
})

const zrank = defineCommand({
  name: 'ZRANK',
  group: 'sorted-set',
  since: '2.0.0',
  summary: 'Tells the rank of a member, the lowest score first.',
  complexity: 'O(log(N))',
  syntax: 'key member [WITHSCORE]',
  keys: 'RO access',
  flags: ['readonly', 'fast'],
  history: [['7.2.0', 'takes WITHSCORE']],
  run: (ctx, args, reply) => replyRank(ctx, args, reply, false),
})

const zrevrank = defineCommand({
  name: 'ZREVRANK',
  group: 'sorted-set',
  since: '2.0.0',
  summary: 'Tells the rank of a member, the highest score first.',
  complexity: 'O(log(N))',
  syntax: 'key member [WITHSCORE]',
  keys: 'RO access',
  flags: ['readonly', 'fast'],
  history: [['7.2.0', 'takes WITHSCORE']],
  run: (ctx, args, reply) => replyRank(ctx, args, reply, true),
})

function replyRank(ctx: Context, args: Args, reply: Reply, backwards: boolean): void {
  if (args.count > 4) throw errors.arity(ctx.command.fullName)
  const withScore = args.count === 4
  if (withScore && !args.is(3, 'WITHSCORE')) throw errors.syntax
  const set = ctx.read(args.key(1), sortedSetType)
  const score = set === null ? NaN : set.find(args.at(2))
  if (Number.isNaN(score)) {
    if (withScore) reply.nilArray()
    else reply.nil()
    return
  }
  const rank = set!.rank()
  if (withScore) reply.array(2)
  reply.integer(backwards ? set!.count - 1 - rank : rank)
  if (withScore) reply.double(score)
}

const zcount = defineCommand({
  name: 'ZCOUNT',
  group: 'sorted-set',
  since: '2.0.0',
  summary: 'Counts the members with scores in a range.',
  complexity: 'O(log(N)) for N members',
  syntax: 'key min:double max:double',
  keys: 'RO access',
  flags: ['readonly', 'fast'],
  run(ctx, args, reply) {
    scores.read(args.at(2), args.at(3))
    const set = ctx.read(args.key(1), sortedSetType)
    reply.integer(set === null ? 0 : set.countScored(scores))
  },
})

const zlexcount = defineCommand({
  name: 'ZLEXCOUNT',
  group: 'sorted-set',
  since: '2.8.9',
  summary: 'Counts the members in a range of names.',
  complexity: 'O(log(N)) for N members',
  syntax: 'key min max',
  keys: 'RO access',
  flags: ['readonly', 'fast'],
  run(ctx, args, reply) {
    names.read(args.at(2), args.at(3))
    const set = ctx.read(args.key(1), sortedSetType)
    reply.integer(set === null ? 0 : set.countNamed(names, 0, false))
  },
})

export const readCommands = [zcard, zscore, zmscore, zrank, zrevrank, zcount, zlexcount]
