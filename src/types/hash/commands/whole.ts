// whole.ts: what reads a hash from begin to end: HGETALL, HKEYS, HVALS.

import type { Reply } from '../../../bytes/wire/reply.ts'
import type { Args } from '../../../engine/arguments/args.ts'
import { defineCommand } from '../../../engine/command/command.ts'
import type { Context } from '../../../engine/dispatch/context.ts'
import { isDue } from '../field-expiry.ts'
import type { Hash } from '../hash.ts'
import { hashType } from '../type.ts'

const FIELDS = 1
const VALUES = 2
const BOTH = FIELDS | VALUES

const hgetall = defineCommand({
  name: 'HGETALL',
  group: 'hash',
  since: '2.0.0',
  summary: 'Reads all fields of a hash with their values.',
  complexity: 'O(N) for N fields in the hash',
  syntax: 'key',
  keys: 'RO access',
  flags: ['readonly'],
  tips: ['nondeterministic_output_order'],
  run: (ctx, args, reply) => replyAll(ctx, args, reply, BOTH),
})

const hkeys = defineCommand({
  name: 'HKEYS',
  group: 'hash',
  since: '2.0.0',
  summary: 'Lists the fields of a hash.',
  complexity: 'O(N) for N fields in the hash',
  syntax: 'key',
  keys: 'RO access',
  flags: ['readonly'],
  tips: ['nondeterministic_output_order'],
  run: (ctx, args, reply) => replyAll(ctx, args, reply, FIELDS),
})

const hvals = defineCommand({
  name: 'HVALS',
  group: 'hash',
  since: '2.0.0',
  summary: 'Lists the values of a hash.',
  complexity: 'O(N) for N fields in the hash',
  syntax: 'key',
  keys: 'RO access',
  flags: ['readonly'],
  tips: ['nondeterministic_output_order'],
  run: (ctx, args, reply) => replyAll(ctx, args, reply, VALUES),
})

export const wholeCommands = [hgetall, hkeys, hvals]

function replyAll(ctx: Context, args: Args, reply: Reply, what: number): void {
  const hash = ctx.read(args.key(1), hashType)
  const alive = hash === null ? 0 : countAlive(hash, ctx.now)
  if (what === BOTH) reply.map(alive)
  else reply.array(alive)
  if (hash === null || alive === 0) return
  const allAlive = alive === hash.count
  for (let place = hash.first; place !== 0; place = hash.after(place)) {
    if (!allAlive && isDue(ctx.now, hash.time(place))) continue
    if ((what & FIELDS) !== 0) reply.bulk(hash.field(place))
    if ((what & VALUES) !== 0) reply.bulk(hash.value(place))
  }
}

/** Fields that are not due. */
function countAlive(hash: Hash, now: number): number {
  const { count } = hash
  if (!isDue(now, hash.earliest)) return count
  if (hash.table !== null) return count - hash.table.times.countBefore(now)
  let due = 0
  for (let place = hash.first; place !== 0; place = hash.after(place)) {
    if (isDue(now, hash.time(place))) due++
  }
  return count - due
}
