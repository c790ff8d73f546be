// lag.ts: how many entries a group has read and how many it has not, where that can be told.
//
// Entries are counted as they are added; which of them were deleted is not kept. So a number can be
// told as long as no deleted entry may lie between the group and the end of the stream.

import { Int64 } from '../../../bytes/numbers/int64.ts'
import { compareIds, type Id, isZeroId } from '../id.ts'
import type { Stream } from '../stream.ts'
import type { Group } from './group.ts'

const zero = new Int64()

/** Sets `into` to a - b. */
function subtract(a: Int64, b: Int64, into: Int64): void {
  const borrow = a.low >>> 0 < b.low >>> 0 ? 1 : 0
  into.high = (a.high - b.high - borrow) | 0
  into.low = (a.low - b.low) | 0
}

function copy(from: Int64, into: Int64): void {
  into.low = from.low
  into.high = from.high
}

function isNegative(n: Int64): boolean {
  return n.low === -1 && n.high === -1
}

/** Whether the group's own number is true: nothing behind its last entry was deleted or trimmed. */
function isCounting(stream: Stream, group: Group): boolean {
  if (!knowsEntriesRead(group) || stream.hasGapsFrom(group.lastId)) return false
  return compareIds(group.lastId, 0, stream.firstId, 0) >= 0
}

/** Whether it is known how many entries the group has read. */
export function knowsEntriesRead({ entriesRead }: Group): boolean {
  return !isNegative(entriesRead)
}

/** Counts an entry that a group reads; `id` is the entry's and behind the group's last one. */
export function countRead(stream: Stream, group: Group, id: Id): void {
  const { entriesRead } = group
  if (isCounting(stream, group)) {
    entriesRead.low = (entriesRead.low + 1) | 0
    if (entriesRead.low === 0) entriesRead.high = (entriesRead.high + 1) | 0
  } else if (!stream.entriesAdded.equals(zero)) estimateRead(stream, id, entriesRead)
}

/**
 * Finds out how many entries a group has not read.
 * @returns false where nobody knows
 */
export function readLag(stream: Stream, group: Group, lag: Int64): boolean {
  const { entriesAdded, firstId, length } = stream
  if (entriesAdded.equals(zero) || length === 0) {
    lag.set(0)
    return true
  }
  const isBefore = compareIds(group.lastId, 0, firstId, 0) < 0
  if (isBefore && compareIds(stream.maxDeletedId, 0, firstId, 0) < 0) {
    lag.set(length)
    return true
  }
  if (isCounting(stream, group)) {
    subtract(entriesAdded, group.entriesRead, lag)
    return true
  }
  if (!estimateRead(stream, group.lastId, lag)) return false
  subtract(entriesAdded, lag, lag)
  return true
}

/**
 * Finds out how many entries were added up to an id, that one included.
 * @returns false, and -1, where nobody knows
 */
export function estimateRead(stream: Stream, id: Id, into: Int64): boolean {
  const { entriesAdded, firstId, lastId, length, maxDeletedId } = stream
  into.set(0)
  if (entriesAdded.equals(zero)) return true
  const toLast = compareIds(id, 0, lastId, 0)
  if (length === 0 && toLast <= 0) {
    copy(entriesAdded, into)
    return true
  }
  const isBehindGap = isZeroId(id, 0) || compareIds(id, 0, maxDeletedId, 0) >= 0
  if (isBehindGap && toLast === 0) {
    copy(entriesAdded, into)
    return true
  }
  const toFirst = compareIds(id, 0, firstId, 0)
  const hasGaps = !isZeroId(maxDeletedId, 0) && compareIds(maxDeletedId, 0, firstId, 0) >= 0
  if (!isBehindGap || toLast > 0 || hasGaps || toFirst > 0) {
    into.set(-1)
    return false
  }
  into.set(toFirst === 0 ? length - 1 : length)
  subtract(entriesAdded, into, into)
  return true
}
