// timeouts.ts: how long a command may wait, as its argument says it.

import type { Span } from '../../bytes/memory/span.ts'
import { parseDouble, parseInt64, parseInteger } from '../../bytes/numbers/numbers.ts'
import { checkLongDouble, NOT_A_FLOAT } from '../../formats/long-double.ts'
import { errors } from '../contract/errors.ts'

/** The end of time, in milliseconds since 1970; it is farther than any clock of ours. */
const END = 2 ** 63
/** About what is over of it by now: doubles of that size know no better. */
const PRESENT = 1.7e12
/** This near a whole millisecond counts as whole: seconds are decimal, doubles are not. */
const NEARLY = 1e-9

/**
 * Seconds with a fraction as milliseconds, a part of one being a whole one.
 * @throws errors.timeoutNotFloat, errors.timeoutRange, errors.timeoutNegative
 */
export function secondsTimeout(text: Span): number {
  const ms = secondsOf(text) * 1000
  if (ms >= END) throw errors.timeoutRange
  const nearest = Math.round(ms)
  const isWhole = nearest !== 0 && Math.abs(ms - nearest) < NEARLY * Math.abs(ms)
  return checked(isWhole ? nearest : Math.ceil(ms))
}

/**
 * Whole milliseconds.
 * @throws errors.timeoutNotInteger, errors.timeoutNegative, errors.timeoutRange
 */
export function wholeTimeout({ bytes, start, end }: Span): number {
  const ms = parseInteger(bytes, start, end)
  if (!Number.isNaN(ms)) return checked(ms)
  const large = parseInt64(bytes, start, end)
  if (large === undefined) throw errors.timeoutNotInteger
  return checked(Number(large))
}

function checked(ms: number): number {
  if (ms < 0) throw errors.timeoutNegative
  if (ms > END - PRESENT) throw errors.timeoutRange
  return ms + 0
}

function secondsOf(text: Span): number {
  const seconds = parseDouble(text.bytes, text.start, text.end)
  if (!Number.isNaN(seconds)) return seconds
  // The reference reads a wider kind of float: what is none of ours may be one of those, either
  // beyond all time or next to nothing.
  if (checkLongDouble(text) === NOT_A_FLOAT) throw errors.timeoutNotFloat
  const isTiny = /^-?0*\.0|[ep]-/i.test(text.text())
  const size = isTiny ? Number.MIN_VALUE : Number.POSITIVE_INFINITY
  return text.bytes[text.start] === MINUS ? -size : size
}

const MINUS = 0x2d
