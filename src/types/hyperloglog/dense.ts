// dense.ts: registers of six bits each, packed:
//
//   byte      0        1        2        3
//          11000000 22221111 33333322 55444444      the digit says whose bit it is
//
// All functions take the place where the registers begin, behind the header.

import { REGISTER_MAX, REGISTERS, VALUES } from './layout.ts'

export function readRegister(bytes: Uint8Array, start: number, index: number): number {
  const bit = index * 6
  const at = start + (bit >>> 3)
  const shift = bit & 7
  // Above two bits of shift a register goes on in the next byte, which the last one has not.
  const pair = shift > 2 ? bytes[at]! | (bytes[at + 1]! << 8) : bytes[at]!
  return (pair >>> shift) & REGISTER_MAX
}

export function writeRegister(
  bytes: Uint8Array,
  start: number,
  index: number,
  value: number,
): void {
  const bit = index * 6
  const at = start + (bit >>> 3)
  const shift = bit & 7
  bytes[at] = (bytes[at]! & ~(REGISTER_MAX << shift)) | (value << shift)
  if (shift <= 2) return
  bytes[at + 1] = (bytes[at + 1]! & ~(REGISTER_MAX >>> (8 - shift))) | (value >>> (8 - shift))
}

/** Raises a register to `value`; false where it is as high already. */
export function raiseRegister(
  bytes: Uint8Array,
  start: number,
  index: number,
  value: number,
): boolean {
  if (readRegister(bytes, start, index) >= value) return false
  writeRegister(bytes, start, index, value)
  return true
}

/** Writes all registers, which are given as a byte each. */
export function writeRegisters(bytes: Uint8Array, start: number, registers: Uint8Array): void {
  let at = start
  for (let i = 0; i < REGISTERS; i += 4, at += 3) {
    const low = registers[i]! | (registers[i + 1]! << 6)
    const four = low | (registers[i + 2]! << 12) | (registers[i + 3]! << 18)
    bytes[at] = four
    bytes[at + 1] = four >>> 8
    bytes[at + 2] = four >>> 16
  }
}

/** Adds to four histograms in turn how many registers have each value. */
export function countDense(bytes: Uint8Array, start: number, histogram: Int32Array): void {
  const end = start + (REGISTERS / 4) * 3
  for (let at = start; at < end; at += 3) {
    const four = bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16)
    histogram[four & REGISTER_MAX]!++
    histogram[VALUES + ((four >>> 6) & REGISTER_MAX)]!++
    histogram[2 * VALUES + ((four >>> 12) & REGISTER_MAX)]!++
    histogram[3 * VALUES + (four >>> 18)]!++
  }
}

/** Raises every one of `registers`, a byte each, to what it is here. */
export function mergeDense(bytes: Uint8Array, start: number, registers: Uint8Array): void {
  let at = start
  for (let i = 0; i < REGISTERS; i += 4, at += 3) {
    const four = bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16)
    if (four === 0) continue
    raise(registers, i, four & REGISTER_MAX)
    raise(registers, i + 1, (four >>> 6) & REGISTER_MAX)
    raise(registers, i + 2, (four >>> 12) & REGISTER_MAX)
    raise(registers, i + 3, four >>> 18)
  }
}

function raise(registers: Uint8Array, i: number, value: number): void {
  if (registers[i]! < value) registers[i] = value
}
