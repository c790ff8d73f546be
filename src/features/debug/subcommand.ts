// subcommand.ts: how a subcommand of DEBUG is declared. They are no commands of their own: nothing
// but DEBUG HELP lists them.

import type { Handler } from '../../engine/context.ts'

export type Subcommand = {
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
export const ANY = Number.POSITIVE_INFINITY

/** A number as C's atoi reads it: what does not begin with one is 0. */
export function looseInteger(text: string): number {
  return Number.parseInt(text, 10) || 0
}
