// connection.ts: a socket as an engine's transport.

import type { Socket } from 'node:net'
import type { Engine } from '../engine/engine.ts'
import type { Transport } from '../engine/ports.ts'
import type { Session } from '../engine/session.ts'
import type { Outbox } from './outbox.ts'
import { readShared } from './reader.ts'

export class Connection implements Transport {
  readonly session: Session
  readonly address: string
  readonly localAddress: string
  private readonly socket: Socket
  private readonly outbox: Outbox

  /** @param accepted a socket that does not read yet (`pauseOnConnect`) */
  constructor(engine: Engine, accepted: Socket, outbox: Outbox) {
    const socket = readShared(accepted, (chunk) => {
      this.session.receive(chunk)
      this.session.flush()
    })
    this.outbox = outbox
    this.socket = socket
    this.address = `${socket.remoteAddress ?? ''}:${socket.remotePort ?? 0}`
    this.localAddress = `${socket.localAddress ?? ''}:${socket.localPort ?? 0}`
    this.session = engine.open(this)
    socket.setNoDelay(true)
    socket.on('end', () => this.session.end())
    socket.on('error', () => this.session.end())
    socket.on('close', () => this.session.end())
  }

  get descriptor(): number {
    return descriptorOf(this.socket)
  }

  get pending(): number {
    return this.socket.writableLength
  }

  send(): void {
    this.outbox.add(this.socket)
  }

  close(): void {
    this.outbox.flush()
    this.socket.end()
    this.socket.destroySoon()
  }
}

/** The handle knows its descriptor on POSIX systems; Node has no public name for it. */
function descriptorOf(socket: Socket): number {
  return (socket as unknown as { _handle?: { fd?: number } })._handle?.fd ?? -1
}
