// session.ts: a conversation with one client: what was said so far that matters for what comes.
// It is no socket: a host feeds it bytes and is handed replies through a Transport.

import {
  COMPLETE,
  MALFORMED,
  Request,
  RequestLimits,
  type Words,
} from '../../bytes/wire/request.ts'
import type { BoundCommand } from '../command/table.ts'
import { errors } from '../contract/errors.ts'
import { TRANSACTION_GATES } from '../contract/gates.ts'
import { Parts, type SessionPart } from '../contract/parts.ts'
import type { Transport } from '../contract/ports.ts'
import type { Engine } from '../dispatch/engine.ts'
import { BY_CLIENT } from '../effects/block.ts'
import { NOTED_MIN } from '../upkeep/memory.ts'
import type { Blocked } from './blocking.ts'
import { Transaction } from './transaction.ts'

export const REPLY_ON = 0
export const REPLY_OFF = 1
/** This request gets no reply. */
export const REPLY_SKIP = 2
/** The next request gets no reply. */
export const REPLY_SKIP_NEXT = 4
/** The bits that make a session mute. */
export const REPLY_MUTE = REPLY_OFF | REPLY_SKIP

/** The reply mode of the request after one of that mode. */
export function afterReply(mode: number): number {
  return (mode & REPLY_OFF) | ((mode & REPLY_SKIP_NEXT) === 0 ? 0 : REPLY_SKIP)
}

export class Session {
  readonly id: number
  readonly engine: Engine
  readonly transport: Transport
  readonly limits = new RequestLimits()
  readonly request: Request
  readonly transaction = new Transaction()
  /** When it began, in milliseconds since 1970. */
  readonly createdAt: number
  /** Who causes what its commands change: BY_CLIENT, or BY_PRIMARY (effects/block.ts). */
  origin = BY_CLIENT
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
  /** Bits of REPLY_OFF, REPLY_SKIP and REPLY_SKIP_NEXT. */
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
  /** Whether its caller takes one reply per command, so that it can neither listen nor watch. */
  expectsReplies = false
  /** What it waits for, while a command of it blocks. */
  blocked: Blocked | undefined = undefined
  /** A request that a gate put off; dispatched when the session goes on. */
  deferred: Words | undefined = undefined
  /** No more requests are read; the connection ends when the replies have left. */
  closing = false
  ended = false
  private readonly slots = new Parts<Session>(this)

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
   * @param chunk a buffer, which is the caller's again afterwards
   * @param size how many bytes at its begin count
   */
  receive(chunk: Uint8Array, size = chunk.length): void {
    if (this.closing || this.ended) return
    const engine = this.engine
    engine.beginBatch()
    this.netInput += size
    engine.stats.netInput += size
    engine.stats.inputReads++
    this.lastInteraction = engine.now
    this.request.feed(chunk, size)
    if (this.isOverfull()) this.endOverfull()
    else this.run()
  }

  /** Goes on after a suspension. */
  resume(): void {
    if (!this.suspended || this.ended) return
    this.suspended = false
    this.engine.beginBatch()
    const deferred = this.deferred
    this.deferred = undefined
    if (deferred !== undefined) this.engine.dispatcher.dispatch(this, deferred)
    this.run()
    this.flush()
  }

  /** Sends what came together. */
  flush(): void {
    this.send()
    const { engine } = this
    if (this.request.buffered + this.transaction.bytes > 0) engine.memory.look(this)
    if (this.closing && !this.suspended && !this.ended) this.end()
    if (engine.memory.clients >= engine.limits.clients) engine.relieve()
    engine.turn.settle()
  }

  /** Ends the conversation: forgets all that belongs to it and closes the transport. */
  end(): void {
    if (this.ended) return
    this.ended = true
    this.engine.sessionEnded(this)
    this.transport.close()
  }

  /**
   * Ends the conversation from inside another session's command: what was sent to this client
   * still reaches it, and the transport is closed when the other one has its reply.
   */
  kill(): void {
    if (this.ended) return
    this.ended = true
    this.engine.sessionEnded(this)
    this.engine.turn.closeLater(this)
  }

