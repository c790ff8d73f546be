// sparse.ts: registers as runs, for the many HyperLogLogs that have seen few elements:
//
//   00nnnnnn              n + 1 registers (up to 64) are 0
//   01nnnnnn nnnnnnnn     n + 1 registers (up to 16384) are 0
//   1vvvvvnn              n + 1 registers (up to 4) are v + 1 (up to 32)
//
// A change splits one run into at most three; then runs of the same value near it are joined, as
// far as the reference looks, since clients read these bytes with GET and compare them.

import { HEADER_BYTES, invalidateCount, REGISTERS } from './layout.ts'

export const SPARSE_VALUE_MAX = 32
const VALUE_LENGTH_MAX = 4
const SHORT_ZEROS_MAX = 64
const VALUE = 0x80
const LONG_ZEROS = 0x40
/** How many runs are looked at after a change, to join them. */
const JOIN_STEPS = 5
/** How a run is split at most: two of long zeros with a value in between. */
const SPLIT_BYTES_MAX = 5
/** What a change adds to the length at most. */
export const GROWTH_MAX = SPLIT_BYTES_MAX - 1

// What setSparse did.
export const INCONSISTENT = -1
export const UNCHANGED = 0
export const CHANGED = 1
/** The change does not fit: the registers have to become dense. */
export const TOO_LARGE = 2

/** A sparse HyperLogLog with room behind its end for GROWTH_MAX bytes. */
export type SparseBytes = { readonly bytes: Uint8Array; length: number }

/** The run that covers a register. */
class Run {
  /** Where its opcode is. */
  at = 0
  /** Where the opcode before it is; the first one's own place. */
  before = 0
  /** Its first register. */
  first = 0
  /** How many registers it covers. */
  span = 0
}

const run = new Run()
/** Registers that an opcode of one byte covers; 0 for one of two. */
const SPANS = new Uint8Array(256)
for (let opcode = 0; opcode < 256; opcode++) {
  if (opcode >= VALUE) SPANS[opcode] = (opcode & 3) + 1
  else if (opcode < LONG_ZEROS) SPANS[opcode] = opcode + 1
}
const split = new Uint8Array(SPLIT_BYTES_MAX)

/** Writes registers that are all 0; returns the end. */
export function writeEmpty(bytes: Uint8Array, at: number): number {
  return writeZeros(bytes, at, REGISTERS)
}

function isLongZeros(opcode: number): boolean {
  return (opcode & 0xc0) === LONG_ZEROS
}

function valueIn(opcode: number): number {
  return ((opcode >>> 2) & 0x1f) + 1
}

/** Registers that the opcode at `at` covers; a missing second byte reads as 0. */
function spanAt(bytes: Uint8Array, at: number, end: number): number {
  const span = SPANS[bytes[at]!]!
  return span !== 0 ? span : longSpanAt(bytes, at, end)
}

function longSpanAt(bytes: Uint8Array, at: number, end: number): number {
  const low = at + 1 < end ? bytes[at + 1]! : 0
  return (((bytes[at]! & 0x3f) << 8) | low) + 1
}

/**
 * Raises a register to `value`, at most SPARSE_VALUE_MAX.
 * @param lengthMax the sketch must not become longer than that
 */
export function setSparse(
  sketch: SparseBytes,
  index: number,
  value: number,
  lengthMax: number,
): number {
  if (!findRun(sketch, index)) return INCONSISTENT
  const { bytes } = sketch
  const opcode = bytes[run.at]!
  if (opcode >= VALUE && valueIn(opcode) >= value) return UNCHANGED
  if (run.span === 1 && !isLongZeros(opcode)) writeValue(bytes, run.at, value, 1)
  else if (!replaceRun(sketch, index, value, lengthMax)) return TOO_LARGE
  joinValues(sketch, run.before)
  invalidateCount(bytes, 0)
  return CHANGED
}

/** Finds the run that covers a register; false where none does. */
function findRun({ bytes, length }: SparseBytes, index: number): boolean {
  let at = HEADER_BYTES
  let before = at
  let first = 0
  while (at < length) {
    let span = SPANS[bytes[at]!]!
    let size = 1
    if (span === 0) {
      span = longSpanAt(bytes, at, length)
      size = 2
    }
    if (index < first + span) {
      run.at = at
      run.before = before
      run.first = first
      run.span = span
      return true
    }
    before = at
    at += size
    first += span
  }
  return false
}

