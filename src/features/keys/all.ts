// all.ts: KEYS, RANDOMKEY and DBSIZE: questions about all keys of a database.

import { Span } from '../../bytes/memory/span.ts'
import { globMatches } from '../../bytes/text/glob.ts'
import { matchesAll } from '../../engine/arguments/scan-options.ts'
import { defineCommand } from '../../engine/command/command.ts'

const key = new Span()

const keys = defineCommand({
  name: 'KEYS',
  group: 'generic',
  since: '1.0.0',
  summary: 'Lists every key whose name matches a pattern.',
  complexity: 'O(N) for N keys of the database',
  syntax: 'pattern',
  flags: ['readonly'],
  tips: ['request_policy:all_shards', 'nondeterministic_output_order'],
  categories: ['keyspace', 'dangerous'],
  run(ctx, args, reply) {
    const { db, now } = ctx
    const pattern = args.at(1)
    const every = matchesAll(pattern)
    const found: number[] = []
    // Expired keys are passed over but stay, so that the walk changes nothing.
    db.dict.each((ref) => {
      if (!every && !globMatches(pattern, db.key(ref, key), false)) return
      if (!db.isExpired(ref, now)) found.push(ref)
    })
    reply.array(found.length)
    for (const ref of found) reply.bulk(db.key(ref, key))
  },
})

const randomKey = defineCommand({
  name: 'RANDOMKEY',
  group: 'generic',
  since: '1.0.0',
  summary: 'Picks a key of the database at random.',
  complexity: 'O(1)',
  flags: ['readonly', 'touches_arbitrary_keys'],
  tips: ['request_policy:all_shards', 'response_policy:special', 'nondeterministic_output'],
  run(ctx, _args, reply) {
    const { db, engine } = ctx
    for (;;) {
      const ref = db.dict.random(engine.random)
      if (ref === 0) {
        reply.nil()
        return
      }
      db.key(ref, key)
      if (db.hasExpiry(ref) && engine.removal.expireIfDue(db, ref, key)) continue
      reply.bulk(key)
      return
    }
  },
})

const dbSize = defineCommand({
  name: 'DBSIZE',
  group: 'server',
  since: '1.0.0',
  summary: 'Counts the keys of the database.',
  complexity: 'O(1)',
  flags: ['readonly', 'fast'],
  tips: ['request_policy:all_shards', 'response_policy:agg_sum'],
  categories: ['keyspace'],
  run(ctx, _args, reply) {
    reply.integer(ctx.db.size)
  },
})

export const allCommands = [keys, randomKey, dbSize]
