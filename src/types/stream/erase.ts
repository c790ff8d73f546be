// erase.ts: deletes single entries, and keeps the figures of a stream true that say which exist.

import { compareIds, ID_MAX, ID_MIN, type Id } from './id.ts'
import { Bookmark } from './nodes/bookmark.ts'
import { Reader } from './nodes/reader.ts'
import type { Stream } from './stream.ts'

const reader = new Reader()
const nowhere = new Bookmark()

/** Deletes the entry with an id; false where there is none. The first id is not brought in line. */
export function eraseEntry(stream: Stream, id: Id): boolean {
  if (!reader.find(stream, id)) return false
  const { node, entry } = reader
  if (node.entries === 1) stream.nodes.remove(node)
  else stream.nodes.flagDeleted(node, entry)
  stream.length--
  return true
}

/** Notes that an entry was deleted which a group may not have read yet. */
export function noteErased(stream: Stream, id: Id): void {
  if (compareIds(id, 0, stream.maxDeletedId, 0) > 0) stream.maxDeletedId.set(id)
}

/** Finds out which entry is the first one now. */
export function findFirst(stream: Stream): void {
  if (stream.length > 0 && reader.seek(stream, ID_MIN, nowhere)) {
    stream.firstId.set(reader.entry.id)
  } else stream.firstId.fill(0)
}

/** Puts the id of the last entry into `id`: of those that are not deleted. */
export function readLastValid(stream: Stream, id: Id): boolean {
  if (!reader.seekLast(stream, ID_MAX)) return false
  id.set(reader.entry.id)
  return true
}
