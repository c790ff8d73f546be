// errors.ts: what MODULE answers when it cannot; the log says why.

import { errorReply } from '../../engine/contract/errors.ts'

export const errors = {
  notLoaded: errorReply('ERR Error loading the extension. Please check the server logs.'),
  notUnloaded: (reason: string) => errorReply(`ERR Error unloading module: ${reason}`),
}
