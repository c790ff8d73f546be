// glob.ts: glob patterns over bytes, with the reference's meaning of every odd corner.
//
//   *  any bytes, none included      ?  one byte      \x  x itself
//   [abc]  one of these      [^abc]  none of these      [a-z]  a range, in either order
//
// Odd but relied upon: in ranges, bytes above 127 sort below 0, as C's signed char does; a class
// that is not closed ends with the pattern; in a class '\' makes the comparison exact even without
// regard to case, and a range folds its ends only after it has put them in order; the end of a
// range may be ']'; and an empty text matches the empty pattern only, not '*'.
//
// Time is at most pattern times text. All but a star consume one byte each, so once a star's rest
// has failed from every later byte, an earlier star cannot help: it could only offer fewer bytes.

import type { Span } from '../memory/span.ts'

const STAR = 0x2a
const DASH = 0x2d
const QUESTION = 0x3f
const OPEN = 0x5b
const BACKSLASH = 0x5c
const CLOSE = 0x5d
const CARET = 0x5e

// The reference recurses once for a star that something follows, and gives up below this depth.
const STARS_MAX = 1000

/**
 * Whether the pattern matches the whole text, as in KEYS, SCAN MATCH or CONFIG GET.
 *
 * @param nocase compares ASCII letters without regard to case.
 */
export function globMatches(pattern: Span, text: Span, nocase: boolean): boolean {
  const { bytes, end } = pattern
  let p = pattern.start
  let t = text.start
  if (t === text.end) return p === end
  let resumePattern = -1
  let resumeText = t
  let stars = 0
  for (;;) {
    if (p < end && bytes[p] === STAR) {
      p = skipStars(bytes, p, end)
      if (p === end) return true
      if (++stars > STARS_MAX) return false
      resumePattern = p
      resumeText = t
      continue
    }
    const next = p < end ? matchOne(bytes, p, end, text.bytes[t], nocase) : -1
    if (next >= 0) {
      p = next
      if (++t < text.end) continue
      return skipStars(bytes, p, end) === end
    }
    if (resumePattern < 0) return false
    p = resumePattern
    t = ++resumeText
    if (t === text.end) return false
  }
}

function skipStars(pattern: Uint8Array, start: number, end: number): number {
  let p = start
  while (p < end && pattern[p] === STAR) p++
  return p
}

// Matches the element at `p` with one byte: returns the offset behind the element, or -1.
function matchOne(
  pattern: Uint8Array,
  p: number,
  end: number,
  byte: number,
  nocase: boolean,
): number {
  let expected = pattern[p]
  if (expected === QUESTION) return p + 1
  if (expected === OPEN) return matchClass(pattern, p + 1, end, byte, nocase)
  // A backslash that ends the pattern stands for itself.
  if (expected === BACKSLASH && end - p >= 2) expected = pattern[++p]
  const same = expected === byte || (nocase && lower(expected) === lower(byte))
  return same ? p + 1 : -1
}

function matchClass(
  pattern: Uint8Array,
  start: number,
  end: number,
  byte: number,
  nocase: boolean,
): number {
  let p = start
  let found = false
  const negated = p < end && pattern[p] === CARET
  if (negated) p++
  for (; p < end && pattern[p] !== CLOSE; p++) {
    if (pattern[p] === BACKSLASH && end - p >= 2) {
      if (pattern[++p] === byte) found = true
    } else if (end - p >= 3 && pattern[p + 1] === DASH) {
      if (inRange(pattern[p], pattern[p + 2], byte, nocase)) found = true
      p += 2
    } else if (pattern[p] === byte || (nocase && lower(pattern[p]) === lower(byte))) {
      found = true
    }
  }
  if (found === negated) return -1
  return p < end ? p + 1 : end
}

function inRange(first: number, last: number, byte: number, nocase: boolean): boolean {
  const a = signed(first)
  const b = signed(last)
  let least = Math.min(a, b)
  let most = Math.max(a, b)
  let at = signed(byte)
  if (nocase) {
    least = lower(least)
    most = lower(most)
    at = lower(at)
  }
  return at >= least && at <= most
}

function signed(byte: number): number {
  return (byte << 24) >> 24
}

function lower(byte: number): number {
  return byte >= 0x41 && byte <= 0x5a ? byte + 32 : byte
}
