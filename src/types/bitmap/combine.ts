// combine.ts: strings combined bit by bit, 32 bits at a time. A shorter string counts as followed
// by zeros.

import type { Span } from '../../bytes/span.ts'

export const AND = 0
export const OR = 1
export const XOR = 2
export const NOT = 3
/** Bits of the first string that no other one has. */
export const DIFF = 4
/** Bits of the others that the first one does not have. */
export const DIFF1 = 5
/** Bits of the first string that one of the others has too. */
export const ANDOR = 6
/** Bits that exactly one string has. */
export const ONE = 7

/** What one string does to the words that came together, besides AND, OR and XOR. */
const AND_NOT = -1

/**
 * Combines strings.
 * @param sources NOT takes one string, DIFF, DIFF1 and ANDOR two or more, the others one or more
 * @param length the length of the longest, at least 1
 * @returns bytes of that length, nobody else's
 */
export function combine(operation: number, sources: readonly Span[], length: number): Uint8Array {
  const result = new Int32Array((length + 3) >>> 2)
  const first = sources[0]!
  switch (operation) {
    case NOT:
      merge(OR, result, first)
      invert(result, length)
      break
    case ONE:
      countOnce(result, sources)
      break
    case DIFF1:
      mergeRest(OR, result, sources)
      merge(AND_NOT, result, first)
      break
    case ANDOR:
      mergeRest(OR, result, sources)
      merge(AND, result, first)
      break
    default:
      merge(OR, result, first)
      mergeRest(operation === DIFF ? AND_NOT : operation, result, sources)
  }
  return new Uint8Array(result.buffer, 0, length)
}

function mergeRest(operation: number, target: Int32Array, sources: readonly Span[]): void {
  for (let i = 1; i < sources.length; i++) merge(operation, target, sources[i]!)
}

function merge(operation: number, target: Int32Array, source: Span): void {
  const words = wordsOf(source)
  const n = words.length
  if (operation === AND) for (let i = 0; i < n; i++) target[i]! &= words[i]!
  else if (operation === OR) for (let i = 0; i < n; i++) target[i]! |= words[i]!
  else if (operation === XOR) for (let i = 0; i < n; i++) target[i]! ^= words[i]!
  else for (let i = 0; i < n; i++) target[i]! &= ~words[i]!
  if (n === target.length) return
  const last = lastWord(source)
  if (operation === OR) target[n]! |= last
  else if (operation === XOR) target[n]! ^= last
  else if (operation === AND_NOT) target[n]! &= ~last
  else {
    target[n]! &= last
    target.fill(0, n + 1)
  }
}

function invert(target: Int32Array, length: number): void {
  for (let i = 0; i < target.length; i++) target[i] = ~target[i]!
  // The bytes behind the end stay zero, as in every block that may grow.
  const used = length & 3
  if (used !== 0) target[target.length - 1]! &= (1 << (used * 8)) - 1
}

function countOnce(once: Int32Array, sources: readonly Span[]): void {
  const twice = new Int32Array(once.length)
  for (const source of sources) {
    const words = wordsOf(source)
    const n = words.length
    for (let i = 0; i < n; i++) {
      twice[i]! |= once[i]! & words[i]!
      once[i]! |= words[i]!
    }
    if (n === once.length) continue
    const last = lastWord(source)
    twice[n]! |= once[n]! & last
    once[n]! |= last
  }
  for (let i = 0; i < once.length; i++) once[i]! &= ~twice[i]!
}

/** The whole words of a string; a string that lies unaligned, in its entry, is copied. */
function wordsOf({ bytes, start, end }: Span): Int32Array {
  const begin = bytes.byteOffset + start
  const count = (end - start) >>> 2
  if ((begin & 3) === 0) return new Int32Array(bytes.buffer, begin, count)
  return new Int32Array(bytes.buffer.slice(begin, begin + count * 4))
}

/** The bytes behind the whole words, as a word; 0 where there are none. */
function lastWord({ bytes, start, end }: Span): number {
  let word = 0
  for (let at = end - 1; at >= end - ((end - start) & 3); at--) word = (word << 8) | bytes[at]!
  return word
}
