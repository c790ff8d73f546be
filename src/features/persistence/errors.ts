// errors.ts: what persistence alone answers when something is wrong.

import { errorReply } from '../../engine/contract/errors.ts'

export const errors = {
  loading: errorReply('LOADING Redis is loading the dataset in memory'),
  reloadOptions: errorReply(
    'ERR DEBUG RELOAD only supports the MERGE, NOFLUSH and NOSAVE options.',
  ),
  reloadFailed: errorReply('ERR Error trying to load the RDB dump, check server logs.'),
  /** The log says why. */
  unexplained: errorReply('ERR'),
  /** Our own: an embedded database has no files unless `dir` says where. */
  noStorage: errorReply('ERR this database lives in memory only: it has no folder to save to'),
}
