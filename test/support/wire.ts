// wire.ts: a small client that shows the raw bytes of every reply beside their decoded form.
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { type Decoded, encodeRequest, type Read, readReply } from './resp.ts'

export interface WireReply {
  raw: Buffer
  value: Decoded
}

interface Waiter {
  resolve: (reply: WireReply) => void
  reject: (error: Error) => void
}

/** One connection to a server; replies come in the order of the requests. */
export class Wire {
  /** Settles when the connection has ended, by either side. */
  readonly closed: Promise<void>
  /** How long a reply may take before the test fails instead of hanging. */
  patienceMs = 10_000
  private readonly socket: Socket
  private chunks: Buffer[] = []
  private readonly ready: WireReply[] = []
  private readonly waiters: Waiter[] = []
  private ended = false

  private constructor(socket: Socket) {
    this.socket = socket
    socket.setNoDelay(true)
    socket.on('data', (chunk: Buffer) => this.receive(chunk))
    socket.on('error', () => socket.destroy())
    this.closed = new Promise((resolve) => {
      socket.once('close', () => {
        this.ended = true
        for (const waiter of this.waiters.splice(0)) waiter.reject(closedError())
        resolve()
      })
    })
  }

  static async open(port: number, host = '127.0.0.1'): Promise<Wire> {
    const socket = connect({ port, host })
    await once(socket, 'connect')
    return new Wire(socket)
  }

  get isClosed(): boolean {
    return this.ended
  }

  /** Sends bytes as they are. */
  send(bytes: Uint8Array): void {
    this.socket.write(bytes)
  }

  /** Says that nothing more will be sent, and goes on listening. */
  endSending(): void {
    this.socket.end()
  }

  /** Sends one command and waits for its reply. */
  call(...args: (string | Uint8Array)[]): Promise<WireReply> {
    this.send(encodeRequest(args))
    return this.next()
  }

  /** Sends several commands at once and waits for as many replies. */
  pipeline(commands: readonly (readonly (string | Uint8Array)[])[]): Promise<WireReply[]> {
    this.send(Buffer.concat(commands.map(encodeRequest)))
    return Promise.all(commands.map(() => this.next()))
  }

  /** As `pipeline`, but undefined for each reply that a closed connection never brought. */
  async attempt(
    commands: readonly (readonly (string | Uint8Array)[])[],
  ): Promise<(WireReply | undefined)[]> {
    this.send(Buffer.concat(commands.map(encodeRequest)))
    const replies = await Promise.allSettled(commands.map(() => this.next()))
    return replies.map((reply) => (reply.status === 'fulfilled' ? reply.value : undefined))
  }

  /**
   * The next reply not asked for yet.
   * @throws Error when the connection closes first, or when none comes in `patienceMs`.
   */
  next(): Promise<WireReply> {
    const reply = this.ready.shift()
    if (reply !== undefined) return Promise.resolve(reply)
    if (this.ended) return Promise.reject(closedError())
    return new Promise((resolve, reject) => {
      const { patienceMs } = this
      const fail = () => reject(new Error(`no reply in ${patienceMs} ms`))
      const alarm = setTimeout(fail, patienceMs)
      const settle = <T>(then: (value: T) => void) => {
        return (value: T) => {
          clearTimeout(alarm)
          then(value)
        }
      }
      this.waiters.push({ resolve: settle(resolve), reject: settle(reject) })
    })
  }

  /** Replies that came and that nobody has asked for. */
  unread(): WireReply[] {
    return this.ready.splice(0)
  }

  close(): void {
    this.socket.destroy()
  }

  private receive(chunk: Buffer): void {
    this.chunks.push(chunk)
    // A large reply comes in many chunks: join them only when its last one can have come.
    if (!endsLine(chunk)) return
    let buffer = this.chunks.length === 1 ? chunk : Buffer.concat(this.chunks)
    for (let read = readFirst(buffer); read !== undefined; read = readFirst(buffer)) {
      const raw = Buffer.from(buffer.subarray(0, read.end))
      buffer = buffer.subarray(read.end)
      this.deliver({ raw, value: read.value })
      if (buffer.length === 0) break
    }
    this.chunks = buffer.length === 0 ? [] : [buffer]
  }

  private deliver(reply: WireReply): void {
    const waiter = this.waiters.shift()
    if (waiter === undefined) this.ready.push(reply)
    else waiter.resolve(reply)
  }
}

/** What is no reply is handed on as one that no server sends, so that a comparison shows it. */
function readFirst(buffer: Buffer): Read | undefined {
  try {
    return readReply(buffer)
  } catch (error) {
    return { value: { kind: 'error', text: (error as Error).message }, end: buffer.length }
  }
}

function endsLine(chunk: Buffer): boolean {
  return chunk[chunk.length - 1] === 10
}

function closedError(): Error {
  return new Error('the server closed the connection')
}
