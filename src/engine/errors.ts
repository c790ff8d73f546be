// errors.ts: every error the engine can reply with, in one table, in redis-server's own words.
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
  hyperLogLogType: e('WRONGTYPE Key is not a valid HyperLogLog string value.'),
  hyperLogLogCorrupted: e('INVALIDOBJ Corrupted HLL object detected'),
  hyperLogLogNoKey: e('ERR The specified key does not exist'),
  hyperLogLogNotSparse: e('ERR HLL encoding is not sparse'),
  hyperLogLogSwitch: e('ERR Argument must be ON or OFF'),
  hyperLogLogSubcommand: (name: string) => e(`ERR Unknown PFDEBUG subcommand '${untilNul(name)}'`),
  hyperLogLogNeverSparse: e('ERR TESTFAILED sparse encoding not used'),
  hyperLogLogDisagreement: e('ERR TESTFAILED dense/sparse disagree'),
  hyperLogLogRegister: (register: number, wanted: number, value: number) =>
    e(`ERR TESTFAILED Register ${register} should be ${wanted} but is ${value}`),
  hyperLogLogError: (count: number, error: number) =>
    e(`ERR TESTFAILED Too big error. card:${count} abserr:${error}`),
  valueRange: e('ERR value is out of range'),
  hashNotInteger: e('ERR hash value is not an integer'),
  hashNotFloat: e('ERR hash value is not a float'),
  incrementNotFinite: e('ERR value is NaN or Infinity'),
  fieldsMissing: e('ERR Mandatory argument FIELDS is missing or not at the right position'),
  fieldCount: e('ERR Number of fields must be a positive integer'),
  fieldCountZero: e('ERR Parameter `numFields` should be greater than 0'),
  fieldCountInvalid: e('ERR invalid number of fields'),
  fieldCountMismatch: e('ERR The `numfields` parameter must match the number of arguments'),
  fieldExpireNegative: e('ERR invalid expire time, must be >= 0'),
  fxxAndFnx: e('ERR Only one of FXX or FNX arguments can be specified'),
  fieldExpireTwice: e('ERR Only one of EX, PX, EXAT, PXAT or KEEPTTL arguments can be specified'),
  unknownArgument: (word: string) => e(`ERR unknown argument: ${untilNul(word)}`),
  sortScore: e("ERR One or more scores can't be converted into double"),
  geoPlace: (longitude: string, latitude: string) =>
    e(`ERR invalid longitude,latitude pair ${longitude},${latitude}`),
  geoUnit: e('ERR unsupported unit provided. please use M, KM, FT, MI'),
  geoRadius: e('ERR need numeric radius'),
  geoRadiusNegative: e('ERR radius cannot be negative'),
  geoWidth: e('ERR need numeric width'),
  geoHeight: e('ERR need numeric height'),
  geoBoxNegative: e('ERR height or width cannot be negative'),
  geoMember: e('ERR could not decode requested zset member'),
  geoCount: e('ERR COUNT must be > 0'),
  geoAny: e('ERR the ANY argument requires COUNT argument'),
  geoStoreWith: (what: string) =>
    e(`ERR ${what} is not compatible with WITHDIST, WITHHASH and WITHCOORD options`),
  geoFrom: (name: string) =>
    e(`ERR exactly one of FROMMEMBER or FROMLONLAT can be specified for ${untilNul(name)}`),
  geoBy: (name: string) =>
    e(`ERR exactly one of BYRADIUS and BYBOX can be specified for ${untilNul(name)}`),
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
  scoreNan: e('ERR resulting score is not a number (NaN)'),
  scoreRange: e('ERR min or max is not a float'),
  nameRange: e('ERR min or max not valid string range item'),
  zaddConditions: e('ERR XX and NX options at the same time are not compatible'),
  zaddComparisons: e('ERR GT, LT, and/or NX options at the same time are not compatible'),
  zaddIncrement: e('ERR INCR option supports a single increment-element pair'),
  rangeLimit: e(
    'ERR syntax error, LIMIT is only supported in combination with either BYSCORE or BYLEX',
  ),
  rangeScores: e('ERR syntax error, WITHSCORES not supported in combination with BYLEX'),
  weight: e('ERR weight value is not a float'),
  expireNx: e('ERR NX and XX, GT or LT options at the same time are not compatible'),
  expireGtLt: e('ERR GT and LT options at the same time are not compatible'),
  streamId: e('ERR Invalid stream ID specified as stream command argument'),
  streamRangeStart: e('ERR invalid start ID for the interval'),
  streamRangeEnd: e('ERR invalid end ID for the interval'),
  streamIdZero: e('ERR The ID specified in XADD must be greater than 0-0'),
  streamIdBehind: e(
    'ERR The ID specified in XADD is equal or smaller than the target stream top item',
  ),
  streamFull: e('ERR The stream has exhausted the last possible ID, unable to add more items'),
  streamEntryTooLarge: e('ERR Elements are too large to be stored'),
  trimTwice: e('ERR syntax error, MAXLEN and MINID options at the same time are not compatible'),
  trimLength: e('ERR The MAXLEN argument must be >= 0.'),
  trimLimit: e('ERR The LIMIT argument must be >= 0.'),
  trimLimitAlone: e(
    'ERR syntax error, LIMIT cannot be used without specifying a trimming strategy',
  ),
  trimLimitExact: e('ERR syntax error, LIMIT cannot be used without the special ~ option'),
  trimMissing: e('ERR syntax error, XTRIM must be called with a trimming strategy'),
  idCount: e('ERR Number of IDs must be a positive integer'),
  idCountWrong: e('ERR The `numids` parameter must match the number of arguments'),
  xsetidBehind: e('ERR The ID specified in XSETID is smaller than the target stream top item'),
  xsetidDeleted: e('ERR The ID specified in XSETID is smaller than current max_deleted_entry_id'),
  xsetidGivenDeleted: e(
    'ERR The ID specified in XSETID is smaller than the provided max_deleted_entry_id',
  ),
  xsetidAdded: e('ERR entries_added must be positive'),
  xsetidAddedSmall: e(
    'ERR The entries_added specified in XSETID is smaller than the target stream length',
  ),
  groupNeedsKey: e(
    'ERR The XGROUP subcommand requires the key to exist. Note that for CREATE you may want to ' +
      'use the MKSTREAM option to create an empty stream automatically.',
  ),
  groupExists: e('BUSYGROUP Consumer Group name already exists'),
  groupEntriesRead: e('ERR value for ENTRIESREAD must be positive or -1'),
  noGroup: (group: string, key: string) =>
    e(`NOGROUP No such consumer group '${untilNul(group)}' for key name '${untilNul(key)}'`),
  noKeyOrGroup: (key: string, group: string) =>
    e(`NOGROUP No such key '${untilNul(key)}' or consumer group '${untilNul(group)}'`),
  noGroupToRead: (key: string, group: string) =>
    e(
      `NOGROUP No such key '${untilNul(key)}' or consumer group '${untilNul(group)}' in ` +
        'XREADGROUP with GROUP option',
    ),
  unbalancedStreams: (command: string, ids: string) =>
    e(
      `ERR Unbalanced '${command}' list of streams: for each stream key an ${ids} must be ` +
        'specified.',
    ),
  xreadGroup: e('ERR The GROUP option is only supported by XREADGROUP. You called XREAD instead.'),
  xreadNoAck: e('ERR The NOACK option is only supported by XREADGROUP. You called XREAD instead.'),
  xreadNew: e(
    'ERR The > ID can be specified only when calling XREADGROUP using the GROUP <group> ' +
      '<consumer> option.',
  ),
  xreadgroupMissing: e('ERR Missing GROUP option for XREADGROUP'),
  xreadgroupId: (id: string) =>
    e(
      `ERR The ${id} ID is meaningless in the context of XREADGROUP: you want to read the ` +
        'history of this consumer by specifying a proper ID, or use the > ID to get new ' +
        `messages. The ${id} ID would just return an empty result set.`,
    ),
  claimArgument: (what: string, command: string) =>
    e(`ERR Invalid ${what} argument for ${command}`),
  claimOption: (option: string) => e(`ERR Unrecognized XCLAIM option '${untilNul(option)}'`),
  claimCount: e('ERR COUNT must be > 0'),
  claimMemory: e('ERR Insufficient memory, failed allocating transient memory, COUNT too high.'),
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
  timeoutNotFloat: e('ERR timeout is not a float or out of range'),
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
  /** For a caller that expects one reply per command: a transaction, `db.call`. */
  denyBlocking: (name: string) => e(`ERR ${name} isn't allowed for a DENY BLOCKING client`),
  monitorKeys: e("ERR Replica can't interact with the keyspace"),
  denyMonitor: e("ERR MONITOR isn't allowed for DENY BLOCKING client"),
  listening: (fullName: string) =>
    e(
      `ERR Can't execute '${fullName}': only (P|S)SUBSCRIBE / (P|S)UNSUBSCRIBE / PING / QUIT / ` +
        'RESET are allowed in this context',
    ),
  unblocked: e('UNBLOCKED client unblocked via CLIENT UNBLOCK'),
  unblockReason: e('ERR CLIENT UNBLOCK reason should be TIMEOUT or ERROR'),
  invalidCommand: e('ERR Invalid command specified'),
  noKeyArguments: e('ERR The command has no key arguments'),
  invalidArgumentCount: e('ERR Invalid number of arguments specified for command'),
  invalidArguments: e('ERR Invalid arguments specified for command'),
  noShutdown: e('ERR No shutdown in progress.'),
  loading: e('LOADING Redis is loading the dataset in memory'),
  reloadOptions: e('ERR DEBUG RELOAD only supports the MERGE, NOFLUSH and NOSAVE options.'),
  reloadFailed: e('ERR Error trying to load the RDB dump, check server logs.'),
  /** The log says why. */
  unexplained: e('ERR'),
  /** Our own: an embedded database has no files. */
  noStorage: e('ERR this database lives in memory only: it has no folder to save to'),
  shutdownFailed: e('ERR Errors trying to SHUTDOWN. Check logs.'),
  notPositive: e('ERR value is out of range, must be positive'),
  /** Any integer but the one that has no counterpart above zero. */
  signedRange: e(
    'ERR value is out of range, value must between -9223372036854775807 and 9223372036854775807',
  ),
  numKeysPositive: e('ERR numkeys should be greater than 0'),
  countPositive: e('ERR count should be greater than 0'),
  keysBeyondArguments: e("ERR Number of keys can't be greater than number of args"),
  limitNegative: e("ERR LIMIT can't be negative"),
  inputKeys: (fullName: string) =>
    e(`ERR at least 1 input key is needed for '${fullName}' command`),
  lposRank: e(
    "ERR RANK can't be zero: use 1 to start from the first match, 2 from the second ... or use " +
      'negative to start from the end of the list',
  ),
  lposCount: e("ERR COUNT can't be negative"),
  lposMaxLen: e("ERR MAXLEN can't be negative"),
  debugDatabase: e('ERR Out of range database'),
  debugNoTable: e(
    'ERR The value stored at the specified key is not represented using an hash table',
  ),
  debugThreshold: e('ERR argument must be a memory value bigger than 1 and smaller than 4gb'),
  debugNoListpack: e('ERR Not a listpack encoded object.'),
  debugNoQuicklist: e('ERR Not a quicklist encoded object.'),
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
