// references.ts: what becomes of the groups' references to an entry that is to be deleted.
//
// A group refers to an entry that is pending in it, and to all that it has not read yet.

import type { Args } from '../../../engine/arguments/args.ts'
import type { Id } from '../id.ts'
import { Place } from '../nodes/id-table.ts'
import type { Stream } from '../stream.ts'

// The options of commands that delete.
/** Entries are deleted, whoever refers to them (KEEPREF). */
export const KEEP_REFERENCES = 0
/** What is pending of them in any group goes with them (DELREF). */
export const DELETE_REFERENCES = 1
/** Only entries that no group refers to are deleted (ACKED). */
export const ACKNOWLEDGED = 2

const place = new Place()

/** The option that argument `i` is, -1 where it is none. */
export function referenceOption(args: Args, i: number): number {
  if (args.is(i, 'KEEPREF')) return KEEP_REFERENCES
  if (args.is(i, 'DELREF')) return DELETE_REFERENCES
  return args.is(i, 'ACKED') ? ACKNOWLEDGED : -1
}

/** Whether a group refers to the id, be there an entry or not. */
export function isReferenced(stream: Stream, id: Id): boolean {
  if (stream.isUnread(id)) return true
  const { groups } = stream
  for (let i = 0; i < groups.length; i++) if (groups[i]!.pending.find(id, 0, place)) return true
  return false
}

/** Forgets that the id is pending, in all groups. */
export function dropReferences(stream: Stream, id: Id): void {
  const { groups } = stream
  for (let i = 0; i < groups.length; i++) groups[i]!.acknowledge(id, place)
}
