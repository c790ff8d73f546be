// combine.ts: union, intersection and difference of sources (sources.ts), whose scores are weighed
// and then added, or the lowest or highest of them taken.
//
// The smallest source comes first, since sums of doubles depend on their order: the reference adds
// them so. What is no number (infinity times 0, or minus infinity) is 0.

import type { Context } from '../../../engine/dispatch/context.ts'
import type { Source } from './sources.ts'
import { Gathered } from './store.ts'

export const SUM = 0
export const MIN = 1
export const MAX = 2

export function unite(ctx: Context, sources: Source[], aggregate: number): Gathered {
  const gathered = new Gathered(ctx)
  for (const source of sources.sort(bySize)) {
    const { weight } = source
    for (let going = source.start(); going; going = source.next()) {
      const { member } = source
      const score = numberOrZero(weight * source.score)
      const before = gathered.find(member)
      if (Number.isNaN(before)) gathered.add(member, score)
      else gathered.correct(together(before, score, aggregate))
    }
  }
  return gathered
}

export function intersect(ctx: Context, sources: Source[], aggregate: number): Gathered {
  const gathered = new Gathered(ctx)
  const [smallest, ...others] = sources.sort(bySize) as [Source, ...Source[]]
  for (let going = smallest.start(); going; going = smallest.next()) {
    const { member } = smallest
    const score = scoreInAll(smallest, others, aggregate)
    if (Number.isNaN(score)) continue
    gathered.find(member)
    gathered.add(member, score)
  }
  return gathered
}

/** The score that the member where the walk stands has in all, NaN where one does not have it. */
function scoreInAll(smallest: Source, others: readonly Source[], aggregate: number): number {
  const { member } = smallest
  let score = numberOrZero(smallest.weight * smallest.score)
  for (const other of others) {
    const there = other.scoreOf(member)
    if (Number.isNaN(there)) return NaN
    score = together(score, there * other.weight, aggregate)
  }
  return score
}

/**
 * Counts the members that all sources have.
 * @param limit where to stop; 0 is nowhere
 */
export function countCommon(sources: Source[], limit: number): number {
  const [smallest, ...others] = sources.sort(bySize) as [Source, ...Source[]]
  let count = 0
  for (let going = smallest.start(); going; going = smallest.next()) {
    const { member } = smallest
    if (others.some((other) => Number.isNaN(other.scoreOf(member)))) continue
    count++
    if (count === limit) break
  }
  return count
}

/** The members of the first source that no other one has. */
export function subtract(ctx: Context, sources: Source[]): Gathered {
  const gathered = new Gathered(ctx)
  const [first, ...others] = sources as [Source, ...Source[]]
  // A large one is the likeliest to have a member.
  others.sort((a, b) => bySize(b, a))
  for (let going = first.start(); going; going = first.next()) {
    const { member } = first
    if (others.some((other) => !Number.isNaN(other.scoreOf(member)))) continue
    gathered.find(member)
    gathered.add(member, first.score)
  }
  return gathered
}

function bySize(a: Source, b: Source): number {
  return a.count - b.count
}

function numberOrZero(score: number): number {
  return Number.isNaN(score) ? 0 : score
}

function together(before: number, score: number, aggregate: number): number {
  if (aggregate === SUM) return numberOrZero(before + score)
  if (aggregate === MIN) return score < before ? score : before
  return score > before ? score : before
}
