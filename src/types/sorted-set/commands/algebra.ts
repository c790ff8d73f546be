// algebra.ts: several sorted sets at once: ZUNION, ZINTER, ZDIFF, their forms that store, and
// ZINTERCARD.

import { parseDouble } from '../../../bytes/numbers/numbers.ts'
import type { Reply } from '../../../bytes/wire/reply.ts'
import type { Args } from '../../../engine/arguments/args.ts'
import { defineCommand } from '../../../engine/command/command.ts'
import type { Context } from '../../../engine/dispatch/context.ts'
import { errors } from '../errors.ts'
import { countCommon, intersect, MAX, MIN, SUM, subtract, unite } from './combine.ts'
import { countOf } from './count.ts'
import { Source } from './sources.ts'
import type { Gathered } from './store.ts'

const UNION = 0
const INTERSECTION = 1
const DIFFERENCE = 2

/** Which options a call may have. */
const WEIGHED = 1
const SHOWN = 2
const LIMITED = 4

/** Options of the call that runs. */
let aggregate = SUM
let withScores = false
let limit = 0

const zunion = defineCommand({
  name: 'ZUNION',
  group: 'sorted-set',
  since: '6.2.0',
  summary: 'Lists the members any of the sorted sets has.',
  complexity: 'O(N)+O(M*log(M)) for N members in all and M results',
  syntax: 'numkeys:int key+ [WEIGHTS weight:int+] [AGGREGATE (SUM | MIN | MAX)] [WITHSCORES]',
  keys: 'RO access',
  flags: ['readonly'],
  run: (ctx, args, reply) => send(ctx, args, reply, UNION),
})

const zunionstore = defineCommand({
  name: 'ZUNIONSTORE',
  group: 'sorted-set',
  since: '2.0.0',
  summary: 'Stores the members any of the sorted sets has.',
  complexity: 'O(N)+O(M*log(M)) for N members in all and M results',
  syntax: 'destination:key numkeys:int key+ [WEIGHTS weight:int+] [AGGREGATE (SUM | MIN | MAX)]',
  keys: ['OW update', 'RO access'],
  flags: ['write', 'denyoom'],
  run: (ctx, args, reply) => store(ctx, args, reply, UNION),
})

const zinter = defineCommand({
  name: 'ZINTER',
  group: 'sorted-set',
  since: '6.2.0',
  summary: 'Lists the members all sorted sets have.',
  complexity: 'O(N*K)+O(M*log(M)) at worst for N members of the smallest, K sets and M results',
  syntax: 'numkeys:int key+ [WEIGHTS weight:int+] [AGGREGATE (SUM | MIN | MAX)] [WITHSCORES]',
  keys: 'RO access',
  flags: ['readonly'],
  run: (ctx, args, reply) => send(ctx, args, reply, INTERSECTION),
})

const zinterstore = defineCommand({
  name: 'ZINTERSTORE',
  group: 'sorted-set',
  since: '2.0.0',
  summary: 'Stores the members all sorted sets have.',
  complexity: 'O(N*K)+O(M*log(M)) at worst for N members of the smallest, K sets and M results',
  syntax: 'destination:key numkeys:int key+ [WEIGHTS weight:int+] [AGGREGATE (SUM | MIN | MAX)]',
  keys: ['OW update', 'RO access'],
  flags: ['write', 'denyoom'],
  run: (ctx, args, reply) => store(ctx, args, reply, INTERSECTION),
})

const zintercard = defineCommand({
  name: 'ZINTERCARD',
  group: 'sorted-set',
  since: '7.0.0',
  summary: 'Counts the members all sorted sets have.',
  complexity: 'O(N*K) at worst for N members of the smallest and K sets',
  syntax: 'numkeys:int key+ [LIMIT limit:int]',
  keys: 'RO access',
  flags: ['readonly'],
  run(ctx, args, reply) {
    const sources = readSources(ctx, args, 1)
    readOptions(args, sources, 2 + sources.length, LIMITED)
    reply.integer(countCommon(sources, limit))
  },
})

