// errors.ts: what connection alone answers when something is wrong, and what all answer.

import { errorReply, errors as shared, untilNul } from '../../engine/contract/errors.ts'

export const errors = {
  ...shared,
  noAuth: errorReply('NOAUTH Authentication required.'),
  wrongPass: errorReply('WRONGPASS invalid username-password pair or user is disabled.'),
  noAuthNeeded: errorReply(
    'ERR AUTH <password> called without any password configured for the default user. ' +
      'Are you sure your configuration is correct?',
  ),
  noProto: errorReply('NOPROTO unsupported protocol version'),
  protocolNotInteger: errorReply('ERR Protocol version is not an integer or out of range'),
  helloNoAuth: errorReply(
    'NOAUTH HELLO must be called with the client already authenticated, otherwise the HELLO ' +
      '<proto> AUTH <user> <pass> option can be used to authenticate the client and select the ' +
      'RESP protocol version at the same time',
  ),
  helloOption: (option: string) =>
    errorReply(`ERR Syntax error in HELLO option '${untilNul(option)}'`),
  clientName: errorReply('ERR Client names cannot contain spaces, newlines or special characters.'),
  clientInfoName: (attribute: string) =>
    errorReply(`ERR Unrecognized option '${untilNul(attribute)}'`),
  clientInfoValue: (attribute: string) =>
    errorReply(`ERR ${untilNul(attribute)} cannot contain spaces, newlines or special characters.`),
  clientType: (type: string) => errorReply(`ERR Unknown client type '${untilNul(type)}'`),
  clientId: errorReply('ERR Invalid client ID'),
  clientIdRange: errorReply('ERR client-id should be greater than 0'),
  clientAge: errorReply('ERR maxage is not an integer or out of range'),
  clientAgeRange: errorReply('ERR maxage should be greater than 0'),
  noSuchClient: errorReply('ERR No such client'),
  noSuchUser: (name: string) => errorReply(`ERR No such user '${untilNul(name)}'`),
  pauseMode: errorReply('ERR CLIENT PAUSE mode must be WRITE or ALL'),
  unblockReason: errorReply('ERR CLIENT UNBLOCK reason should be TIMEOUT or ERROR'),
}
