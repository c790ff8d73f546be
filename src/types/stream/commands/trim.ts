// trim.ts: removes the oldest entries of a stream: all but so many (MAXLEN), or those before an id
// (MINID).
//
// Whole nodes go first. The first node of which something stays ends it: approximate trimming (~)
// leaves that one alone, exact trimming flags its oldest entries as deleted. Where groups have a
// say, entries are looked at one by one, and approximate trimming removes nothing: redis-server's
// rules, which decide how long a stream is after XADD MAXLEN ~.

import { findFirst } from '../erase.ts'
import {
  ACKNOWLEDGED,
  DELETE_REFERENCES,
  dropReferences,
  isReferenced,
  KEEP_REFERENCES,
} from '../groups/references.ts'
import { compareIds, newId } from '../id.ts'
import { beginEntries, Entry, entryEnd, NODE_LAST_ID, Node, readEntry } from '../nodes/node.ts'
import type { Stream } from '../stream.ts'

export const NO_TRIM = 0
export const BY_LENGTH = 1
export const BY_ID = 2

/** What is to be removed, and how. */
export class Trim {
  strategy = NO_TRIM
  approximate = false
  /** Entries after which approximate trimming stops; 0 is no limit. */
  limit = 0
  /** BY_LENGTH: entries that stay. */
  length = 0
  /** BY_ID: the first entry that stays. */
  readonly id = newId()
  references = KEEP_REFERENCES

  clear(): void {
    this.strategy = NO_TRIM
    this.approximate = false
    this.limit = 0
    this.length = 0
    this.references = KEEP_REFERENCES
  }
}

const node = new Node()
const entry = new Entry()

/** Trims the stream; returns how many entries went. */
export function trimStream(stream: Stream, trim: Trim): number {
  const { nodes } = stream
  const before = stream.length
  const { limit } = trim
  let more = nodes.first(node)
  while (more && !(trim.strategy === BY_LENGTH && stream.length <= trim.length)) {
    if (limit > 0 && before - stream.length + node.entries > limit) break
    const goesWhole = isWholeNode(stream, trim)
    if (goesWhole && trim.references === KEEP_REFERENCES) {
      stream.length -= node.entries
      nodes.remove(node)
      more = lookHere(stream)
      continue
    }
    if (trim.approximate) break
    const { entries } = node
    const count = trimNode(stream, trim)
    if (!goesWhole) break
    if (count === entries) nodes.remove(node)
    more = count === entries ? lookHere(stream) : nodes.next(node)
  }
  if (stream.length !== before) findFirst(stream)
  return before - stream.length
}

/** Looks at the node that has come to the place of one that was removed. */
function lookHere({ nodes }: Stream): boolean {
  if (nodes.directory.isEnd(node.place)) return false
  nodes.look(node)
  return true
}

/** Whether nothing of the node is to stay. */
function isWholeNode(stream: Stream, trim: Trim): boolean {
  if (trim.strategy === BY_LENGTH) return stream.length - node.entries >= trim.length
  return compareIds(node.words, node.head + NODE_LAST_ID, trim.id, 0) < 0
}

/** Deletes entries of one node; returns how many. */
function trimNode(stream: Stream, trim: Trim): number {
  const { nodes } = stream
  let count = 0
  for (let at = beginEntries(node, entry); at < node.end; at = entryEnd(node, entry)) {
    readEntry(node, at, entry)
    if (trim.strategy === BY_LENGTH) {
      if (stream.length <= trim.length) break
    } else if (compareIds(entry.id, 0, trim.id, 0) >= 0) break
    if (entry.isDeleted || !mayGo(stream, trim.references)) continue
    nodes.flagDeleted(node, entry)
    count++
    stream.length--
  }
  return count
}

function mayGo(stream: Stream, references: number): boolean {
  if (references === ACKNOWLEDGED) return !isReferenced(stream, entry.id)
  if (references === DELETE_REFERENCES) dropReferences(stream, entry.id)
  return true
}
