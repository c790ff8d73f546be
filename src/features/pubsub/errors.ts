// errors.ts: what pubsub alone answers when something is wrong, and what all answer.

import { errorReply, errors as shared } from '../../engine/contract/errors.ts'

export const errors = {
  ...shared,
  /** For a caller that expects one reply per command: a transaction, `db.call`. */
  denyBlocking: (name: string) =>
    errorReply(`ERR ${name} isn't allowed for a DENY BLOCKING client`),
  listening: (fullName: string) =>
    errorReply(
      `ERR Can't execute '${fullName}': only (P|S)SUBSCRIBE / (P|S)UNSUBSCRIBE / PING / QUIT / ` +
        'RESET are allowed in this context',
    ),
}
