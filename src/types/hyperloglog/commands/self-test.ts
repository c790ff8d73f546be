// self-test.ts: PFSELFTEST: writes and reads back registers, and adds ten million elements to see
// that sparse and dense registers agree and that the error stays within bounds.

import { Span } from '../../../bytes/memory/span.ts'
import { defineCommand } from '../../../engine/command/command.ts'
import type { Random } from '../../../engine/contract/random.ts'
import type { Context } from '../../../engine/dispatch/context.ts'
import { raiseRegister, readRegister, writeRegister } from '../dense.ts'
import { INDEX_BITS, registerOf } from '../element-hash.ts'
import { errors } from '../errors.ts'
import { estimateOf } from '../estimate.ts'
import {
  DENSE,
  DENSE_BYTES,
  HEADER_BYTES,
  REGISTER_MAX,
  REGISTERS,
  writeHeader,
} from '../layout.ts'
import { hyperLogLogLimits } from '../limits.ts'
import { Sketch } from '../sketch.ts'

const CYCLES = 1000
const ELEMENTS = 10_000_000
/** The standard error of an estimate from so many registers. */
const STANDARD_ERROR = 1.04 / Math.sqrt(REGISTERS)
/** How many standard errors are taken for a fault. */
const ERRORS_MAX = 6

const pfselftest = defineCommand({
  name: 'PFSELFTEST',
  group: 'hyperloglog',
  since: '2.8.9',
  summary: 'Checks the HyperLogLog code against itself.',
  complexity: 'depends on the build',
  flags: ['admin'],
  system: true,
  run(ctx, _args, reply) {
    testRegisters(ctx.engine.random)
    testEstimates(ctx)
    reply.ok()
  },
})

function testRegisters(random: Random): void {
  const packed = new Uint8Array(DENSE_BYTES)
  const plain = new Uint8Array(REGISTERS)
  for (let cycle = 0; cycle < CYCLES; cycle++) {
    for (let i = 0; i < REGISTERS; i++) {
      const value = random.below(REGISTER_MAX + 1)
      plain[i] = value
      writeRegister(packed, HEADER_BYTES, i, value)
    }
    for (let i = 0; i < REGISTERS; i++) {
      const value = readRegister(packed, HEADER_BYTES, i)
      if (value !== plain[i]) throw errors.hyperLogLogRegister(i, plain[i]!, value)
    }
  }
}

function testEstimates(ctx: Context): void {
  const sparseMax = ctx.engine.limits.of(hyperLogLogLimits).sparse
  const dense = new Span(new Uint8Array(DENSE_BYTES))
  writeHeader(dense.bytes, 0, DENSE)
  const sketch = new Sketch()
  sketch.clear()
  const element = new Uint32Array(2)
  const bytes = new Uint8Array(element.buffer)
  const seed = ctx.engine.random.below(2 ** 32)
  element[1] = ctx.engine.random.below(2 ** 32)
  let checkpoint = 1
  for (let i = 1; i <= ELEMENTS; i++) {
    element[0] = i ^ seed
    const place = registerOf(bytes, 0, bytes.length)
    const index = place & (REGISTERS - 1)
    raiseRegister(dense.bytes, HEADER_BYTES, index, place >>> INDEX_BITS)
    sketch.raise(index, place >>> INDEX_BITS, sparseMax)
    if (i !== checkpoint) continue
    if (i < sparseMax / 2 && !sketch.sparse) throw errors.hyperLogLogNeverSparse
    expectEstimate(i, estimateOf(dense), estimateOf(sketch.value))
    checkpoint *= 10
  }
}

function expectEstimate(count: number, dense: number, sparse: number): void {
  if (dense !== sparse) throw errors.hyperLogLogDisagreement
  const error = Math.abs(count - dense)
  // Of ten elements two may well meet in one register.
  const errorMax = count === 10 ? 1 : Math.ceil(STANDARD_ERROR * ERRORS_MAX * count)
  if (error > errorMax) throw errors.hyperLogLogError(count, error)
}

export const selfTestCommands = [pfselftest]
