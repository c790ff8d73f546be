// errors.ts: what sorted-set alone answers when something is wrong, and what all answer.

import { errorReply, errors as shared } from '../../engine/contract/errors.ts'

export const errors = {
  ...shared,
  scoreNan: errorReply('ERR resulting score is not a number (NaN)'),
  scoreRange: errorReply('ERR min or max is not a float'),
  nameRange: errorReply('ERR min or max not valid string range item'),
  zaddConditions: errorReply('ERR XX and NX options at the same time are not compatible'),
  zaddComparisons: errorReply('ERR GT, LT, and/or NX options at the same time are not compatible'),
  zaddIncrement: errorReply('ERR INCR option supports a single increment-element pair'),
  rangeLimit: errorReply(
    'ERR syntax error, LIMIT is only supported in combination with either BYSCORE or BYLEX',
  ),
  rangeScores: errorReply('ERR syntax error, WITHSCORES not supported in combination with BYLEX'),
  weight: errorReply('ERR weight value is not a float'),
  inputKeys: (fullName: string) =>
    errorReply(`ERR at least 1 input key is needed for '${fullName}' command`),
}
