// read.ts: questions about one set: SISMEMBER, SMISMEMBER, SCARD, SMEMBERS, SSCAN.

import { readScanCursor, replyScan, ScanOptions } from '../../../engine/arguments/scan-options.ts'
import { defineCommand } from '../../../engine/command/command.ts'
import type { Members } from '../members.ts'
import { setType } from '../type.ts'
import { replyMembers } from './reply.ts'

const options = new ScanOptions()

const sismember = defineCommand({
  name: 'SISMEMBER',
  group: 'set',
  since: '1.0.0',
  summary: 'Tells whether a set has a member.',
  complexity: 'O(1)',
  syntax: 'key member',
  keys: 'RO',
  flags: ['readonly', 'fast'],
  run(ctx, args, reply) {
    const members = ctx.read(args.key(1), setType)
    reply.integer(members?.has(args.at(2)) ? 1 : 0)
  },
})

const smismember = defineCommand({
  name: 'SMISMEMBER',
  group: 'set',
  since: '6.2.0',
  summary: 'Tells for several members whether a set has them.',
  complexity: 'O(N) for N members asked for',
  syntax: 'key member+',
  keys: 'RO access',
  flags: ['readonly', 'fast'],
  run(ctx, args, reply) {
    const members = ctx.read(args.key(1), setType)
    reply.array(args.count - 2)
    for (let i = 2; i < args.count; i++) reply.integer(members?.has(args.at(i)) ? 1 : 0)
  },
})

const scard = defineCommand({
  name: 'SCARD',
  group: 'set',
  since: '1.0.0',
  summary: 'Counts the members of a set.',
  complexity: 'O(1)',
  syntax: 'key',
  keys: 'RO',
  flags: ['readonly', 'fast'],
  run(ctx, args, reply) {
    reply.integer(ctx.read(args.key(1), setType)?.count ?? 0)
  },
})

const smembers = defineCommand({
  name: 'SMEMBERS',
  group: 'set',
  since: '1.0.0',
  summary: 'Lists all members of a set.',
  complexity: 'O(N) for N members of the set',
  syntax: 'key',
  keys: 'RO access',
  flags: ['readonly'],
  tips: ['nondeterministic_output_order'],
  run(ctx, args, reply) {
    const members = ctx.read(args.key(1), setType)
    reply.set(members?.count ?? 0)
    if (members !== null) replyMembers(reply, members)
  },
})

const sscan = defineCommand({
  name: 'SSCAN',
  group: 'set',
  since: '2.8.0',
  summary: 'Goes through the members of a set, some at each call.',
  complexity: 'O(1) for a call, O(N) for all N members',
  syntax: 'key cursor:int [MATCH pattern] [COUNT count:int]',
  keys: 'RO access',
  flags: ['readonly'],
  tips: ['nondeterministic_output'],
  run(ctx, args, reply) {
    const cursor = readScanCursor(args.at(2))
    const members = ctx.read(args.key(1), setType)
    if (members === null) {
      replyScan(reply, 0, 0)
      return
    }
    options.read(args, 3, 'none')
    const next = members.table === null ? matching(members) : options.walk(members.table, cursor)
    replyScan(reply, next, options.refs.length)
    for (const place of options.refs) reply.bulk(members.member(place))
  },
})

/** Puts the members of a packed set that match where a walk would, all at once; answers 0. */
function matching(members: Members): number {
  const { refs } = options
  refs.length = 0
  for (let place = members.first(); place !== 0; place = members.after(place)) {
    if (!options.hasPattern || options.matches(members.member(place))) refs.push(place)
  }
  return 0
}

export const readCommands = [sismember, smismember, scard, smembers, sscan]
