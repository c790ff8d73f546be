// field-arithmetic.ts: carries out one operation of BITFIELD and replies with its result.
//
// Narrow fields and operands are plain numbers, whose sums are exact; the others go through bigint.

import type { Span } from '../../bytes/memory/span.ts'
import { INT64_MAX } from '../../bytes/numbers/numbers.ts'
import type { Reply } from '../../bytes/wire/reply.ts'
import { FAIL, type FieldOperation, GET, INCRBY, SAT, SET } from './commands/field-operations.ts'
import { FIELD_BITS_MAX, readField, readWideField, writeField, writeWideField } from './fields.ts'

/** Sums of such an operand and a narrow field stay below 2^53. */
const OPERAND_MAX = 2 ** 52

/**
 * @param value the string, long enough for what is written
 * @param grown whether the string was made longer for this call: then any write is a change
 * @returns whether it changed the string
 */
export function applyOperation(
  operation: FieldOperation,
  value: Span,
  reply: Reply,
  grown = false,
): boolean {
  const narrow = operation.bits <= FIELD_BITS_MAX
  if (operation.code === GET) {
    if (narrow) reply.integer(readNarrow(operation, value))
    else reply.int64(readWide(operation, value))
    return false
  }
  // An operand that is no plain number is NaN and fails the comparison.
  const plain = narrow && Math.abs(operation.operand) <= OPERAND_MAX
  if (plain) return writeNarrow(operation, value, reply, grown)
  return writeWide(operation, value, reply, grown)
}

function readNarrow({ bits, offset, signed }: FieldOperation, value: Span): number {
  const n = readField(value, offset, bits)
  return signed && n >= 2 ** (bits - 1) ? n - 2 ** bits : n
}

function readWide({ bits, offset, signed }: FieldOperation, value: Span): bigint {
  const n = readWideField(value, offset, bits)
  return signed ? BigInt.asIntN(bits, n) : n
}

function writeNarrow(
  operation: FieldOperation,
  value: Span,
  reply: Reply,
  grown: boolean,
): boolean {
  const { bits, offset, signed, code, overflow, operand } = operation
  const max = 2 ** (signed ? bits - 1 : bits) - 1
  const min = signed ? -max - 1 : 0
  const before = readNarrow(operation, value)
  const wanted = code === INCRBY ? before + operand : operand
  let after = wanted
  if (wanted > max || wanted < min) {
    if (overflow === FAIL) {
      reply.nil()
      return false
    }
    after = overflow === SAT ? limit(operation, wanted > max, min, max) : wrap(operation, wanted)
  }
  writeField(value, offset, bits, after < 0 ? after + 2 ** bits : after)
  reply.integer(code === SET ? before : after)
  return grown || after !== before
}

/** The end of the field's range that a number beyond it is drawn to. */
function limit({ code, signed }: FieldOperation, above: boolean, min: number, max: number): number {
  // SET takes a negative number for an unsigned field as the huge one it is in two's complement.
  return above || (code === SET && !signed) ? max : min
}

function wrap({ bits, signed }: FieldOperation, n: number): number {
  const size = 2 ** bits
  const low = n - Math.floor(n / size) * size
  return signed && low >= size / 2 ? low - size : low
}

function writeWide(operation: FieldOperation, value: Span, reply: Reply, grown: boolean): boolean {
  const { bits, offset, signed, code, overflow, operand, bigOperand } = operation
  const max = (1n << BigInt(signed ? bits - 1 : bits)) - 1n
  const min = signed ? -max - 1n : 0n
  const before = readWide(operation, value)
  const given = Number.isNaN(operand) ? bigOperand : BigInt(operand)
  const wanted = code === INCRBY ? before + given : given
  let after = wanted
  if (wanted > max || wanted < min) {
    if (overflow === FAIL) {
      reply.nil()
      return false
    }
    // The reference's room up to the maximum wraps around below this, which SET alone can reach.
    const huge = code === SET && (!signed || wanted < max - INT64_MAX)
    const above = wanted > max || huge
    if (overflow === SAT) after = above ? max : min
    else after = signed ? BigInt.asIntN(bits, wanted) : BigInt.asUintN(bits, wanted)
  }
  writeWideField(value, offset, bits, after)
  reply.int64(code === SET ? before : after)
  return grown || after !== before
}
