// errors.ts: what stream alone answers when something is wrong, and what all answer.

import { errorReply, errors as shared, untilNul } from '../../engine/contract/errors.ts'

export const errors = {
  ...shared,
  streamId: errorReply('ERR Invalid stream ID specified as stream command argument'),
  streamRangeStart: errorReply('ERR invalid start ID for the interval'),
  streamRangeEnd: errorReply('ERR invalid end ID for the interval'),
  streamIdZero: errorReply('ERR The ID specified in XADD must be greater than 0-0'),
  streamIdBehind: errorReply(
    'ERR The ID specified in XADD is equal or smaller than the target stream top item',
  ),
  streamFull: errorReply(
    'ERR The stream has exhausted the last possible ID, unable to add more items',
  ),
  streamEntryTooLarge: errorReply('ERR Elements are too large to be stored'),
  trimTwice: errorReply(
    'ERR syntax error, MAXLEN and MINID options at the same time are not compatible',
  ),
  trimLength: errorReply('ERR The MAXLEN argument must be >= 0.'),
  trimLimit: errorReply('ERR The LIMIT argument must be >= 0.'),
  trimLimitAlone: errorReply(
    'ERR syntax error, LIMIT cannot be used without specifying a trimming strategy',
  ),
  trimLimitExact: errorReply('ERR syntax error, LIMIT cannot be used without the special ~ option'),
  trimMissing: errorReply('ERR syntax error, XTRIM must be called with a trimming strategy'),
  idCount: errorReply('ERR Number of IDs must be a positive integer'),
  idCountWrong: errorReply('ERR The `numids` parameter must match the number of arguments'),
  xsetidBehind: errorReply(
    'ERR The ID specified in XSETID is smaller than the target stream top item',
  ),
  xsetidDeleted: errorReply(
    'ERR The ID specified in XSETID is smaller than current max_deleted_entry_id',
  ),
  xsetidGivenDeleted: errorReply(
    'ERR The ID specified in XSETID is smaller than the provided max_deleted_entry_id',
  ),
  xsetidAdded: errorReply('ERR entries_added must be positive'),
  xsetidAddedSmall: errorReply(
    'ERR The entries_added specified in XSETID is smaller than the target stream length',
  ),
  groupNeedsKey: errorReply(
    'ERR The XGROUP subcommand requires the key to exist. Note that for CREATE you may want to ' +
      'use the MKSTREAM option to create an empty stream automatically.',
  ),
  groupExists: errorReply('BUSYGROUP Consumer Group name already exists'),
  groupEntriesRead: errorReply('ERR value for ENTRIESREAD must be positive or -1'),
  noGroup: (group: string, key: string) =>
    errorReply(
      `NOGROUP No such consumer group '${untilNul(group)}' for key name '${untilNul(key)}'`,
    ),
  noKeyOrGroup: (key: string, group: string) =>
    errorReply(`NOGROUP No such key '${untilNul(key)}' or consumer group '${untilNul(group)}'`),
  noGroupToRead: (key: string, group: string) =>
    errorReply(
      `NOGROUP No such key '${untilNul(key)}' or consumer group '${untilNul(group)}' in ` +
        'XREADGROUP with GROUP option',
    ),
  unbalancedStreams: (command: string, ids: string) =>
    errorReply(
      `ERR Unbalanced '${command}' list of streams: for each stream key an ${ids} must be ` +
        'specified.',
    ),
  xreadGroup: errorReply(
    'ERR The GROUP option is only supported by XREADGROUP. You called XREAD instead.',
  ),
  xreadNoAck: errorReply(
    'ERR The NOACK option is only supported by XREADGROUP. You called XREAD instead.',
  ),
  xreadNew: errorReply(
    'ERR The > ID can be specified only when calling XREADGROUP using the GROUP <group> ' +
      '<consumer> option.',
  ),
  xreadgroupMissing: errorReply('ERR Missing GROUP option for XREADGROUP'),
  xreadgroupId: (id: string) =>
    errorReply(
      `ERR The ${id} ID is meaningless in the context of XREADGROUP: you want to read the ` +
        'history of this consumer by specifying a proper ID, or use the > ID to get new ' +
        `messages. The ${id} ID would just return an empty result set.`,
    ),
  claimArgument: (what: string, command: string) =>
    errorReply(`ERR Invalid ${what} argument for ${command}`),
  claimOption: (option: string) =>
    errorReply(`ERR Unrecognized XCLAIM option '${untilNul(option)}'`),
  claimCount: errorReply('ERR COUNT must be > 0'),
  claimMemory: errorReply(
    'ERR Insufficient memory, failed allocating transient memory, COUNT too high.',
  ),
}
