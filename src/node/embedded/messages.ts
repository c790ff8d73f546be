// messages.ts: subscriptions and MONITOR for a program that embeds the engine: async iterators
// over what a session of their own is sent.
//
// The session listens from the moment the iterator is made: nothing that is published after that
// is missed. What was not read yet waits, and client-output-buffer-limit limits how much.

import { type InspectOptions, inspect } from 'node:util'
import { splitInline } from '../../bytes/wire/inline.ts'
import type { Output } from '../../bytes/wire/output.ts'
import { Words } from '../../bytes/wire/request.ts'
import type { Transport } from '../../engine/contract/ports.ts'
import { ReplyError } from '../../engine/dispatch/reply-error.ts'
import { ReplyReader, type ReplyValue } from '../../engine/dispatch/reply-value.ts'
import type { Session } from '../../engine/session/session.ts'
import type { Client, Connections } from '../net/connections.ts'
import { type Argument, CallWords } from './call-words.ts'
import { longText } from './long-text.ts'

/** A message as it was published; `T` is text, or bytes where the database replies in bytes. */
export type Message<T extends string | Uint8Array = string> = {
  readonly channel: T
  readonly message: T
  /** The pattern that it came by, with `psubscribe`. */
  readonly pattern?: T
}

/** A command that some session has run. */
export type MonitoredCommand<T extends string | Uint8Array = string> = {
  /** When, in microseconds since 1970. */
  readonly micros: number
  /** The number of the database. */
  readonly database: number
  /** Who sent it: address and port, `unix:` and a path. */
  readonly source: string
  /** Its name and arguments; passwords read `(redacted)`. */
  readonly args: readonly T[]
}

/** How to end listening from elsewhere. */
export type ListenerOptions = {
  /** Ends it: `next` is rejected with the signal's reason. */
  signal?: AbortSignal
}

/** What makes something of a reply; undefined for one that is of no interest. */
export type ReadMessage<M> = (value: ReplyValue) => M | undefined

type Waiter<M> = {
  resolve(result: IteratorResult<M>): void
  reject(reason: unknown): void
}

/** The session's side: it keeps what comes until somebody reads it. */
class Inbox implements Transport, Client {
  readonly address = '127.0.0.1:0'
  readonly localAddress = '127.0.0.1:0'
  readonly descriptor = -1
  readonly session: Session
  softSince = 0
  pending = 0
  /** Called when something has come, and when the session has ended. */
  onChange: () => void = () => {}
  private readonly connections: Connections
  private readonly reader = new ReplyReader(longText())
  private readonly parts: Uint8Array[] = []
  private at = 0

  constructor(connections: Connections) {
    this.connections = connections
    this.session = connections.engine.open(this)
    this.session.protocol = 3
    this.reader.raw = true
    connections.add(this)
  }

  send(output: Output): void {
    const { connections } = this
    if (this.pending + output.length >= connections.least) {
      if (connections.isOver(this, output.length)) {
        output.drop()
        connections.shutOut(this)
        return
      }
    }
    const part = output.collect()
    this.parts.push(part)
    this.pending += part.length
    this.onChange()
  }

  /** The next thing that has come; undefined where there is none. */
  take(): ReplyValue | undefined {
    const part = this.parts[0]
    if (part === undefined) return undefined
    const value = this.reader.read(part, this.at)
    this.pending -= this.reader.end - this.at
    this.at = this.reader.end
    if (this.at === part.length) {
      this.parts.shift()
      this.at = 0
    }
    return value
  }

  close(): void {
    this.connections.forget(this)
    this.onChange()
  }

  destroy(): void {
    this.session.end()
  }
}

/**
 * What a session is sent, to be read with `for await`. Leaving the loop ends the session; so does
 * closing the database. The process does not go on for its sake.
 */
export class Messages<M> implements AsyncIterableIterator<M>, AsyncDisposable {
  private readonly inbox: Inbox
  private readonly read: ReadMessage<M>
  private readonly signal: AbortSignal | undefined
  private readonly waiters: Waiter<M>[] = []
  private isClosed = false
  private failure: { reason: unknown } | undefined