  /** What a feature keeps with this session, made where there is nothing yet. */
  part<T>(key: SessionPart<T>): T {
    return this.slots.take(key)
  }

  /** As `part`, undefined where nobody has asked for it yet. */
  peek<T>(key: SessionPart<T>): T | undefined {
    return this.slots.peek(key)
  }

  /** From now on commands are queued. */
  beginTransaction(): void {
    this.transaction.open = true
    this.armed |= TRANSACTION_GATES
  }

  /** Forgets the queue and all watched keys. */
  endTransaction(): void {
    this.transaction.discard()
    this.armed &= ~TRANSACTION_GATES
  }

  /** Whether it waits in a blocking command or in a pause. */
  get isBlocked(): boolean {
    return this.blocked !== undefined || this.deferred !== undefined
  }

  /**
   * Sends a message that answers nothing: after the reply of the command that runs, if that is one
   * of this session.
   * @param bytes they stay as they are until the transport has sent them (broadcast.ts)
   */
  deliver(bytes: Uint8Array, start: number, end: number): void {
    const { engine, transport } = this
    const { output, blocking } = engine
    if (this.ended || this.closing) return
    const { client, depth, postponed } = engine.dispatcher
    const isRunning = client === this
    if (isRunning && depth + postponed.length > 0) {
      postponed.push(bytes.slice(start, end))
    } else if (isRunning && output.length > 0) output.append(bytes, start, end)
    else if (blocking.holdsBack(this)) blocking.keepBack(bytes.slice(start, end))
    else {
      this.note(end - start)
      if (transport.post !== undefined) transport.post(bytes, start, end)
      else this.deliverCopy(bytes, start, end)
    }
  }

  /** Sends what is in the engine's output. */
  send(): void {
    const { engine, transport } = this
    const { output } = engine
    const size = output.length
    if (size === 0) return
    engine.stats.outputWrites++
    this.note(size)
    if (engine.turn.armed && transport.endsTurns !== true) engine.turn.end()
    if (this.ended) output.drop()
    else transport.send(output)
    if (size >= NOTED_MIN) engine.memory.look(this)
  }

  private deliverCopy(bytes: Uint8Array, start: number, end: number): void {
    const { output } = this.engine
    const aside = output.setAside()
    output.append(bytes, start, end)
    this.transport.send(output)
    output.bringBack(aside)
  }

  /** Counts bytes that are sent. */
  private note(size: number): void {
    const { engine } = this
    this.netOutput += size
    engine.stats.netOutput += size
    this.lastInteraction = engine.now
  }

  private run(): void {
    const { request, engine } = this
    const { dispatcher, output } = engine
    while (!this.suspended && !this.closing) {
      const found = request.next()
      if (found === COMPLETE) {
        dispatcher.dispatch(this, request.words)
        if (output.length > FLUSH_AT) this.send()
      } else {
        if (found === MALFORMED) this.refuse(request.error)
        break
      }
    }
    engine.endBatch()
    if (this.closing) request.drop()
    else request.keep()
  }

  /** Whether more waits to be run than the limit allows. */
  private isOverfull(): boolean {
    // What is queued has not run yet: it counts as if it were still in the buffer.
    const waiting = this.request.pending + this.transaction.queueBytes
    const most = this.engine.limits.queryBuffer
    if (!this.limits.unauthenticated) return waiting > most
    return waiting > Math.min(most, UNAUTHENTICATED_BUFFER_MAX)
  }

  private endOverfull(): void {
    this.engine.stats.queryBufferLimitDisconnections++
    const client = `id=${this.id} addr=${this.transport.address}`
    this.engine.host.log(
      'warning',
      `Closing client that reached max query buffer length: ${client}`,
    )
    this.end()
  }

  private refuse(reason: string): void {
    const { line } = errors.protocol(reason)
    this.engine.stats.countError(line)
    if ((this.replyMode & REPLY_MUTE) === 0) this.engine.reply.error(line)
    this.closing = true
  }
}

/** What a session may send before it has logged in, in bytes. */
const UNAUTHENTICATED_BUFFER_MAX = 1 << 20

/** Replies are sent in pieces of about this many bytes, so that a long batch is not held back. */
const FLUSH_AT = 1 << 18
