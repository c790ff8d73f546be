// errors.ts: the errors that the engine and more than one folder reply with, in redis-server's own
// words. What only one folder answers stands in that folder's errors.ts, which repeats this table.
//
// Handlers throw an entry: `throw errors.wrongType`. The entries are frozen and not `Error`s, since
// building a stack trace costs six times what the throw does, and an error reply is no bug.

// A module's file may bring a copy of its own of this class: the mark is what tells.
const MARK: unique symbol = Symbol.for('rubellite.CommandError') as never

/** An error reply: what a handler throws in place of an answer, before it has changed anything. */
export class CommandError {
  /** The line without '-' and line break: a code in capitals and a sentence. */
  readonly line: string
  readonly [MARK] = true

  /** @param line one character per byte, such as 'ERR no such board' */
  constructor(line: string) {
    this.line = line
  }

  static [Symbol.hasInstance](value: unknown): boolean {
    return typeof value === 'object' && value !== null && MARK in value
  }
}

/** An entry of a table of errors. */
export function errorReply(line: string): CommandError {
  return Object.freeze(new CommandError(line))
}

const e = errorReply

/** What a client sent, as far as an error repeats it: to a NUL, and not too long. */
export function quoted(text: string): string {
  return untilNul(text).slice(0, 128)
}

/** The same, however long. */
export function untilNul(text: string): string {
  const nul = text.indexOf('\0')
  return nul < 0 ? text : text.slice(0, nul)
}

export const errors = {
  wrongType: e('WRONGTYPE Operation against a key holding the wrong kind of value'),
  syntax: e('ERR syntax error'),
  notInteger: e('ERR value is not an integer or out of range'),
  notFloat: e('ERR value is not a valid float'),
  noSuchKey: e('ERR no such key'),
  overflow: e('ERR increment or decrement would overflow'),
  nanOrInfinity: e('ERR increment would produce NaN or Infinity'),
  valueRange: e('ERR value is out of range'),
  int32Range: e('ERR value is out of range, value must between -2147483648 and 2147483647'),
  scanCursor: e('ERR invalid cursor'),
  scanNoValues: e('ERR NOVALUES option can only be used in HSCAN'),
  /** For EXEC in place of the error that refused it. */
  execAbortBecause: (line: string) =>
    e(`EXECABORT Transaction discarded because of: ${line.replace(/^ERR /, '')}`),
  timeoutNotInteger: e('ERR timeout is not an integer or out of range'),
  timeoutNotFloat: e('ERR timeout is not a float or out of range'),
  timeoutNegative: e('ERR timeout is negative'),
  timeoutRange: e('ERR timeout is out of range'),
  notFromScript: e('ERR This Redis command is not allowed from script'),
  unblocked: e('UNBLOCKED client unblocked via CLIENT UNBLOCK'),
  notPositive: e('ERR value is out of range, must be positive'),
  /** Any integer but the one that has no counterpart above zero. */
  signedRange: e(
    'ERR value is out of range, value must between -9223372036854775807 and 9223372036854775807',
  ),
  numKeysPositive: e('ERR numkeys should be greater than 0'),
  countPositive: e('ERR count should be greater than 0'),
  limitNegative: e("ERR LIMIT can't be negative"),
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
  invalidExpire: (fullName: string) => e(`ERR invalid expire time in '${fullName}' command`),
}
