// get.ts: what reads single fields: HGET, HMGET, HEXISTS, HSTRLEN; and HLEN, which reads none.

import type { Reply } from '../../../bytes/wire/reply.ts'
import type { Args } from '../../../engine/arguments/args.ts'
import { defineCommand } from '../../../engine/command/command.ts'
import { GENERIC, HASH } from '../../../engine/contract/events.ts'
import type { Context } from '../../../engine/dispatch/context.ts'
import { expireField, findAlive, isDue, mayExpire } from '../field-expiry.ts'
import { Hash } from '../hash.ts'
import { hashType } from '../type.ts'

const hash = new Hash()

const hget = defineCommand({
  name: 'HGET',
  group: 'hash',
  since: '2.0.0',
  summary: 'Reads a field of a hash.',
  complexity: 'O(1)',
  syntax: 'key field',
  keys: 'RO access',
  flags: ['readonly', 'fast'],
  run(ctx, args, reply) {
    const place = lookUp(ctx, args)
    if (place === 0) reply.nil()
    else reply.bulk(hash.value(place))
  },
})

const hexists = defineCommand({
  name: 'HEXISTS',
  group: 'hash',
  since: '2.0.0',
  summary: 'Tells whether a hash has a field.',
  complexity: 'O(1)',
  syntax: 'key field',
  keys: 'RO',
  flags: ['readonly', 'fast'],
  run: (ctx, args, reply) => reply.integer(lookUp(ctx, args) === 0 ? 0 : 1),
})

const hstrlen = defineCommand({
  name: 'HSTRLEN',
  group: 'hash',
  since: '3.2.0',
  summary: "Counts the bytes of a field's value.",
  complexity: 'O(1)',
  syntax: 'key field',
  keys: 'RO',
  flags: ['readonly', 'fast'],
  run(ctx, args, reply) {
    const place = lookUp(ctx, args)
    reply.integer(place === 0 ? 0 : hash.value(place).length)
  },
})

const hlen = defineCommand({
  name: 'HLEN',
  group: 'hash',
  since: '2.0.0',
  summary: 'Counts the fields of a hash.',
  complexity: 'O(1)',
  syntax: 'key',
  keys: 'RO',
  flags: ['readonly', 'fast'],
  run(ctx, args, reply) {
    // With the fields that are due and still there, as in redis-server: it is O(1) there too.
    const found = ctx.read(args.key(1), hashType)
    reply.integer(found === null ? 0 : found.count)
  },
})

const hmget = defineCommand({
  name: 'HMGET',
  group: 'hash',
  since: '2.0.0',
  summary: 'Reads several fields of a hash.',
  complexity: 'O(N) for N fields',
  syntax: 'key field+',
  keys: 'RO access',
  flags: ['readonly', 'fast'],
  run: runHmget,
})

export const getCommands = [hget, hmget, hexists, hstrlen, hlen]

/** The place of argument 2 in the hash of argument 1, 0 where it is not there. */
function lookUp(ctx: Context, args: Args): number {
  const key = args.key(1)
  const ref = ctx.findToRead(key)
  if (ref === 0) return 0
  ctx.expectType(ref, hashType)
  return findAlive(ctx, key, hash.bind(ctx.db, ref), args.at(2))
}

function runHmget(ctx: Context, args: Args, reply: Reply): void {
  const key = args.key(1)
  const ref = ctx.findToRead(key)
  ctx.expectType(ref, hashType)
  reply.array(args.count - 2)
  if (ref === 0) {
    for (let i = 2; i < args.count; i++) reply.nil()
    return
  }
  hash.bind(ctx.db, ref)
  let expired = 0
  for (let i = 2; i < args.count; i++) {
    const place = hash.gone ? 0 : hash.find(args.at(i))
    if (place === 0) reply.nil()
    else if (!isDue(ctx.now, hash.time(place))) reply.bulk(hash.value(place))
    else {
      reply.nil()
      if (mayExpire(ctx)) expired += expire(ctx, args, place)
    }
  }
  // The last field of a hash goes unannounced, unless another one went with it.
  if (expired === 0) return
  ctx.notify(HASH, 'hexpired', key)
  if (hash.gone) ctx.notify(GENERIC, 'del', key)
}

/** Removes a field, and the hash when it was the last one: that counts 0, another one 1. */
function expire(ctx: Context, args: Args, place: number): number {
  const key = args.key(1)
  expireField(ctx, key, hash, place)
  ctx.touched(key, 0)
  if (hash.count > 0) return 1
  ctx.changes.remove(ctx.db, hash.ref, key, 'expired')
  hash.gone = true
  return 0
}
