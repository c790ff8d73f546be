// link.ts: a client connection to a Redis server, over TCP, TLS or a Unix socket.
//
// It sends argument vectors and hands back decoded replies in the order of arrival. What a reply
// answers, when to give up and whether to connect again is the caller's business: a link that
// failed stays failed. Replies wait in a queue until they are read; a long queue pauses the
// socket, so that a slow reader of MONITOR slows the server's sending instead of eating memory.

import type { Duplex } from 'node:stream'
import { type DecodedReply, ReplyDecoder, RespError } from '../../formats/resp.ts'
import { errorText } from '../process/error-text.ts'
import { LinkError, type LinkTarget, openSocket } from './link-socket.ts'

/** One argument of a command; strings are sent as UTF-8. */
export type Argument = string | Uint8Array

interface Waiter {
  /** Whether a push may answer it. */
  pushes: boolean
  resolve(reply: DecodedReply): void
  reject(error: LinkError): void
}

/** Replies that may wait unread before the socket is paused. */
const WAITING_MAX = 1024

export class Link {
  readonly #stream: Duplex
  readonly #decoder = new ReplyDecoder()
  readonly #waiters: Waiter[] = []
  #waiting: DecodedReply[] = []
  /** How many of the waiting replies are read already; they are dropped all at once. */
  #taken = 0
  #failure: LinkError | undefined
  #wake: (() => void) | undefined
  #onPush: ((push: DecodedReply) => void) | undefined

  /** Takes over an open stream; `Link.connect` opens one. */
  constructor(stream: Duplex) {
    this.#stream = stream
    stream.on('data', (chunk: Buffer) => this.#receive(chunk))
    stream.on('error', (error: NodeJS.ErrnoException) => {
      this.#fail(new LinkError(error.code ?? 'EIO', errorText(error)))
    })
    stream.on('end', () => this.#fail(endOfFile()))
    stream.on('close', () => this.#fail(endOfFile()))
  }

  /**
   * Connects to a server.
   *
   * @throws LinkError when nobody answers.
   */
  static async connect(target: LinkTarget): Promise<Link> {
    return new Link(await openSocket(target))
  }

  /** Why the link can no longer be used; undefined while it can. */
  get failure(): LinkError | undefined {
    return this.#failure
  }

  /**
   * Given a listener, pushes are handed to it at once; without one, `read` returns them in turn
   * and `call` passes over them.
   */
  set onPush(listener: ((push: DecodedReply) => void) | undefined) {
    this.#onPush = listener
  }

  /** Sends a command. A failure is reported by the reply's reader. */
  write(argv: readonly Argument[]): void {
    this.writeRaw(encodeCommand(argv))
  }

  /** Sends bytes as they are; false asks the caller to wait for `drained` before more. */
  writeRaw(bytes: Uint8Array): boolean {
    return this.#failure !== undefined || this.#stream.write(bytes)
  }

  /** Resolves when the bytes written so far are on their way, or the link has failed. */
  drained(): Promise<void> {
    if (this.#failure !== undefined || !this.#stream.writableNeedDrain) return Promise.resolve()
    return new Promise((resolve) => {
      const done = () => {
        this.#stream.off('drain', done).off('close', done)
        resolve()
      }
      this.#stream.on('drain', done).on('close', done)
    })
  }

  /**
   * Takes the next message in the order of arrival.
   *
   * @throws LinkError when the link fails first.
   */
  read(): Promise<DecodedReply> {
    return this.#take(true)
  }

  /** Sends a command and takes the next reply that is not a push; error replies are replies. */
  call(argv: readonly Argument[]): Promise<DecodedReply> {
    this.write(argv)
    return this.#take(false)
  }

  /** The next message if one is here already. */
  poll(): DecodedReply | undefined {
    if (this.#taken === this.#waiting.length) return undefined
    const reply = this.#waiting[this.#taken++]
    if (this.#taken === this.#waiting.length) {
      this.#waiting = []
      this.#taken = 0
      this.#stream.resume()
    }
    return reply
  }

  /** Resolves when `read` would not have to wait: a message is here, or the link has failed. */
  readable(): Promise<void> {
    if (this.#taken < this.#waiting.length || this.#failure !== undefined) return Promise.resolve()
    return new Promise((resolve) => {
      this.#wake = resolve
    })
  }

  /** Closes the connection at once; whoever waits for a reply gets a LinkError. */
  close(): void {
    this.#fail(new LinkError('CLOSED', 'The connection was closed'))
  }

  #take(pushes: boolean): Promise<DecodedReply> {
    let reply = this.poll()
    while (reply !== undefined && !pushes && reply.type === 'push') reply = this.poll()
    if (reply !== undefined) return Promise.resolve(reply)
    if (this.#failure !== undefined) return Promise.reject(this.#failure)
    return new Promise((resolve, reject) => this.#waiters.push({ pushes, resolve, reject }))
  }

  #receive(chunk: Buffer): void {
    this.#decoder.feed(chunk)
    try {
      for (;;) {
        const reply = this.#decoder.next()
        if (reply === undefined) break
        this.#deliver(reply)
      }
    } catch (error) {
      if (!(error instanceof RespError)) throw error
      this.#fail(new LinkError('EPROTO', error.message))
    }
  }

  #deliver(reply: DecodedReply): void {
    const push = reply.type === 'push'
    if (push && this.#onPush !== undefined) {
      this.#onPush(reply)
      return
    }
    const waiter = this.#waiters[0]
    if (waiter === undefined) {
      this.#waiting.push(reply)
      if (this.#waiting.length > WAITING_MAX) this.#stream.pause()
      this.#wakeUp()
    } else if (!push || waiter.pushes) {
      this.#waiters.shift()
      waiter.resolve(reply)
    }
  }

  #fail(failure: LinkError): void {
    if (this.#failure !== undefined) return
    this.#failure = failure
    this.#stream.destroy()
    for (const waiter of this.#waiters.splice(0)) waiter.reject(failure)
    this.#wakeUp()
  }

  #wakeUp(): void {
    this.#wake?.()
    this.#wake = undefined
  }
}

/** A command as the multi-bulk request that servers read. */
export function encodeCommand(argv: readonly Argument[]): Uint8Array {
  const parts: Uint8Array[] = [Buffer.from(`*${argv.length}\r\n`)]
  const lineEnd = Buffer.from('\r\n')
  for (const argument of argv) {
    const bytes = typeof argument === 'string' ? Buffer.from(argument) : argument
    parts.push(Buffer.from(`$${bytes.length}\r\n`), bytes, lineEnd)
  }
  return Buffer.concat(parts)
}

function endOfFile(): LinkError {
  return new LinkError('EOF', 'Server closed the connection')
}
