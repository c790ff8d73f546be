// ttl.ts: TTL, PTTL, EXPIRETIME and PEXPIRETIME: when a key expires, in four forms.

import type { Reply } from '../../bytes/wire/reply.ts'
import type { Args } from '../../engine/arguments/args.ts'
import { plainWhereExact } from '../../engine/arguments/expiry-time.ts'
import { defineCommand } from '../../engine/command/command.ts'
import type { Context } from '../../engine/dispatch/context.ts'
import type { ExpiryTime } from '../../engine/keyspace/trailer.ts'

// As expiry times: a key that is not there; Database says -1 for one that lives for ever.
const MISSING = -2

const ttl = defineCommand({
  name: 'TTL',
  group: 'generic',
  since: '1.0.0',
  summary: 'Tells how many seconds a key has left.',
  complexity: 'O(1)',
  syntax: 'key',
  keys: 'RO access',
  flags: ['readonly', 'fast'],
  tips: ['nondeterministic_output'],
  history: [['2.8.0', 'answers -2 for a missing key']],
  run: (ctx, args, reply) => answer(reply, seconds(left(ctx, args))),
})

const pttl = defineCommand({
  name: 'PTTL',
  group: 'generic',
  since: '2.6.0',
  summary: 'Tells how many milliseconds a key has left.',
  complexity: 'O(1)',
  syntax: 'key',
  keys: 'RO access',
  flags: ['readonly', 'fast'],
  tips: ['nondeterministic_output'],
  history: [['2.8.0', 'answers -2 for a missing key']],
  run: (ctx, args, reply) => answer(reply, left(ctx, args)),
})

const expireTime = defineCommand({
  name: 'EXPIRETIME',
  group: 'generic',
  since: '7.0.0',
  summary: 'Tells the Unix time in seconds at which a key expires.',
  complexity: 'O(1)',
  syntax: 'key',
  keys: 'RO access',
  flags: ['readonly', 'fast'],
  run: (ctx, args, reply) => answer(reply, seconds(expiry(ctx, args))),
})

const pexpireTime = defineCommand({
  name: 'PEXPIRETIME',
  group: 'generic',
  since: '7.0.0',
  summary: 'Tells the Unix time in milliseconds at which a key expires.',
  complexity: 'O(1)',
  syntax: 'key',
  keys: 'RO access',
  flags: ['readonly', 'fast'],
  run: (ctx, args, reply) => answer(reply, expiry(ctx, args)),
})

export const ttlCommands = [ttl, pttl, expireTime, pexpireTime]

/** When the key of argument 1 expires, in milliseconds since 1970; MISSING, or -1 for never. */
function expiry(ctx: Context, args: Args): ExpiryTime {
  const ref = ctx.findUntouched(args.key(1))
  return ref === 0 ? MISSING : ctx.db.exactExpireAt(ref)
}

/** Milliseconds until then, 0 or more; MISSING, or -1 for never. */
function left(ctx: Context, args: Args): ExpiryTime {
  const at = expiry(ctx, args)
  if (typeof at === 'bigint') return plainWhereExact(at - BigInt(ctx.now))
  return at < 0 ? at : at - ctx.now
}

/** Milliseconds as seconds, rounded to the nearest. */
function seconds(ms: ExpiryTime): ExpiryTime {
  if (typeof ms === 'bigint') return (ms + 500n) / 1000n
  return ms < 0 ? ms : Math.floor((ms + 500) / 1000)
}

function answer(reply: Reply, n: ExpiryTime): void {
  if (typeof n === 'number') reply.integer(n)
  else reply.int64(n)
}
