// lzf.ts: the LZF compression of RDB strings (Marc Lehmann's LibLZF format).
//
//   000LLLLL               L + 1 literal bytes follow
//   LLLooooo oooooooo      repeat L + 2 bytes (L = 1 to 6) from `o` + 1 bytes back
//   111ooooo LLLLLLLL oooooooo      the same with L + 9 bytes, up to 264
//
// The compressor decides as the reference's does (same hash, same table size, same matches), so a
// DUMP of a compressible string is the same bytes on both sides.

import type { Span } from '../bytes/memory/span.ts'

const LITERALS_MAX = 32
const OFFSET_MAX = 8192
const MATCH_MAX = 264
const HASH_BITS = 16
const HASH_MASK = (1 << HASH_BITS) - 1

/** A string of `n` compressed bytes never unpacks to more than `n` times this. */
export const LZF_RATIO_MAX = 88

// Where each hash was last seen, as position + epoch. Raising the epoch by the input's length
// forgets everything at once; clearing 256 KiB per string would cost more than compressing it.
const seen = new Int32Array(1 << HASH_BITS)
let epoch = 1

/**
 * Compresses bytes into `target`, never across `limit`.
 *
 * @returns the offset behind the compressed form, or 0 when it did not fit.
 */
export function lzfCompress(input: Span, target: Uint8Array, at: number, limit: number): number {
  const { bytes: source, start, end } = input
  const length = end - start
  if (length === 0 || limit <= at) return 0
  const base = beginEpoch(length) - start
  let p = start
  // A run of literals is preceded by its length, filled in when the run ends.
  let run = at
  let out = at + 1
  while (p < end - 2) {
    const slot = hash(source, p)
    const match = seen[slot] - base
    seen[slot] = p + base
    if (!isMatch(source, match, p, start)) {
      if (out >= limit) return 0
      target[out++] = source[p++]
      if (out - run > LITERALS_MAX) run = endRun(target, run, out++)
      continue
    }
    const emptyRun = out - run === 1
    if (out - (emptyRun ? 1 : 0) + 4 >= limit) return 0
    out = emptyRun ? run : endRun(target, run, out)
    const matched = matchLength(source, match, p, end)
    out = writeMatch(target, out, matched, p - match - 1)
    run = out++
    p += matched
    if (p >= end - 2) break
    // Two of the bytes passed over are remembered: a compromise between speed and matches.
    seen[hash(source, p - 2)] = p - 2 + base
    seen[hash(source, p - 1)] = p - 1 + base
  }
  if (out + 3 > limit) return 0
  while (p < end) {
    target[out++] = source[p++]
    if (out - run > LITERALS_MAX) run = endRun(target, run, out++)
  }
  return out - run === 1 ? run : endRun(target, run, out)
}

// Makes all remembered positions older than any of this input; returns what to add to offsets.
function beginEpoch(length: number): number {
  if (epoch + length > 0x7fff0000) {
    seen.fill(0)
    epoch = 1
  }
  const base = epoch
  epoch += length
  return base
}

function hash(source: Uint8Array, p: number): number {
  const three = (source[p] << 16) | (source[p + 1] << 8) | source[p + 2]
  return ((three >> (24 - HASH_BITS)) - three * 5) & HASH_MASK
}

// The first byte of the input is never a match: the reference takes its address for "unset".
function isMatch(source: Uint8Array, match: number, p: number, start: number): boolean {
  return (
    match > start &&
    p - match <= OFFSET_MAX &&
    source[match] === source[p] &&
    source[match + 1] === source[p + 1] &&
    source[match + 2] === source[p + 2]
  )
}

// At least 3. Matches stop two bytes before the end, except that short rests may be used up.
function matchLength(source: Uint8Array, match: number, p: number, end: number): number {
  const room = Math.min(end - p - 2, MATCH_MAX)
  const most = room > 16 ? Math.max(room, 19) : Math.max(room, 3)
  let length = 3
  while (length < most && source[match + length] === source[p + length]) length++
  return length
}

function writeMatch(target: Uint8Array, at: number, length: number, offset: number): number {
  const code = length - 2
  if (code < 7) {
    target[at++] = (code << 5) | (offset >> 8)
  } else {
    target[at++] = (7 << 5) | (offset >> 8)
    target[at++] = code - 7
  }
  target[at++] = offset & 255
  return at
}

// Closes the run that ends at `out`; the next run's length byte is there.
function endRun(target: Uint8Array, run: number, out: number): number {
  target[run] = out - run - 2
  return out
}

/**
 * Unpacks LZF data that must fill exactly `target` from `at` to `limit`.
 *
 * @returns whether it did; corrupt input never reads or writes outside the two ranges.
 */
export function lzfDecompress(input: Span, target: Uint8Array, at: number, limit: number): boolean {
  const { bytes: source, end } = input
  let p = input.start
  let out = at
  while (p < end) {
    const control = source[p++]
    if (control < LITERALS_MAX) {
      const count = control + 1
      if (out + count > limit || p + count > end) return false
      for (let i = 0; i < count; i++) target[out++] = source[p++]
      continue
    }
    let length = (control >> 5) + 2
    if (p >= end) return false
    if (length === 9) {
      length += source[p++]
      if (p >= end) return false
    }
    let from = out - ((control & 31) << 8) - 1 - source[p++]
    if (from < at || out + length > limit) return false
    // Byte by byte: a match may reach into what it writes, which repeats a pattern.
    for (let i = 0; i < length; i++) target[out++] = target[from++]
  }
  return out === limit
}
