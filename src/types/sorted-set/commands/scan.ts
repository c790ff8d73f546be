// scan.ts: ZSCAN. A packed sorted set is returned as a whole, as redis-server does, and scores are
// text in either protocol: what a packed set has stored, the digits of a double otherwise.

import { Span } from '../../../bytes/memory/span.ts'
import type { Table } from '../../../bytes/table/table.ts'
import type { Reply } from '../../../bytes/wire/reply.ts'
import type { Args } from '../../../engine/arguments/args.ts'
import { readScanCursor, replyScan, ScanOptions } from '../../../engine/arguments/scan-options.ts'
import { defineCommand } from '../../../engine/command/command.ts'
import type { Context } from '../../../engine/dispatch/context.ts'
import type { SortedSet } from '../sorted-set.ts'
import { sortedSetType } from '../type.ts'
import { digitsOf } from './digits.ts'

const options = new ScanOptions()
const member = new Span()

export const zscan = defineCommand({
  name: 'ZSCAN',
  group: 'sorted-set',
  since: '2.8.0',
  summary: 'Goes through the members of a sorted set, some at each call.',
  complexity: 'O(1) for a call, O(N) for all N members',
  syntax: 'key cursor:int [MATCH pattern] [COUNT count:int]',
  keys: 'RO access',
  flags: ['readonly'],
  tips: ['nondeterministic_output'],
  run: scan,
})

function scan(ctx: Context, args: Args, reply: Reply): void {
  const cursor = readScanCursor(args.at(2))
  const set = ctx.read(args.key(1), sortedSetType)
  if (set === null) {
    replyScan(reply, 0, 0)
    return
  }
  options.read(args, 3, 'none')
  const { table } = set
  if (table === null) replyPacked(set, reply)
  else replyTable(table, cursor, reply)
}

function replyTable(table: Table, cursor: number, reply: Reply): void {
  replyScan(reply, options.walk(table, cursor), options.refs.length * 2)
  for (const ref of options.refs) {
    reply.bulk(table.key(ref, member))
    const digits = digitsOf(table.number(ref))
    reply.bulkBytes(digits, 0, digits.length)
  }
}

function replyPacked(set: SortedSet, reply: Reply): void {
  const { refs } = options
  refs.length = 0
  set.seek(0)
  for (let rank = 0; rank < set.count; rank++, set.next()) {
    if (options.matches(set.member)) refs.push(rank)
  }
  replyScan(reply, 0, refs.length * 2)
  for (const rank of refs) {
    set.seek(rank)
    reply.bulk(set.member)
    reply.bulk(set.scoreText)
  }
}