const zdiff = defineCommand({
  name: 'ZDIFF',
  group: 'sorted-set',
  since: '6.2.0',
  summary: 'Lists the members of the first sorted set that the others do not have.',
  complexity: 'O(L+(N-K)log(N)) at worst for L members in all, N in the first and K in the result',
  syntax: 'numkeys:int key+ [WITHSCORES]',
  keys: 'RO access',
  flags: ['readonly'],
  run: (ctx, args, reply) => send(ctx, args, reply, DIFFERENCE),
})

const zdiffstore = defineCommand({
  name: 'ZDIFFSTORE',
  group: 'sorted-set',
  since: '6.2.0',
  summary: 'Stores the members of the first sorted set that the others do not have.',
  complexity: 'O(L+(N-K)log(N)) at worst for L members in all, N in the first and K in the result',
  syntax: 'destination:key numkeys:int key+',
  keys: ['OW update', 'RO access'],
  flags: ['write', 'denyoom'],
  run: (ctx, args, reply) => store(ctx, args, reply, DIFFERENCE),
})

const EVENTS = ['zunionstore', 'zinterstore', 'zdiffstore'] as const

function send(ctx: Context, args: Args, reply: Reply, operation: number): void {
  const sources = readSources(ctx, args, 1)
  const weighed = operation === DIFFERENCE ? 0 : WEIGHED
  readOptions(args, sources, 2 + sources.length, weighed | SHOWN)
  combine(ctx, sources, operation).send(reply, withScores)
}

function store(ctx: Context, args: Args, reply: Reply, operation: number): void {
  const sources = readSources(ctx, args, 2)
  readOptions(args, sources, 3 + sources.length, operation === DIFFERENCE ? 0 : WEIGHED)
  const gathered = combine(ctx, sources, operation)
  reply.integer(gathered.store(ctx, args.key(1), EVENTS[operation]!))
}

function combine(ctx: Context, sources: Source[], operation: number): Gathered {
  if (operation === UNION) return unite(ctx, sources, aggregate)
  if (operation === INTERSECTION) return intersect(ctx, sources, aggregate)
  return subtract(ctx, sources)
}

/** Looks up the keys whose number is argument `at`. */
function readSources(ctx: Context, args: Args, at: number): Source[] {
  const count = args.position(at)
  if (count < 1) throw errors.inputKeys(ctx.command.fullName)
  if (count > args.count - at - 1) throw errors.syntax
  const sources: Source[] = []
  for (let i = 1; i <= count; i++) sources.push(new Source(ctx, args.key(at + i)))
  return sources
}

/** Reads what stands behind the keys; `allowed` are the options that the command has. */
function readOptions(args: Args, sources: Source[], from: number, allowed: number): void {
  aggregate = SUM
  withScores = false
  limit = 0
  for (let i = from; i < args.count; ) {
    const left = args.count - i
    const weighed = (allowed & WEIGHED) !== 0
    if (weighed && left > sources.length && args.is(i, 'WEIGHTS')) {
      readWeights(args, sources, i + 1)
      i += sources.length + 1
    } else if (weighed && left >= 2 && args.is(i, 'AGGREGATE')) {
      aggregate = readAggregate(args, i + 1)
      i += 2
    } else if ((allowed & SHOWN) !== 0 && args.is(i, 'WITHSCORES')) {
      withScores = true
      i++
    } else if ((allowed & LIMITED) !== 0 && left >= 2 && args.is(i, 'LIMIT')) {
      limit = countOf(args, i + 1, 0, errors.limitNegative)
      i += 2
    } else throw errors.syntax
  }
}

function readWeights(args: Args, sources: Source[], from: number): void {
  for (let i = 0; i < sources.length; i++) {
    const { bytes, start, end } = args.at(from + i)
    const weight = parseDouble(bytes, start, end)
    if (Number.isNaN(weight)) throw errors.weight
    sources[i]!.weight = weight
  }
}

function readAggregate(args: Args, i: number): number {
  if (args.is(i, 'SUM')) return SUM
  if (args.is(i, 'MIN')) return MIN
  if (args.is(i, 'MAX')) return MAX
  throw errors.syntax
}

export const algebraCommands = [
  zunion,
  zunionstore,
  zinter,
  zinterstore,
  zintercard,
  zdiff,
  zdiffstore,
]
