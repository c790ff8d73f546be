// connection.ts: one connection of the load generator: send a pipeline, count its replies,
// report, again.
//
// All connections of a process share one read buffer (`onread`): Node then reads without
// allocating, and nothing is kept of a chunk once the scanner has passed over it.
import { connect, type NetConnectOpts, type Socket } from 'node:net'
import { encodeCommand } from '../../../node/net/link.ts'
import { errorText } from '../../../node/process/error-text.ts'
import type { LoadTarget } from './job.ts'
import { ReplyScanner } from './reply-scanner.ts'

const READ_BUFFER_BYTES = 256 * 1024
const readBuffer = Buffer.allocUnsafe(READ_BUFFER_BYTES)

/** What a connection tells its run. */
export interface ConnectionEvents {
  /** Connected, and the prologue is answered. */
  ready(connection: LoadConnection): void
  /** So many replies came; `latencyUs` is how long the first of their pipeline took. */
  replies(count: number, latencyUs: number): void
  /** All replies of the pipeline are here. */
  done(connection: LoadConnection): void
  /** The server refused a request: the text of its error. */
  refused(reply: string): void
  failed(reason: string): void
}

export class LoadConnection {
  readonly #socket: Socket
  readonly #events: ConnectionEvents
  readonly #scanner = new ReplyScanner()
  #pending = 0
  #prologue: number
  #sentAt = 0
  #latencyUs = 0
  #isClosed = false

  constructor(
    target: LoadTarget,
    prologue: readonly (readonly string[])[],
    events: ConnectionEvents,
  ) {
    this.#events = events
    this.#prologue = prologue.length
    const onread = { buffer: readBuffer, callback: this.#receive.bind(this) }
    const options: NetConnectOpts = { ...target, noDelay: true, onread }
    this.#socket = connect(options, () => {
      for (const argv of prologue) this.#socket.write(encodeCommand(argv))
      if (prologue.length === 0) events.ready(this)
    })
    this.#socket.on('error', (error) => this.#fail(errorText(error)))
    this.#socket.on('close', () => this.#fail('Server closed the connection'))
  }

  /** Sends a pipeline of `count` requests; the bytes must stay as they are until it is done. */
  send(bytes: Uint8Array, count: number): void {
    this.#pending = count
    this.#latencyUs = -1
    this.#sentAt = performance.now()
    this.#socket.write(bytes)
  }

  close(): void {
    this.#isClosed = true
    this.#socket.destroy()
  }

  #receive(length: number, bytes: Uint8Array): boolean {
    // The server has answered: what it costs us to count the replies is no part of the latency.
    if (this.#latencyUs < 0) this.#latencyUs = (performance.now() - this.#sentAt) * 1000
    let count = this.#scanner.feed(bytes, length)
    if (this.#scanner.error !== undefined) {
      this.#events.refused(this.#scanner.error)
      return false
    }
    if (this.#prologue > 0) {
      const consumed = Math.min(this.#prologue, count)
      this.#prologue -= consumed
      count -= consumed
      if (this.#prologue === 0) this.#events.ready(this)
    } else if (count > 0) {
      this.#pending -= count
      this.#events.replies(count, this.#latencyUs)
      if (this.#pending === 0) this.#events.done(this)
    }
    return true
  }

  #fail(reason: string): void {
    if (this.#isClosed) return
    this.close()
    this.#events.failed(reason)
  }
}
