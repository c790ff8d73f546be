// reader.ts: reads all sockets into one buffer.
//
// By default Node allocates 64 KiB for every read and hands each chunk through a Readable stream:
// more work than a small command is. A socket made with `onread` reads into a buffer it is given
// and calls back at once. That option exists for outgoing sockets only, so an accepted socket's
// handle is put into a Socket made here. Where a handle does not know how (another runtime), or
// belongs to a stream that does more than pass bytes on (TLS), the accepted socket serves as it is.

import { Socket } from 'node:net'

const SIZE = 1 << 18
const shared = new Uint8Array(SIZE)

type Handle = { useUserBuffer?: unknown }
type Internals = { _handle: Handle | null; _server?: unknown; server?: unknown }
type OnReadOptions = {
  handle: Handle
  allowHalfOpen: boolean
  onread: { buffer: Uint8Array; callback: (size: number, buffer: Uint8Array) => boolean }
}

/** Gets each chunk: `buffer[0, size)`, true only during the call. */
export type OnChunk = (buffer: Uint8Array, size: number) => void

/**
 * Reads from an accepted socket that does not read yet (`pauseOnConnect`).
 * @returns the socket to use from here on
 */
export function readShared(accepted: Socket, onChunk: OnChunk): Socket {
  const internals = accepted as unknown as Internals
  const handle = internals._handle
  if (handle === null || !isPlain(accepted) || typeof handle.useUserBuffer !== 'function') {
    accepted.on('data', (chunk: Uint8Array) => onChunk(chunk, chunk.length))
    accepted.resume()
    return accepted
  }
  internals._handle = null
  const options: OnReadOptions = {
    handle,
    allowHalfOpen: true,
    onread: {
      buffer: shared,
      callback(size, buffer) {
        onChunk(buffer, size)
        return true
      },
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

/**
 * Whether what is written to a socket is what goes out: so it is for Node's own class alone. One of
 * TLS is a socket too and shows the same descriptor, but what lies on the wire is encrypted.
 */
export function isPlain(socket: Socket): boolean {
  return Object.getPrototypeOf(socket) === Socket.prototype
}
