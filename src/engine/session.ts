// session.ts: a conversation with one client: what was said so far that matters for what comes.
// It is no socket: a host feeds it bytes and is handed replies through a Transport.

import { COMPLETE, MALFORMED, Request, RequestLimits, type Words } from '../bytes/request.ts'
import type { Engine } from './engine.ts'
import { errors } from './errors.ts'
import type { Transport } from './ports.ts'
import type { BoundCommand } from './table.ts'
import { Transaction } from './transaction.ts'

export const REPLY_ON = 0
export const REPLY_OFF = 1
/** The next command gets no reply, then replies are on again. */
export const REPLY_SKIP = 2
/** CLIENT REPLY SKIP itself: becomes REPLY_SKIP when it ends. */
export const REPLY_SKIP_NEXT = 3

export class Session {
  readonly id: number
  readonly engine: Engine
  readonly transport: Transport
  readonly limits = new RequestLimits()
  readonly request: Request
  readonly transaction = new Transaction()
  /** When it began, in milliseconds since 1970. */
  readonly createdAt: number
  /** Bits of the gates whose condition may hold for this session. */
  armed = 0
  /** Number of the selected database. */
  database = 0
  protocol = 2
  authenticated = true
  user = 'default'
  name = ''
  libraryName = ''
  libraryVersion = ''
  replyMode = REPLY_ON
  noTouch = false
  noEvict = false
  /** When the last bytes came, in milliseconds since 1970. */
  lastInteraction: number
  /** The last command that was admitted, for CLIENT LIST. */
  lastCommand: BoundCommand | undefined = undefined
  netInput = 0
  netOutput = 0
  commands = 0
  /** True while nothing is read from the client: it is blocked or paused. */
  suspended = false
  /** A request that a gate put off; dispatched when the session goes on. */
  deferred: Words | undefined = undefined
  /** No more requests are read; the connection ends when the replies have left. */
  closing = false
  ended = false

  constructor(engine: Engine, id: number, transport: Transport) {
    this.engine = engine
    this.id = id
    this.transport = transport
    this.request = new Request(this.limits)
    this.createdAt = engine.now
    this.lastInteraction = engine.now
  }

  /**
   * Takes bytes from the client and runs all complete requests in them. Replies come together in
   * `engine.output`; the host sends them with `flush`.
   * @param chunk bytes, which are the caller's again afterwards
   */
  receive(chunk: Uint8Array): void {
    if (this.closing || this.ended) return
    const engine = this.engine
    engine.beginBatch()
    this.netInput += chunk.length
    engine.stats.netInput += chunk.length
    engine.stats.inputReads++
    this.lastInteraction = engine.now
    this.request.feed(chunk)
    this.run()
  }

  /** Goes on after a suspension. */
  resume(): void {
    if (!this.suspended || this.ended) return
    this.suspended = false
    this.engine.beginBatch()
    const deferred = this.deferred
    this.deferred = undefined
    if (deferred !== undefined) this.engine.dispatch(this, deferred)
    this.run()
    this.flush()
  }

  /** Sends what came together. */
  flush(): void {
    const output = this.engine.output
    const size = output.length
    if (size > 0) {
      this.netOutput += size
      this.engine.stats.netOutput += size
      this.engine.stats.outputWrites++
      if (this.ended) output.drop()
      else this.transport.send(output)
    }
    if (this.closing && !this.suspended && !this.ended) this.end()
  }

  /** Ends the conversation: forgets all that belongs to it and closes the transport. */
  end(): void {
    if (this.ended) return
    this.ended = true
    this.engine.sessionEnded(this)
    this.transport.close()
  }

  private run(): void {
    const { request, engine } = this
    while (!this.suspended && !this.closing) {
      const found = request.next()
      if (found === COMPLETE) {
        engine.dispatch(this, request.words)
        if (engine.output.length > FLUSH_AT) this.flush()
      } else {
        if (found === MALFORMED) this.refuse(request.error)
        break
      }
    }
    engine.endBatch()
    if (this.closing) request.drop()
    else request.keep()
    if (request.pending > engine.limits.queryBuffer) {
      engine.stats.queryBufferLimitDisconnections++
      this.closing = true
    }
  }

  private refuse(reason: string): void {
    const { line } = errors.protocol(reason)
    this.engine.stats.countError(line)
    this.engine.reply.error(line)
    this.closing = true
  }
}

/** Replies are sent in pieces of about this many bytes, so that a long batch is not held back. */
const FLUSH_AT = 1 << 18
