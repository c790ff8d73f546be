// type.js: what Rubellite has to know of a leaderboard: how it is saved, measured and copied. DUMP,
// RESTORE, the RDB file, COPY, RENAME, MEMORY USAGE and eviction follow from it.

import { defineObjectType } from 'rubellite/module'
import { Board } from './board.js'

/** The layout that `save` writes. */
const VERSION = 1

/** @type {import('rubellite/module').ObjectType<Board>} */
export const boards = defineObjectType({
  // Nine letters that no other type in the world should have: files know the type by them.
  name: 'ldrboard1',
  version: VERSION,
  save(board, to) {
    to.writeUnsigned(board.size)
    for (const { name, points } of board.top(board.size)) {
      to.writeString(name)
      to.writeDouble(points)
    }
  },
  load(from, version) {
    if (version > VERSION) return undefined
    const board = new Board()
    for (let left = from.readUnsigned(); left > 0; left--) {
      const name = from.readText()
      const points = from.readDouble()
      // Anybody may RESTORE anything: what cannot have been saved is refused.
      if (!Number.isFinite(points) || !board.add(name, points)) return undefined
    }
    return board.size > 0 ? board : undefined
  },
  bytes: (board) => board.bytes,
  copy: (board) => board.copy(),
  free() {},
  digest(board, into) {
    for (const { name, points } of board.top(board.size)) {
      into.add(name).add(String(points)).endSequence()
    }
  },
})
