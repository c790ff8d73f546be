// bookmark.ts: where a reader of a stream was: the next one, who goes on from there, need not walk
// to it from the begin of the node.

import { newId } from '../id.ts'

export class Bookmark {
  /** Changes of the nodes until then; another number makes the bookmark worthless. */
  changes = -1
  readonly node = newId()
  readonly entry = newId()
  /** The entry's offset in the node. */
  offset = 0
  /** Entries of the node before it. */
  passed = 0
}
