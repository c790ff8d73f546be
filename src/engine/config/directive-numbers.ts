// directive-numbers.ts: numeric values of directives. They are read as 64-bit integers, for limits
// reach 2^63, and handed to the code as numbers, for nobody counts to 2^53 bytes.

import { INT64_MAX, INT64_MIN } from '../../bytes/numbers/numbers.ts'
import type { ConfigLine, Reading, ValueKind } from './directive.ts'
import { refuse } from './directive.ts'
import { plainLine } from './directive-kinds.ts'

export const INT_MAX = 2147483647
export const INT_MIN = -2147483648
export const UINT_MAX = 4294967295
/** The upper bound of what has none. */
export const NO_MAX = INT64_MAX

const KB = 1024n
const MB = KB * KB
const GB = MB * KB

const UNITS = new Map([
  ['', 1n],
  ['b', 1n],
  ['k', 1000n],
  ['kb', KB],
  ['m', 1000n * 1000n],
  ['mb', MB],
  ['g', 1000n * 1000n * 1000n],
  ['gb', GB],
])

export type Range = {
  min: number
  /** A number, or NO_MAX. */
  max: number | bigint
  /** Negative values get a reason of their own, as unsigned fields of redis-server do. */
  unsigned?: boolean
  /** Values outside are moved to the nearer end, silently. */
  clamp?: readonly [number, number]
  /** Smaller values become this one when CONFIG SET gives them; a file's stay as they are. */
  leastSet?: number
  /** May refuse a value within the range. */
  check?: (value: number) => void
}

/** A whole number, in canonical decimal digits. */
export function integer(range: Range): ValueKind<number> {
  return {
    name: `integer${rangeText(range)}`,
    words: false,
    read(words) {
      const n = readInteger(words[0]!)
      if (n === undefined) return refuse("argument couldn't be parsed into an integer")
      return reading(inRange(n, range, 10), range, 10)
    },
    write: plainLine,
  }
}

/** A number of bytes, with an optional unit. */
export function memory(range: Range): ValueKind<number> {
  return {
    name: `memory${rangeText(range)}`,
    words: false,
    read(words, _now, { loading }) {
      const n = readMemory(words[0]!)
      if (n === undefined) return refuse('argument must be a memory value')
      const found = reading(inRange(BigInt.asIntN(64, n), range, 10), range, 10)
      const { leastSet } = range
      if (loading || leastSet === undefined || found.value >= leastSet) return found
      return { value: leastSet, text: `${leastSet}` }
    },
    write: memoryLine,
  }
}

/** A number of bytes, or a percentage of maxmemory, which is kept as a negative number. */
export function memoryOrPercent(percentMax: number): ValueKind<number> {
  return {
    name: `memory or percent up to ${percentMax}%`,
    words: false,
    read(words) {
      const n = readMemoryOrPercent(words[0]!)
      if (n === undefined) return refuse('argument must be a memory or percent value')
      if (n < -percentMax) refuse(`percentage argument must be less or equal to ${percentMax}`)
      return { value: Number(n), text: n < 0n ? `${-n}%` : `${n}` }
    },
    write: (name, now, initial) =>
      now.value < 0 ? plainLine(name, now, initial) : memoryLine(name, now, initial),
  }
}

/** File permissions in octal digits. */
export function octal(range: Range): ValueKind<number> {
  return {
    name: `octal ${range.min.toString(8)} to ${range.max.toString(8)}`,
    words: false,
    read(words) {
      const match = /^\s*([+-]?)([0-7]*)$/.exec(words[0]!)
      // Nothing at all is zero, a lone sign is no number.
      if (match === null || (match[2] === '' && words[0] !== '')) {
        return refuse("argument couldn't be parsed as an octal number")
      }
      const n = BigInt(`0o${match[2] || '0'}`)
      return reading(inRange(match[1] === '-' ? -n : n, range, 8), range, 8)
    },
    write: plainLine,
  }
}

/** A canonical 64-bit integer: no '+', no leading zero, no blanks. */
export function readInteger(word: string): bigint | undefined {
  if (!/^(0|-?[1-9][0-9]{0,18})$/.test(word)) return undefined
  const n = BigInt(word)
  return n < INT64_MIN || n > INT64_MAX ? undefined : n
}

/** An integer as C's strtoll takes a whole word: blanks before, a plus sign, nothing at all. */
export function readLooseInteger(word: string): number | undefined {
  if (word === '') return 0
  return /^\s*[+-]?[0-9]+$/.test(word) ? Number(word) : undefined
}

/**
 * A number of bytes with a unit, of 64 bits: what is too large wraps as redis-server's product
 * does. A unit without a number is zero.
 */
export function readMemory(word: string): bigint | undefined {
  const match = /^([0-9]{0,127})([a-z]*)$/i.exec(word)
  const unit = match === null ? undefined : UNITS.get(match[2]!.toLowerCase())
  if (match === null || unit === undefined) return undefined
  const digits = BigInt(match[1] || '0')
  const limit = 2n ** 64n - 1n
  return BigInt.asUintN(64, (digits > limit ? limit : digits) * unit)
}

/** Bytes in the largest unit that divides them, as CONFIG REWRITE prints them. */
export function formatMemory(text: string): string {
  const bytes = BigInt(text)
  if (bytes === 0n) return text
  if (bytes % GB === 0n) return `${bytes / GB}gb`
  if (bytes % MB === 0n) return `${bytes / MB}mb`
  return bytes % KB === 0n ? `${bytes / KB}kb` : text
}

function readMemoryOrPercent(word: string): bigint | undefined {
  const bytes = readMemory(word)
  if (bytes !== undefined) return BigInt.asIntN(64, bytes)
  if (!word.endsWith('%')) return undefined
  const percent = readInteger(word.slice(0, -1))
  return percent === undefined || percent < 0n ? undefined : -percent
}

function inRange(n: bigint, range: Range, radix: number): bigint {
  if (range.unsigned === true && n < 0n) refuse('argument must be greater or equal to 0')
  if (n < range.min || n > range.max) {
    const [min, max] = [range.min.toString(radix), range.max.toString(radix)]
    refuse(`argument must be between ${min} and ${max} inclusive`)
  }
  return n
}

function reading(n: bigint, range: Range, radix: number): Reading<number> {
  range.check?.(Number(n))
  if (range.clamp === undefined) return { value: Number(n), text: n.toString(radix) }
  const [low, high] = range.clamp
  const value = Math.min(Math.max(Number(n), low), high)
  return value === Number(n) ? { value, text: `${n}` } : { value, text: `${value}` }
}

function memoryLine(
  name: string,
  now: Reading<number>,
  initial: Reading<number>,
): readonly ConfigLine[] {
  return [{ text: `${name} ${formatMemory(now.text)}`, force: now.text !== initial.text }]
}

function rangeText(range: Range): string {
  const { min, max } = range
  return max === NO_MAX ? `, at least ${min}` : `, ${min} to ${max}`
}
