// integer.ts: integers of arguments whose errors have words of their own.

import type { Args } from '../../engine/arguments/args.ts'
import { type CommandError, errors } from '../../engine/contract/errors.ts'

/** Argument `i` as a 64-bit integer, rounded beyond ±2^53; throws `error` where it is none. */
export function integerOr(args: Args, i: number, error: CommandError): number {
  try {
    return args.position(i)
  } catch (reason) {
    throw reason === errors.notInteger ? error : reason
  }
}
