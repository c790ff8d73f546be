// optimizer.ts: how V8 is told to compile a process that does nothing but serve.

import { setFlagsFromString } from 'node:v8'

/**
 * The sizes, in bytes of bytecode, of a function that may be compiled into its caller, and of all
 * that may be compiled into one. V8 keeps them small (460 and 920) for programs that run little of
 * much; a server runs the same path for ever: parser, dispatch, handler, dictionary, reply. Made
 * one piece of code it is up to a fifth faster (docs/decisions/compiled-for-serving.md).
 */
const FLAGS = ['--max-inlined-bytecode-size=1200', '--max-inlined-bytecode-size-cumulative=4000']

/** Sets the process's flags; to be called before the code that matters has become hot. */
export function optimizeForServing(): void {
  for (const flag of FLAGS) setFlagsFromString(flag)
}
