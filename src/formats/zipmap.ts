// zipmap.ts: the packed hashes of RDB files before Redis 2.6. They are read and never written.
//
//   ┌ fields u8 ┬ pair … ┬ 0xff ┐
//   pair = ┌ length ┬ field ┬ length ┬ unused bytes u8 ┬ value ┬ the unused bytes ┐
//   length = one byte below 254, or 0xfe and u32 LE
//
// The begin says 254 where there are as many fields or more.

import { Span } from '../bytes/memory/span.ts'

const END = 0xff
const BIG_LENGTH = 254
const INVALID = -1

/** The reading of one map, reused from one to the next. */
const field = new Span()
const value = new Span()

/**
 * Visits the pairs in order, and checks every length of the map on the way.
 * @param visit takes a field and its value; loans until the next pair. False ends the reading.
 * @returns the number of pairs; -1 when this is no consistent zipmap, or `visit` ended it. The
 * reference takes an empty map for damaged, so that there are always some.
 */
export function readZipmap(map: Span, visit: (field: Span, value: Span) => boolean): number {
  const { bytes, start, end } = map
  const last = end - 1
  if (last - start < 1 || bytes[last] !== END) return INVALID
  let at = start + 1
  let count = 0
  while (bytes[at] !== END) {
    at = readPart(bytes, at, last, false)
    if (at < 0) return INVALID
    at = readPart(bytes, at, last, true)
    if (at < 0 || !visit(field, value)) return INVALID
    count++
  }
  // What lies behind the first end mark is nobody's, and the reference lets it be there.
  if (count === 0) return INVALID
  return bytes[start] === BIG_LENGTH || bytes[start] === count ? count : INVALID
}

/**
 * Points `field`, or `value`, at the part that begins at `at`.
 * @param last where the end mark of the map stands: nothing reaches beyond it
 * @returns where the next part begins, -1 when this one is damaged
 */
function readPart(bytes: Uint8Array, at: number, last: number, isValue: boolean): number {
  const isLong = bytes[at] >= BIG_LENGTH
  let data = isLong ? at + 5 : at + 1
  if (data > last) return INVALID
  const length = isLong ? readUint32(bytes, at + 1) : bytes[at]
  // The reference reads a short length in the long form as if it were in the short one.
  if (isLong && length < BIG_LENGTH) return INVALID
  const unused = isValue ? bytes[data++] : 0
  const end = data + length
  if (end + unused > last) return INVALID
  const part = isValue ? value : field
  part.set(bytes, data, end)
  return end + unused
}

function readUint32(bytes: Uint8Array, at: number): number {
  const low = bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16)
  return low + bytes[at + 3] * 2 ** 24
}
