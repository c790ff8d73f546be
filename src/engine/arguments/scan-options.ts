// scan-options.ts: what SCAN, HSCAN, SSCAN and ZSCAN have in common: their cursor, their options,
// and the walk through a table that a call makes.
//
// A dictionary walks its buckets in an order that survives growing and shrinking
// (bytes/keys/dict.ts): what is there from the first call to the last one is returned at least
// once. A call is never longer than COUNT elements and ten times as many empty buckets.

import { Span } from '../../bytes/memory/span.ts'
import { parseInteger } from '../../bytes/numbers/numbers.ts'
import type { Table } from '../../bytes/table/table.ts'
import { globMatches } from '../../bytes/text/glob.ts'
import type { Reply } from '../../bytes/wire/reply.ts'
import { errors } from '../contract/errors.ts'
import type { Args } from './args.ts'

/** Options of one of the commands alone. */
export type ScanExtra = 'type' | 'novalues' | 'none'

const COUNT_DEFAULT = 10
const STEPS_PER_ELEMENT = 10
const CURSOR_MAX = 2n ** 64n - 1n
const STAR = 42

/**
 * A cursor: an unsigned integer of 64 bits, of which ours uses 32. The reference reads it as C
 * does, and so do we: white space and a sign before it are legal, a plain negative number is not.
 * @throws errors.scanCursor
 */
export function readScanCursor(word: Span): number {
  const plain = parseInteger(word.bytes, word.start, word.end)
  if (plain >= 0) return plain % 2 ** 32
  const text = word.text().split('\0', 1)[0]!
  const [, sign, digits] = /^[\t-\r ]*([+-]?)(\d+)$/.exec(text) ?? []
  if (digits === undefined) throw errors.scanCursor
  const magnitude = BigInt(digits)
  const isPlain = `${sign}${magnitude}` === text && magnitude !== 0n
  if (sign === '-' && isPlain && magnitude <= 2n ** 63n) throw errors.scanCursor
  if (magnitude > CURSOR_MAX) throw errors.scanCursor
  return Number(BigInt.asUintN(32, sign === '-' ? -magnitude : magnitude))
}

/**
 * Begins the reply of a call.
 * @param cursor where the next one goes on, 0 at the end
 * @param count how many bulk strings follow
 */
export function replyScan(reply: Reply, cursor: number, count: number): void {
  reply.array(2)
  reply.text(String(cursor))
  reply.array(count)
}

/** Whether a pattern is '*' alone: it matches the empty text too, which no other pattern does. */
export function matchesAll(pattern: Span): boolean {
  return pattern.length === 1 && pattern.bytes[pattern.start] === STAR
}

/** The options of one call; one object is read into again and again. */
export class ScanOptions {
  /** Elements wanted, at least 1. */
  count = COUNT_DEFAULT
  /** Whether elements are chosen by a pattern; without one `matches` need not be asked. */
  hasPattern = false
  /** The word behind TYPE, null where there is none. */
  type: string | null = null
  noValues = false
  /** What `walk` found. */
  readonly refs: number[] = []
  private readonly pattern = new Span()
  private readonly key = new Span()

  /**
   * Reads the options from argument `from` on.
   * @param extra the one that only this command has
   * @throws errors.syntax, errors.notInteger, errors.scanNoValues
   */
  read(args: Args, from: number, extra: ScanExtra): void {
    this.count = COUNT_DEFAULT
    this.hasPattern = false
    this.type = null
    this.noValues = false
    for (let i = from; i < args.count; i++) {
      const hasValue = i + 1 < args.count
      if (hasValue && args.is(i, 'COUNT')) {
        this.count = args.position(++i)
        if (this.count < 1) throw errors.syntax
      } else if (hasValue && args.is(i, 'MATCH')) this.setPattern(args.at(++i))
      else if (hasValue && extra === 'type' && args.is(i, 'TYPE')) this.type = args.text(++i)
      else if (!args.is(i, 'NOVALUES')) throw errors.syntax
      else if (extra !== 'novalues') throw errors.scanNoValues
      else this.noValues = true
    }
  }

  /** Whether an element is wanted. */
  matches(element: Span): boolean {
    return !this.hasPattern || globMatches(this.pattern, element, false)
  }

  /** Elements after which a walk ends, and steps, of which some meet no element. */
  get stepsMax(): number {
    return this.count * STEPS_PER_ELEMENT
  }

  /**
   * Walks through a table from a cursor on and puts the records that match into `refs`; they are
   * true until the table changes.
   * @returns the next cursor, 0 at the end
   */
  walk(table: Table, cursor: number): number {
    const { refs, key, count } = this
    refs.length = 0
    let seen = 0
    const visit = (ref: number) => {
      seen++
      if (this.matches(table.key(ref, key))) refs.push(ref)
    }
    let next = cursor
    let steps = this.stepsMax
    do next = table.scan(next, visit)
    while (next !== 0 && steps-- > 0 && seen < count)
    return next
  }

  private setPattern(pattern: Span): void {
    this.hasPattern = !matchesAll(pattern)
    this.pattern.set(pattern.bytes, pattern.start, pattern.end)
  }
}
