// bits.ts: counting and finding bits in bytes. Bit 0 is the highest one of the first byte.
//
// Both walk 32 bits at a time over the aligned middle of the bytes. On a string of 512 MiB bit
// positions pass 2^32: they are plain numbers and are never shifted.

import type { Span } from '../../bytes/memory/span.ts'

/** Below this many bytes a view of words costs more than it saves. */
const WORDS_MIN = 32

/** Bits `from` to `to`, both inclusive; empty where `from` is above `to`. */
export type BitRange = { readonly from: number; readonly to: number }

/** Counts the set bits of a range, which is not empty. */
export function countBits({ bytes, start }: Span, { from, to }: BitRange): number {
  const first = start + Math.floor(from / 8)
  const last = start + Math.floor(to / 8)
  const head = bytes[first]! & (0xff >> (from % 8))
  const tailMask = 0xff << (7 - (to % 8))
  if (first === last) return ones(head & tailMask)
  return ones(head) + countBytes(bytes, first + 1, last) + ones(bytes[last]! & tailMask & 0xff)
}

/**
 * The first bit of a range, which is not empty, that is `bit` (0 or 1).
 * @returns its position; -1 where there is none
 */
export function findBit({ bytes, start }: Span, { from, to }: BitRange, bit: number): number {
  // What is not looked for reads as a zero byte, whichever bit it is.
  const flip = bit === 1 ? 0 : 0xff
  const last = start + Math.floor(to / 8)
  const tailMask = 0xff << (7 - (to % 8))
  let at = start + Math.floor(from / 8)
  let mask = 0xff >> (from % 8)
  for (;;) {
    if (at === last) mask &= tailMask
    const byte = (bytes[at]! ^ flip) & mask
    if (byte !== 0) return (at - start) * 8 + Math.clz32(byte) - 24
    if (at === last) return -1
    at = skip(bytes, at + 1, last, flip)
    mask = 0xff
  }
}

/** The first offset from `at` on at which there is another byte than `value`; `end` at most. */
function skip(bytes: Uint8Array, at: number, end: number, value: number): number {
  const words = wordsBetween(bytes, at, end)
  if (words !== undefined) {
    const first = words.byteOffset - bytes.byteOffset
    while (at < first && bytes[at] === value) at++
    if (at < first) return at
    const wanted = value === 0 ? 0 : -1
    let i = 0
    while (i < words.length && words[i] === wanted) i++
    at = first + i * 4
  }
  while (at < end && bytes[at] === value) at++
  return at
}

function countBytes(bytes: Uint8Array, start: number, end: number): number {
  const words = wordsBetween(bytes, start, end)
  let count = 0
  let at = start
  if (words !== undefined) {
    const first = words.byteOffset - bytes.byteOffset
    while (at < first) count += ones(bytes[at++]!)
    count += countWords(words)
    at += words.byteLength
  }
  while (at < end) count += ones(bytes[at++]!)
  return count
}

function countWords(words: Int32Array): number {
  let count = 0
  let i = 0
  for (; i + 4 <= words.length; i += 4) {
    // Four words are summed in nibbles and bytes before their sums are drawn together.
    const a = pairs(words[i]!) + pairs(words[i + 1]!)
    const b = pairs(words[i + 2]!) + pairs(words[i + 3]!)
    const sum =
      (a & 0x0f0f0f0f) + ((a >>> 4) & 0x0f0f0f0f) + (b & 0x0f0f0f0f) + ((b >>> 4) & 0x0f0f0f0f)
    count += Math.imul(sum, 0x01010101) >>> 24
  }
  for (; i < words.length; i++) count += ones(words[i]!)
  return count
}

/** How many bits are set in each nibble. */
function pairs(word: number): number {
  const twos = word - ((word >>> 1) & 0x55555555)
  return (twos & 0x33333333) + ((twos >>> 2) & 0x33333333)
}

function ones(word: number): number {
  const fours = pairs(word)
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}

/** The aligned words that lie between two offsets; undefined where a loop over bytes is as fast. */
function wordsBetween(bytes: Uint8Array, start: number, end: number): Int32Array | undefined {
  if (end - start < WORDS_MIN) return undefined
  const begin = bytes.byteOffset + start
  const aligned = (begin + 3) & ~3
  return new Int32Array(bytes.buffer, aligned, (end - start - (aligned - begin)) >> 2)
}
