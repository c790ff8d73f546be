// gates.ts: what may refuse, postpone or queue a command before it runs.
//
// Each reason is a named object in the folder that owns it. It arms a bit, on the engine or on a
// session, while its condition may hold; `(engine.armed | session.armed) & command.gates` is zero
// for nearly every command, and that one AND is all the admission costs (about 1 ns, where sixteen
// predicates cost 50). The order of ORDER is the order in which redis-server would refuse.

import type { Args } from '../arguments/args.ts'
import type { Command } from '../command/command.ts'
import { RUNS_QUEUE } from '../command/flags.ts'
import type { BoundCommand } from '../command/table.ts'
import type { Context } from '../dispatch/context.ts'
import { type GateName, ORDER } from './gate-order.ts'

export const PASS = 0
/** The gate has replied (an error, +QUEUED): the command is done. */
export const DONE = 1
/** The session is suspended; the same request is dispatched again when it goes on. */
export const LATER = 2

export type Gate = {
  readonly name: string
  /** The gate behind which it stands, for one that has no place in ORDER. */
  readonly after?: GateName
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

/** Gates there may be: their bits are those of a mask, but for its sign. */
const GATES_MAX = 31

/** The bit of a gate of ORDER. */
export function gateBit(name: GateName): number {
  return 1 << ORDER.indexOf(name)
}

/** What a session arms between MULTI and EXEC. */
export const TRANSACTION_GATES = gateBit('no-multi') | gateBit('queue')

/** The gates of one engine: those of ORDER, and those of modules, which say where they stand. */
export class Gates {
  /** By the number of their bit. */
  private readonly gates: (Gate | undefined)[] = new Array(GATES_MAX).fill(undefined)
  /** The bits in the order in which the gates are asked, once there are gates beside ORDER. */
  private order: readonly number[] | undefined = undefined
  /** Bits of the gates that look at requests of clients only. */
  forClients = 0

  /**
   * Whether a gate can be installed.
   * @returns the reason why not
   */
  fault({ name, after }: Gate): string | undefined {
    const place = ORDER.indexOf(name as GateName)
    const isOurs = place >= 0 && after !== undefined
    if (isOurs || this.gates.some((gate) => gate?.name === name)) {
      return `the gate '${name}' exists already`
    }
    if (place >= 0) return undefined
    if (after === undefined || !ORDER.includes(after)) return `the gate '${name}' has no place`
    return this.free() < 0 ? `there is no room for the gate '${name}'` : undefined
  }

  install(gate: Gate): void {
    const place = ORDER.indexOf(gate.name as GateName)
    this.gates[place < 0 ? this.free() : place] = gate
    this.sort()
    if (gate.forClients) this.forClients |= this.bitOf(gate)
  }

  /**
   * Takes a gate out.
   * @returns its bit
   */
  remove(gate: Gate): number {
    const bit = this.bitOf(gate)
    this.forClients &= ~bit
    this.gates[this.gates.indexOf(gate)] = undefined
    this.sort()
    return bit
  }

  /** The bit of a gate that is installed. */
  bitOf(gate: Gate): number {
    return 1 << this.gates.indexOf(gate)
  }

  /** The mask of the gates that look at a command. */
  maskOf = (command: Command): number => {
    const runsQueue = (command.flags & RUNS_QUEUE) !== 0
    let mask = 0
    for (let i = 0; i < GATES_MAX; i++) {
      const gate = this.gates[i]
      if (gate === undefined) continue
      if (gate.applies(command) || (runsQueue && gate.coversQueue)) mask |= 1 << i
    }
    return mask
  }

  /** Asks the gates of `mask` in order. */
  check(ctx: Context, command: BoundCommand, args: Args, mask: number): number {
    const runsQueue = (command.flags & RUNS_QUEUE) !== 0
    const { transaction } = ctx.session
    const flags = runsQueue ? command.flags | transaction.flags : command.flags
    // From the lowest bit up: mostly there is one, as with a maxmemory that is not reached.
    for (let left = mask, bit = 0; left !== 0; left &= ~bit) {
      bit = this.order === undefined ? left & -left : firstOf(left, this.order)
      const gate = this.gates[31 - Math.clz32(bit)]!
      const own = !runsQueue || gate.applies(command.command)
      if (!own && (transaction.gates & bit) === 0) continue
      const verdict = gate.check(ctx, command, args, flags)
      if (verdict !== PASS) return verdict
    }
    return PASS
  }

  /** The number of a bit that ORDER does not have and nobody uses; -1 where there is none. */
  private free(): number {
    return this.gates.indexOf(undefined, ORDER.length)
  }

  private sort(): void {
    const others = this.gates.flatMap((gate, i) => (i < ORDER.length || !gate ? [] : [i]))
    const behind = (place: number) =>
      others.filter((i) => this.gates[i]!.after === ORDER[place]).map((i) => 1 << i)
    const order = ORDER.flatMap((_, place) => [1 << place, ...behind(place)])
    this.order = others.length === 0 ? undefined : order
  }
}

/** The bit of `mask` that comes first. */
function firstOf(mask: number, order: readonly number[]): number {
  return order.find((bit) => (mask & bit) !== 0) ?? mask & -mask
}
