// intersect.ts: SINTER, SINTERSTORE and SINTERCARD.
//
// The smallest set is walked through, and each member looked for in the others, the smaller ones
// first. A member of a table brings its hash along: it is not hashed again for each of them.

import { ScratchVector } from '../../../bytes/memory/scratch-vector.ts'
import type { Span } from '../../../bytes/memory/span.ts'
import { INT64_LENGTH_MAX, Int64 } from '../../../bytes/numbers/int64.ts'
import { parseInt64 } from '../../../bytes/numbers/numbers.ts'
import { collectShared } from '../../../bytes/table/join.ts'
import type { Table } from '../../../bytes/table/table.ts'
import type { Reply } from '../../../bytes/wire/reply.ts'
import type { Args } from '../../../engine/arguments/args.ts'
import { defineCommand } from '../../../engine/command/command.ts'
import type { CommandError } from '../../../engine/contract/errors.ts'
import type { Context } from '../../../engine/dispatch/context.ts'
import { errors } from '../errors.ts'
import type { Members } from '../members.ts'
import { INTSET, LISTPACK } from '../room.ts'
import { build, built, packIntegers } from '../store.ts'
import { replyPlaces } from './reply.ts'
import { removeResult, storeResult } from './result.ts'
import { Sources } from './sources.ts'

const sources = new Sources()
const found = new ScratchVector()
const tables: Table[] = []
const integer = new Int64()

const sinter = defineCommand({
  name: 'SINTER',
  group: 'set',
  since: '1.0.0',
  summary: 'Lists the members all sets have.',
  complexity: 'O(N*M) at worst for N members of the smallest and M sets',
  syntax: 'key+',
  keys: 'RO access',
  flags: ['readonly'],
  tips: ['nondeterministic_output_order'],
  run(ctx, args, reply) {
    if (!sources.read(ctx, args, 1, args.count - 1)) {
      reply.set(0)
      return
    }
    collect(Infinity)
    reply.set(found.count)
    replyPlaces(reply, sources.sets[0]!, found)
    found.clear()
  },
})

const sintercard = defineCommand({
  name: 'SINTERCARD',
  group: 'set',
  since: '7.0.0',
  summary: 'Counts the members all sets have.',
  complexity: 'O(N*M) at worst for N members of the smallest and M sets',
  syntax: 'numkeys:int key+ [LIMIT limit:int]',
  keys: 'RO access',
  flags: ['readonly'],
  run(ctx, args, reply) {
    const keys = atLeast(args, 1, 1, errors.numKeysPositive)
    if (keys > args.count - 2) throw errors.keysBeyondArguments
    let limit = 0
    for (let i = 2 + keys; i < args.count; i += 2) {
      if (!args.is(i, 'LIMIT') || i + 1 === args.count) throw errors.syntax
      limit = atLeast(args, i + 1, 0, errors.limitNegative)
    }
    const all = sources.read(ctx, args, 2, keys + 1)
    if (all) collect(limit === 0 ? Infinity : limit)
    reply.integer(found.count)
    found.clear()
  },
})

const sinterstore = defineCommand({
  name: 'SINTERSTORE',
  group: 'set',
  since: '1.0.0',
  summary: 'Stores the members all sets have.',
  complexity: 'O(N*M) at worst for N members of the smallest and M sets',
  syntax: 'destination:key key+',
  keys: ['OW update', 'RO access'],
  flags: ['write', 'denyoom'],
  run: storeIntersection,
})

/**
 * Argument `i` as an integer, rounded beyond 2^53.
 * @param error thrown where it is less than `least`, and where it is no integer
 */
function atLeast(args: Args, i: number, least: number, error: CommandError): number {
  const { bytes, start, end } = args.at(i)
  const n = Number(parseInt64(bytes, start, end) ?? least - 1)
  if (n < least) throw error
  return n
}

/** Puts the places, in the smallest set, of members that all have into `found`; at most `limit`. */
function collect(limit: number): void {
  sources.sort()
  const { sets } = sources
  const first = sets[0]!
  found.clear()
  if (first.table !== null && otherTables()) {
    collectShared(first.table, tables, found, limit)
    tables.length = 0
    return
  }
  for (let place = first.first(); place !== 0 && found.count < limit; place = first.after(place)) {
    if (haveAll(sets, first, place)) found.push(place)
  }
}

/** Puts the tables of all sets but the first into `tables`; false where one has none. */
function otherTables(): boolean {
  const { sets } = sources
  tables.length = 0
  for (let i = 1; i < sets.length; i++) {
    const { table } = sets[i]!
    if (table === null) return false
    tables.push(table)
  }
  return true
}

function haveAll(sets: readonly (Members | null)[], first: Members, place: number): boolean {
  for (let i = 1; i < sets.length; i++) if (!sets[i]!.hasThatOf(first, place)) return false
  return true
}

function storeIntersection(ctx: Context, args: Args, reply: Reply): void {
  const key = args.key(1)
  if (!sources.read(ctx, args, 2, args.count - 1)) {
    removeResult(ctx, key)
    reply.integer(0)
    return
  }
  collect(Infinity)
  const first = sources.sets[0]!
  const { parts } = ctx.db
  build(parts, first.form === INTSET ? INTSET : LISTPACK)
  for (let i = 0; i < found.count; i++) built.addThatOf(first, found.at(i))
  if (found.count > 0 && areIntegers(first)) packIntegers(parts)
  found.clear()
  storeResult(ctx, reply, key, 'sinterstore')
}

/** Whether what was found in a set are integers only. */
function areIntegers(set: Members): boolean {
  if (set.form === INTSET) return true
  for (let i = 0; i < found.count; i++) if (!isInteger(set.member(found.at(i)))) return false
  return true
}

function isInteger({ bytes, start, end }: Span): boolean {
  return end - start <= INT64_LENGTH_MAX && integer.parse(bytes, start, end)
}

export const intersectCommands = [sinter, sintercard, sinterstore]
