// embedded-session.ts: a conversation with the engine inside the same process: arguments in,
// values out, without a protocol between them.

import type { Output } from '../bytes/output.ts'
import { Words } from '../bytes/request.ts'
import { utf8Room, writeUtf8 } from '../bytes/text.ts'
import type { Engine } from '../engine/engine.ts'
import type { Transport } from '../engine/ports.ts'
import type { Session } from '../engine/session.ts'
import { ReplyError } from './reply-error.ts'
import { ReplyReader, type ReplyValue } from './reply-value.ts'

/** What a command's arguments may be; numbers are written as JavaScript prints them. */
export type Argument = string | Uint8Array | number | bigint

/** Collects what the engine sends outside a call. */
class Mailbox implements Transport {
  readonly address = ''
  readonly localAddress = ''
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
  private readonly session: Session
  private readonly mailbox = new Mailbox()
  private readonly words = new Words()
  private readonly reader = new ReplyReader()
  private buffer = new Uint8Array(4096)
  private readonly raw: boolean

  /** @param raw whether replies hold strings as bytes */
  constructor(engine: Engine, raw: boolean) {
    this.engine = engine
    this.raw = raw
    this.session = engine.open(this.mailbox)
    this.session.protocol = 3
  }

  /**
   * Runs a command.
   * @throws ReplyError when the reply is an error
   */
  call(...args: Argument[]): ReplyValue {
    return this.run(args, this.raw)
  }

  /** As `call`, with strings of the reply as bytes. */
  callBytes(...args: Argument[]): ReplyValue {
    return this.run(args, true)
  }

  /** Runs requests as a client would send them; the reply is what it would receive. */
  execute(request: Uint8Array | string): Uint8Array {
    const bytes = typeof request === 'string' ? Buffer.from(request) : request
    this.session.receive(bytes)
    this.session.flush()
    const parts = this.mailbox.parts
    this.mailbox.parts = []
    return parts.length === 1 ? parts[0]! : Buffer.concat(parts)
  }

  /** Ends the conversation. */
  close(): void {
    this.session.end()
  }

  private run(args: readonly Argument[], raw: boolean): ReplyValue {
    const { engine, session, words, reader } = this
    this.write(args)
    engine.beginBatch()
    engine.dispatch(session, words)
    const output = engine.output
    reader.raw = raw
    let value: ReplyValue
    if (output.parts.length === 0) {
      value = reader.read(output.bytes, output.at - output.length)
      output.drop()
    } else value = reader.read(output.collect(), 0)
    if (value instanceof ReplyError) throw value
    return value
  }

  private write(args: readonly Argument[]): void {
    const words = this.words
    words.clear()
    let at = 0
    for (let i = 0; i < args.length; i++) {
      const argument = args[i]!
      const start = at
      if (typeof argument === 'string') {
        this.reserve(at, utf8Room(argument))
        at = writeUtf8(this.buffer, at, argument)
      } else if (argument instanceof Uint8Array) {
        this.reserve(at, argument.length)
        this.buffer.set(argument, at)
        at += argument.length
      } else {
        const text = String(argument)
        this.reserve(at, text.length)
        at = writeUtf8(this.buffer, at, text)
      }
      words.add(start, at)
    }
    words.bytes = this.buffer
  }

  private reserve(at: number, size: number): void {
    if (at + size <= this.buffer.length) return
    const buffer = new Uint8Array(Math.max(this.buffer.length * 2, at + size))
    buffer.set(this.buffer.subarray(0, at))
    this.buffer = buffer
  }
}
