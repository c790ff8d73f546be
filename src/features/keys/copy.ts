// copy.ts: COPY.

import type { Args } from '../../engine/arguments/args.ts'
import { defineCommand } from '../../engine/command/command.ts'
import { GENERIC } from '../../engine/contract/events.ts'
import type { Context } from '../../engine/dispatch/context.ts'
import { HAS_TTL } from '../../engine/keyspace/entry.ts'
import { databaseAt } from './databases.ts'
import { errors } from './errors.ts'

/** Options of one call, read into the same object again and again. */
const options = { database: 0, replace: false }

export const copy = defineCommand({
  name: 'COPY',
  group: 'generic',
  since: '6.2.0',
  summary: 'Copies a value to another key.',
  complexity: 'O(1) for strings, O(N) for N nested elements',
  syntax: 'source:key destination:key [DB destination-db:int] [REPLACE]',
  keys: ['RO access', 'OW update'],
  flags: ['write', 'denyoom'],
  run(ctx, args, reply) {
    readOptions(ctx, args)
    reply.integer(copied(ctx, args) ? 1 : 0)
  },
})

function readOptions(ctx: Context, args: Args): void {
  options.database = ctx.db.id
  options.replace = false
  for (let i = 3; i < args.count; i++) {
    if (args.is(i, 'REPLACE')) options.replace = true
    else if (args.is(i, 'DB') && i + 1 < args.count) options.database = databaseAt(ctx, args, ++i)
    else throw errors.syntax
  }
}

/** Copies argument 1 to argument 2; false where there is nothing to copy or no place for it. */
function copied(ctx: Context, args: Args): boolean {
  const { db } = ctx
  const from = args.key(1)
  const key = args.key(2)
  const target = ctx.engine.databases[options.database]!
  if (target === db && from.equals(key)) throw errors.sameObject
  const ref = ctx.findToRead(from)
  if (ref === 0) return false
  const taken = ctx.findIn(target, key)
  if (taken !== 0 && !options.replace) return false
  const type = ctx.dataType(ref)
  const typeChanged = taken !== 0 && ctx.dataType(taken, target) !== type
  if (taken !== 0) ctx.displace(taken, key, target)
  type.settle?.(db, ref)
  const entry = type.copy(db, ref, { db: target, key, ttl: db.hasExpiry(ref) ? HAS_TTL : 0 })
  db.copyExpiry(ref, target, entry)
  ctx.created(key, target)
  ctx.changedIn(target, GENERIC, 'copy_to', key)
  if (taken !== 0) ctx.replaced(key, typeChanged, target)
  return true
}
