// errors.ts: what keys alone answers when something is wrong, and what all answer.

import { errorReply, errors as shared } from '../../engine/contract/errors.ts'

export const errors = {
  ...shared,
  sameObject: errorReply('ERR source and destination objects are the same'),
  databaseRange: errorReply('ERR DB index is out of range'),
  firstDatabase: errorReply('ERR invalid first DB index'),
  secondDatabase: errorReply('ERR invalid second DB index'),
  busyKey: errorReply('BUSYKEY Target key name already exists.'),
  restoreTtl: errorReply('ERR Invalid TTL value, must be >= 0'),
  restoreIdleTime: errorReply('ERR Invalid IDLETIME value, must be >= 0'),
  restoreFrequency: errorReply('ERR Invalid FREQ value, must be >= 0 and <= 255'),
  dumpPayload: errorReply('ERR DUMP payload version or checksum are wrong'),
  dumpFormat: errorReply('ERR Bad data format'),
  idleTimeUntracked: errorReply(
    'ERR An LFU maxmemory policy is selected, idle time not tracked. Please note that when ' +
      'switching between policies at runtime LRU and LFU data will take some time to adjust.',
  ),
  frequencyUntracked: errorReply(
    'ERR An LFU maxmemory policy is not selected, access frequency not tracked. Please note ' +
      'that when switching between policies at runtime LRU and LFU data will take some time to ' +
      'adjust.',
  ),
}
