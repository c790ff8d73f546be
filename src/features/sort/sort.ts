// sort.ts: SORT and SORT_RO. Elements are read into memory of their own, put into order, and then
// sent or stored, they or what GET names for them.

import { ByteStrings } from '../../bytes/memory/byte-strings.ts'
import { Span } from '../../bytes/memory/span.ts'
import type { Reply } from '../../bytes/wire/reply.ts'
import type { Args } from '../../engine/arguments/args.ts'
import { defineCommand } from '../../engine/command/command.ts'
import { sortKeys, sortReadOnlyKeys } from '../../engine/command/key-finders.ts'
import type { Context } from '../../engine/dispatch/context.ts'
import { SortOptions } from './options.ts'
import { orderOf } from './order.ts'
import { readElements } from './source.ts'
import { storeElements } from './store.ts'

const options = new SortOptions()
const elements = new ByteStrings()
const results = new ByteStrings()
const element = new Span()
const value = new Span()
const EMPTY = new Span()

const sort = defineCommand({
  name: 'SORT',
  group: 'generic',
  since: '1.0.0',
  summary: 'Sorts the elements of a list, set or sorted set, and stores them on request.',
  complexity: 'O(N+M*log(M)) for N elements of which M are returned, O(N) unsorted',
  syntax:
    'key [BY by-pattern:pattern=pattern#1] [LIMIT (offset:int count:int)] ' +
    '[GET get-pattern:pattern=pattern#1]* [order: ASC | DESC] [sorting:ALPHA] ' +
    '[STORE destination:key]',
  keys: [
    'RO access',
    {
      flags: 'RO access',
      note: 'the keys of BY and GET are made up from the elements that are sorted',
      begin: { type: 'unknown' },
      find: { type: 'unknown' },
    },
    {
      flags: 'OW update',
      note: 'STORE may stand anywhere behind the key',
      begin: { type: 'unknown' },
      find: { type: 'unknown' },
    },
  ],
  keysOf: sortKeys,
  flags: ['write', 'denyoom'],
  categories: ['set', 'sortedset', 'list', 'dangerous'],
  run(ctx, args, reply) {
    runSort(ctx, args, reply, options.read(args, true))
  },
})

const sortRo = defineCommand({
  name: 'SORT_RO',
  group: 'generic',
  since: '7.0.0',
  summary: 'Sorts the elements of a list, set or sorted set.',
  complexity: 'O(N+M*log(M)) for N elements of which M are returned, O(N) unsorted',
  syntax:
    'key [BY by-pattern:pattern=pattern#1] [LIMIT (offset:int count:int)] ' +
    '[GET get-pattern:pattern=pattern#1]* [order: ASC | DESC] [sorting:ALPHA]',
  keys: [
    'RO access',
    {
      flags: 'RO access',
      note: 'the keys of BY and GET are made up from the elements that are sorted',
      begin: { type: 'unknown' },
      find: { type: 'unknown' },
    },
  ],
  keysOf: sortReadOnlyKeys,
  flags: ['readonly'],
  categories: ['set', 'sortedset', 'list', 'dangerous'],
  run(ctx, args, reply) {
    runSort(ctx, args, reply, options.read(args, false))
  },
})

function runSort(ctx: Context, args: Args, reply: Reply, asked: SortOptions): void {
  elements.clear()
  readElements(ctx, args.key(1), asked, elements)
  const order = orderOf(ctx, elements, asked)
  if (asked.store === 0) replyResults(ctx, order, asked, reply)
  else {
    collectResults(ctx, order, asked)
    storeElements(ctx, args.key(asked.store), results)
    reply.integer(results.count)
  }
}

function replyResults(ctx: Context, order: number[], asked: SortOptions, reply: Reply): void {
  const { getCount, gets } = asked
  reply.array(order.length * Math.max(1, getCount))
  for (const i of order) {
    elements.at(i, element)
    if (getCount === 0) reply.bulk(element)
    for (let g = 0; g < getCount; g++) {
      if (gets[g]!.find(ctx, element, value)) reply.bulk(value)
      else reply.nil()
    }
  }
}

/** Reads all results before anything is stored: the target may be a key that GET names. */
function collectResults(ctx: Context, order: number[], asked: SortOptions): void {
  const { getCount, gets } = asked
  results.clear()
  for (const i of order) {
    elements.at(i, element)
    if (getCount === 0) results.push(element)
    for (let g = 0; g < getCount; g++) {
      results.push(gets[g]!.find(ctx, element, value) ? value : EMPTY)
    }
  }
}

export const sortCommands = [sort, sortRo]
