// order.ts: puts elements into the order that SORT is asked for.

import { ByteStrings } from '../../bytes/memory/byte-strings.ts'
import { type Comparison, partialSort } from '../../bytes/memory/partial-sort.ts'
import { Span } from '../../bytes/memory/span.ts'
import type { Context } from '../../engine/dispatch/context.ts'
import { errors } from './errors.ts'
import type { SortOptions } from './options.ts'
import { sortScore } from './score.ts'

const weights = new ByteStrings()
const element = new Span()
const weight = new Span()

/**
 * The numbers of the elements in order, those that LIMIT names.
 * @throws errors.sortScore where a number is needed and there is none
 */
export function orderOf(ctx: Context, elements: ByteStrings, asked: SortOptions): number[] {
  const { count } = elements
  const first = Math.min(Math.max(0, asked.offset), count)
  const end = asked.limit < 0 ? count : Math.min(first + asked.limit, count)
  const order: number[] = []
  for (let i = 0; i < count; i++) order.push(i)
  if (!asked.unsorted) {
    const compare = comparisonFor(ctx, elements, asked)
    const limited = end - first < count
    if (limited && asked.hasWeights) partialSort(order, compare, first, end - 1)
    else order.sort(compare)
  }
  return end - first < count ? order.slice(first, end) : order
}

function comparisonFor(ctx: Context, elements: ByteStrings, asked: SortOptions): Comparison {
  const compare = asked.alphabetic
    ? alphabetic(ctx, elements, asked)
    : numeric(scoresOf(ctx, elements, asked), elements)
  return asked.descending ? (a, b) => -compare(a, b) : compare
}

/** By number; elements of the same number by their bytes. */
function numeric(scores: Float64Array, elements: ByteStrings): Comparison {
  return (a, b) => {
    const one = scores[a]!
    const other = scores[b]!
    if (one < other) return -1
    return one > other ? 1 : elements.compare(a, b)
  }
}

function scoresOf(ctx: Context, elements: ByteStrings, asked: SortOptions): Float64Array {
  const scores = new Float64Array(elements.count)
  let fault = false
  for (let i = 0; i < elements.count; i++) {
    elements.at(i, element)
    const found = !asked.hasWeights || asked.weight.find(ctx, element, weight)
    const score = found ? sortScore(asked.hasWeights ? weight : element) : 0
    scores[i] = score
    if (Number.isNaN(score)) fault = true
  }
  // Only now: the reference looks all the weights up, which others see in its statistics.
  if (fault) throw errors.sortScore
  return scores
}

/**
 * By text. Where nothing is stored, texts are compared as C does it, to the first zero byte; this
 * is what collation in the locale C comes to.
 */
function alphabetic(ctx: Context, elements: ByteStrings, asked: SortOptions): Comparison {
  const stores = asked.store !== 0
  if (!asked.hasWeights) {
    if (stores) return (a, b) => elements.compare(a, b)
    return (a, b) => elements.compareTexts(a, b)
  }
  const places = weighTexts(ctx, elements, asked)
  return (a, b) => {
    const one = places[a]!
    const other = places[b]!
    // What has no weight comes before what has one.
    if (one < 0 || other < 0) return Number(one >= 0) - Number(other >= 0)
    return stores ? weights.compare(one, other) : weights.compareTexts(one, other)
  }
}

/** Reads the weights into `weights`; returns the number there for each element, -1 for none. */
function weighTexts(ctx: Context, elements: ByteStrings, asked: SortOptions): Int32Array {
  const places = new Int32Array(elements.count).fill(-1)
  weights.clear()
  for (let i = 0; i < elements.count; i++) {
    if (!asked.weight.find(ctx, elements.at(i, element), weight)) continue
    places[i] = weights.count
    weights.push(weight)
  }
  return places
}