  /**
   * @param request the command that begins it
   * @throws ReplyError when that is refused; the signal's reason when it is aborted already
   */
  constructor(
    connections: Connections,
    request: readonly Argument[],
    read: ReadMessage<M>,
    signal?: AbortSignal,
  ) {
    signal?.throwIfAborted()
    this.read = read
    this.signal = signal
    const words = new CallWords().write(request)
    const { engine } = connections
    this.inbox = new Inbox(connections)
    const { session } = this.inbox
    engine.beginBatch()
    engine.dispatcher.dispatch(session, words)
    session.flush()
    const first = this.inbox.take()
    if (first instanceof ReplyError) {
      session.end()
      throw first
    }
    this.inbox.onChange = () => this.deliver()
    signal?.addEventListener('abort', this.abort)
  }

  /** Whether it has ended. */
  get closed(): boolean {
    return this.inbox.session.ended
  }

  /** What it is in short, for JSON and for logs: bytes that came and were not read yet. */
  toJSON(): { unread: number; closed: boolean } {
    return { unread: this.inbox.pending, closed: this.closed }
  }

  [inspect.custom](_depth: number, options: InspectOptions): string {
    return `Messages ${inspect(this.toJSON(), options)}`
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  /** The next one, when it comes. */
  next(): Promise<IteratorResult<M>> {
    return new Promise((resolve, reject) => {
      this.waiters.push({ resolve, reject })
      this.deliver()
    })
  }

  /** Ends the session; what was not read is lost. `break` in a loop calls it. */
  async return(): Promise<IteratorResult<M>> {
    this.close()
    return { done: true, value: undefined }
  }

  /** As `return`. */
  close(): void {
    if (this.isClosed) return
    this.isClosed = true
    this.signal?.removeEventListener('abort', this.abort)
    this.inbox.session.end()
    this.deliver()
  }

  [Symbol.asyncDispose](): Promise<void> {
    this.close()
    return Promise.resolve()
  }

  private readonly abort = (): void => {
    this.failure = { reason: this.signal?.reason }
    this.close()
  }

  private deliver(): void {
    while (this.waiters.length > 0) {
      const value = this.isClosed ? undefined : this.take()
      if (value !== undefined) this.waiters.shift()!.resolve({ done: false, value })
      else if (this.inbox.session.ended) this.settle(this.waiters.shift()!)
      else return
    }
  }

  /** Answers when there is nothing any more: with what ended it, once, then with the end. */
  private settle(waiter: Waiter<M>): void {
    if (!this.isClosed) this.failure = { reason: new Error('this session was closed') }
    this.isClosed = true
    const { failure } = this
    this.failure = undefined
    if (failure === undefined) waiter.resolve({ done: true, value: undefined })
    else waiter.reject(failure.reason)
  }

  private take(): M | undefined {
    for (;;) {
      const value = this.inbox.take()
      if (value === undefined) return undefined
      const message = this.read(value)
      if (message !== undefined) return message
    }
  }
}

/** Reads pushes of channels; `raw` leaves them bytes. */
export function readMessage(raw: boolean): ReadMessage<Message<never>> {
  const text = (bytes: Uint8Array) => (raw ? bytes : Buffer.from(bytes).toString()) as never
  return (value) => {
    if (!Array.isArray(value)) return undefined
    const [kind, ...rest] = value as Uint8Array[]
    switch (Buffer.from(kind!).toString()) {
      case 'message':
      case 'smessage':
        return { channel: text(rest[0]!), message: text(rest[1]!) }
      case 'pmessage':
        return { pattern: text(rest[0]!), channel: text(rest[1]!), message: text(rest[2]!) }
      default:
        return undefined
    }
  }
}

const LINE = /^(\d+)\.(\d{6}) \[(\d+) (.*?)\] (".*)$/s

/** Reads lines of MONITOR; `raw` leaves arguments bytes. */
export function readCommand(raw: boolean): ReadMessage<MonitoredCommand<never>> {
  return (value) => {
    const [, seconds, micros, database, source = '', rest = ''] = LINE.exec(String(value)) ?? []
    if (database === undefined) return undefined
    const line = Buffer.from(rest)
    const words = new Words()
    splitInline(line, 0, line.length, words)
    const args: (string | Uint8Array)[] = []
    for (let i = 0; i < words.count; i++) {
      const word = words.bytes.subarray(words.starts[i], words.ends[i])
      args.push(raw ? word.slice() : Buffer.from(word).toString())
    }
    const at = Number(seconds) * 1_000_000 + Number(micros)
    return { micros: at, database: Number(database), source, args: args as never[] }
  }
}
