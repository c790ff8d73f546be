// remove.ts: HDEL and HGETDEL.

import type { Span } from '../../../bytes/memory/span.ts'
import type { Reply } from '../../../bytes/wire/reply.ts'
import type { Args } from '../../../engine/arguments/args.ts'
import { defineCommand } from '../../../engine/command/command.ts'
import { HASH } from '../../../engine/contract/events.ts'
import type { Context } from '../../../engine/dispatch/context.ts'
import { errors } from '../errors.ts'
import { expireField, isDue, mayExpire, removeHash } from '../field-expiry.ts'
import { Hash } from '../hash.ts'
import { hashType } from '../type.ts'
import { firstField } from './arguments.ts'

const hash = new Hash()

const hdel = defineCommand({
  name: 'HDEL',
  group: 'hash',
  since: '2.0.0',
  summary: 'Removes fields of a hash, and the hash with its last field.',
  complexity: 'O(N) for N fields',
  syntax: 'key field+',
  keys: 'RW delete',
  flags: ['write', 'fast'],
  history: [['2.4.0', 'takes several fields']],
  run(ctx, args, reply) {
    const ref = ctx.find(args.key(1))
    ctx.expectType(ref, hashType)
    reply.integer(ref === 0 ? 0 : removeFields(ctx, args, ref))
  },
})

const hgetdel = defineCommand({
  name: 'HGETDEL',
  group: 'hash',
  since: '8.0.0',
  summary: 'Reads fields of a hash and removes them.',
  complexity: 'O(N) for N fields',
  syntax: 'key FIELDS (numfields:int field+)',
  keys: 'RW access delete',
  flags: ['write', 'fast'],
  run(ctx, args, reply) {
    const ref = ctx.find(args.key(1))
    ctx.expectType(ref, hashType)
    const first = firstField(args, 2, errors.fieldCount)
    reply.array(args.count - first)
    if (ref !== 0) takeFields(ctx, args, ref, reply)
    else for (let i = first; i < args.count; i++) reply.nil()
  },
})

export const removeCommands = [hdel, hgetdel]

/** Removes fields, due or not; returns how many were there. */
function removeFields(ctx: Context, args: Args, ref: number): number {
  const key = args.key(1)
  const hadTimes = hash.bind(ctx.db, ref).earliest !== 0
  let removed = 0
  for (let i = 2; i < args.count && hash.count > 0; i++) {
    const place = hash.find(args.at(i))
    if (place === 0) continue
    hash.remove(place)
    removed++
  }
  if (removed > 0) {
    ctx.changed(HASH, 'hdel', key, removed)
    end(ctx, key, hadTimes)
  }
  return removed
}

const FIRST_FIELD = 4

/** Replies with fields and removes them. */
function takeFields(ctx: Context, args: Args, ref: number, reply: Reply): void {
  const key = args.key(1)
  const hadTimes = hash.bind(ctx.db, ref).earliest !== 0
  let expired = 0
  let removed = 0
  for (let i = FIRST_FIELD; i < args.count; i++) {
    const place = hash.find(args.at(i))
    if (place === 0) reply.nil()
    else if (isDue(ctx.now, hash.time(place))) {
      reply.nil()
      if (!mayExpire(ctx)) continue
      expireField(ctx, key, hash, place)
      expired++
    } else {
      reply.bulk(hash.value(place))
      hash.remove(place)
      removed++
    }
  }
  if (expired + removed === 0) return
  if (expired > 0) ctx.notify(HASH, 'hexpired', key)
  if (removed > 0) sayRemoved(ctx, args, removed)
  else ctx.touched(key, 0)
  end(ctx, key, hadTimes)
}

function sayRemoved(ctx: Context, args: Args, removed: number): void {
  const key = args.key(1)
  ctx.changed(HASH, 'hdel', key, removed)
  if (!ctx.engine.effects.armed) return
  const effect = ctx
    .restate(2 + args.count - FIRST_FIELD)
    .word('HDEL')
    .span(key)
  effect.words(args, FIRST_FIELD, args.count)
}

/** Removes a hash without fields; one that has lost its last time leaves the agenda. */
function end(ctx: Context, key: Span, hadTimes: boolean): void {
  if (hash.count === 0) removeHash(ctx, key, hash)
  else if (hadTimes && hash.earliest === 0) ctx.db.agenda.delete(hash.ref)
}
