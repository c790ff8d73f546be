// errors.ts: what string alone answers when something is wrong, and what all answer.

import { errorReply, errors as shared } from '../../engine/contract/errors.ts'

export const errors = {
  ...shared,
  decrementOverflow: errorReply('ERR decrement would overflow'),
  stringTooLong: errorReply('ERR string exceeds maximum allowed size (proto-max-bulk-len)'),
  offsetRange: errorReply('ERR offset is out of range'),
  lcsWrongType: errorReply('ERR The specified keys must contain string values'),
  lcsLengthAndIndexes: errorReply(
    'ERR If you want both the length and indexes, please just use IDX.',
  ),
  lcsTooLarge: errorReply(
    'ERR Insufficient memory, transient memory for LCS exceeds proto-max-bulk-len',
  ),
}
