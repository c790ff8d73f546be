// client-pause.ts: CLIENT PAUSE, UNPAUSE and UNBLOCK, and the gate at which paused commands wait.

import type { Args } from '../../engine/arguments/args.ts'
import { defineCommand } from '../../engine/command/command.ts'
import { MAY_REPLICATE, WRITE } from '../../engine/command/flags.ts'
import { type Gate, LATER, PASS } from '../../engine/contract/gates.ts'
import { monitors } from '../monitor/monitors.ts'
import { errors } from './errors.ts'
import { integerOr } from './integer.ts'
import { PAUSE_ALL, PAUSE_WRITES, pause } from './pause.ts'

const INT64_MAX = 0x7fffffffffffffffn

export const clientPause = defineCommand({
  name: 'CLIENT PAUSE',
  group: 'connection',
  since: '3.0.0',
  summary: 'Holds back the commands of all connections for some milliseconds.',
  complexity: 'O(1)',
  syntax: 'timeout:int [mode: WRITE | ALL]@6.2',
  flags: ['admin', 'noscript', 'loading', 'stale'],
  history: [['6.2.0', 'may hold back writes only']],
  reply: 'OK',
  run(ctx, args, reply) {
    if (args.count > 4) throw errors.subcommandSyntax(args.text(1), 'CLIENT')
    const writesOnly = args.is(3, 'WRITE')
    if (args.count > 3 && !writesOnly && !args.is(3, 'ALL')) throw errors.pauseMode
    const until = readEnd(args, ctx.now)
    ctx.engine.part(pause).begin(writesOnly ? PAUSE_WRITES : PAUSE_ALL, until)
    reply.ok()
  },
})

export const clientUnpause = defineCommand({
  name: 'CLIENT UNPAUSE',
  group: 'connection',
  since: '6.2.0',
  summary: 'Ends CLIENT PAUSE.',
  complexity: 'O(N) for N connections held back',
  flags: ['admin', 'noscript', 'loading', 'stale'],
  reply: 'OK',
  run(ctx, _args, reply) {
    ctx.engine.part(pause).end()
    reply.ok()
  },
})

export const clientUnblock = defineCommand({
  name: 'CLIENT UNBLOCK',
  group: 'connection',
  since: '5.0.0',
  summary: 'Wakes another connection that waits in a blocking command.',
  complexity: 'O(log N) for N connections',
  syntax: 'client-id:int [unblock-type: TIMEOUT | ERROR]',
  flags: ['admin', 'noscript', 'loading', 'stale'],
  reply: 'integer',
  run({ engine }, args, reply) {
    if (args.count > 4) throw errors.subcommandSyntax(args.text(1), 'CLIENT')
    const withError = args.is(3, 'ERROR')
    if (args.count > 3 && !withError && !args.is(3, 'TIMEOUT')) throw errors.unblockReason
    const session = engine.sessions.get(args.position(2))
    // Who waits in a pause is not woken.
    const woken = session !== undefined && engine.blocking.unblock(session, withError)
    reply.integer(woken ? 1 : 0)
  },
})

/** Holds back everything, or what changes data or may reach replicas. */
export const pausedGate: Gate = {
  name: 'paused',
  applies: () => true,
  coversQueue: true,
  check(ctx, _command, _args, flags) {
    const current = ctx.engine.part(pause)
    if (ctx.engine.peek(monitors)?.has(ctx.session)) return PASS
    if (current.mode !== PAUSE_ALL && (flags & (WRITE | MAY_REPLICATE)) === 0) return PASS
    current.hold(ctx.session)
    return LATER
  },
}

/** When a pause ends, in milliseconds since 1970; 0 for one of no length. */
function readEnd(args: Args, now: number): number {
  const length = integerOr(args, 2, errors.timeoutNotInteger)
  if (length < 0) throw errors.timeoutNegative
  if (length > Number.MAX_SAFE_INTEGER && args.int64(2) > INT64_MAX - BigInt(now)) {
    throw errors.timeoutRange
  }
  return length === 0 ? 0 : now + length
}
