// unix-listen.ts: opens a listening Unix socket with the permission that is asked for.

import { chmodSync, lstatSync, unlinkSync } from 'node:fs'
import { createServer, type Server, type Socket } from 'node:net'
import { queueOf } from './tcp-listen.ts'

export type UnixPlace = {
  readonly path: string
  /** Permission bits; 0 leaves what the umask allows. */
  readonly permission: number
  readonly backlog: number
  /** Whether only a socket may be removed to make place; redis-server removes files too. */
  readonly sparesFiles?: boolean
}

/** Bytes of a path that the system has room for, its closing zero included; Windows has pipes. */
const ROOM = process.platform === 'linux' ? 108 : 104

/**
 * Listens on a path; what lies there is removed first, as redis-server does.
 * @param onSocket gets accepted sockets; they do not read yet
 * @throws the system's error; an Error without a code for a path that is too long, which libuv may
 *   cut, and for one where something else than a socket has to stay
 */
export async function listenUnix(
  place: UnixPlace,
  onSocket: (socket: Socket) => void,
): Promise<Server> {
  const { path, permission, backlog } = place
  makePlace(place)
  const server = createServer({ allowHalfOpen: true, pauseOnConnect: true }, onSocket)
  return new Promise((done, fail) => {
    server.once('error', fail)
    // Between its creation and its final permission nobody may come in.
    const umask = permission === 0 ? undefined : process.umask(0o777)
    server.listen({ path, backlog: queueOf(backlog) }, () => {
      server.off('error', fail)
      try {
        if (permission !== 0) chmodSync(path, permission)
        done(server)
      } catch (error) {
        server.close()
        fail(error)
      }
    })
    if (umask !== undefined) process.umask(umask)
  })
}

function makePlace({ path, sparesFiles }: UnixPlace): void {
  const size = Buffer.byteLength(path)
  if (size >= ROOM && process.platform !== 'win32') {
    throw new Error(`unix socket path too long (${size}), must be under ${ROOM}`)
  }
  if (sparesFiles && lstatSync(path, { throwIfNoEntry: false })?.isSocket() === false) {
    throw new Error(`'${path}' exists and is no socket`)
  }
  try {
    unlinkSync(path)
  } catch {
    // Nothing was there; if it could not be removed, listening fails with the reason.
  }
}
