// errors.ts: what config alone answers when something is wrong, and what all answer.

import { errorReply, errors as shared } from '../../engine/contract/errors.ts'

export const errors = {
  ...shared,
  protectedCommand: (name: string, directive: string) =>
    errorReply(
      `ERR ${name} command not allowed. If the ${directive} option is set to "local", you can ` +
        'run it from a local connection, otherwise you need to set this option in the ' +
        'configuration file, and then restart the server.',
    ),
  noConfigFile: errorReply('ERR The server is running without a config file'),
  rewriteFailed: (reason: string) => errorReply(`ERR Rewriting config file: ${reason}`),
  /** For a reason that another table words. */
  because: (line: string) => errorReply(line),
}
