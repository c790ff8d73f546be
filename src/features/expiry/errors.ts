// errors.ts: what expiry alone answers when something is wrong.

import { errorReply } from '../../engine/contract/errors.ts'

export const errors = {
  expireNx: errorReply('ERR NX and XX, GT or LT options at the same time are not compatible'),
  expireGtLt: errorReply('ERR GT and LT options at the same time are not compatible'),
  unsupportedOption: (option: string) => errorReply(`ERR Unsupported option ${option}`),
}
