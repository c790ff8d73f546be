// restore.ts: RESTORE, and RESTORE-ASKING, which a cluster's nodes send each other.

import type { Span } from '../../bytes/memory/span.ts'
import type { Reply } from '../../bytes/wire/reply.ts'
import type { Args } from '../../engine/arguments/args.ts'
import { plainWhereExact } from '../../engine/arguments/expiry-time.ts'
import { defineCommand } from '../../engine/command/command.ts'
import { EMPTY_VALUE, type LoadTarget } from '../../engine/contract/datatype.ts'
import { GENERIC } from '../../engine/contract/events.ts'
import type { Context } from '../../engine/dispatch/context.ts'
import { HAS_TTL } from '../../engine/keyspace/entry.ts'
import type { ExpiryTime } from '../../engine/keyspace/trailer.ts'
import { openDump, verifyDump } from '../../formats/dump.ts'
import { RdbError } from '../../formats/rdb/reader.ts'
import { errors } from './errors.ts'

const UNSET = -1n
const FREQUENCY_MAX = 255n

/** Options of one call, read into the same object again and again. */
const options = { replace: false, absolute: false, idleTime: UNSET, frequency: UNSET }

/** What both commands declare alike. */
const common = {
  complexity: 'O(N*M) for N objects of M bytes, times log(N) for sorted sets',
  syntax:
    'key ttl:int serialized-value [REPLACE]@3.0 [ABSTTL]@5.0 ' +
    '[IDLETIME seconds:int]@5.0 [FREQ frequency:int]@5.0',
  keys: 'OW update',
  categories: ['keyspace', 'dangerous'],
  history: [
    ['3.0.0', 'takes REPLACE'],
    ['5.0.0', 'takes ABSTTL'],
    ['5.0.0', 'takes IDLETIME and FREQ'],
  ],
  run: runRestore,
} as const

const restore = defineCommand({
  name: 'RESTORE',
  group: 'generic',
  since: '2.6.0',
  summary: 'Creates a key from what DUMP serialised.',
  flags: ['write', 'denyoom'],
  ...common,
})

const restoreAsking = defineCommand({
  name: 'RESTORE-ASKING',
  group: 'server',
  since: '3.0.0',
  summary: 'What MIGRATE sends in a cluster: RESTORE with ASKING before it.',
  flags: ['write', 'denyoom', 'asking'],
  system: true,
  ...common,
})

export const restoreCommands = [restore, restoreAsking]

function runRestore(ctx: Context, args: Args, reply: Reply): void {
  readOptions(args)
  const { db } = ctx
  const key = args.key(1)
  const old = ctx.find(key)
  if (old !== 0 && !options.replace) throw errors.busyKey
  const expireAt = readExpiry(ctx, args)
  const ttl = expireAt === undefined ? 0 : HAS_TTL
  const entry = load(ctx, { db, key, ttl }, args.at(3), old)
  const typeChanged = old !== 0 && ctx.dataType(old) !== ctx.dataType(entry)
  const isOver = expireAt !== undefined && expireAt <= ctx.now
  if (old !== 0) ctx.changes.discard(db, old, key, isOver ? 'deleted' : 'overwritten')
  if (isOver) {
    // A time that has passed: nothing is created, but what was there is gone.
    db.remove(entry)
    if (old !== 0) removed(ctx, key)
  } else {
    finish(ctx, args, entry, expireAt)
    if (old !== 0) ctx.replaced(key, typeChanged)
  }
  reply.ok()
}

function readOptions(args: Args): void {
  options.replace = false
  options.absolute = false
  options.idleTime = UNSET
  options.frequency = UNSET
  for (let i = 4; i < args.count; i++) {
    const hasValue = i + 1 < args.count
    if (args.is(i, 'REPLACE')) options.replace = true
    else if (args.is(i, 'ABSTTL')) options.absolute = true
    else if (args.is(i, 'IDLETIME') && hasValue && options.frequency === UNSET) {
      options.idleTime = args.int64(++i)
      if (options.idleTime < 0n) throw errors.restoreIdleTime
    } else if (args.is(i, 'FREQ') && hasValue && options.idleTime === UNSET) {
      options.frequency = args.int64(++i)
      if (options.frequency < 0n || options.frequency > FREQUENCY_MAX) {
        throw errors.restoreFrequency
      }
    } else throw errors.syntax
  }
}

/** The expiry time that argument 2 means, undefined for none. */
function readExpiry(ctx: Context, args: Args): ExpiryTime | undefined {
  const ttl = args.int64(2)
  if (ttl < 0n) throw errors.restoreTtl
  if (ttl === 0n) return undefined
  if (options.absolute) return plainWhereExact(ttl)
  // The reference lets the sum overflow: such a time lies before 1970, and has passed.
  return plainWhereExact(BigInt.asIntN(64, ttl + BigInt(ctx.now)))
}

/**
 * Loads a payload as the value of a key.
 * @param old the key's entry, 0 where there is none: it is out of sight afterwards, to be
 * discarded, but stays as it was when the payload is refused
 * @returns the new entry
 * @throws errors.dumpPayload, errors.dumpFormat
 */
function load(ctx: Context, target: LoadTarget, payload: Span, old: number): number {
  const { db, engine } = ctx
  const verdict = verifyDump(payload, { skipChecksum: !engine.limits.checksums })
  if (verdict !== 'ok') throw errors.dumpPayload
  if (old !== 0) db.detach(old)
  const entry = loadValue(ctx, target, payload)
  if (entry !== 0 && entry !== EMPTY_VALUE) return entry
  if (old !== 0) db.attach(old)
  throw errors.dumpFormat
}

/** The new entry, 0 when the payload is no value of a type that is known. */
function loadValue({ engine }: Context, target: LoadTarget, payload: Span): number {
  const reader = openDump(payload)
  try {
    const entry = engine.types.load(reader.readByte(), reader, target)
    for (const what of reader.repairs) {
      engine.host.log('notice', `A payload was wrong about ${what}: ${target.key.text()}`)
    }
    return entry
  } catch (error) {
    if (!(error instanceof RdbError)) throw error
    const at = reader.position - payload.start
    engine.host.log('verbose', `Internal error in RDB reading offset ${at} -> ${error.message}`)
    return 0
  }
}

function removed(ctx: Context, key: Span): void {
  ctx.gone(GENERIC, 'del', key)
  if (ctx.engine.effects.armed) ctx.restate(2).word('DEL').span(key)
}

/** Gives the new entry its expiry time and uses, and says that it is there. */
function finish(ctx: Context, args: Args, loaded: number, expireAt: ExpiryTime | undefined): void {
  const { db, engine } = ctx
  const key = args.key(1)
  const entry = expireAt === undefined ? loaded : db.setExpireAt(loaded, expireAt)
  if (options.idleTime !== UNSET) engine.access.setIdle(db, entry, options.idleTime)
  if (options.frequency !== UNSET) {
    engine.access.setFrequency(db, entry, Number(options.frequency))
  }
  ctx.created(key)
  ctx.changed(GENERIC, 'restore', key)
  if (expireAt === undefined || options.absolute || !engine.effects.armed) return
  const effect = ctx
    .restate(args.count + 1)
    .words(args, 0, 2)
    .number(expireAt)
  effect.words(args, 3, args.count).word('ABSTTL')
}
