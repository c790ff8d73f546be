// frame.ts: what belongs to one running command, kept while a command inside it runs.
//
// Commands nest: EXEC, scripts and modules run others. Each depth has its frame, made once: its
// arguments, which two depths never share, and what `Dispatcher.invoke` puts back afterwards.

import { Args } from '../arguments/args.ts'
import type { BoundCommand } from '../command/table.ts'
import type { Session } from '../session/session.ts'

export class Frame {
  readonly args = new Args()
  session: Session | undefined = undefined
  command: BoundCommand | undefined = undefined
  /** What the request named. */
  resolved: BoundCommand | undefined = undefined
  protocol = 2
  /** Changes before it, moved on by those of commands inside it (Dispatcher.invoke). */
  dirtyBefore = 0
  /** What it has said of its effects (Effects.suspend). */
  said = 0
}
