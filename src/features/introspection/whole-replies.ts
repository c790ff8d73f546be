// whole-replies.ts: what COMMAND and COMMAND DOCS answer about all commands, kept as bytes: clients
// ask for it whenever they connect, and it changes only when commands come or go.

import { Output } from '../../bytes/wire/output.ts'
import { Reply } from '../../bytes/wire/reply.ts'
import type { Command } from '../../engine/command/command.ts'
import { writeCommandDocs } from '../../engine/command/docs.ts'
import { writeCommandInfo } from '../../engine/command/info.ts'
import { definePart } from '../../engine/contract/parts.ts'
import type { Engine } from '../../engine/dispatch/engine.ts'

/** One reply, as bytes for each protocol it was asked for in. */
class WholeReply {
  private readonly describe: (commands: readonly Command[], reply: Reply) => void
  private readonly byProtocol: (Uint8Array | undefined)[] = []
  private version = -1

  constructor(describe: (commands: readonly Command[], reply: Reply) => void) {
    this.describe = describe
  }

  write({ table }: Engine, reply: Reply): void {
    if (this.version !== table.version) {
      this.byProtocol.fill(undefined)
      this.version = table.version
    }
    const { protocol } = reply
    let bytes = this.byProtocol[protocol]
    if (bytes === undefined) {
      const own = new Reply(new Output())
      own.protocol = protocol
      this.describe(
        table.all().map(({ command }) => command),
        own,
      )
      bytes = own.output.collect()
      this.byProtocol[protocol] = bytes
    }
    reply.output.handOver(bytes)
  }
}

export const wholeReplies = definePart('whole replies', () => ({
  info: new WholeReply((commands, reply) => {
    reply.array(commands.length)
    for (const command of commands) writeCommandInfo(command, reply)
  }),
  docs: new WholeReply((commands, reply) => {
    reply.map(commands.length)
    for (const command of commands) writeCommandDocs(command, reply)
  }),
}))
