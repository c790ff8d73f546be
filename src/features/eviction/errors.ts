// errors.ts: what eviction alone answers when something is wrong.

import { errorReply } from '../../engine/contract/errors.ts'

export const errors = {
  outOfMemory: errorReply("OOM command not allowed when used memory > 'maxmemory'."),
}
