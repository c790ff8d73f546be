// errors.ts: what sort alone answers when something is wrong, and what all answer.

import { errorReply, errors as shared } from '../../engine/contract/errors.ts'

export const errors = {
  ...shared,
  sortScore: errorReply("ERR One or more scores can't be converted into double"),
}
