// connection.ts: a socket as an engine's transport.

import type { Socket } from 'node:net'
import type { Output } from '../../bytes/wire/output.ts'
import type { Transport } from '../../engine/contract/ports.ts'
import type { Session } from '../../engine/session/session.ts'
import type { Connections } from './connections.ts'
import { Mail } from './outbox.ts'
import { isPlain, readShared } from './reader.ts'

export class Connection implements Transport {
  readonly session: Session
  readonly address: string
  readonly localAddress: string
  /** As Transport's: the outbox does it. */
  readonly endsTurns = true
  private readonly socket: Socket
  private readonly mail: Mail
  private readonly home: Connections
  /** Since when it has left more unread than the soft limit; 0 while it has not. */
  softSince = 0

  /**
   * @param accepted a socket that does not read yet (`pauseOnConnect`)
   * @param path the Unix socket it came through, undefined for TCP
   */
  constructor(home: Connections, accepted: Socket, path?: string) {
    const socket = readShared(accepted, (buffer, size) => {
      this.session.receive(buffer, size)
      this.session.flush()
    })
    this.home = home
    const onBacklog = () => home.engine.memory.look(this.session)
    this.mail = new Mail(socket, isPlain(socket), onBacklog)
    this.socket = socket
    this.address = path === undefined ? peerAddress(socket) : `${path}:0`
    this.localAddress = path === undefined ? ownAddress(socket) : `${path}:0`
    this.session = home.engine.open(this)
    socket.on('end', () => this.session.end())
    socket.on('error', () => this.session.end())
    socket.on('close', () => {
      this.session.end()
      home.forget(this)
    })
  }

  get descriptor(): number {
    return descriptorOf(this.socket)
  }

  get pending(): number {
    return this.socket.writableLength + this.mail.waiting
  }

  send(output: Output): void {
    const { home, mail } = this
    if (
      mail.waiting + mail.backlog + output.length >= home.least &&
      home.isOver(this, output.length)
    ) {
      output.drop()
      home.shutOut(this)
    } else home.outbox.add(mail)
  }

  post(bytes: Uint8Array, start: number, end: number): void {
    const { home, mail } = this
    const size = end - start
    if (mail.waiting + mail.backlog + size >= home.least && home.isOver(this, size)) {
      home.shutOut(this)
    } else home.outbox.post(mail, bytes, start, end)
  }

  close(): void {
    this.home.outbox.flush()
    this.socket.end()
    this.socket.destroySoon()
  }

  /** Lets the process end although this is open. */
  unref(): void {
    this.socket.unref()
  }

  /** Ends the conversation at once; what was not sent is lost. */
  destroy(): void {
    this.socket.destroy()
    this.session.end()
  }
}

/** The client's address as CLIENT LIST prints it: 127.0.0.1:50000, [::1]:50000. */
export function peerAddress(socket: Socket): string {
  return addressText(socket.remoteAddress, socket.remotePort)
}

function ownAddress(socket: Socket): string {
  return addressText(socket.localAddress, socket.localPort)
}

function addressText(given = '?', port = 0): string {
  // A socket that serves both families names an IPv4 address in IPv6's way.
  const host = given.startsWith('::ffff:') ? given.slice(7) : given
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`
}

/** The handle knows its descriptor on POSIX systems; Node has no public name for it. */
function descriptorOf(socket: Socket): number {
  return (socket as unknown as { _handle?: { fd?: number } })._handle?.fd ?? -1
}
