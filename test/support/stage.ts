// stage.ts: an engine with a clock that is moved by hand, and clients that talk to it without a
// socket: what a test needs that sees commands from outside, but wants to look behind them too.
import assert from 'node:assert/strict'
import { latin1 } from '#src/bytes/memory/span.js'
import { core } from '#src/core.js'
import { loadConfiguration } from '#src/engine/config/load.js'
import type { Module } from '#src/engine/contract/module.js'
import { type Clock, type Host, noHost } from '#src/engine/contract/ports.js'
import { Engine } from '#src/engine/dispatch/engine.js'
import { EffectList } from '#src/engine/effects/effects.model.js'
import { Loopback, type LoopbackOptions } from '#src/engine/session/loopback.js'
import type { Session } from '#src/engine/session/session.js'
import { encodeRequest } from './resp.ts'

export type StageOptions = {
  /** All that there are, by default. */
  readonly modules?: readonly Module[]
  /** When it begins, in milliseconds since 1970; 2030 by default. */
  readonly now?: number
  readonly seed?: number
  readonly databases?: number
  /** Parts of the process around the engine. */
  readonly host?: Partial<Host>
  /** Lines of redis.conf. */
  readonly config?: readonly string[]
}

/** A word of a request: bytes, or text of one character per byte. */
export type Word = string | number | Uint8Array

/** Stands still until it is moved. */
export class StageClock implements Clock {
  /** Milliseconds since 1970. */
  ms: number
  /** Microseconds that each reading of the stopwatch takes: how slow the machine seems. */
  step = 0
  private readonly start: number
  private steps = 0

  constructor(ms: number) {
    this.ms = ms
    this.start = ms
  }

  now(): number {
    return this.ms
  }

  micros(): number {
    this.steps += this.step
    return this.steps + (this.ms - this.start) * 1000
  }

  sleep(ms: number): void {
    this.ms += ms
  }
}

export class Stage {
  readonly clock: StageClock
  readonly engine: Engine
  /** Lines of the log. */
  readonly log: string[] = []
  /** Keyspace events since `hearEvents`: `0:set=key`. */
  events: string[] = []
  /** What clients with names were sent: `name: reply`. */
  heard: string[] = []
  private list: EffectList | undefined
  private first: Client | undefined

  constructor(options: StageOptions = {}) {
    const { modules = core, now = Date.UTC(2030, 0, 1), seed = 1, databases, host } = options
    this.clock = new StageClock(now)
    const log: Host['log'] = (_, text) => this.log.push(text)
    this.engine = new Engine({
      modules,
      clock: this.clock,
      entropy: { fill: (bytes) => bytes.fill(7) },
      seed,
      ...(databases === undefined ? {} : { databases }),
      host: { ...noHost, log, ...host },
      configure: (engine) => configure(engine, options.config ?? []),
      poison: true,
    })
  }

  /** The client that `call` and `send` speak for: the first one, unless others came before. */
  get client(): Client {
    this.first ??= this.open()
    return this.first
  }

  open(options?: LoopbackOptions): Client {
    return new Client(this.engine, options)
  }

  /** A client whose replies, and whose end, are told in `heard` in the moment they come. */
  openNamed(name: string, options?: LoopbackOptions): Client {
    const client = this.open(options)
    const { loopback } = client
    loopback.onReply = () => this.heard.push(`${name}: ${client.read()}`)
    loopback.onClose = () => this.heard.push(`${name} closed`)
    return client
  }

  call(...words: Word[]): string {
    return this.client.call(...words)
  }

  send(...lines: string[]): string {
    return this.client.send(...lines)
  }

  /** Lets time pass, and what is due in it happen. */
  wait(ms: number): void {
    this.clock.ms += ms
    this.engine.tick()
  }

  hearEffects(): void {
    this.list = new EffectList(this.engine.effects)
  }

  hearEvents(): void {
    this.engine.events.listen((event, key, database) => {
      this.events.push(`${database}:${event}=${key.text()}`)
    }, 0xffff)
  }

  /** Effects since `hearEffects` or the last time; each is its words, with spaces between. */
  takeEffects(): string[] {
    return this.takeEffectsIn().map((effect) => effect.slice(effect.indexOf(' ') + 1))
  }

  /** The same with the number of the database before each. */
  takeEffectsIn(): string[] {
    const found = this.list?.all.map(({ database, words }) => `${database} ${words.join(' ')}`)
    this.list?.clear()
    return found ?? []
  }
}

export class Client {
  readonly loopback: Loopback
  closed = false

  constructor(engine: Engine, options?: LoopbackOptions) {
    this.loopback = new Loopback(engine, options)
    this.loopback.onClose = () => {
      this.closed = true
    }
  }

  get session(): Session {
    return this.loopback.session
  }

  /** Sends a request; returns what has come, one character per byte. */
  call(...words: Word[]): string {
    return this.feed(encodeRequest(words.map(bytesOf)))
  }

  /** Sends requests of words without quotes, one a line; returns what has come. */
  send(...lines: string[]): string {
    return this.feed(lines.map((line) => `${line}\r\n`).join(''))
  }

  /** Sends bytes, be it half a request; returns what has come. */
  feed(bytes: Word): string {
    this.loopback.feed(bytesOf(bytes))
    return this.read()
  }

  /** What has come since the last time. */
  read(): string {
    return textOf(this.loopback.take())
  }
}

/** A reply as one line. */
export function oneLine(reply: string): string {
  return reply.trimEnd().replaceAll('\r\n', ' ')
}

function configure({ config }: Engine, lines: readonly string[]): void {
  const sources = { include: () => '', rename: () => 'renamed' as const }
  assert.equal(loadConfiguration(config, lines.join('\n'), sources), undefined)
}

function bytesOf(word: Word): Uint8Array {
  return word instanceof Uint8Array ? word : latin1(String(word))
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('latin1')
}
