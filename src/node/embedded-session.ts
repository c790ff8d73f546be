// embedded-session.ts: a conversation with the engine inside the same process: arguments in,
// values out, with no socket and no protocol between.
//
// A call costs some 200 ns, so nothing is built for it: arguments are written where the engine
// reads them, the reply is read where the engine wrote it.

import type { Output } from '../bytes/output.ts'
import { utf8 } from '../bytes/text.ts'
import type { Engine } from '../engine/engine.ts'
import type { Transport } from '../engine/ports.ts'
import type { Session } from '../engine/session.ts'
import { type Argument, CallWords } from './call-words.ts'
import { ReplyError } from './reply-error.ts'
import { ReplyReader, type ReplyValue } from './reply-value.ts'

/** Collects what the engine sends. */
class Mailbox implements Transport {
  readonly address = '127.0.0.1:0'
  readonly localAddress = '127.0.0.1:0'
  readonly descriptor = -1
  readonly pending = 0
  parts: Uint8Array[] = []

  send(output: Output): void {
    this.parts.push(output.collect())
  }

  close(): void {}
}

export class EmbeddedSession {
  private readonly engine: Engine
  private readonly raw: boolean
  private readonly afterwards: () => void
  private readonly mailbox = new Mailbox()
  private readonly request = new CallWords()
  private readonly reader = new ReplyReader()
  private readonly session: Session

  /**
   * @param raw whether bulk strings in replies are bytes
   * @param afterwards called when a command has ended and its reply is read
   */
  constructor(engine: Engine, raw: boolean, afterwards: () => void) {
    this.engine = engine
    this.raw = raw
    this.afterwards = afterwards
    this.session = engine.open(this.mailbox)
    this.session.protocol = 3
  }

  /** Whether the conversation is over: closed, QUIT or killed. */
  get closed(): boolean {
    return this.session.ended
  }

  /**
   * Runs a command and returns its reply; null when it has none (CLIENT REPLY OFF).
   * @param args the name of the command and its arguments
   * @throws ReplyError when the reply is an error
   * @throws Error when the conversation is over, or the command would have to wait
   */
  call<R = ReplyValue>(...args: Argument[]): R {
    return this.run(args, this.raw) as R
  }

  /** As `call`, with bulk strings as bytes. */
  callBytes<R = ReplyValue>(...args: Argument[]): R {
    return this.run(args, true) as R
  }

  /**
   * Takes bytes as a client sends them, and returns what it would receive: replies in RESP, those
   * of earlier requests included that had to wait. Half a request waits for its rest.
   */
  execute(request: Uint8Array | string): Uint8Array {
    const { session, mailbox } = this
    session.receive(typeof request === 'string' ? utf8(request) : request)
    session.flush()
    this.afterwards()
    const { parts } = mailbox
    mailbox.parts = []
    return parts.length === 1 ? parts[0]! : Buffer.concat(parts)
  }

  /** Ends the conversation. */
  close(): void {
    this.session.end()
  }

  private run(args: readonly Argument[], raw: boolean): ReplyValue {
    const { engine, session, reader } = this
    if (session.ended) throw new Error('this session is closed')
    const { output } = engine
    const words = this.request.write(args)
    engine.beginBatch()
    session.lastInteraction = engine.now
    engine.dispatch(session, words)
    reader.raw = raw
    let value: ReplyValue = null
    const { length } = output
    if (length > 0) {
      if (output.parts.length === 0) value = reader.read(output.bytes, output.at - length)
      else value = reader.read(output.collect(), 0)
      output.drop()
    }
    if (session.suspended || session.closing) this.settle(args)
    this.afterwards()
    if (value instanceof ReplyError) throw value
    return value
  }

  /** Follows a command that ended the conversation, or that cannot be answered now. */
  private settle(args: readonly Argument[]): void {
    const { session } = this
    if (session.closing) {
      session.end()
      return
    }
    session.suspended = false
    session.deferred = undefined
    throw new Error(`'${args[0]}' would have to wait: send it with session.execute() or a client`)
  }
}
