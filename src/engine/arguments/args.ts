// args.ts: what a handler sees of a request: typed readers over words that lie where the client's
// bytes lie. Argument 0 is the command's own name.
//
// Every position up to FIXED has a span of its own, so that two arguments never alias; the ones
// after it share a ring, which a handler that walks a long list never notices. A span is a loan
// that ends with the command.

import { Span } from '../../bytes/memory/span.ts'
import { parseInt64, parseInteger } from '../../bytes/numbers/numbers.ts'
import { Words } from '../../bytes/wire/request.ts'
import { errors } from '../contract/errors.ts'
import { secondsTimeout, wholeTimeout } from './timeouts.ts'

const FIXED = 64
const RING = 64

export class Args {
  words = new Words()
  private readonly spans: Span[] = Array.from({ length: FIXED + RING }, () => new Span())

  /** Number of arguments, the name included. */
  get count(): number {
    return this.words.count
  }

  /** Argument `i`, 0 to count - 1. */
  at(i: number): Span {
    const words = this.words
    const span = this.spans[i < FIXED ? i : FIXED + (i & (RING - 1))]!
    if (span.bytes !== words.bytes) span.bytes = words.bytes
    span.start = words.starts[i]!
    span.end = words.ends[i]!
    return span
  }

  /** Argument `i` as a key; the same as `at`, for the reader. */
  key(i: number): Span {
    return this.at(i)
  }

  /** Whether argument `i` is there and is this word in any case; `token` is in upper case. */
  is(i: number, token: string): boolean {
    return i < this.words.count && this.at(i).is(token)
  }

  /**
   * Argument `i` as an integer of at most 53 bits.
   * @throws errors.notInteger
   */
  int(i: number): number {
    const words = this.words
    const n = parseInteger(words.bytes, words.starts[i]!, words.ends[i]!)
    if (Number.isNaN(n)) throw errors.notInteger
    return n
  }

  /**
   * Argument `i` as any 64-bit integer.
   * @throws errors.notInteger
   */
  int64(i: number): bigint {
    const words = this.words
    const n = parseInt64(words.bytes, words.starts[i]!, words.ends[i]!)
    if (n === undefined) throw errors.notInteger
    return n
  }

  /**
   * Argument `i` as any 64-bit integer, rounded beyond ±2^53: for a position, which is compared
   * with a length.
   * @throws errors.notInteger
   */
  position(i: number): number {
    const words = this.words
    const n = parseInteger(words.bytes, words.starts[i]!, words.ends[i]!)
    return Number.isNaN(n) ? Number(this.int64(i)) : n
  }

  /**
   * Argument `i` as an integer within limits.
   * @throws errors.notInteger
   */
  intBetween(i: number, min: number, max: number): number {
    const n = this.int(i)
    if (n < min || n > max) throw errors.notInteger
    return n
  }

  /**
   * Argument `i` as an integer of 32 bits.
   * @throws errors.notInteger; errors.int32Range for one of 33 to 64 bits
   */
  int32(i: number): number {
    const words = this.words
    const n = parseInteger(words.bytes, words.starts[i]!, words.ends[i]!)
    if (n === (n | 0)) return n
    if (Number.isNaN(n)) this.int64(i)
    throw errors.int32Range
  }

  /**
   * Argument `i`, a timeout in seconds with a fraction, in milliseconds; 0 is none.
   * @throws errors.timeoutNotFloat, errors.timeoutRange, errors.timeoutNegative
   */
  timeout(i: number): number {
    return secondsTimeout(this.at(i))
  }

  /**
   * Argument `i`, a timeout in whole milliseconds; 0 is none.
   * @throws errors.timeoutNotInteger, errors.timeoutNegative, errors.timeoutRange
   */
  timeoutMs(i: number): number {
    return wholeTimeout(this.at(i))
  }

  /** Arguments `first` to `last` as keys that do not alias, however many; makes an array. */
  keys(first: number, last: number): Span[] {
    const { bytes, starts, ends } = this.words
    const keys: Span[] = []
    for (let i = first; i <= last; i++) keys.push(new Span(bytes, starts[i], ends[i]))
    return keys
  }

  /** Argument `i` as text of one character per byte. */
  text(i: number): string {
    return this.at(i).text()
  }

  /** Makes every span of an ended command fail loudly (poison mode). */
  poison(): void {
    for (const span of this.spans) span.set(POISON, 0, POISON.length)
  }
}

const POISON = new Uint8Array(8).fill(0xdd)
