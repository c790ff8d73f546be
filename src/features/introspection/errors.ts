// errors.ts: what introspection alone answers when something is wrong, and what all answer.

import { errorReply, errors as shared } from '../../engine/contract/errors.ts'

export const errors = {
  ...shared,
  invalidCommand: errorReply('ERR Invalid command specified'),
  noKeyArguments: errorReply('ERR The command has no key arguments'),
  invalidArgumentCount: errorReply('ERR Invalid number of arguments specified for command'),
  invalidArguments: errorReply('ERR Invalid arguments specified for command'),
}
