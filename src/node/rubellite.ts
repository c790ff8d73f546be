// rubellite.ts: an engine inside a program, with what belongs to it: time, listeners, sessions.

import net from 'node:net'
import type { Duplex } from 'node:stream'
import { core } from '../core.ts'
import { Engine } from '../engine/engine.ts'
import { SystemClock, systemEntropy } from './clock.ts'
import { Connections } from './connections.ts'
import { EngineDuplex } from './duplex.ts'
import { type Duration, milliseconds } from './duration.ts'
import { type Argument, EmbeddedSession } from './embedded-session.ts'
import { ManualClock } from './manual-clock.ts'
import type { ReplyValue } from './reply-value.ts'

export type RubelliteOptions = {
  /** 'system' runs; 'manual' stands still until `db.clock` moves it. */
  clock?: 'system' | 'manual'
  /** Seed of everything random: equal seeds, equal runs. */
  seed?: number
  /** Where a manual clock begins: a date, or milliseconds since 1970. */
  now?: Date | number
  /** What strings in replies are: JavaScript strings from UTF-8, or bytes. */
  replies?: 'text' | 'bytes'
  /** Number of databases, 16 unless said otherwise. */
  databases?: number
}

export class Rubellite {
  readonly clock: ManualTime
  private readonly engine: Engine
  private readonly connections: Connections
  private readonly raw: boolean
  private readonly main: EmbeddedSession
  private readonly servers = new Set<net.Server>()
  private readonly sockets = new Set<net.Socket>()
  private timer: NodeJS.Timeout | undefined
  private closed = false

  private constructor(options: RubelliteOptions) {
    const manual = options.clock === 'manual'
    const clock = manual ? new ManualClock(Number(options.now ?? Date.now())) : new SystemClock()
    this.engine = new Engine({
      modules: core,
      clock,
      entropy: systemEntropy,
      ...(options.seed === undefined ? {} : { seed: options.seed }),
      ...(options.databases === undefined ? {} : { databases: options.databases }),
    })
    this.connections = new Connections(this.engine)
    this.raw = options.replies === 'bytes'
    this.main = new EmbeddedSession(this.engine, this.raw)
    this.clock = new ManualTime(this.engine, clock)
    if (!manual) this.loop()
  }

  static async open(options: RubelliteOptions = {}): Promise<Rubellite> {
    return new Rubellite(options)
  }

  call(...args: Argument[]): ReplyValue {
    return this.main.call(...args)
  }

  callBytes(...args: Argument[]): ReplyValue {
    return this.main.callBytes(...args)
  }

  session(): EmbeddedSession {
    return new EmbeddedSession(this.engine, this.raw)
  }

  listen(options: { port?: number; host?: string; path?: string } = {}): Promise<string> {
    const { port = 0, host = '127.0.0.1', path } = options
    const server = net.createServer({ allowHalfOpen: true, noDelay: true, pauseOnConnect: true }, (socket) => {
      this.sockets.add(socket.once('close', () => this.sockets.delete(socket)))
      this.connections.accept(socket)
    })
    this.servers.add(server)
    return new Promise((resolve, reject) => {
      server.once('error', reject)
      server.listen(path === undefined ? { port, host } : { path }, () => {
        const address = server.address()
        if (path !== undefined) resolve(`unix://${path}`)
        else resolve(`redis://${host}:${(address as net.AddressInfo).port}`)
      })
    })
  }

  connect(): Duplex {
    return new EngineDuplex(this.engine)
  }

  async close(): Promise<void> {
    if (this.closed) return
    this.closed = true
    clearTimeout(this.timer)
    for (const session of [...this.engine.sessions.values()]) session.end()
    for (const socket of this.sockets) socket.destroy()
    await Promise.all(
      [...this.servers].map((server) => new Promise((resolve) => server.close(resolve))),
    )
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }

  private loop(): void {
    this.timer = setTimeout(() => this.loop(), this.engine.tick())
    this.timer.unref()
  }
}

export class ManualTime {
  private readonly engine: Engine
  private readonly clock: ManualClock | SystemClock

  constructor(engine: Engine, clock: ManualClock | SystemClock) {
    this.engine = engine
    this.clock = clock
  }

  get now(): number {
    return Math.floor(this.clock.now())
  }

  advance(duration: Duration): void {
    this.set(this.clock.now() + milliseconds(duration))
  }

  set(now: Date | number): void {
    if (!(this.clock instanceof ManualClock)) throw new Error('this clock runs by itself')
    this.clock.set(Number(now))
    this.engine.tick()
  }
}
