// scan.ts: SCAN.
//
// The dictionary walks its buckets in an order that survives growing and shrinking (bytes/dict.ts):
// a key that is there from the first call to the last one is returned at least once. A call is
// never longer than COUNT keys and ten times as many empty buckets.

import { globMatches } from '../../bytes/glob.ts'
import { parseInteger } from '../../bytes/numbers.ts'
import type { Reply } from '../../bytes/reply.ts'
import { Span } from '../../bytes/span.ts'
import type { Args } from '../../engine/args.ts'
import { defineCommand } from '../../engine/command.ts'
import type { Context } from '../../engine/context.ts'
import { errors } from '../../engine/errors.ts'
import { matchesAll } from './all.ts'

const COUNT_DEFAULT = 10
const STEPS_PER_KEY = 10
const NO_TYPE = -1
const CURSOR_MAX = 2n ** 64n - 1n

const key = new Span()

/** Options of one call, read into the same object again and again. */
const options = { count: COUNT_DEFAULT, patternAt: 0, typed: false, type: NO_TYPE }

export const scan = defineCommand({
  name: 'SCAN',
  group: 'generic',
  since: '2.8.0',
  summary: 'Goes through the keys of a database, some at each call.',
  complexity: 'O(1) for a call, O(N) for all N keys',
  syntax: 'cursor:int [MATCH pattern] [COUNT count:int] [TYPE type]@6.0',
  flags: ['readonly', 'touches_arbitrary_keys'],
  tips: ['nondeterministic_output', 'request_policy:special', 'response_policy:special'],
  history: [['6.0.0', 'takes TYPE']],
  run(ctx, args, reply) {
    const cursor = readCursor(args.at(1))
    readOptions(ctx, args)
    const refs: number[] = []
    const next = walk(ctx, cursor, refs)
    answer(ctx, args, reply, { next, refs })
  },
})

/**
 * The cursor: an unsigned integer of 64 bits, of which ours uses 32. The reference reads it as C
 * does, and so do we: white space and a sign before it are legal, a plain negative number is not.
 * @throws errors.scanCursor
 */
function readCursor(word: Span): number {
  const plain = parseInteger(word.bytes, word.start, word.end)
  if (plain >= 0) return plain % 2 ** 32
  const text = word.text().split('\0', 1)[0]!
  const [, sign, digits] = /^[\t-\r ]*([+-]?)(\d+)$/.exec(text) ?? []
  if (digits === undefined) throw errors.scanCursor
  const magnitude = BigInt(digits)
  const isPlain = `${sign}${magnitude}` === text && magnitude !== 0n
  if (sign === '-' && isPlain && magnitude <= 2n ** 63n) throw errors.scanCursor
  if (magnitude > CURSOR_MAX) throw errors.scanCursor
  return Number(BigInt.asUintN(32, sign === '-' ? -magnitude : magnitude))
}

function readOptions(ctx: Context, args: Args): void {
  options.count = COUNT_DEFAULT
  options.patternAt = 0
  options.typed = false
  for (let i = 2; i < args.count; i += 2) {
    const hasValue = i + 1 < args.count
    if (hasValue && args.is(i, 'COUNT')) {
      options.count = args.position(i + 1)
      if (options.count < 1) throw errors.syntax
    } else if (hasValue && args.is(i, 'MATCH')) {
      options.patternAt = matchesAll(args.at(i + 1)) ? 0 : i + 1
    } else if (hasValue && args.is(i, 'TYPE')) {
      options.typed = true
      options.type = typeNamed(ctx, args.text(i + 1))
    } else if (args.is(i, 'NOVALUES')) throw errors.scanNoValues
    else throw errors.syntax
  }
}

/** The number of a type, NO_TYPE for a name that is none: no key has that. */
function typeNamed(ctx: Context, name: string): number {
  const wanted = name.toLowerCase()
  return ctx.engine.types.findIndex((type) => type?.name === wanted)
}

/** Collects the entries of one call; returns the next cursor. */
function walk(ctx: Context, cursor: number, refs: number[]): number {
  const { dict } = ctx.db
  const { count } = options
  const collect = (ref: number) => {
    refs.push(ref)
  }
  let next = cursor
  let steps = count * STEPS_PER_KEY
  do next = dict.scan(next, collect)
  while (next !== 0 && steps-- > 0 && refs.length < count)
  return next
}

/** Removes what has expired among the entries, filters the others and replies. */
function answer(
  ctx: Context,
  args: Args,
  reply: Reply,
  { next, refs }: { next: number; refs: readonly number[] },
): void {
  const { db, engine } = ctx
  const { patternAt, typed, type } = options
  const found: number[] = []
  for (const ref of refs) {
    db.key(ref, key)
    if (db.hasExpiry(ref) && engine.expireIfDue(db, ref, key)) continue
    if (typed && db.type(ref) !== type) continue
    if (patternAt !== 0 && !globMatches(args.at(patternAt), key, false)) continue
    found.push(ref)
  }
  reply.array(2)
  reply.text(String(next))
  reply.array(found.length)
  for (const ref of found) reply.bulk(db.key(ref, key))
}
