// errors.ts: what debug alone answers when something is wrong, and what all answer.

import { errorReply, errors as shared } from '../../engine/contract/errors.ts'

export const errors = {
  ...shared,
  debugDatabase: errorReply('ERR Out of range database'),
  debugNoTable: errorReply(
    'ERR The value stored at the specified key is not represented using an hash table',
  ),
  debugNoListpack: errorReply('ERR Not a listpack encoded object.'),
  debugNoQuicklist: errorReply('ERR Not a quicklist encoded object.'),
  debugProtocolType: errorReply(
    'ERR Wrong protocol type name. Please use one of the following: ' +
      'string|integer|double|bignum|null|array|set|map|attrib|push|verbatim|true|false',
  ),
  debugPush: errorReply('ERR RESP2 is not supported by this command'),
  debugRewrite: (reason: string) => errorReply(`ERR CONFIG-REWRITE-FORCE-ALL failed: ${reason}`),
}
