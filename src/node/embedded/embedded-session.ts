// embedded-session.ts: a conversation with the engine inside the same process: arguments in,
// values out, with no socket and no protocol between.
//
// A call costs some 200 ns, so nothing is built for it: arguments are written where the engine
// reads them, the reply is read where the engine wrote it. A call that has to wait is a promise.

import { type InspectOptions, inspect } from 'node:util'
import { utf8 } from '../../bytes/text/utf8.ts'
import type { Engine } from '../../engine/dispatch/engine.ts'
import { ReplyError } from '../../engine/dispatch/reply-error.ts'
import { ReplyReader, type ReplyValue } from '../../engine/dispatch/reply-value.ts'
import { Loopback } from '../../engine/session/loopback.ts'
import type { Session } from '../../engine/session/session.ts'
import { pause } from '../../features/connection/pause.ts'
import { type Argument, CallWords } from './call-words.ts'
import { longText } from './long-text.ts'

/** What may follow the arguments of a blocking call. */
export type BlockingOptions = {
  /** Gives up: the promise is rejected with the signal's reason, and nothing is taken. */
  signal?: AbortSignal
}

/** The arguments of a blocking call, and how to give up. */
export type BlockingArguments =
  | readonly Argument[]
  | readonly [...args: Argument[], options: BlockingOptions]

/** What a session wants of the database it belongs to. */
export type SessionHome = {
  /** Whether bulk strings in replies are bytes. */
  readonly raw: boolean
  /** Lets the process go on while a command waits whose time is limited. */
  readonly hold: (isWaiting: boolean) => void
}

/** A call that waits for its reply. */
type Waiting = {
  resolve(value: ReplyValue): void
  reject(reason: unknown): void
  signal: AbortSignal | undefined
}

export class EmbeddedSession {
  private readonly engine: Engine
  private readonly home: SessionHome
  private readonly loopback: Loopback
  private readonly request = new CallWords()
  private readonly reader = new ReplyReader(longText())
  private readonly session: Session
  private waiting: Waiting | undefined

  constructor(engine: Engine, home: SessionHome) {
    this.engine = engine
    this.home = home
    this.loopback = new Loopback(engine, { waits: home.hold, isProgram: true })
    this.session = this.loopback.session
    this.session.protocol = 3
    this.loopback.onClose = () => this.fail(new Error('this session was closed'))
  }

  /** Whether the conversation is over: closed, QUIT or killed. */
  get closed(): boolean {
    return this.session.ended
  }

  /** The number of the database it has selected. */
  get database(): number {
    return this.session.database
  }

  set database(number: number) {
    this.session.database = number
  }

  /**
   * Runs a command and returns its reply; null when it has none (CLIENT REPLY OFF).
   * @param args the name of the command and its arguments
   * @throws ReplyError when the reply is an error
   * @throws Error when the conversation is over, or the command would have to wait
   */
  call<R = ReplyValue>(...args: Argument[]): R {
    return this.run(args, this.home.raw) as R
  }

  /** As `call`, with bulk strings as bytes. */
  callBytes<R = ReplyValue>(...args: Argument[]): R {
    return this.run(args, true) as R
  }

  /**
   * Runs a command that may have to wait, such as BLPOP. The session can do nothing else meanwhile.
   * @param args the name of the command and its arguments, and as the last one, if wanted, options
   * @returns the reply; rejects with a ReplyError when it is an error, with the signal's reason
   *   when that is aborted first, and with an Error when the conversation ends first
   */
  blocking<R = ReplyValue>(...args: BlockingArguments): Promise<R> {
    const last = args[args.length - 1]
    const hasOptions = typeof last === 'object' && last !== null && !ArrayBuffer.isView(last)
    const words = (hasOptions ? args.slice(0, -1) : args) as Argument[]
    const signal = hasOptions ? last.signal : undefined
    return new Promise<ReplyValue>((resolve, reject) => {
      signal?.throwIfAborted()
      this.expectFree()
      const value = this.dispatch(words, this.home.raw)
      if (this.session.suspended) this.wait({ resolve, reject, signal })
      else if (value instanceof ReplyError) reject(value)
      else resolve(value)
      this.end()
    }) as Promise<R>
  }

  /**
   * Takes bytes as a client sends them, and returns what it would receive: replies in RESP, those
   * of earlier requests included that had to wait. Half a request waits for its rest.
   */
  execute(request: Uint8Array | string): Uint8Array {
    const { session, loopback } = this
    // One that has ended takes nothing more, and has nothing to say.
    if (this.waiting !== undefined) this.expectFree()
    session.expectsReplies = false
    loopback.feed(typeof request === 'string' ? utf8(request) : request)
    return loopback.take()
  }

  /** What it is in short, for JSON and for logs. */
  toJSON(): { database: number; closed: boolean } {
    return { database: this.database, closed: this.closed }
  }

  [inspect.custom](_depth: number, options: InspectOptions): string {
    return `EmbeddedSession ${inspect(this.toJSON(), options)}`
  }

  /** Ends the conversation. */
  close(): void {
    this.session.end()
  }

  private run(args: readonly Argument[], raw: boolean): ReplyValue {
    const { session } = this
    if (session.ended) throw new Error('this session is closed')
    if (this.waiting !== undefined) this.expectFree()
    const value = this.dispatch(args, raw)
    const mustWait = session.suspended
    if (mustWait) this.giveUp()
    this.end()
    if (mustWait)
      throw new Error(`'${args[0]}' would have to wait: use 'blocking' instead of 'call'`)
    if (value instanceof ReplyError) throw value
    return value
  }

  /** Runs a command; the reply is null for one that waits. */
  private dispatch(args: readonly Argument[], raw: boolean): ReplyValue {
    const { engine, session, reader } = this
    const { output } = engine
    const words = this.request.write(args)
    engine.beginBatch()
    session.lastInteraction = engine.now
    session.expectsReplies = true
    engine.dispatcher.dispatch(session, words)
    if (engine.turn.armed) engine.turn.end()
    if (output.length === 0) return null
    reader.raw = raw
    return reader.take(output)
  }

  /** What follows a command: its session may have ended, others may go on. */
  private end(): void {
    const { session, engine } = this
    if (session.closing) session.end()
    engine.turn.settle()
  }

  private expectFree(): void {
    if (this.waiting !== undefined) throw new Error('this session waits for a reply')
    if (this.session.ended) throw new Error('this session is closed')
  }

  private wait(waiting: Waiting): void {
    const { loopback, reader, home } = this
    this.waiting = waiting
    waiting.signal?.addEventListener('abort', this.abort)
    loopback.take()
    loopback.onReply = () => {
      const wait = this.endWait()
      reader.raw = home.raw
      const value = reader.read(loopback.take(), 0)
      if (value instanceof ReplyError) wait?.reject(value)
      else wait?.resolve(value)
    }
  }

  private readonly abort = (): void => {
    const reason = this.waiting?.signal?.reason
    this.giveUp()
    this.fail(reason)
  }

  private fail(reason: unknown): void {
    this.endWait()?.reject(reason)
  }

  private endWait(): Waiting | undefined {
    const { waiting } = this
    this.waiting = undefined
    this.loopback.onReply = undefined
    waiting?.signal?.removeEventListener('abort', this.abort)
    return waiting
  }

  /** Forgets a command that was put off or waits. */
  private giveUp(): void {
    const { engine, session } = this
    session.suspended = false
    session.deferred = undefined
    engine.blocking.forget(session)
    engine.peek(pause)?.forget(session)
  }
}
