// errors.ts: what hash alone answers when something is wrong, and what all answer.

import { errorReply, errors as shared, untilNul } from '../../engine/contract/errors.ts'

export const errors = {
  ...shared,
  hashNotInteger: errorReply('ERR hash value is not an integer'),
  hashNotFloat: errorReply('ERR hash value is not a float'),
  incrementNotFinite: errorReply('ERR value is NaN or Infinity'),
  fieldsMissing: errorReply(
    'ERR Mandatory argument FIELDS is missing or not at the right position',
  ),
  fieldCount: errorReply('ERR Number of fields must be a positive integer'),
  fieldCountZero: errorReply('ERR Parameter `numFields` should be greater than 0'),
  fieldCountInvalid: errorReply('ERR invalid number of fields'),
  fieldCountMismatch: errorReply(
    'ERR The `numfields` parameter must match the number of arguments',
  ),
  fieldExpireNegative: errorReply('ERR invalid expire time, must be >= 0'),
  fxxAndFnx: errorReply('ERR Only one of FXX or FNX arguments can be specified'),
  fieldExpireTwice: errorReply(
    'ERR Only one of EX, PX, EXAT, PXAT or KEEPTTL arguments can be specified',
  ),
  unknownArgument: (word: string) => errorReply(`ERR unknown argument: ${untilNul(word)}`),
}
