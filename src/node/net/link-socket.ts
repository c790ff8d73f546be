// link-socket.ts: the connection that a link (link.ts) is made of, over TCP, TLS or a Unix socket.

import { lookup } from 'node:dns/promises'
import { connect as connectPlain, isIP, type Socket } from 'node:net'
import { type ConnectionOptions, connect as connectSecure } from 'node:tls'
import { errorText } from '../process/error-text.ts'

/** Where a server listens. */
export interface LinkTarget {
  host: string
  port: number
  /** A Unix socket, used instead of host and port. */
  path?: string | undefined
  /** Which family a name is looked up in first; 4 unless said otherwise. */
  family?: 4 | 6 | undefined
  /** TLS settings; without them the connection is plain. */
  tls?: ConnectionOptions | undefined
  /** Milliseconds to wait for the connection; 0 leaves it to the operating system. */
  timeoutMs?: number | undefined
}

/** A connection that could not be made or was lost. `message` is worded as the C library does. */
export class LinkError extends Error {
  override readonly name = 'LinkError'
  /** The system's code (`ECONNREFUSED`), `EOF`, `CLOSED` by ourselves, or `EPROTO`. */
  readonly code: string

  constructor(code: string, message: string) {
    super(message)
    this.code = code
  }
}

const KEEPALIVE_MS = 15_000

/**
 * Connects to a server, at each of its addresses in turn.
 * @throws LinkError when nobody answers
 */
export async function openSocket(target: LinkTarget): Promise<Socket> {
  if (target.path !== undefined) return open(target, { path: target.path })
  let last: unknown
  for (const host of await addresses(target)) {
    try {
      return await open(target, { host, port: target.port })
    } catch (error) {
      last = error
    }
  }
  throw last
}

// IPv6 is only asked for when the name has no IPv4 address (or the other way round): servers
// that listen on both are rarer than names that resolve to both.
async function addresses(target: LinkTarget): Promise<string[]> {
  if (isIP(target.host) !== 0) return [target.host]
  const first = target.family ?? 4
  try {
    return await resolve(target.host, first)
  } catch {
    try {
      return await resolve(target.host, first === 4 ? 6 : 4)
    } catch (error) {
      const failure = error as NodeJS.ErrnoException
      throw new LinkError(failure.code ?? 'ENOTFOUND', errorText(failure))
    }
  }
}

async function resolve(host: string, family: 4 | 6): Promise<string[]> {
  const found = await lookup(host, { family, all: true })
  return found.map((entry) => entry.address)
}

type Place = { host: string; port: number } | { path: string }

function open(target: LinkTarget, place: Place): Promise<Socket> {
  const socket: Socket =
    target.tls === undefined
      ? connectPlain(place)
      : connectSecure({ servername: servername(target.host), ...target.tls, ...place })
  socket.setNoDelay(true)
  socket.setKeepAlive(true, KEEPALIVE_MS)
  return new Promise((resolve, reject) => {
    const timeoutMs = target.timeoutMs ?? 0
    const late = () => fail(Object.assign(new Error('timeout'), { code: 'ETIMEDOUT' }))
    const timer = timeoutMs > 0 ? setTimeout(late, timeoutMs) : undefined
    const fail = (error: NodeJS.ErrnoException) => {
      clearTimeout(timer)
      socket.destroy()
      reject(new LinkError(error.code ?? 'EIO', errorText(error)))
    }
    socket.once('error', fail)
    socket.once(target.tls === undefined ? 'connect' : 'secureConnect', () => {
      clearTimeout(timer)
      socket.off('error', fail)
      resolve(socket)
    })
  })
}

// An IP address is no server name (RFC 6066), and Node refuses it.
function servername(host: string): string {
  return isIP(host) === 0 ? host : ''
}
