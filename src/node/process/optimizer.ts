// optimizer.ts: how V8 is told to compile a process that does nothing but serve.

import { createRequire } from 'node:module'
import type V8 from 'node:v8'

/**
 * The sizes, in bytes of bytecode, of a function that may be compiled into its caller, and of all
 * that may be compiled into one. V8 keeps them small (460 and 920) for programs that run little of
 * much; a server runs the same path for ever: parser, dispatch, handler, dictionary, reply. Made
 * one piece of code it is up to a fifth faster (docs/decisions/compiled-for-serving.md).
 */
const FLAGS = ['--max-inlined-bytecode-size=1200', '--max-inlined-bytecode-size-cumulative=4000']

/** Until nothing has become hot; to load `node:v8` takes two milliseconds of a start. */
const DELAY_MS = 20

/** Sets the process's flags, once the first clients have been answered. */
export function optimizeForServing(): void {
  setTimeout(() => {
    const { setFlagsFromString } = createRequire(import.meta.url)('node:v8') as typeof V8
    for (const flag of FLAGS) setFlagsFromString(flag)
  }, DELAY_MS).unref()
}
