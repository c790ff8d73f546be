// errors.ts: what server alone answers when something is wrong, and what all answer.

import { errorReply, errors as shared } from '../../engine/contract/errors.ts'

export const errors = {
  ...shared,
  noShutdown: errorReply('ERR No shutdown in progress.'),
  shutdownFailed: errorReply('ERR Errors trying to SHUTDOWN. Check logs.'),
}
