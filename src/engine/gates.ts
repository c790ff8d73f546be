// gates.ts: what may refuse, postpone or queue a command before it runs.
//
// Each reason is a named object in the folder that owns it. It arms a bit, on the engine or on a
// session, while its condition may hold; `(engine.armed | session.armed) & command.gates` is zero
// for nearly every command, and that one AND is all the admission costs (about 1 ns, where sixteen
// predicates cost 50). The order of ORDER is the order in which redis-server would refuse.

import type { Command } from './command.ts'
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
  /** PASS, DONE or LATER; throws a CommandError to refuse. */
  check(ctx: Context, command: BoundCommand): number
}

/** Names of all gates there are or will be, in redis-server's order. */
export const ORDER = [
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

/** The gates of one engine. */
export class Gates {
  private readonly gates: (Gate | undefined)[] = new Array(ORDER.length).fill(undefined)

  install(gate: Gate): void {
    const place = ORDER.indexOf(gate.name as GateName)
    if (place < 0) throw new Error(`no place in the order for the gate '${gate.name}'`)
    this.gates[place] = gate
  }

  /** The mask of the gates that look at a command. */
  maskOf = (command: Command): number => {
    let mask = 0
    for (let i = 0; i < this.gates.length; i++) if (this.gates[i]?.applies(command)) mask |= 1 << i
    return mask
  }

  /** Asks the gates of `mask` in order. */
  check(ctx: Context, command: BoundCommand, mask: number): number {
    for (let i = 0; i < this.gates.length; i++) {
      if ((mask & (1 << i)) === 0) continue
      const verdict = this.gates[i]!.check(ctx, command)
      if (verdict !== PASS) return verdict
    }
    return PASS
  }
}
