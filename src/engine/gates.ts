// gates.ts: what may refuse, postpone or queue a command before it runs.
//
// Each reason is a named object in the folder that owns it. It arms a bit, on the engine or on a
// session, while its condition may hold; `(engine.armed | session.armed) & command.gates` is zero
// for nearly every command, and that one AND is all the admission costs (about 1 ns, where sixteen
// predicates cost 50). The order of ORDER is the order in which redis-server would refuse.

import type { Args } from './args.ts'
import type { Command } from './command.ts'
import { RUNS_QUEUE } from './command-flags.ts'
import type { Context } from './context.ts'
import type { BoundCommand } from './table.ts'

export const PASS = 0
/** The gate has replied (an error, +QUEUED): the command is done. */
export const DONE = 1
/** The session is suspended; the same request is dispatched again when it goes on. */
export const LATER = 2

export type Gate = {
  readonly name: string
  /** Which commands the gate looks at; folded once into their `gates`. */
  applies(command: Command): boolean
  /** Whether EXEC meets it too, when one of the commands that are queued would. */
  readonly coversQueue?: true
  /** Whether it looks at requests of clients only, not at commands that run inside others. */
  readonly forClients?: true
  /**
   * PASS, DONE or LATER; throws a CommandError to refuse.
   * @param flags those of the command; for EXEC also all those of its queue
   */
  check(ctx: Context, command: BoundCommand, args: Args, flags: number): number
}

/** Names of all gates there are or will be, in redis-server's order. */
export const ORDER = [
  'protected',
  'auth',
  'no-multi',
  'acl',
  'cluster',
  'memory',
  'disk',
  'replicas',
  'read-only',
  'pubsub',
  'stale',
  'loading',
  'busy',
  'replica-link',
  'paused',
  'guard',
  'queue',
] as const

export type GateName = (typeof ORDER)[number]

/** The bit of a gate. */
export function gateBit(name: GateName): number {
  return 1 << ORDER.indexOf(name)
}

/** What a session arms between MULTI and EXEC. */
export const TRANSACTION_GATES = gateBit('no-multi') | gateBit('queue')

/** The gates of one engine. */
export class Gates {
  private readonly gates: (Gate | undefined)[] = new Array(ORDER.length).fill(undefined)
  /** Bits of the gates that EXEC may meet for what is queued. */
  private covering = 0
  /** Bits of the gates that look at requests of clients only. */
  forClients = 0

  install(gate: Gate): void {
    const place = ORDER.indexOf(gate.name as GateName)
    if (place < 0) throw new Error(`no place in the order for the gate '${gate.name}'`)
    this.gates[place] = gate
    if (gate.coversQueue) this.covering |= 1 << place
    if (gate.forClients) this.forClients |= 1 << place
  }

  /** The mask of the gates that look at a command. */
  maskOf = (command: Command): number => {
    let mask = (command.flags & RUNS_QUEUE) === 0 ? 0 : this.covering
    for (let i = 0; i < this.gates.length; i++) if (this.gates[i]?.applies(command)) mask |= 1 << i
    return mask
  }

  /** Asks the gates of `mask` in order. */
  check(ctx: Context, command: BoundCommand, args: Args, mask: number): number {
    const runsQueue = (command.flags & RUNS_QUEUE) !== 0
    const { transaction } = ctx.session
    const flags = runsQueue ? command.flags | transaction.flags : command.flags
    // From the lowest bit up: mostly there is one, as with a maxmemory that is not reached.
    for (let left = mask; left !== 0; left &= left - 1) {
      const bit = left & -left
      const gate = this.gates[31 - Math.clz32(bit)]!
      const own = !runsQueue || gate.applies(command.command)
      if (!own && (transaction.gates & bit) === 0) continue
      const verdict = gate.check(ctx, command, args, flags)
      if (verdict !== PASS) return verdict
    }
    return PASS
  }
}
