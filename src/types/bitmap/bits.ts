// bits.ts: counting and finding bits in bytes. Bit 0 is the highest one of the first byte.
//
// Both walk 32 bits at a time over the aligned middle of the bytes. On a string of 512 MiB bit
// positions pass 2^32: they are plain numbers and are never shifted.

import type { Span } from '../../bytes/memory/span.ts'

/** Below this many bytes a view of words costs more than it saves. */
const WORDS_MIN = 32
/** Words of a block: it stays in the nearest cache of the processor. */
const BLOCK = 4096
/** Words of one line of that cache. */
const LINE = 16

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
    let i = equalBlocks(words, wanted)
    while (i < words.length && words[i] === wanted) i++
    at = first + i * 4
  }
  while (at < end && bytes[at] === value) at++
  return at
}

/**
 * Words from the first one on that are `wanted`: as many as are found by looking at whole blocks.
 *
 * First one word of each line of the processor's cache is looked at: the lines then come from
 * memory side by side. A walk alone waits for one after the other, three times as long.
 */
function equalBlocks(w: Int32Array, wanted: number): number {
  let from = 0
  for (let to = BLOCK; to <= w.length; to += BLOCK) {
    let other = 0
    for (let i = from; i < to; i += LINE) other |= w[i]! ^ wanted
    if (other !== 0) break
    for (let i = from; i < to; i += 4) {
      other |= (w[i]! ^ wanted) | (w[i + 1]! ^ wanted) | (w[i + 2]! ^ wanted) | (w[i + 3]! ^ wanted)
    }
    if (other !== 0) break
    from = to
  }
  return from
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

/**
 * Words are added like the digits of one number for each bit: `one`, `two` and `four` hold what
 * has not been carried on, and of eight words only the carry to the eights is counted (Harley and
 * Seal). The eight come from eight parts, whose memory the processor fetches side by side.
 */
function countWords(w: Int32Array): number {
  const n = w.length >>> 3
  let count = 0
  let one = 0
  let two = 0
  let four = 0
  for (let i = 0; i < n; i++) {
    let x = w[i]!
    let y = w[i + n]!
    const a = (x & y) | ((x ^ y) & one)
    one ^= x ^ y
    x = w[i + 2 * n]!
    y = w[i + 3 * n]!
    const b = (x & y) | ((x ^ y) & one)
    one ^= x ^ y
    x = w[i + 4 * n]!
    y = w[i + 5 * n]!
    const c = (x & y) | ((x ^ y) & one)
    one ^= x ^ y
    x = w[i + 6 * n]!
    y = w[i + 7 * n]!
    const d = (x & y) | ((x ^ y) & one)
    one ^= x ^ y
    const e = (a & b) | ((a ^ b) & two)
    two ^= a ^ b
    const f = (c & d) | ((c ^ d) & two)
    two ^= c ^ d
    count = (count + ones((e & f) | ((e ^ f) & four))) | 0
    four ^= e ^ f
  }
  count = count * 8 + 4 * ones(four) + 2 * ones(two) + ones(one)
  for (let i = n * 8; i < w.length; i++) count += ones(w[i]!)
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
