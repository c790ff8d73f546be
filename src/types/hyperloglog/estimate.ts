// estimate.ts: from registers to a count, by Ertl's estimator ("New cardinality estimation
// algorithms for HyperLogLog sketches", arXiv 1702.01284). Its sums are done in the same order as
// in the reference, so that every bit of the result is the same.

import type { Span } from '../../bytes/memory/span.ts'
import { countDense } from './dense.ts'
import { HEADER_BYTES, HISTOGRAMS, isSparse, REGISTERS, VALUES } from './layout.ts'
import { countSparse } from './sparse.ts'

/** Bits of a hash that the run is taken of: the highest value of a register is one more. */
const RUN_BITS = 50
/** 0.5 / ln(2): what a count of infinitely many registers would be corrected by. */
const ALPHA = 0.7213475204444817

// Registers are counted in four histograms, which are summed up: equal registers stand together,
// and a count that was written just before is slow to read again.
const histogram = new Int32Array(HISTOGRAMS * VALUES)

/** The estimate for a HyperLogLog; -1 where it is inconsistent. */
export function estimateOf({ bytes, start, end }: Span): number {
  histogram.fill(0)
  const registers = start + HEADER_BYTES
  if (!isSparse(bytes, start)) countDense(bytes, registers, histogram)
  else if (!countSparse(bytes, registers, end, histogram)) return -1
  return estimate()
}

/** The estimate for registers of a byte each. */
export function estimateOfRegisters(registers: Uint8Array): number {
  histogram.fill(0)
  for (let i = 0; i < REGISTERS; i += HISTOGRAMS) {
    histogram[registers[i]!]!++
    histogram[VALUES + registers[i + 1]!]!++
    histogram[2 * VALUES + registers[i + 2]!]!++
    histogram[3 * VALUES + registers[i + 3]!]!++
  }
  return estimate()
}

function estimate(): number {
  const m = REGISTERS
  for (let i = VALUES; i < histogram.length; i++) histogram[i % VALUES]! += histogram[i]!
  let z = m * tau((m - histogram[RUN_BITS + 1]!) / m)
  for (let i = RUN_BITS; i >= 1; i--) {
    z += histogram[i]!
    z *= 0.5
  }
  z += m * sigma(histogram[0]! / m)
  return Math.round((ALPHA * m * m) / z)
}

function sigma(portion: number): number {
  if (portion === 1) return Infinity
  let x = portion
  let y = 1
  let z = x
  let before: number
  do {
    x *= x
    before = z
    z += x * y
    y += y
  } while (before !== z)
  return z
}

function tau(portion: number): number {
  if (portion === 0 || portion === 1) return 0
  let x = portion
  let y = 1
  let z = 1 - x
  let before: number
  do {
    x = Math.sqrt(x)
    before = z
    y *= 0.5
    z -= (1 - x) * (1 - x) * y
  } while (before !== z)
  return z / 3
}