/** Puts the new register and what is left of the run around it in the run's place. */
function replaceRun(sketch: SparseBytes, index: number, value: number, lengthMax: number): boolean {
  const { bytes, length } = sketch
  const { at } = run
  const opcode = bytes[at]!
  let size = writeRest(0, opcode, index - run.first)
  size = writeValue(split, size, value, 1)
  size = writeRest(size, opcode, run.first + run.span - 1 - index)
  const oldSize = isLongZeros(opcode) ? 2 : 1
  const change = size - oldSize
  if (change > 0 && length + change > lengthMax) return false
  bytes.copyWithin(at + size, at + oldSize, length)
  for (let i = 0; i < size; i++) bytes[at + i] = split[i]!
  sketch.length = length + change
  return true
}

/** Appends `length` registers of a run that is being split; returns the end. */
function writeRest(at: number, opcode: number, length: number): number {
  if (length === 0) return at
  if (opcode >= VALUE) return writeValue(split, at, valueIn(opcode), length)
  return writeZeros(split, at, length)
}

function writeValue(bytes: Uint8Array, at: number, value: number, length: number): number {
  bytes[at] = VALUE | ((value - 1) << 2) | (length - 1)
  return at + 1
}

function writeZeros(bytes: Uint8Array, at: number, length: number): number {
  if (length <= SHORT_ZEROS_MAX) {
    bytes[at] = length - 1
    return at + 1
  }
  bytes[at] = LONG_ZEROS | ((length - 1) >>> 8)
  bytes[at + 1] = length - 1
  return at + 2
}

/** Joins runs of the same value, from the opcode at `from` on. */
function joinValues(sketch: SparseBytes, from: number): void {
  const { bytes } = sketch
  let at = from
  for (let steps = JOIN_STEPS; steps > 0 && at < sketch.length; steps--) {
    const opcode = bytes[at]!
    if (opcode < VALUE) at += isLongZeros(opcode) ? 2 : 1
    else if (canJoin(sketch, at)) {
      const length = (opcode & 3) + (bytes[at + 1]! & 3) + 2
      writeValue(bytes, at + 1, valueIn(opcode), length)
      bytes.copyWithin(at, at + 1, sketch.length)
      sketch.length--
    } else at++
  }
}

function canJoin({ bytes, length }: SparseBytes, at: number): boolean {
  if (at + 1 >= length) return false
  const opcode = bytes[at]!
  const next = bytes[at + 1]!
  if (next < VALUE || valueIn(next) !== valueIn(opcode)) return false
  return (opcode & 3) + (next & 3) + 2 <= VALUE_LENGTH_MAX
}

/**
 * Adds to the first histogram how many registers have each value.
 * @returns false where the runs do not cover exactly all registers
 */
export function countSparse(
  bytes: Uint8Array,
  start: number,
  end: number,
  histogram: Int32Array,
): boolean {
  let index = 0
  let at = start
  while (at < end) {
    const opcode = bytes[at]!
    const span = spanAt(bytes, at, end)
    if (index + span > REGISTERS) return false
    histogram[opcode >= VALUE ? valueIn(opcode) : 0]! += span
    index += span
    at += isLongZeros(opcode) ? 2 : 1
  }
  return index === REGISTERS
}

/**
 * Raises every one of `registers`, a byte each, to what it is here.
 * @returns false where the runs do not cover exactly all registers
 */
export function mergeSparse(
  bytes: Uint8Array,
  start: number,
  end: number,
  registers: Uint8Array,
): boolean {
  let index = 0
  let at = start
  while (at < end) {
    const opcode = bytes[at]!
    const next = index + spanAt(bytes, at, end)
    if (next > REGISTERS) return false
    const value = opcode >= VALUE ? valueIn(opcode) : 0
    while (value > 0 && index < next) raise(registers, index++, value)
    index = next
    at += isLongZeros(opcode) ? 2 : 1
  }
  return index === REGISTERS
}

function raise(registers: Uint8Array, index: number, value: number): void {
  if (registers[index]! < value) registers[index] = value
}

/** The runs as PFDEBUG DECODE shows them: 'z:5 v:2,1 Z:16378'. */
export function describeRuns(bytes: Uint8Array, start: number, end: number): string {
  const words: string[] = []
  let at = start
  while (at < end) {
    const opcode = bytes[at]!
    const span = spanAt(bytes, at, end)
    if (opcode >= VALUE) words.push(`v:${valueIn(opcode)},${span}`)
    else words.push(`${isLongZeros(opcode) ? 'Z' : 'z'}:${span}`)
    at += isLongZeros(opcode) ? 2 : 1
  }
  return words.join(' ')
}
