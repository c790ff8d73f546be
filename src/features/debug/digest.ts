// digest.ts: DEBUG DIGEST and DIGEST-VALUE: fingerprints of data, the same as redis-server's.
//
// A key is mixed from its name, the number of its type and its value, and has a mark when it can
// expire. A data set is the mix of each database's number with the xor of its keys.

import { latin1, Span } from '../../bytes/memory/span.ts'
import type { Reply } from '../../bytes/wire/reply.ts'
import type { Args } from '../../engine/arguments/args.ts'
import { ANY_WORDS, type DebugSubcommand } from '../../engine/contract/debug-subcommand.ts'
import { Digest } from '../../engine/contract/digest.ts'
import type { Context } from '../../engine/dispatch/context.ts'
import type { Database } from '../../engine/keyspace/keyspace.ts'

const EXPIRES = latin1('!!expire!!')

export const digests: readonly DebugSubcommand[] = [
  {
    name: 'DIGEST',
    usage: '',
    help: ['Tells a fingerprint of all data.'],
    words: [2, 2],
    run: (ctx, _args, reply) => reply.simple(String(digestOfAll(ctx))),
  },
  {
    name: 'DIGEST-VALUE',
    usage: '<key> [<key> ...]',
    help: ['Tells a fingerprint of the value of each key, zeros where there is none.'],
    words: [2, ANY_WORDS],
    run: replyValues,
  },
]

function replyValues(ctx: Context, args: Args, reply: Reply): void {
  const digest = new Digest()
  reply.array(args.count - 2)
  for (let i = 2; i < args.count; i++) {
    // A key whose time has come but which is still there counts.
    const ref = ctx.db.find(args.at(i))
    digest.clear()
    if (ref !== 0) addValue(ctx, ctx.db, ref, digest)
    reply.simple(String(digest))
  }
}

function digestOfAll(ctx: Context): Digest {
  const all = new Digest()
  const one = new Digest()
  const key = new Span()
  for (const db of ctx.engine.databases) {
    if (db.size === 0) continue
    all.mixNumber(db.id)
    db.dict.each((ref) => {
      db.key(ref, key)
      one.clear().mix(key.bytes, key.start, key.end)
      addValue(ctx, db, ref, one)
      all.xor(one.bytes)
    })
  }
  return all
}

function addValue(ctx: Context, db: Database, ref: number, digest: Digest): void {
  digest.mixNumber(db.type(ref))
  ctx.engine.types.of(db, ref).digest(db, ref, digest)
  if (db.hasExpiry(ref)) digest.xor(EXPIRES)
}
