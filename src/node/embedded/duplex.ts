// duplex.ts: a stream with the engine at its other end, for clients that can be handed one.
//
// It answers the questions that clients ask of a socket. Whatever arrives is handled when the
// caller's code has ended, and what is answered is delivered then too: clients note a command
// after they have written it, and must not be called back before.

import { Duplex } from 'node:stream'
import type { Output } from '../../bytes/wire/output.ts'
import type { Transport } from '../../engine/contract/ports.ts'
import type { Engine } from '../../engine/dispatch/engine.ts'
import type { Session } from '../../engine/session/session.ts'
import type { SessionHome } from './embedded-session.ts'

type Chunk = { chunk: Uint8Array }
type Done = (error?: Error | null) => void

export class EngineDuplex extends Duplex implements Transport {
  /** As a client sees it in a socket that is connected. */
  readonly connecting = false
  readonly address = '127.0.0.1:0'
  readonly localAddress = '127.0.0.1:0'
  readonly descriptor = -1
  readonly session: Session
  softSince = 0
  /** As Transport's. */
  readonly waits: (isWaiting: boolean) => void
  private waiting: (Uint8Array | null)[] = []
  private scheduled = false

  constructor(engine: Engine, home: SessionHome) {
    super({ allowHalfOpen: false })
    this.waits = home.hold
    this.session = engine.open(this)
    // For clients that wait for it although nothing is `connecting`.
    process.nextTick(() => this.emit('connect'))
  }

  /** Bytes that the client has not read. */
  get pending(): number {
    return this.readableLength + this.waiting.reduce((sum, part) => sum + (part?.length ?? 0), 0)
  }

  send(output: Output): void {
    this.wait(output.collect())
  }

  close(): void {
    this.wait(null)
  }

  // A socket's settings mean nothing here.
  setNoDelay(): this {
    return this
  }

  setKeepAlive(): this {
    return this
  }

  setTimeout(): this {
    return this
  }

  ref(): this {
    return this
  }

  unref(): this {
    return this
  }

  override _write(chunk: Uint8Array, _encoding: string, done: Done): void {
    this._writev([{ chunk }], done)
  }

  override _writev(chunks: Chunk[], done: Done): void {
    queueMicrotask(() => {
      for (const { chunk } of chunks) {
        this.session.receive(chunk)
        this.session.flush()
      }
      this.deliver()
      done()
    })
  }

  override _read(): void {}

  override _final(done: Done): void {
    this.session.end()
    done()
  }

  override _destroy(error: Error | null, done: Done): void {
    this.waiting = []
    this.session.end()
    done(error)
  }

  private wait(part: Uint8Array | null): void {
    this.waiting.push(part)
    if (this.scheduled) return
    this.scheduled = true
    queueMicrotask(() => this.deliver())
  }

  private deliver(): void {
    this.scheduled = false
    const parts = this.waiting
    this.waiting = []
    for (const part of parts) if (!this.readableEnded && !this.destroyed) this.push(part)
  }
}
