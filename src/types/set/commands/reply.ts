// reply.ts: sends members of a set to a client.

import type { ScratchVector } from '../../../bytes/memory/scratch-vector.ts'
import { LISTPACK_HEADER } from '../../../bytes/packed/listpack.ts'
import { replyListpackEntries } from '../../../bytes/packed/listpack-reply.ts'
import { replyAllKeys, replyKeys } from '../../../bytes/table/reply.ts'
import type { Reply } from '../../../bytes/wire/reply.ts'
import type { Members } from '../members.ts'
import { LISTPACK } from '../room.ts'

/** All members, without the head of the reply; a packed set's in their order. */
export function replyMembers(reply: Reply, members: Members): void {
  const { table, span } = members
  if (table !== null) replyAllKeys(reply, table)
  else if (members.form === LISTPACK) {
    replyListpackEntries(reply, span.bytes, span.start + LISTPACK_HEADER, members.count)
  } else replyEach(reply, members)
}

/** The members at these places, without the head of the reply. */
export function replyPlaces(reply: Reply, members: Members, places: ScratchVector): void {
  if (members.table !== null) replyKeys(reply, members.table, places)
  else for (let i = 0; i < places.count; i++) reply.bulk(members.member(places.at(i)))
}

function replyEach(reply: Reply, members: Members): void {
  for (let place = members.first(); place !== 0; place = members.after(place)) {
    reply.bulk(members.member(place))
  }
}
