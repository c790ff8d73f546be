// connections.ts: whom a host lets in, and whom it shuts out again: the number of clients,
// protected mode, idle clients, clients that do not read what they asked for.

import type { Socket } from 'node:net'
import type { Configuration } from '../../engine/config/configuration.ts'
import {
  type BufferLimit,
  type BufferLimits,
  bufferLimits,
} from '../../engine/config/directive-specials.ts'
import { isLocal } from '../../engine/config/protected-action.ts'
import type { Setting } from '../../engine/config/setting.ts'
import { errors } from '../../engine/contract/errors.ts'
import type { Engine } from '../../engine/dispatch/engine.ts'
import type { Session } from '../../engine/session/session.ts'
import { clientLine } from '../../features/connection/client-line.ts'
import { monitors } from '../../features/monitor/monitors.ts'
import { isListener } from '../../features/pubsub/subscriptions.ts'
import { Connection, peerAddress } from './connection.ts'
import { Outbox } from './outbox.ts'

/** A client as this file sees it: a connection, or a stream inside the process. */
export type Client = {
  readonly session: Session
  /** Bytes it has not read. */
  readonly pending: number
  /** Since when it has left more unread than the soft limit; 0 while it has not. */
  softSince: number
  /** Ends the conversation at once; what was not sent is lost. */
  destroy(): void
}

/** How long a client that has gone may take to read the rest, in milliseconds. */
const LINGER_MS = 30_000
const CHECK_MS = 1000
/**
 * Bytes a client may always leave unread: redis-server does not count its fixed reply buffer. Of
 * more than that all bytes count, since it counts those beyond the buffer in blocks of its size.
 */
const FREE_BYTES = 16 * 1024

export class Connections {
  readonly engine: Engine
  readonly outbox: Outbox
  /** Bytes a client of any kind may leave unread without a look at its limits. */
  least = Number.POSITIVE_INFINITY
  private readonly all = new Set<Client>()
  private readonly clientsMax: Setting<number>
  private readonly idleMax: Setting<number>
  private readonly keepAlive: Setting<number>
  private readonly isProtected: Setting<boolean>
  private readonly password: Setting<string>
  private readonly limits: Setting<BufferLimits>
  private checkedAt = 0

  constructor(engine: Engine) {
    const config: Configuration = engine.config
    this.engine = engine
    this.outbox = new Outbox(engine)
    engine.turn.onArmed = this.outbox.expectEnd
    this.clientsMax = config.integer('maxclients')
    this.idleMax = config.integer('timeout')
    this.keepAlive = config.integer('tcp-keepalive')
    this.isProtected = config.flag('protected-mode')
    this.password = config.string('requirepass')
    this.limits = config.of('client-output-buffer-limit', bufferLimits)
    const noteLimits = () => {
      const { normal, pubsub } = this.limits.value
      this.least = Math.min(leastOf(normal), leastOf(pubsub))
    }
    config.onChange('client-output-buffer-limit', noteLimits)
    noteLimits()
  }

  /** Number of sockets, those included that have yet to send their last replies. */
  get size(): number {
    return this.all.size
  }

  /**
   * Takes an accepted socket, which does not read yet.
   * @returns undefined when it was refused
   */
  accept(socket: Socket, path?: string): Connection | undefined {
    const refusal = this.refusal(socket, path)
    if (refusal !== undefined) {
      this.engine.stats.rejectedConnections++
      socket.on('error', () => socket.destroy())
      socket.end(`-${refusal}\r\n`, () => socket.destroy())
      return undefined
    }
    if (path === undefined && this.keepAlive.value > 0) {
      socket.setKeepAlive(true, this.keepAlive.value * 1000)
    }
    const connection = new Connection(this, socket, path)
    this.add(connection)
    return connection
  }

  /** Looks after a client from now on. */
  add(client: Client): void {
    this.all.add(client)
  }

  /** Called when a client's connection is closed. */
  forget(client: Client): void {
    this.all.delete(client)
  }

  /** Looks after clients once a second; `now` in milliseconds. */
  check(now: number): void {
    if (now - this.checkedAt < CHECK_MS && now >= this.checkedAt) return
    this.checkedAt = now
    const idleMax = this.idleMax.value
    for (const client of this.all) {
      const { session } = client
      if (session.ended) {
        if (now - session.lastInteraction > LINGER_MS) client.destroy()
      } else if (idleMax > 0 && mayBeIdle(session) && this.isIdle(client, now, idleMax)) {
        this.engine.host.log('verbose', 'Closing idle client')
        session.end()
      } else if (this.isOver(client, 0)) this.shutOut(client)
    }
  }

  /** Whether `more` bytes would be too many for a client that has not read the last ones. */
  isOver(client: Client, more: number): boolean {
    const { normal, pubsub } = this.limits.value
    const { hardBytes, softBytes, softSeconds } = isListener(client.session) ? pubsub : normal
    const unread = client.pending + more
    const bytes = unread > FREE_BYTES ? unread : 0
    if (hardBytes > 0 && bytes >= hardBytes) return true
    if (softBytes === 0 || bytes < softBytes) {
      client.softSince = 0
      return false
    }
    const { now } = this.engine
    if (client.softSince === 0) client.softSince = now
    return now - client.softSince > softSeconds * 1000
  }

  /** Closes the connection of a client that does not read. */
  shutOut(client: Client): void {
    this.engine.stats.outputBufferLimitDisconnections++
    const line = clientLine(client.session)
    this.engine.host.log(
      'warning',
      `Client ${line} scheduled to be closed ASAP for overcoming of output buffer limits.`,
    )
    client.destroy()
  }

  /** Ends all conversations at once. */
  close(): void {
    this.outbox.flush()
    for (const client of this.all) client.destroy()
  }

  private isIdle(client: Client, now: number, idleMax: number): boolean {
    return Math.floor(now / 1000) - Math.floor(client.session.lastInteraction / 1000) > idleMax
  }

  private refusal(socket: Socket, path: string | undefined): string | undefined {
    if (this.all.size >= this.clientsMax.value) return errors.tooManyClients.line
    if (path !== undefined || !this.isProtected.value || this.password.value !== '')
      return undefined
    return isLocal(peerAddress(socket)) ? undefined : errors.protectedMode.line
  }
}

/** The smaller of two limits, of which 0 is none. */
function leastOf({ hardBytes, softBytes }: BufferLimit): number {
  return Math.min(hardBytes || Number.POSITIVE_INFINITY, softBytes || Number.POSITIVE_INFINITY)
}

/** Whether silence of a client says that it has gone: not while it waits to be told something. */
function mayBeIdle(session: Session): boolean {
  if (session.suspended || isListener(session)) return false
  return !session.engine.peek(monitors)?.has(session)
}
