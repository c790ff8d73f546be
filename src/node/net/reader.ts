// reader.ts: reads all sockets into one buffer.
//
// By default Node allocates 64 KiB for every read and hands each chunk through a Readable stream:
// more work than a small command is. A socket made with `onread` reads into a buffer it is given
// and calls back at once. That option exists for outgoing sockets only, so an accepted socket's
// handle is put into a Socket made here. Where a handle does not know how (another runtime), or
// belongs to a stream that does more than pass bytes on (TLS), the accepted socket serves as it is.
//
// libuv reads up to 32 full buffers of one socket before it looks at the next, so a client whose
// pipeline never ends would keep all others waiting. Whoever has more than its share of a turn of
// the event loop goes on in the next one (docs/decisions/shares-of-a-turn.md).

import { Socket } from 'node:net'

const shared = new Uint8Array(1 << 18)
/** For who sends so many commands that a full buffer of them takes longer than a share. */
const small = shared.subarray(0, 1 << 14)
/** How long one socket is read in a turn of the event loop if it has more, in milliseconds. */
const SHARE_MS = 0.3
/** After so many short chunks in a row a socket is thought to have no more than it had. */
const CALM = 16
/** One connection is accepted in a turn: for so long after one, turns are as short as can be. */
const ARRIVING_MS = 2
let arrivedAt = Number.NEGATIVE_INFINITY

type Handle = { useUserBuffer?: unknown }
type Internals = { _handle: Handle | null; _server?: unknown; server?: unknown }
type OnReadOptions = {
  handle: Handle
  allowHalfOpen: boolean
  onread: { buffer: () => Uint8Array | undefined; callback: (size: number) => boolean }
}

/** Gets each chunk: `buffer[0, size)`, true only during the call. */
export type OnChunk = (buffer: Uint8Array, size: number) => void

/**
 * Reads from an accepted socket that does not read yet (`pauseOnConnect`).
 * @returns the socket to use from here on
 */
export function readShared(accepted: Socket, onChunk: OnChunk): Socket {
  arrivedAt = performance.now()
  const internals = accepted as unknown as Internals
  const handle = internals._handle
  if (handle === null || !isPlain(accepted) || typeof handle.useUserBuffer !== 'function') {
    readStream(accepted, onChunk)
    return accepted
  }
  internals._handle = null
  const share = new Share(onChunk, () => socket.resume())
  const options: OnReadOptions = {
    handle,
    allowHalfOpen: true,
    onread: {
      buffer: () => share.nextBuffer(),
      callback: (size) => share.take(size),
    },
  }
  const socket = new Socket(options as unknown as ConstructorParameters<typeof Socket>[0])
  // The server counts its connections by these, and closes when they are gone.
  const own = socket as unknown as Internals
  own._server = internals._server
  own.server = internals.server
  socket.resume()
  return socket
}

/** What one socket is read in a turn of the event loop. */
class Share {
  private readonly onChunk: OnChunk
  private readonly goOn: () => void
  /** When the first chunk of a row came that libuv may read in one turn; 0 before it. */
  private since = 0
  private buffer: Uint8Array = shared
  /** Whether Node has yet to be told of the buffer. */
  private isNew = true
  /** Short chunks since the last time that it had more than its share. */
  private calm = 0

  /** @param goOn reads on */
  constructor(onChunk: OnChunk, goOn: () => void) {
    this.onChunk = onChunk
    this.goOn = goOn
  }

  /** Asked by Node after each chunk; undefined leaves it with the buffer it has. */
  nextBuffer(): Uint8Array | undefined {
    if (!this.isNew) return undefined
    this.isNew = false
    return this.buffer
  }

  /** Takes a chunk; false stops the reading until the next turn. */
  take(size: number): boolean {
    // Nearly all chunks are short, and are asked for no time.
    if (size < small.length) {
      this.since = 0
      if (this.buffer === small && ++this.calm === CALM) this.readInto(shared)
      this.onChunk(shared, size)
      return true
    }
    const isFull = size === this.buffer.length
    const begin = performance.now()
    if (this.since === 0) this.since = begin
    this.onChunk(shared, size)
    const now = performance.now()
    this.fit(now - begin)
    // After a chunk that is not full libuv goes on to the next socket by itself.
    const isUsedUp = now - this.since >= SHARE_MS || now - arrivedAt < ARRIVING_MS
    if (!isFull || isUsedUp) this.since = 0
    if (!isFull || !isUsedUp) return true
    this.calm = 0
    setImmediate(this.goOn)
    return false
  }

  /** Chooses the buffer by the time that the last chunk took. */
  private fit(took: number): void {
    if (this.buffer === shared) {
      if (took >= 2 * SHARE_MS) this.readInto(small)
    } else if (took * (shared.length / small.length) < SHARE_MS) this.readInto(shared)
  }

  private readInto(buffer: Uint8Array): void {
    this.buffer = buffer
    this.isNew = true
    this.calm = 0
  }
}

/** As above, where the chunks are of the stream's choice: which one is the last cannot be seen. */
function readStream(socket: Socket, onChunk: OnChunk): void {
  let since = 0
  const nextTurn = () => {
    since = 0
    if (socket.isPaused()) socket.resume()
  }
  socket.on('data', (chunk: Uint8Array) => {
    if (since === 0) {
      since = performance.now()
      setImmediate(nextTurn)
    }
    onChunk(chunk, chunk.length)
    if (performance.now() - since >= SHARE_MS) socket.pause()
  })
  socket.resume()
}

/**
 * Whether what is written to a socket is what goes out: so it is for Node's own class alone. One of
 * TLS is a socket too and shows the same descriptor, but what lies on the wire is encrypted.
 */
export function isPlain(socket: Socket): boolean {
  return Object.getPrototypeOf(socket) === Socket.prototype
}
