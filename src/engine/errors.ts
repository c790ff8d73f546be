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

/** Shortens what a client sent to what an error may repeat. */
function quoted(text: string): string {
  return text.slice(0, 128)
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
  lcsTooLarge: e(
    'ERR Insufficient memory, transient memory for LCS exceeds proto-max-bulk-len',
  ),
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
  outOfMemory: e("OOM command not allowed when used memory > 'maxmemory'."),
  timeoutNotInteger: e('ERR timeout is not an integer or out of range'),
  timeoutNegative: e('ERR timeout is negative'),
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

  /** The name is nobody's. */
  unknownCommand: (name: string, args: string[]) => {
    const shown: string[] = []
    let length = 0
    for (const arg of args) {
      if (length >= 128) break
      const piece = `'${arg.slice(0, 128 - length)}' `
      shown.push(piece)
      length += piece.length
    }
    return e(`ERR unknown command '${quoted(name)}', with args beginning with: ${shown.join('')}`)
  },
  unknownSubcommand: (name: string, container: string) =>
    e(`ERR unknown subcommand '${quoted(name)}'. Try ${container.toUpperCase()} HELP.`),
  arity: (fullName: string) => e(`ERR wrong number of arguments for '${fullName}' command`),
  protocol: (reason: string) => e(`ERR Protocol error: ${reason}`),
  bitopTwoSources: (operation: string) =>
    e(`ERR BITOP ${operation} must be called with at least two source keys.`),
  invalidExpire: (fullName: string) => e(`ERR invalid expire time in '${fullName}' command`),
  /** For a reason that another table words. */
  because: (line: string) => e(line),
}
