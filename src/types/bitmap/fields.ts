// fields.ts: integers of 1 to 64 bits at any bit of a string, as BITFIELD sees them: big-endian,
// bit 0 being the highest one of the first byte.
//
// Up to FIELD_BITS_MAX bits a field is a plain number, which is exact with the seven bits that may
// have to be read beside it. Wider ones are put together of two such fields.

import type { Span } from '../../bytes/memory/span.ts'

/** The widest field that `readField` and `writeField` take, in bits. */
export const FIELD_BITS_MAX = 45

/** An unsigned field; what lies behind the end of the bytes reads as zero. */
export function readField(value: Span, offset: number, bits: number): number {
  const { bytes, end } = value
  const first = value.start + Math.floor(offset / 8)
  const skipped = offset % 8
  const count = (skipped + bits + 7) >> 3
  let n = 0
  for (let at = first; at < first + count; at++) {
    let byte = at < end ? bytes[at]! : 0
    if (at === first) byte &= 0xff >> skipped
    n = n * 256 + byte
  }
  return Math.floor(n / 2 ** (count * 8 - skipped - bits))
}

/** Writes the lowest `bits` bits of `n`, which is not negative; the bytes are there. */
export function writeField(value: Span, offset: number, bits: number, n: number): void {
  const { bytes } = value
  const end = offset + bits
  let at = value.start + Math.floor((end - 1) / 8)
  let low = 7 - ((end - 1) % 8)
  let rest = n
  for (let left = bits; left > 0; at--) {
    const taken = Math.min(8 - low, left)
    const mask = (1 << taken) - 1
    bytes[at] = (bytes[at]! & ~(mask << low)) | ((rest % (1 << taken)) << low)
    rest = Math.floor(rest / (1 << taken))
    left -= taken
    low = 0
  }
}

/** An unsigned field of any width. */
export function readWideField(value: Span, offset: number, bits: number): bigint {
  if (bits <= FIELD_BITS_MAX) return BigInt(readField(value, offset, bits))
  const high = readField(value, offset, bits - 32)
  const low = readField(value, offset + bits - 32, 32)
  return (BigInt(high) << 32n) | BigInt(low)
}

/** Writes the lowest `bits` bits of `n`, which may be negative; any width. */
export function writeWideField(value: Span, offset: number, bits: number, n: bigint): void {
  const unsigned = BigInt.asUintN(bits, n)
  if (bits <= FIELD_BITS_MAX) {
    writeField(value, offset, bits, Number(unsigned))
    return
  }
  writeField(value, offset, bits - 32, Number(unsigned >> 32n))
  writeField(value, offset + bits - 32, 32, Number(unsigned & 0xffffffffn))
}
