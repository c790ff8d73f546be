// errors.ts: what set alone answers when something is wrong, and what all answer.

import { errorReply, errors as shared } from '../../engine/contract/errors.ts'

export const errors = {
  ...shared,
  keysBeyondArguments: errorReply("ERR Number of keys can't be greater than number of args"),
}
