// crash.ts: the subcommands that end the server as a bug would: the host reports and ends the
// process; a program with an engine inside gets the exception.

import { ANY_WORDS, type DebugSubcommand } from '../../engine/contract/debug-subcommand.ts'
import type { Context } from '../../engine/dispatch/context.ts'

export const crashes: readonly DebugSubcommand[] = [
  crash('ASSERT', 'Ends the server by a failed assertion.', () => 'ASSERTION FAILED: 1 is not 2'),
  crash('PANIC', 'Ends the server by a panic.', ({ now }) => {
    return `DEBUG PANIC called at Unix time ${Math.floor(now / 1000)}`
  }),
  crash('SEGFAULT', 'Ends the server by an invalid access to memory.', () => {
    return 'crashed by signal: 11, as DEBUG SEGFAULT asked for'
  }),
]

function crash(name: string, help: string, reason: (ctx: Context) => string): DebugSubcommand {
  return {
    name,
    usage: '',
    help: [help],
    words: [2, ANY_WORDS],
    run(ctx) {
      const text = reason(ctx)
      ctx.engine.host.log('warning', text)
      throw new Error(text)
    },
  }
}
