// field-operations.ts: reads the operations of a BITFIELD call, all of them before the first runs.

import { parseInteger } from '../../../bytes/numbers/numbers.ts'
import type { Args } from '../../../engine/arguments/args.ts'
import type { Context } from '../../../engine/dispatch/context.ts'
import { errors } from '../errors.ts'
import { bitOffset } from './arguments.ts'

export const GET = 0
export const SET = 1
export const INCRBY = 2

// What becomes of a number that does not fit its field.
export const WRAP = 0
export const SAT = 1
export const FAIL = 2

const LETTER_I = 0x69
const LETTER_U = 0x75

export class FieldOperation {
  code = GET
  overflow = WRAP
  signed = false
  /** Width of the field, 1 to 64. */
  bits = 0
  /** Where it begins. */
  offset = 0
  /** The number of SET and INCRBY; NaN where it is not within ±2^53. */
  operand = 0
  /** The same exactly, where `operand` is NaN. */
  bigOperand = 0n
}

/** The operations of one call; the objects serve the next call again. */
export class FieldOperations {
  count = 0
  /** How many bytes the string must have for the writes; 0 where there are none. */
  lengthMin = 0
  private readonly pool: FieldOperation[] = []

  at(i: number): FieldOperation {
    return this.pool[i]!
  }

  /** @throws errors.syntax, errors.bitfield…, errors.bitOffset, errors.notInteger */
  read(ctx: Context, args: Args): void {
    this.count = 0
    this.lengthMin = 0
    let overflow = WRAP
    let i = 2
    while (i < args.count) {
      const left = args.count - i - 1
      const code = codeOf(args, i)
      if (code !== undefined && left >= (code === GET ? 2 : 3)) {
        this.add(ctx, args, i, code).overflow = overflow
        i += code === GET ? 3 : 4
      } else if (args.is(i, 'OVERFLOW') && left >= 1) {
        overflow = overflowOf(args, i + 1)
        i += 2
      } else throw errors.syntax
    }
  }

  private add(ctx: Context, args: Args, i: number, code: number): FieldOperation {
    const operation = this.next()
    operation.code = code
    readType(operation, args, i + 1)
    operation.offset = bitOffset(ctx, args, i + 2, operation.bits)
    if (code === GET) return operation
    readOperand(operation, args, i + 3)
    const bytes = Math.floor((operation.offset + operation.bits - 1) / 8) + 1
    if (bytes > this.lengthMin) this.lengthMin = bytes
    return operation
  }

  private next(): FieldOperation {
    if (this.count === this.pool.length) this.pool.push(new FieldOperation())
    return this.pool[this.count++]!
  }
}

function codeOf(args: Args, i: number): number | undefined {
  if (args.is(i, 'GET')) return GET
  if (args.is(i, 'SET')) return SET
  return args.is(i, 'INCRBY') ? INCRBY : undefined
}

function overflowOf(args: Args, i: number): number {
  if (args.is(i, 'WRAP')) return WRAP
  if (args.is(i, 'SAT')) return SAT
  if (args.is(i, 'FAIL')) return FAIL
  throw errors.bitfieldOverflow
}

function readType(operation: FieldOperation, args: Args, i: number): void {
  const { bytes, start, end } = args.at(i)
  const letter = start < end ? bytes[start] : 0
  const bits = parseInteger(bytes, start + 1, end)
  operation.signed = letter === LETTER_I
  operation.bits = bits
  const known = letter === LETTER_I || letter === LETTER_U
  // An unsigned integer of 64 bits would not fit a reply.
  if (!known || !(bits >= 1 && bits <= (letter === LETTER_I ? 64 : 63))) throw errors.bitfieldType
}

function readOperand(operation: FieldOperation, args: Args, i: number): void {
  const { bytes, start, end } = args.at(i)
  operation.operand = parseInteger(bytes, start, end)
  if (Number.isNaN(operation.operand)) operation.bigOperand = args.int64(i)
}
