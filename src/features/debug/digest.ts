// digest.ts: DEBUG DIGEST and DIGEST-VALUE: fingerprints of data, the same as redis-server's.
//
//   mix   digest = SHA-1(digest xor SHA-1(bytes))   the order counts
//   xor   digest = digest xor SHA-1(bytes)          the order does not count
//
// A key is mixed from its name, the number of its type and its value, and has a mark when it can
// expire. A data set is the mix of each database's number with the xor of its keys.

import type { Reply } from '../../bytes/reply.ts'
import { latin1, Span } from '../../bytes/span.ts'
import type { Args } from '../../engine/args.ts'
import type { Context } from '../../engine/context.ts'
import type { Database } from '../../engine/keyspace.ts'
import { sha1 } from '../../formats/sha1.ts'
import { ANY, type Subcommand } from './subcommand.ts'

const LENGTH = 20
const EXPIRES = latin1('!!expire!!')

class Digest {
  readonly bytes = new Uint8Array(LENGTH)
  private readonly hash = new Uint8Array(LENGTH)

  clear(): this {
    this.bytes.fill(0)
    return this
  }

  mix(bytes: Uint8Array, start = 0, end = bytes.length): void {
    this.xor(bytes, start, end)
    sha1(this.bytes, 0, LENGTH, this.bytes)
  }

  xor(bytes: Uint8Array, start = 0, end = bytes.length): void {
    sha1(bytes, start, end, this.hash)
    for (let i = 0; i < LENGTH; i++) this.bytes[i]! ^= this.hash[i]!
  }

  mixNumber(n: number): void {
    this.mix(Uint8Array.of(n >>> 24, n >>> 16, n >>> 8, n))
  }

  toString(): string {
    return Array.from(this.bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  }
}

export const digests: readonly Subcommand[] = [
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
    words: [2, ANY],
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
  const type = db.type(ref)
  digest.mixNumber(type)
  ctx.engine.types[type]!.digest(db, ref, (bytes) => digest.mix(bytes))
  if (db.hasExpiry(ref)) digest.xor(EXPIRES)
}
