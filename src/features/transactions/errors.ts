// errors.ts: what transactions alone answers when something is wrong, and what all answer.

import { errorReply, errors as shared } from '../../engine/contract/errors.ts'

export const errors = {
  ...shared,
  nestedMulti: errorReply('ERR MULTI calls can not be nested'),
  execWithoutMulti: errorReply('ERR EXEC without MULTI'),
  discardWithoutMulti: errorReply('ERR DISCARD without MULTI'),
  watchInMulti: errorReply('ERR WATCH inside MULTI is not allowed'),
  notInMulti: errorReply('ERR Command not allowed inside a transaction'),
  execAbort: errorReply('EXECABORT Transaction discarded because of previous errors.'),
}
