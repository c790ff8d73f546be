// rubellite.ts: a database inside a program: an engine with its time, sessions and listeners.
//
// Nothing here keeps a process alive unless it is asked to: timers and sockets are unreferenced,
// so that a program which forgets to close a database still ends.

import type { AddressInfo, Server, Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { type InspectOptions, inspect } from 'node:util'
import { core } from '../../core.ts'
import type { Configuration } from '../../engine/config/configuration.ts'
import { loadConfiguration } from '../../engine/config/load.ts'
import type { LoadableModule } from '../../engine/contract/author.ts'
import { moduleBehind } from '../../engine/contract/module.ts'
import type { ShutdownOptions } from '../../engine/contract/ports.ts'
import { Engine } from '../../engine/dispatch/engine.ts'
import type { ReplyValue } from '../../engine/dispatch/reply-value.ts'
import { resetStatistics } from '../../features/config/reset.ts'
import { quoteWord } from '../../formats/directives.ts'
import { bytesText } from '../files/config-files.ts'
import { Connections } from '../net/connections.ts'
import { listenTcp } from '../net/tcp-listen.ts'
import { listenUnix } from '../net/unix-listen.ts'
import { SystemClock, systemEntropy } from '../process/clock.ts'
import { NodeHost } from '../process/node-host.ts'
import { Ticker } from '../process/ticker.ts'
import type { Argument } from './call-words.ts'
import { DataFolder } from './data-folder.ts'
import { EngineDuplex } from './duplex.ts'
import { type BlockingArguments, EmbeddedSession, type SessionHome } from './embedded-session.ts'
import { type KeyEventListener, KeyEvents } from './key-events.ts'
import { ManualClock } from './manual-clock.ts'
import { Time } from './manual-time.ts'
import {
  type ListenerOptions,
  type Message,
  Messages,
  type MonitoredCommand,
  type ReadMessage,
  readCommand,
  readMessage,
} from './messages.ts'
import { checkListenOptions, checkOpenOptions } from './open-options.ts'

/** What `Rubellite.open` takes. */
export type RubelliteOptions = {
  /** 'system' (the default) runs; 'manual' stands still until `db.clock` moves it. */
  clock?: 'system' | 'manual'
  /** An integer from which all chance follows: equal seeds and calls give equal replies. */
  seed?: number
  /** Where a manual clock begins: a date or milliseconds since 1970; the present by default. */
  now?: Date | number
  /** What bulk strings in replies are: text (the default), or bytes. */
  replies?: 'text' | 'bytes'
  /** Number of databases, 16 by default. */
  databases?: number
  /** Directives of redis.conf and their values: `{ maxmemory: '100mb' }`. */
  config?: Record<string, string>
  /** Modules, made with `defineModule` of rubellite/module. */
  modules?: readonly LoadableModule[]
}

/** Where `db.listen` listens. */
export type ListenOptions = {
  /** TCP port, 0 to 65535; 0, the default, lets the system choose. */
  port?: number
  /** Address or name to listen on; 127.0.0.1 by default. */
  host?: string
  /**
   * Path of a Unix socket, instead of a port: at most 107 bytes on Linux. A socket that lies there
   * is replaced, anything else stays and is an error.
   */
  path?: string
  /** Whether the process goes on while this listens; false by default. */
  keepAlive?: boolean
}

/** Names to listen to, and how to end it. */
export type ListenerArguments =
  | readonly Argument[]
  | readonly [...names: Argument[], options: ListenerOptions]

/** What `close` asks for: it cannot be refused. */
const CLOSING: ShutdownOptions = { save: 'configured', now: false, force: true }

type ConnectorClass = new (options: unknown) => never

export class Rubellite {
  /** The time of this database. */
  readonly clock: Time
  /**
   * A class for ioredis's and iovalkey's `Connector` option: `new Redis({ Connector })`.
   * Its type fits wherever a class is expected, since both clients declare it with private parts.
   */
  readonly connector: ConnectorClass
  private readonly engine: Engine
  private readonly folder = new DataFolder()
  private readonly raw: boolean
  private readonly seed: number | undefined
  private readonly connections: Connections
  private readonly events: KeyEvents
  private readonly ticker: Ticker | undefined
  private readonly servers = new Set<Server>()
  private readonly sessions = new Set<EmbeddedSession>()
  private readonly listening = new Set<Messages<unknown>>()
  private readonly home: SessionHome
  private main: EmbeddedSession
  private isClosed = false
  /** Whether the modules have been told of the end. */
  private hasEnded = false

  private constructor(options: RubelliteOptions) {
    const manual = options.clock === 'manual'
    const start = Number(options.now ?? Date.now())
    const clock = manual ? new ManualClock(start) : new SystemClock()
    this.seed = options.seed
    this.raw = options.replies === 'bytes'
    const end = (options: ShutdownOptions) => this.shutDown(options)
    this.engine = makeEngine(options, clock, this.folder, end)
    this.connections = new Connections(this.engine)
    this.events = new KeyEvents(this.engine, this.raw)
    this.home = {
      raw: this.raw,
      hold: (isWaiting) => (isWaiting ? this.ticker?.hold() : this.ticker?.release()),
    }
    this.main = this.openSession()
    this.clock = new Time(this.engine, clock, () => this.connections.check(this.engine.now))
    this.connector = connectorOf(this)
    if (manual) return
    this.ticker = new Ticker(this.engine, (now) => this.connections.check(now), false)
    this.ticker.start()
  }

  /**
   * Opens a database in memory. Where `config` says `dir`, the file `dbfilename` in that folder is
   * loaded if it is there, and SAVE writes it.
   * @throws TypeError or RangeError when an option is unknown or its value is wrong; the message
   *   names it
   * @throws Error when a directive of `config` is unknown or its value is wrong, or when a module
   *   clashes with what is there, or when the file cannot be loaded
   */
  static async open(options: RubelliteOptions = {}): Promise<Rubellite> {
    checkOpenOptions(options)
    const db = new Rubellite(options)
    try {
      await db.folder.load(db.engine)
      return db
    } catch (error) {
      await db.close()
      throw error
    }
  }

  /**
   * Runs a command in the database's own session and returns its reply (RESP3, as JavaScript).
   * @param args the name of the command and its arguments: text, bytes or numbers
   * @throws ReplyError when the reply is an error; its `code` is the first word
   */
  call<R = ReplyValue>(...args: Argument[]): R {
    if (this.main.closed) this.renew()
    return this.main.call<R>(...args)
  }

  /** As `call`, with bulk strings as bytes. */
  callBytes<R = ReplyValue>(...args: Argument[]): R {
    if (this.main.closed) this.renew()
    return this.main.callBytes<R>(...args)
  }

  /**
   * Runs a command that may have to wait, such as BLPOP, in a session of its own, which selects the
   * database that `call` uses: `await db.blocking('BLPOP', 'jobs', 0)`. While a call waits whose
   * time is limited, the process goes on.
   * @param args the name of the command and its arguments, and as the last one, if wanted,
   *   `{ signal }` to give up
   * @returns the reply; rejects with a ReplyError when it is an error, with the signal's reason
   *   when that is aborted first, and with an Error when the database is closed first
   */
  async blocking<R = ReplyValue>(...args: BlockingArguments): Promise<R> {
    if (this.main.closed) this.renew()
    const session = this.session()
    session.database = this.main.database
    try {
      return await session.blocking<R>(...args)
    } finally {
      session.close()
      this.sessions.delete(session)
    }
  }

  /**
   * Listens to channels: `for await (const { channel, message } of db.subscribe('news'))`. Leaving
   * the loop ends it, and so does closing the database.
   * @param channels their names, and as the last argument, if wanted, `{ signal }`
   */
  subscribe<T extends string | Uint8Array = string>(
    ...channels: ListenerArguments
  ): Messages<Message<T>> {
    return this.listenTo('SUBSCRIBE', channels, readMessage(this.raw))
  }

  /** As `subscribe`, to all channels that match patterns; messages tell which one did. */
  psubscribe<T extends string | Uint8Array = string>(
    ...patterns: ListenerArguments
  ): Messages<Message<T>> {
    return this.listenTo('PSUBSCRIBE', patterns, readMessage(this.raw))
  }

  /** As `subscribe`, to shard channels. */
  ssubscribe<T extends string | Uint8Array = string>(
    ...channels: ListenerArguments
  ): Messages<Message<T>> {
    return this.listenTo('SSUBSCRIBE', channels, readMessage(this.raw))
  }

  /** Shows every command that is run but those that administer: `for await (… of db.monitor())` */
  monitor<T extends string | Uint8Array = string>(
    options: ListenerOptions = {},
  ): Messages<MonitoredCommand<T>> {
    return this.listenTo('MONITOR', [options], readCommand(this.raw))
  }

  /** A session of its own: its own database number, transaction and name. */
  session(): EmbeddedSession {
    this.expectOpen()
    return this.openSession()
  }

  /**
   * Listens for clients; may be called several times.
   * @returns the URL for clients, redis://127.0.0.1:50000 or unix:///tmp/a.sock
   * @throws TypeError or RangeError when an option is wrong; the message names it
   * @throws Error when that is not possible
   */
  async listen(options: ListenOptions = {}): Promise<string> {
    this.expectOpen()
    checkListenOptions(options)
    const { port = 0, host = '127.0.0.1', path, keepAlive = false } = options
    const accept = (socket: Socket) => {
      const connection = this.connections.accept(socket, path)
      if (!keepAlive) connection?.unref()
    }
    if (path !== undefined) {
      const server = await listenUnix(
        { path, permission: 0, backlog: 511, sparesFiles: true },
        accept,
      )
      this.keep(server, keepAlive)
      return `unix://${path}`
    }
    let reason = `cannot listen on ${host}:${port}`
    const note = (line: string) => {
      reason = line.replace(/^Warning: /, '')
    }
    const servers = await listenTcp({ binds: [host], port, backlog: 511 }, accept, note)
    const server = servers?.[0]
    if (server === undefined) throw new Error(reason)
    this.keep(server, keepAlive)
    const name = host.includes(':') ? `[${host}]` : host
    return `redis://${name}:${(server.address() as AddressInfo).port}`
  }

  /** A stream with this database at its other end, for clients that can be handed one. */
  connect(): Duplex {
    this.expectOpen()
    const stream = new EngineDuplex(this.engine, this.home)
    this.connections.add(stream)
    return stream.once('close', () => this.connections.forget(stream))
  }

  /**
   * Calls `listener` for each keyspace event, when its command has ended.
   * @param classes letters of notify-keyspace-events without K and E; 'A' is all but n and m
   * @returns ends it
   */
  onKeyEvent(listener: KeyEventListener, classes = 'A'): () => void {
    return this.events.listen(listener, classes)
  }

  /**
   * Empties all databases, sets statistics back, begins the seed's chance anew and renews the
   * database's own session. Time, directives, other sessions and connections stay.
   */
  reset(): void {
    this.expectOpen()
    const { engine } = this
    for (const db of engine.databases) {
      if (db.size > 0) engine.flushDatabase(db.id)
    }
    resetStatistics(engine)
    if (this.seed !== undefined) engine.random.reseed(this.seed)
    this.renew()
  }

  /** Ends all sessions, connections and listeners; resolves when nothing is left open. */
  async close(): Promise<void> {
    if (this.isClosed) return
    this.isClosed = true
    if (!this.hasEnded) this.engine.end(CLOSING)
    this.ticker?.stop()
    this.events.close()
    for (const session of this.sessions) session.close()
    for (const messages of this.listening) messages.close()
    this.connections.close()
    const servers = [...this.servers]
    await Promise.all(servers.map((server) => new Promise((closed) => server.close(closed))))
  }

  /** What it is in short, for JSON and for logs: how many keys all its databases have. */
  toJSON(): { keys: number; clock: 'system' | 'manual'; closed: boolean } {
    const keys = this.engine.databases.reduce((sum, { size }) => sum + size, 0)
    const clock = this.ticker === undefined ? 'manual' : 'system'
    return { keys, clock, closed: this.isClosed }
  }

  [inspect.custom](_depth: number, options: InspectOptions): string {
    return `Rubellite ${inspect(this.toJSON(), options)}`
  }

  /** `await using db = await Rubellite.open()`. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }

  private listenTo<M>(
    name: string,
    given: ListenerArguments,
    read: ReadMessage<Message<never> | MonitoredCommand<never>>,
  ): Messages<M> {
    this.expectOpen()
    const last = given[given.length - 1]
    const hasOptions = typeof last === 'object' && !ArrayBuffer.isView(last)
    const words = (hasOptions ? given.slice(0, -1) : given) as Argument[]
    const signal = hasOptions ? last.signal : undefined
    for (const old of this.listening) if (old.closed) this.listening.delete(old)
    const messages = new Messages(this.connections, [name, ...words], read, signal)
    this.listening.add(messages)
    return messages as unknown as Messages<M>
  }

  private openSession(): EmbeddedSession {
    const session = new EmbeddedSession(this.engine, this.home)
    this.sessions.add(session)
    return session
  }

  /** The database's own session is replaced when it ended, by QUIT or CLIENT KILL. */
  private renew(): void {
    this.expectOpen()
    this.main.close()
    for (const session of this.sessions) if (session.closed) this.sessions.delete(session)
    this.main = this.openSession()
  }

  private keep(server: Server, keepAlive: boolean): void {
    if (!keepAlive) server.unref()
    this.servers.add(server)
  }

  private expectOpen(): void {
    if (this.isClosed) throw new Error('this database is closed')
  }

  /** SHUTDOWN ends the database, not the program around it. */
  private shutDown(options: ShutdownOptions): boolean {
    if (!this.engine.end(options)) return false
    this.hasEnded = true
    queueMicrotask(() => void this.close())
    return true
  }
}

function makeEngine(
  options: RubelliteOptions,
  clock: ManualClock | SystemClock,
  folder: DataFolder,
  end: (options: ShutdownOptions) => boolean,
) {
  const host = new NodeHost((level, line) => folder.note(level, line), end)
  return new Engine({
    modules: [...core, ...(options.modules ?? []).map(moduleBehind)],
    clock,
    entropy: systemEntropy,
    host,
    configure: ({ config }) => {
      folder.follow(config, host)
      setDirectives(config, options.config ?? {})
    },
    ...(options.seed === undefined ? {} : { seed: options.seed }),
    ...(options.databases === undefined ? {} : { databases: options.databases }),
  })
}

/** @throws Error naming the directive that is wrong */
function setDirectives(config: Configuration, directives: Record<string, string>): void {
  const entries = Object.entries(directives)
  const lines = entries.map(([name, value]) => `${bytesText(name)} ${quoteWord(bytesText(value))}`)
  const fault = loadConfiguration(config, lines.join('\n'), {
    include: () => '',
    rename: () => 'unknown',
  })
  if (fault === undefined) return
  throw new Error(`directive '${entries[fault.line - 1]?.[0]}': ${fault.reason}`)
}

/** What ioredis asks of a connector: a stream, and not to hold on to it. */
function connectorOf(db: Rubellite): ConnectorClass {
  class EngineConnector {
    private stream: Duplex | undefined

    check(): boolean {
      return true
    }

    async connect(): Promise<Duplex> {
      this.stream = db.connect()
      return this.stream
    }

    disconnect(): void {
      this.stream?.end()
    }
  }
  return EngineConnector as unknown as ConnectorClass
}
