// unix-listen.ts: opens a listening Unix socket with the permission that is asked for.

import { chmodSync, unlinkSync } from 'node:fs'
import { createServer, type Server, type Socket } from 'node:net'

export type UnixPlace = {
  readonly path: string
  /** Permission bits; 0 leaves what the umask allows. */
  readonly permission: number
  readonly backlog: number
}

/**
 * Listens on a path; what lies there is removed first, as redis-server does.
 * @param onSocket gets accepted sockets; they do not read yet
 * @throws the system's error
 */
export function listenUnix(place: UnixPlace, onSocket: (socket: Socket) => void): Promise<Server> {
  const { path, permission, backlog } = place
  const server = createServer({ allowHalfOpen: true, pauseOnConnect: true }, onSocket)
  try {
    unlinkSync(path)
  } catch {
    // Nothing was there; if it could not be removed, listening fails with the reason.
  }
  return new Promise((done, fail) => {
    server.once('error', fail)
    // Between its creation and its final permission nobody may come in.
    const umask = permission === 0 ? undefined : process.umask(0o777)
    server.listen({ path, backlog }, () => {
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
