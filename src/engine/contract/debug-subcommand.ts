// debug-subcommand.ts: how a subcommand of DEBUG is declared. They are no commands of their own:
// nothing but DEBUG HELP lists them.

import type { Handler } from '../dispatch/context.ts'

export type DebugSubcommand = {
  /** In upper case. */
  readonly name: string
  /** Its arguments as HELP shows them; empty when there are none. */
  readonly usage: string
  /** What it does, one line or more. */
  readonly help: readonly string[]
  /** The least and the most words of a call, DEBUG and the name included. */
  readonly words: readonly [min: number, max: number]
  readonly run: Handler
}

/** Any number of words. */
export const ANY_WORDS = Number.POSITIVE_INFINITY
