// combine.ts: strings combined bit by bit, 32 bits at a time. A shorter string counts as followed
// by zeros.
//
// The result is made block by block, each of them from all strings: it is read and written while
// it lies in the processor's cache, whatever the number of strings.

import type { Span } from '../../bytes/memory/span.ts'

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

const BLOCK_WORDS = 4096

/**
 * Combines strings.
 * @param strings NOT takes one, DIFF, DIFF1 and ANDOR two or more, the others one or more
 * @param length the length of the longest, at least 1
 * @returns bytes of that length, nobody else's
 */
export function combine(operation: number, strings: readonly Span[], length: number): Uint8Array {
  // Of two strings the bits that one of them has are the bits in which they differ.
  const simple = operation === ONE && strings.length === 2 ? XOR : operation
  const { result } = new Combination(simple, strings, length)
  // The bytes behind the end stay zero, as in every block that may grow.
  const used = length & 3
  if (used !== 0) result[result.length - 1]! &= (1 << (used * 8)) - 1
  return new Uint8Array(result.buffer, 0, length)
}

/** A string as words: the whole ones, and the bytes behind them as one more. */
type Source = { readonly words: Int32Array; readonly last: number }

class Combination {
  readonly result: Int32Array<ArrayBuffer>
  private readonly operation: number
  private readonly sources: readonly Source[]

  constructor(operation: number, strings: readonly Span[], length: number) {
    this.result = new Int32Array((length + 3) >>> 2)
    this.operation = operation
    this.sources = strings.map(sourceOf)
    for (let from = 0; from < this.result.length; from += BLOCK_WORDS) {
      this.makeBlock(from, Math.min(this.result.length, from + BLOCK_WORDS))
    }
  }

  /** Makes words `from` to `to` of the result, which are zero. */
  private makeBlock(from: number, to: number): void {
    const { operation, sources } = this
    const first = sources[0]!
    if (operation === ONE) this.countOnce(from, to)
    else if (operation === NOT) this.invert(first, from, to)
    else if (operation === DIFF1 || operation === ANDOR) {
      this.mergeRest(OR, from, to)
      this.merge(operation === ANDOR ? AND : AND_NOT, first, from, to)
    } else {
      this.merge(OR, first, from, to)
      this.mergeRest(operation === DIFF ? AND_NOT : operation, from, to)
    }
  }

  private invert({ words, last }: Source, from: number, to: number): void {
    const { result } = this
    const end = Math.min(to, words.length)
    for (let i = from; i < end; i++) result[i] = ~words[i]!
    if (end < to) result[end] = ~last
  }

  private mergeRest(operation: number, from: number, to: number): void {
    const { sources } = this
    for (let i = 1; i < sources.length; i++) this.merge(operation, sources[i]!, from, to)
  }

  private merge(operation: number, source: Source, from: number, to: number): void {
    const { result } = this
    const { words, last } = source
    const n = words.length
    const end = Math.min(to, n)
    if (operation === AND) for (let i = from; i < end; i++) result[i]! &= words[i]!
    else if (operation === OR) for (let i = from; i < end; i++) result[i]! |= words[i]!
    else if (operation === XOR) for (let i = from; i < end; i++) result[i]! ^= words[i]!
    else for (let i = from; i < end; i++) result[i]! &= ~words[i]!
    if (n >= from && n < to) {
      if (operation === AND) result[n]! &= last
      else if (operation === OR) result[n]! |= last
      else if (operation === XOR) result[n]! ^= last
      else result[n]! &= ~last
    }
    if (operation === AND && n + 1 < to) result.fill(0, Math.max(from, n + 1), to)
  }

  private countOnce(from: number, to: number): void {
    const { result, sources } = this
    twice.fill(0)
    for (const { words, last } of sources) {
      const end = Math.min(to, words.length + 1)
      for (let i = from; i < end; i++) {
        const word = i < words.length ? words[i]! : last
        twice[i - from]! |= result[i]! & word
        result[i]! |= word
      }
    }
    for (let i = from; i < to; i++) result[i]! &= ~twice[i - from]!
  }
}

/** The bits of a block that more than one string has. */
const twice = new Int32Array(BLOCK_WORDS)

/** A string that lies unaligned, in its entry, is copied. */
function sourceOf({ bytes, start, end }: Span): Source {
  const begin = bytes.byteOffset + start
  const count = (end - start) >>> 2
  const words =
    (begin & 3) === 0
      ? new Int32Array(bytes.buffer, begin, count)
      : new Int32Array(bytes.buffer.slice(begin, begin + count * 4))
  let last = 0
  for (let at = end - 1; at >= start + count * 4; at--) last = (last << 8) | bytes[at]!
  return { words, last }
}
