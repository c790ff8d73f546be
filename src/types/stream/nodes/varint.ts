// varint.ts: what the nodes of a stream are made of: integers in as many bytes as they need, and
// elements as listpacks have them, without their back length.
//
// A varint has seven bits a byte, the lowest first; the last byte is below 128.

import { listpackBytes } from '../../../bytes/packed/listpack.ts'

/** The longest varint, in bytes. */
export const VARINT_MAX = 10

const MORE = 0x80
const TEXT_6 = 0x80
const INT_13 = 0xc0
const TEXT_12 = 0xe0
const TEXT_32 = 0xf0
const INT_64 = 0xf4

/** The two words of the integer that `readVarint` read last. */
export const varint = { high: 0, low: 0 }

/** Reads an integer into `varint`; returns the offset behind it. */
export function readVarint(bytes: Uint8Array, at: number): number {
  let byte = bytes[at++]!
  let low = byte & 127
  let high = 0
  for (let shift = 7; byte >= MORE; shift += 7) {
    byte = bytes[at++]!
    const bits = byte & 127
    if (shift < 32) low |= bits << shift
    if (shift >= 32) high |= bits << (shift - 32)
    else if (shift > 25) high |= bits >>> (32 - shift)
  }
  varint.high = high
  varint.low = low
  return at
}

/** Writes an integer of two words; returns the offset behind it. */
export function writeVarint(target: Uint8Array, at: number, high: number, low: number): number {
  let upper = high
  let lower = low
  while (upper !== 0 || lower >>> 0 > 127) {
    target[at++] = (lower & 127) | MORE
    lower = (lower >>> 7) | (upper << 25)
    upper = upper >>> 7
  }
  target[at++] = lower
  return at
}

/** The offset behind an element. */
export function elementEnd(bytes: Uint8Array, at: number): number {
  const first = bytes[at]!
  if (first < TEXT_6) return at + 1
  if (first < INT_13) return at + 1 + (first & 63)
  if (first < TEXT_12) return at + 2
  if (first < TEXT_32) return at + 2 + (((first & 15) << 8) | bytes[at + 1]!)
  if (first === TEXT_32) return at + 5 + listpackBytes(bytes, at + 1)
  return at + (first === INT_64 ? 9 : first - TEXT_32 + 2)
}
