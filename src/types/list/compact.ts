// compact.ts: removes equal elements from a listpack in place, in one pass.

import type { Span } from '../../bytes/memory/span.ts'
import { LISTPACK_HEADER, listpackEntryEnd, listpackPrevious } from '../../bytes/packed/listpack.ts'
import { holdsWanted, wantElement } from '../../bytes/packed/listpack-find.ts'

/** What the last `compactListpack` did. */
export const gone = { count: 0 }

/**
 * Removes the entries that hold an element; `gone.count` says how many went.
 * @param most how many at most; below zero the last ones go first
 * @returns the offset behind the entries that are left, where the end mark and the header's new
 * figures are the caller's to write
 */
export function compactListpack(listpack: Span, element: Span, most: number): number {
  const { bytes, start, end } = listpack
  wantElement(element)
  const last = end - 1
  const limit = Math.abs(most)
  const from = most < 0 ? lastEqual(listpack, limit) : start + LISTPACK_HEADER
  // Entries that stay are moved in runs: [kept, at) is the run that has not been moved yet.
  let to = from
  let kept = from
  let removed = 0
  for (let at = from; at < last && removed < limit; ) {
    const next = listpackEntryEnd(bytes, at)
    if (holdsWanted(bytes, at)) {
      bytes.copyWithin(to, kept, at)
      to += at - kept
      kept = next
      removed++
    }
    at = next
  }
  bytes.copyWithin(to, kept, last)
  gone.count = removed
  return to + last - kept
}

/** The last entry but `limit - 1` that holds the wanted element, or the first one that does. */
function lastEqual(listpack: Span, limit: number): number {
  const { bytes, start, end } = listpack
  let found = end - 1
  let left = limit
  for (let at = end - 1; left > 0; ) {
    at = listpackPrevious(bytes, start, at)
    if (at === 0) return found
    if (!holdsWanted(bytes, at)) continue
    found = at
    left--
  }
  return found
}
