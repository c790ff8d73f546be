// onlookers.ts: who is shown every command that has run, one of a transaction's too: MONITOR.
//
// `armed` is all that a command costs while nobody looks on.

import type { Args } from '../arguments/args.ts'
import type { BoundCommand } from '../command/table.ts'
import type { Context } from '../dispatch/context.ts'

/**
 * Is shown a command that has run.
 * @param hidden the numbers of arguments that nobody may see: passwords
 */
export type Onlooker = (
  ctx: Context,
  command: BoundCommand,
  args: Args,
  hidden: ReadonlySet<number>,
) => void

export class Onlookers {
  armed = false
  private readonly all = new Set<Onlooker>()
  private readonly hidden = new Set<number>()

  add(onlooker: Onlooker): void {
    this.all.add(onlooker)
    this.armed = true
  }

  remove(onlooker: Onlooker): void {
    this.all.delete(onlooker)
    this.armed = this.all.size > 0
  }

  /** Does not show an argument of the command that runs. */
  hide(argument: number): void {
    this.hidden.add(argument)
  }

  show(ctx: Context, command: BoundCommand, args: Args): void {
    for (const onlooker of this.all) onlooker(ctx, command, args, this.hidden)
    this.hidden.clear()
  }
}
