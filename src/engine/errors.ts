// errors.ts: every error the engine can reply with, in one table, in redis-server's own words.
//
// Handlers throw an entry: `throw errors.wrongType`. The entries are frozen and not `Error`s, since
// building a stack trace costs six times what the throw does, and an error reply is no bug.

/** An error reply: the line without '-' and line break. */
export class CommandError {
  readonly line: string

  constructor(line: string) {
    this.line = line
  }
}

const e = (line: string) => Object.freeze(new CommandError(line))

/** What a client sent, as far as an error repeats it: to a NUL, and not too long. */
function quoted(text: string): string {
  return untilNul(text).slice(0, 128)
}

function untilNul(text: string): string {
  const nul = text.indexOf('\0')
  return nul < 0 ? text : text.slice(0, nul)
}

export const errors = {
  wrongType: e('WRONGTYPE Operation against a key holding the wrong kind of value'),
  syntax: e('ERR syntax error'),
  notInteger: e('ERR value is not an integer or out of range'),
  notFloat: e('ERR value is not a valid float'),
  outOfRange: e('ERR index out of range'),
  noSuchKey: e('ERR no such key'),
  overflow: e('ERR increment or decrement would overflow'),
  decrementOverflow: e('ERR decrement would overflow'),
  nanOrInfinity: e('ERR increment would produce NaN or Infinity'),
  stringTooLong: e('ERR string exceeds maximum allowed size (proto-max-bulk-len)'),
  offsetRange: e('ERR offset is out of range'),
  lcsWrongType: e('ERR The specified keys must contain string values'),
  lcsLengthAndIndexes: e('ERR If you want both the length and indexes, please just use IDX.'),
  lcsTooLarge: e('ERR Insufficient memory, transient memory for LCS exceeds proto-max-bulk-len'),
  bitOffset: e('ERR bit offset is not an integer or out of range'),
  bitNotInteger: e('ERR bit is not an integer or out of range'),
  bitArgument: e('ERR The bit argument must be 1 or 0.'),
  bitopNot: e('ERR BITOP NOT must be called with a single source key.'),
  bitfieldType: e(
    'ERR Invalid bitfield type. Use something like i16 u8. ' +
      'Note that u64 is not supported but i64 is.',
  ),
  bitfieldOverflow: e('ERR Invalid OVERFLOW type specified'),
  bitfieldReadOnly: e('ERR BITFIELD_RO only supports the GET subcommand'),
  sameObject: e('ERR source and destination objects are the same'),
  databaseRange: e('ERR DB index is out of range'),
  int32Range: e('ERR value is out of range, value must between -2147483648 and 2147483647'),
  firstDatabase: e('ERR invalid first DB index'),
  secondDatabase: e('ERR invalid second DB index'),
  busyKey: e('BUSYKEY Target key name already exists.'),
  restoreTtl: e('ERR Invalid TTL value, must be >= 0'),
  restoreIdleTime: e('ERR Invalid IDLETIME value, must be >= 0'),
  restoreFrequency: e('ERR Invalid FREQ value, must be >= 0 and <= 255'),
  dumpPayload: e('ERR DUMP payload version or checksum are wrong'),
  dumpFormat: e('ERR Bad data format'),
  scanCursor: e('ERR invalid cursor'),
  scanNoValues: e('ERR NOVALUES option can only be used in HSCAN'),
  idleTimeUntracked: e(
    'ERR An LFU maxmemory policy is selected, idle time not tracked. Please note that when ' +
      'switching between policies at runtime LRU and LFU data will take some time to adjust.',
  ),
  frequencyUntracked: e(
    'ERR An LFU maxmemory policy is not selected, access frequency not tracked. Please note ' +
      'that when switching between policies at runtime LRU and LFU data will take some time to ' +
      'adjust.',
  ),
  expireNx: e('ERR NX and XX, GT or LT options at the same time are not compatible'),
  expireGtLt: e('ERR GT and LT options at the same time are not compatible'),
  noAuth: e('NOAUTH Authentication required.'),
  wrongPass: e('WRONGPASS invalid username-password pair or user is disabled.'),
  noAuthNeeded: e(
    'ERR AUTH <password> called without any password configured for the default user. ' +
      'Are you sure your configuration is correct?',
  ),
  noProto: e('NOPROTO unsupported protocol version'),
  protocolNotInteger: e('ERR Protocol version is not an integer or out of range'),
  nestedMulti: e('ERR MULTI calls can not be nested'),
  execWithoutMulti: e('ERR EXEC without MULTI'),
  discardWithoutMulti: e('ERR DISCARD without MULTI'),
  watchInMulti: e('ERR WATCH inside MULTI is not allowed'),
  notInMulti: e('ERR Command not allowed inside a transaction'),
  execAbort: e('EXECABORT Transaction discarded because of previous errors.'),
  /** For EXEC in place of the error that refused it. */
  execAbortBecause: (line: string) =>
    e(`EXECABORT Transaction discarded because of: ${line.replace(/^ERR /, '')}`),
  outOfMemory: e("OOM command not allowed when used memory > 'maxmemory'."),
  timeoutNotInteger: e('ERR timeout is not an integer or out of range'),
  timeoutNegative: e('ERR timeout is negative'),
  timeoutRange: e('ERR timeout is out of range'),
  helloNoAuth: e(
    'NOAUTH HELLO must be called with the client already authenticated, otherwise the HELLO ' +
      '<proto> AUTH <user> <pass> option can be used to authenticate the client and select the ' +
      'RESP protocol version at the same time',
  ),
  helloOption: (option: string) => e(`ERR Syntax error in HELLO option '${untilNul(option)}'`),
  clientName: e('ERR Client names cannot contain spaces, newlines or special characters.'),
  clientInfoName: (attribute: string) => e(`ERR Unrecognized option '${untilNul(attribute)}'`),
  clientInfoValue: (attribute: string) =>
    e(`ERR ${untilNul(attribute)} cannot contain spaces, newlines or special characters.`),
  clientType: (type: string) => e(`ERR Unknown client type '${untilNul(type)}'`),
  clientId: e('ERR Invalid client ID'),
  clientIdRange: e('ERR client-id should be greater than 0'),
  clientAge: e('ERR maxage is not an integer or out of range'),
  clientAgeRange: e('ERR maxage should be greater than 0'),
  noSuchClient: e('ERR No such client'),
  noSuchUser: (name: string) => e(`ERR No such user '${untilNul(name)}'`),
  pauseMode: e('ERR CLIENT PAUSE mode must be WRITE or ALL'),
  unblockReason: e('ERR CLIENT UNBLOCK reason should be TIMEOUT or ERROR'),
  invalidCommand: e('ERR Invalid command specified'),
  noKeyArguments: e('ERR The command has no key arguments'),
  invalidArgumentCount: e('ERR Invalid number of arguments specified for command'),
  invalidArguments: e('ERR Invalid arguments specified for command'),
  noShutdown: e('ERR No shutdown in progress.'),
  shutdownFailed: e('ERR Errors trying to SHUTDOWN. Check logs.'),
  notPositive: e('ERR value is out of range, must be positive'),
  debugDatabase: e('ERR Out of range database'),
  debugNoTable: e(
    'ERR The value stored at the specified key is not represented using an hash table',
  ),
  debugProtocolType: e(
    'ERR Wrong protocol type name. Please use one of the following: ' +
      'string|integer|double|bignum|null|array|set|map|attrib|push|verbatim|true|false',
  ),
  debugPush: e('ERR RESP2 is not supported by this command'),
  debugRewrite: (reason: string) => e(`ERR CONFIG-REWRITE-FORCE-ALL failed: ${reason}`),
  protectedCommand: (name: string, directive: string) =>
    e(
      `ERR ${name} command not allowed. If the ${directive} option is set to "local", you can ` +
        'run it from a local connection, otherwise you need to set this option in the ' +
        'configuration file, and then restart the server.',
    ),
  tooManyClients: e('ERR max number of clients reached'),
  protectedMode: e(
    'DENIED Redis is running in protected mode because protected mode is enabled and no password ' +
      'is set for the default user. In this mode connections are only accepted from the loopback ' +
      'interface. If you want to connect from external computers to Redis you may adopt one of ' +
      "the following solutions: 1) Just disable protected mode sending the command 'CONFIG SET " +
      "protected-mode no' from the loopback interface by connecting to Redis from the same host " +
      'the server is running, however MAKE SURE Redis is not publicly accessible from internet ' +
      'if you do so. Use CONFIG REWRITE to make this change permanent. 2) Alternatively you can ' +
      'just disable the protected mode by editing the Redis configuration file, and setting the ' +
      "protected mode option to 'no', and then restarting the server. 3) If you started the " +
      "server manually just for testing, restart it with the '--protected-mode no' option. 4) " +
      'Set up an authentication password for the default user. NOTE: You only need to do one of ' +
      'the above things in order for the server to start accepting connections from the outside.',
  ),

  /** Never sent: the connection ends, and this goes to the log. */
  crossProtocol: e('Possible SECURITY ATTACK detected: somebody sends POST or Host: commands.'),
  noConfigFile: e('ERR The server is running without a config file'),
  rewriteFailed: (reason: string) => e(`ERR Rewriting config file: ${reason}`),

  /** The name is nobody's. */
  unknownCommand: (name: string, args: string[]) => {
    const shown: string[] = []
    let length = 0
    for (const arg of args) {
      if (length >= 128) break
      const piece = `'${untilNul(arg).slice(0, 128 - length)}' `
      shown.push(piece)
      length += piece.length
    }
    return e(`ERR unknown command '${quoted(name)}', with args beginning with: ${shown.join('')}`)
  },
  unknownSubcommand: (name: string, container: string) =>
    e(`ERR unknown subcommand '${quoted(name)}'. Try ${container.toUpperCase()} HELP.`),
  /** The subcommand is known, but not with so many arguments. */
  subcommandSyntax: (name: string, container: string) =>
    e(
      `ERR unknown subcommand or wrong number of arguments for '${quoted(name)}'. ` +
        `Try ${container} HELP.`,
    ),
  arity: (fullName: string) => e(`ERR wrong number of arguments for '${fullName}' command`),
  protocol: (reason: string) => e(`ERR Protocol error: ${reason}`),
  bitopTwoSources: (operation: string) =>
    e(`ERR BITOP ${operation} must be called with at least two source keys.`),
  unsupportedOption: (option: string) => e(`ERR Unsupported option ${option}`),
  invalidExpire: (fullName: string) => e(`ERR invalid expire time in '${fullName}' command`),
  /** For a reason that another table words. */
  because: (line: string) => e(line),
}
