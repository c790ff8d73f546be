// options.ts: the command line: redis-benchmark's flags, and those of comparisons and suites.
//
// Flags are read as redis-benchmark reads them: numbers up to the first other character, values
// out of range brought into it, and the first word that is no flag begins a command to measure.
import { leadingInteger } from '../../node/net/url.ts'
import {
  count,
  type DriverChoice,
  driverOf,
  invalid,
  portOf,
  precisionOf,
  readAddress,
  refuse,
  scaleOf,
} from './option-values.ts'

export interface BenchmarkOptions {
  host: string
  port: number
  socket: string | undefined
  user: string | undefined
  password: string | undefined
  database: number | undefined
  isResp3: boolean
  isTracking: boolean
  clients: number
  requests: number
  /** Bytes of values. */
  dataSize: number
  keepAlive: boolean
  /** Undefined without `-r`: keys keep `__rand_int__` in their names. */
  keyspace: number | undefined
  pipeline: number
  threads: number
  seed: number
  precision: number
  isQuiet: boolean
  isCsv: boolean
  isLoop: boolean
  isIdle: boolean
  readsStdin: boolean
  tests: string[] | undefined
  /** The command to measure instead of the list of tests. */
  command: string[]
  driver: DriverChoice
  /** Servers to compare with, each `[name=]CMD`. */
  against: string[]
  /** Our own server, `[name=]CMD`; undefined starts this package's. */
  server: string | undefined
  /** Undefined without `--rounds`: comparisons make five, suites what suits them. */
  rounds: number | undefined
  json: string | undefined
  savesResults: boolean
  suite: string | undefined
  /** Parts of the suite to run; undefined runs all. */
  only: string[] | undefined
  /** Factor on a suite's sizes. */
  scale: number
  asserts: boolean
  /** Set by `--help` and `--version`: nothing is measured. */
  shows: 'help' | 'version' | undefined
  /** Lines for standard error before the run. */
  warnings: string[]
}

const DATA_SIZE_MAX = 1024 * 1024 * 1024
const THREADS_MAX = 500

/** A flag: whether a value follows it, and what it sets. */
interface Flag {
  takesValue: boolean
  set(options: BenchmarkOptions, value: string): void
}

const flag = (set: (options: BenchmarkOptions) => void): Flag => ({ takesValue: false, set })
const value = (set: Flag['set']): Flag => ({ takesValue: true, set })
const flags: Record<string, Flag> = {
  '-h': value((o, text) => (o.host = text)),
  '-p': value((o, text) => (o.port = portOf(leadingInteger(text)))),
  '-s': value((o, text) => (o.socket = text)),
  '-a': value((o, text) => (o.password = text)),
  '--user': value((o, text) => (o.user = text)),
  '-u': value(setAddress),
  '-c': value((o, text) => (o.clients = count(text, 1))),
  '-n': value((o, text) => (o.requests = count(text, 1))),
  '-d': value((o, text) => (o.dataSize = count(text, 1, DATA_SIZE_MAX))),
  '--dbnum': value((o, text) => (o.database = leadingInteger(text))),
  '-3': flag((o) => (o.isResp3 = true)),
  '--threads': value((o, text) => (o.threads = count(text, 0, THREADS_MAX))),
  '--enable-tracking': flag((o) => (o.isTracking = true)),
  '-k': value((o, text) => (o.keepAlive = leadingInteger(text) !== 0)),
  '-r': value((o, text) => (o.keyspace = count(text, 0, 2 ** 31 - 1))),
  '-P': value((o, text) => (o.pipeline = count(text, 1))),
  '-q': flag((o) => (o.isQuiet = true)),
  '--precision': value((o, text) => (o.precision = precisionOf(leadingInteger(text)))),
  '--csv': flag((o) => (o.isCsv = true)),
  '-l': flag((o) => (o.isLoop = true)),
  '-t': value((o, text) => (o.tests = text.toLowerCase().split(','))),
  '-I': flag((o) => (o.isIdle = true)),
  '-x': flag((o) => (o.readsStdin = true)),
  '-e': flag((o) => o.warnings.push('WARNING: -e has no effect: any error reply ends the run.')),
  '--seed': value((o, text) => (o.seed = leadingInteger(text))),
  '--help': flag((o) => (o.shows ??= 'help')),
  '--version': flag((o) => (o.shows ??= 'version')),
  '-v': flag((o) => (o.shows ??= 'version')),
  '--tls': flag(() => refuse('TLS is not available in this version.')),
  '--cluster': flag(() => refuse('Cluster mode is not available in this version.')),
  '--driver': value((o, text) => (o.driver = driverOf(text))),
  '--against': value((o, text) => o.against.push(text)),
  '--server': value((o, text) => (o.server = text)),
  '--rounds': value((o, text) => (o.rounds = count(text, 1, 1000))),
  '--json': value((o, text) => (o.json = text)),
  '--save-results': flag((o) => (o.savesResults = true)),
  '--suite': value((o, text) => (o.suite = text)),
  '--only': value((o, text) => (o.only = text.toLowerCase().split(','))),
  '--scale': value((o, text) => (o.scale = scaleOf(text))),
  '--assert': flag((o) => (o.asserts = true)),
}

/**
 * Reads the arguments behind `rubellite benchmark`.
 *
 * @throws OptionError with a line for the user.
 */
export function parseOptions(argv: readonly string[]): BenchmarkOptions {
  const options = defaults()
  let at = 0
  for (; at < argv.length && options.shows === undefined; at++) {
    const word = argv[at]!
    const found = Object.hasOwn(flags, word) ? flags[word] : undefined
    if (found === undefined && !word.startsWith('-')) break
    if (found === undefined || (found.takesValue && at + 1 >= argv.length)) throw invalid(word)
    if (word === '-r' && !/^-?\d|^[^-]/.test(argv[at + 1]!)) throw invalid(argv[at + 1]!)
    found.set(options, found.takesValue ? argv[++at]! : '')
  }
  options.command = argv.slice(at)
  if (options.command.length > 0 && options.tests !== undefined) {
    options.warnings.push('WARNING: -t is ignored: a command is given.')
  }
  return options
}

function defaults(): BenchmarkOptions {
  return {
    host: '127.0.0.1',
    port: 6379,
    socket: undefined,
    user: undefined,
    password: undefined,
    database: undefined,
    isResp3: false,
    isTracking: false,
    clients: 50,
    requests: 100_000,
    dataSize: 3,
    keepAlive: true,
    keyspace: undefined,
    pipeline: 1,
    threads: 0,
    seed: Date.now() % 2 ** 31,
    precision: 3,
    isQuiet: false,
    isCsv: false,
    isLoop: false,
    isIdle: false,
    readsStdin: false,
    tests: undefined,
    command: [],
    driver: 'auto',
    against: [],
    server: undefined,
    rounds: undefined,
    json: undefined,
    savesResults: false,
    suite: undefined,
    only: undefined,
    scale: 1,
    asserts: false,
    shows: undefined,
    warnings: [],
  }
}

function setAddress(options: BenchmarkOptions, text: string): void {
  const address = readAddress(text)
  if (address.tls) refuse('TLS is not available in this version.')
  options.host = address.host ?? options.host
  options.port = portOf(address.port ?? options.port)
  options.socket = address.path ?? options.socket
  options.user = address.user ?? options.user
  options.password = address.password ?? options.password
  options.database = address.database ?? options.database
}
