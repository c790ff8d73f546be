// errors.ts: what bitmap alone answers when something is wrong, and what all answer.

import { errorReply, errors as shared } from '../../engine/contract/errors.ts'

export const errors = {
  ...shared,
  bitOffset: errorReply('ERR bit offset is not an integer or out of range'),
  bitNotInteger: errorReply('ERR bit is not an integer or out of range'),
  bitArgument: errorReply('ERR The bit argument must be 1 or 0.'),
  bitopNot: errorReply('ERR BITOP NOT must be called with a single source key.'),
  bitfieldType: errorReply(
    'ERR Invalid bitfield type. Use something like i16 u8. ' +
      'Note that u64 is not supported but i64 is.',
  ),
  bitfieldOverflow: errorReply('ERR Invalid OVERFLOW type specified'),
  bitfieldReadOnly: errorReply('ERR BITFIELD_RO only supports the GET subcommand'),
  bitopTwoSources: (operation: string) =>
    errorReply(`ERR BITOP ${operation} must be called with at least two source keys.`),
}
