// scan.ts: SCAN.
//
// Its cursor and its options are those of all scans (engine/arguments/scan-options.ts).

import { Span } from '../../bytes/memory/span.ts'
import type { Reply } from '../../bytes/wire/reply.ts'
import { readScanCursor, replyScan, ScanOptions } from '../../engine/arguments/scan-options.ts'
import { defineCommand } from '../../engine/command/command.ts'
import type { Context } from '../../engine/dispatch/context.ts'

const key = new Span()
const options = new ScanOptions()

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
    const cursor = readScanCursor(args.at(1))
    options.read(args, 2, 'type')
    const next = walk(ctx, cursor)
    answer(ctx, reply, next)
  },
})

/** Collects the entries of one call; returns the next cursor. */
function walk(ctx: Context, cursor: number): number {
  const { dict } = ctx.db
  const { count, refs } = options
  refs.length = 0
  const collect = (ref: number) => {
    refs.push(ref)
  }
  let next = cursor
  let steps = options.stepsMax
  do next = dict.scan(next, collect)
  while (next !== 0 && steps-- > 0 && refs.length < count)
  return next
}

/** Removes what has expired among the entries, filters the others and replies. */
function answer(ctx: Context, reply: Reply, next: number): void {
  const { db, engine } = ctx
  // No key has the type of a name that is none.
  const type = options.type === null ? null : engine.types.named(options.type)
  const found: number[] = []
  for (const ref of options.refs) {
    db.key(ref, key)
    if (db.hasExpiry(ref) && engine.removal.expireIfDue(db, ref, key)) continue
    if (type !== null && engine.types.of(db, ref) !== type) continue
    if (options.matches(key)) found.push(ref)
  }
  replyScan(reply, next, found.length)
  for (const ref of found) reply.bulk(db.key(ref, key))
}
