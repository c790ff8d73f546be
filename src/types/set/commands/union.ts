// union.ts: SUNION and SUNIONSTORE.

import { defineCommand } from '../../../engine/command/command.ts'
import type { DatabaseParts } from '../../../engine/keyspace/database-parts.ts'
import { INTSET, TABLE } from '../room.ts'
import { build, built } from '../store.ts'
import { replyResult, storeResult } from './result.ts'
import { Sources } from './sources.ts'

const sources = new Sources()

const sunion = defineCommand({
  name: 'SUNION',
  group: 'set',
  since: '1.0.0',
  summary: 'Lists the members any of the sets has.',
  complexity: 'O(N) for N members in all sets',
  syntax: 'key+',
  keys: 'RO access',
  flags: ['readonly'],
  tips: ['nondeterministic_output_order'],
  run(ctx, args, reply) {
    sources.read(ctx, args, 1, args.count - 1)
    // A table finds what is there twice; only integers are replied in an order.
    unite(ctx.db.parts, sources.areIntegers ? INTSET : TABLE)
    replyResult(reply)
  },
})

const sunionstore = defineCommand({
  name: 'SUNIONSTORE',
  group: 'set',
  since: '1.0.0',
  summary: 'Stores the members any of the sets has.',
  complexity: 'O(N) for N members in all sets',
  syntax: 'destination:key key+',
  keys: ['OW update', 'RO access'],
  flags: ['write', 'denyoom'],
  run(ctx, args, reply) {
    sources.read(ctx, args, 2, args.count - 1)
    unite(ctx.db.parts, INTSET)
    storeResult(ctx, reply, args.key(1), 'sunionstore')
  },
})

/** Builds the union of the sources, beginning with that form. */
function unite(parts: DatabaseParts, form: number): void {
  build(parts, form)
  for (const set of sources.sets) {
    if (set === null) continue
    for (let place = set.first(); place !== 0; place = set.after(place)) built.addThatOf(set, place)
  }
}

export const unionCommands = [sunion, sunionstore]
