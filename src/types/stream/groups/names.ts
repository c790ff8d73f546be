// names.ts: groups and consumers by name, in the order of their bytes, in which they are listed.

import type { Span } from '../../../bytes/memory/span.ts'

type Named = { readonly name: Uint8Array }

/** The index of a name, or, below zero, minus one and minus the index at which it would be. */
export function findName(list: readonly Named[], name: Span): number {
  let low = 0
  let high = list.length
  while (low < high) {
    const middle = (low + high) >>> 1
    const order = compareName(list[middle]!.name, name)
    if (order === 0) return middle
    if (order < 0) low = middle + 1
    else high = middle
  }
  return -1 - low
}

/** Below, at or above zero as memcmp orders the two, a prefix before what it begins. */
function compareName(name: Uint8Array, other: Span): number {
  const { bytes, start, end } = other
  const length = Math.min(name.length, end - start)
  for (let i = 0; i < length; i++) {
    const difference = name[i]! - bytes[start + i]!
    if (difference !== 0) return difference
  }
  return name.length - (end - start)
}
