// errors.ts: what list alone answers when something is wrong, and what all answer.

import { errorReply, errors as shared } from '../../engine/contract/errors.ts'

export const errors = {
  ...shared,
  outOfRange: errorReply('ERR index out of range'),
  lposRank: errorReply(
    "ERR RANK can't be zero: use 1 to start from the first match, 2 from the second ... or use " +
      'negative to start from the end of the list',
  ),
  lposCount: errorReply("ERR COUNT can't be negative"),
  lposMaxLen: errorReply("ERR MAXLEN can't be negative"),
  debugThreshold: errorReply(
    'ERR argument must be a memory value bigger than 1 and smaller than 4gb',
  ),
}
