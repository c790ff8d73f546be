// set.ts: HSET, HMSET and HSETNX.

import type { Args } from '../../../engine/arguments/args.ts'
import { defineCommand } from '../../../engine/command/command.ts'
import { errors } from '../../../engine/contract/errors.ts'
import { HASH } from '../../../engine/contract/events.ts'
import type { Context } from '../../../engine/dispatch/context.ts'
import { findAlive } from '../field-expiry.ts'
import { createHash, Hash } from '../hash.ts'
import { hashType } from '../type.ts'

const hash = new Hash()

const hset = defineCommand({
  name: 'HSET',
  group: 'hash',
  since: '2.0.0',
  summary: 'Creates or changes fields of a hash.',
  complexity: 'O(N) for N pairs',
  syntax: 'key (field value)+',
  keys: 'RW update',
  flags: ['write', 'denyoom', 'fast'],
  history: [['4.0.0', 'takes several pairs']],
  run: (ctx, args, reply) => reply.integer(setPairs(ctx, args)),
})

const hmset = defineCommand({
  name: 'HMSET',
  group: 'hash',
  since: '2.0.0',
  summary: 'Sets several fields of a hash.',
  complexity: 'O(N) for N fields',
  syntax: 'key (field value)+',
  keys: 'RW update',
  flags: ['write', 'denyoom', 'fast'],
  deprecated: '4.0.0',
  replacedBy: '`HSET` with multiple field-value pairs',
  run(ctx, args, reply) {
    setPairs(ctx, args)
    reply.ok()
  },
})

const hsetnx = defineCommand({
  name: 'HSETNX',
  group: 'hash',
  since: '2.0.0',
  summary: 'Sets a field of a hash unless it exists.',
  complexity: 'O(1)',
  syntax: 'key field value',
  keys: 'RW insert',
  flags: ['write', 'denyoom', 'fast'],
  run(ctx, args, reply) {
    const key = args.key(1)
    const ref = ctx.find(key)
    ctx.expectType(ref, hashType)
    const isThere = ref !== 0 && findAlive(ctx, key, hash.bind(ctx.db, ref), args.at(2)) !== 0
    if (!isThere) {
      setNew(ctx, args, ref !== 0 && !hash.gone)
      ctx.changed(HASH, 'hset', key)
    }
    reply.integer(isThere ? 0 : 1)
  },
})

export const setCommands = [hset, hmset, hsetnx]

/** Sets all pairs; returns how many fields are new. */
function setPairs(ctx: Context, args: Args): number {
  const { count } = args
  if ((count & 1) !== 0) throw errors.arity(ctx.command.fullName)
  const key = args.key(1)
  const ref = ctx.find(key)
  ctx.expectType(ref, hashType)
  let added = 0
  if (ref === 0) {
    added = createHash(ctx.db, key, args, 2)
    ctx.created(key)
  } else {
    hash.bind(ctx.db, ref).prepare(args, 2)
    for (let i = 2; i < count; i += 2) if (hash.set(args.at(i), args.at(i + 1))) added++
  }
  ctx.changed(HASH, 'hset', key, (count - 2) / 2)
  return added
}

/** Sets the pair of HSETNX; `exists` tells whether `hash` is that of the key. */
function setNew(ctx: Context, args: Args, exists: boolean): void {
  const key = args.key(1)
  if (exists) hash.prepare(args, 2)
  if (exists) hash.set(args.at(2), args.at(3))
  else {
    createHash(ctx.db, key, args, 2)
    ctx.created(key)
  }
}
