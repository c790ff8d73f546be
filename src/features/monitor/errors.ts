// errors.ts: what monitor alone answers when something is wrong.

import { errorReply } from '../../engine/contract/errors.ts'

export const errors = {
  monitorKeys: errorReply("ERR Replica can't interact with the keyspace"),
  denyMonitor: errorReply("ERR MONITOR isn't allowed for DENY BLOCKING client"),
}
