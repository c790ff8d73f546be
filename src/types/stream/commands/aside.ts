// aside.ts: parts of a reply that are written before what stands in front of them is known: how
// many entries could be claimed, or which of several streams had something to read.

import { Output } from '../../../bytes/wire/output.ts'
import type { Reply } from '../../../bytes/wire/reply.ts'

/** What is written between `begin` and `end` waits here until `put`. */
export class Aside {
  private readonly output = new Output()
  private main: Output | undefined

  begin(reply: Reply): void {
    this.main = reply.output
    reply.output = this.output
  }

  end(reply: Reply): void {
    if (this.main !== undefined) reply.output = this.main
    this.main = undefined
  }

  /** Puts what waits into the reply. */
  put(reply: Reply): void {
    const { output } = this
    for (const part of output.take()) reply.raw(part)
    output.reuse()
  }
}
