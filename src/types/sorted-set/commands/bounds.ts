// bounds.ts: ranges of scores and of names, as arguments say them.
//
//   scores   1.5   (1.5   -inf   +inf          ( leaves the limit itself out
//   names    [a    (a     -      +             - is before all names, + behind them
//
// Text after a NUL does not count, and a score may be nothing at all, which is 0: the reference
// reads limits as C strings.

import { Span } from '../../../bytes/memory/span.ts'
import { parseDouble } from '../../../bytes/numbers/numbers.ts'
import { errors } from '../errors.ts'

const OPEN = 0x28
const CLOSED = 0x5b
const MINUS = 0x2d
const PLUS = 0x2b
const ZERO = 0x30
const LETTER_X = 0x78
const CASE_BIT = 0x20

/** A range of scores. */
export class ScoreRange {
  min = 0
  max = 0
  minOpen = false
  maxOpen = false

  /**
   * Reads both limits.
   * @throws errors.scoreRange
   */
  read(min: Span, max: Span): this {
    this.minOpen = isOpen(min)
    this.maxOpen = isOpen(max)
    this.min = limitOf(min, this.minOpen)
    this.max = limitOf(max, this.maxOpen)
    return this
  }

  /** Whether no score can be in it. */
  get isEmpty(): boolean {
    return this.min > this.max || (this.min === this.max && (this.minOpen || this.maxOpen))
  }

  isAboveMin(score: number): boolean {
    return this.minOpen ? score > this.min : score >= this.min
  }

  isBelowMax(score: number): boolean {
    return this.maxOpen ? score < this.max : score <= this.max
  }
}

function isOpen({ bytes, start, end }: Span): boolean {
  return start < end && bytes[start] === OPEN
}

function limitOf({ bytes, start, end }: Span, open: boolean): number {
  const from = open ? start + 1 : start
  let to = from
  while (to < end && bytes[to] !== 0) to++
  if (from === to) return 0
  if (isHexadecimal(bytes, from, to)) throw errors.scoreRange
  const limit = parseDouble(bytes, from, to)
  return Number.isNaN(limit) ? extremeOf(bytes, from, to) : limit
}

/** Scores may be hexadecimal, limits may not. */
function isHexadecimal(bytes: Uint8Array, from: number, to: number): boolean {
  const sign = bytes[from] === MINUS || bytes[from] === PLUS ? 1 : 0
  if (to - from - sign < 2) return false
  return bytes[from + sign] === ZERO && (bytes[from + sign + 1]! | CASE_BIT) === LETTER_X
}

const EXTREME = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i

/** A number beyond all doubles is infinite as a limit, one too near to 0 is 0. */
function extremeOf(bytes: Uint8Array, from: number, to: number): number {
  const text = new Span(bytes, from, to).text()
  if (!EXTREME.test(text)) throw errors.scoreRange
  return Number(text)
}

/** Where a limit of names lies. */
const BEFORE_ALL = -1
const AT_NAME = 0
const BEHIND_ALL = 1

/** A range of names, which are loans. */
export class NameRange {
  readonly min = new Span()
  readonly max = new Span()
  private minPlace = AT_NAME
  private maxPlace = AT_NAME
  private minOpen = false
  private maxOpen = false

  /**
   * Reads both limits.
   * @throws errors.nameRange
   */
  read(min: Span, max: Span): this {
    this.minPlace = placeOf(min)
    this.maxPlace = placeOf(max)
    this.minOpen = this.minPlace !== AT_NAME || min.bytes[min.start] === OPEN
    this.maxOpen = this.maxPlace !== AT_NAME || max.bytes[max.start] === OPEN
    this.min.set(min.bytes, Math.min(min.start + 1, min.end), min.end)
    this.max.set(max.bytes, Math.min(max.start + 1, max.end), max.end)
    return this
  }

  /** Whether no name can be in it. */
  get isEmpty(): boolean {
    const { minPlace, maxPlace } = this
    if (minPlace === AT_NAME && maxPlace === AT_NAME) {
      const order = this.min.compare(this.max)
      return order > 0 || (order === 0 && (this.minOpen || this.maxOpen))
    }
    return minPlace >= maxPlace
  }

  isAboveMin(name: Span): boolean {
    if (this.minPlace !== AT_NAME) return this.minPlace === BEFORE_ALL
    const order = name.compare(this.min)
    return this.minOpen ? order > 0 : order >= 0
  }

  isBelowMax(name: Span): boolean {
    if (this.maxPlace !== AT_NAME) return this.maxPlace === BEHIND_ALL
    const order = name.compare(this.max)
    return this.maxOpen ? order < 0 : order <= 0
  }

  /** Whether `min` and `max` name limits; otherwise the range has no such limit. */
  get hasMin(): boolean {
    return this.minPlace === AT_NAME
  }

  get hasMax(): boolean {
    return this.maxPlace === AT_NAME
  }

  /** Whether the name `min` itself comes before the range. */
  get leavesMin(): boolean {
    return this.minOpen
  }

  /** Whether the name `max` itself comes behind the range. */
  get leavesMax(): boolean {
    return this.maxOpen
  }
}

function placeOf({ bytes, start, end }: Span): number {
  const first = start < end ? bytes[start] : 0
  if (first === OPEN || first === CLOSED) return AT_NAME
  const isWhole = start + 1 === end || (start + 1 < end && bytes[start + 1] === 0)
  if (isWhole && first === MINUS) return BEFORE_ALL
  if (isWhole && first === PLUS) return BEHIND_ALL
  throw errors.nameRange
}
