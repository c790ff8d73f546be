// arguments.ts: what several commands on fields of hashes read alike.

import { parseInt64, parseInteger } from '../../../bytes/numbers/numbers.ts'
import type { Args } from '../../../engine/arguments/args.ts'
import { EX, EXAT, PX } from '../../../engine/arguments/expiry-time.ts'
import type { CommandError } from '../../../engine/contract/errors.ts'
import type { Context } from '../../../engine/dispatch/context.ts'
import { errors } from '../errors.ts'
import { TIME_MAX } from '../field-expiry.ts'

/**
 * Checks `FIELDS numfields field …`, which ends the call.
 * @param at where FIELDS must be
 * @param countError what is said of a number below 1
 * @returns where the first field is
 * @throws errors.fieldsMissing, errors.fieldCountMismatch
 */
export function firstField(args: Args, at: number, countError: CommandError): number {
  if (!args.is(at, 'FIELDS')) throw errors.fieldsMissing
  const { bytes, start, end } = args.at(at + 1)
  const count = parseInteger(bytes, start, end)
  if (count < 1) throw countError
  if (count === args.count - at - 2) return at + 2
  const exact = parseInt64(bytes, start, end)
  throw exact === undefined || exact < 1n ? countError : errors.fieldCountMismatch
}

/**
 * The time that argument `i` gives fields, in milliseconds since 1970.
 * @param unit EX, PX, EXAT or PXAT
 * @throws errors.notInteger, errors.fieldExpireNegative, errors.invalidExpire
 */
export function fieldTime(ctx: Context, args: Args, i: number, unit: number): number {
  const n = args.position(i)
  if (n < 0) throw errors.fieldExpireNegative
  const inSeconds = unit === EX || unit === EXAT
  const base = unit === EX || unit === PX ? ctx.now : 0
  const ms = inSeconds ? n * 1000 : n
  const isTooLate = inSeconds && n > Math.floor(TIME_MAX / 1000)
  if (isTooLate || ms > TIME_MAX - base) throw errors.invalidExpire(ctx.command.fullName)
  return ms + base
}
