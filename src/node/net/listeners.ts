// listeners.ts: all sockets a server listens on, and their change while it runs.

import { existsSync } from 'node:fs'
import type { Server, Socket } from 'node:net'
import { dirname } from 'node:path'
import type { ListenerFacts, LogLevel } from '../../engine/contract/ports.ts'
import { errorText } from '../process/error-text.ts'
import { canListen } from './bind-probe.ts'
import { listenTcp, type TcpPlace } from './tcp-listen.ts'
import { listenUnix, type UnixPlace } from './unix-listen.ts'

/** @param path the Unix socket's path, undefined for TCP */
export type OnSocket = (socket: Socket, path?: string) => void

export class Listeners {
  /** For INFO. */
  facts: ListenerFacts[] = []
  private tcp: Server[] = []
  private unix: Server | undefined
  /** What the next turn shall listen on; a later wish replaces an earlier one. */
  private wish: TcpPlace | undefined
  private readonly onSocket: OnSocket
  private readonly log: (level: LogLevel, text: string) => void

  constructor(onSocket: OnSocket, log: (level: LogLevel, text: string) => void) {
    this.onSocket = onSocket
    this.log = log
  }

  /** Listens on TCP; false when that failed, and the log says why. */
  async openTcp(place: TcpPlace): Promise<boolean> {
    if (place.port === 0) return true
    const servers = await listenTcp(place, (socket) => this.onSocket(socket), this.warn)
    if (servers === undefined) return false
    this.tcp = servers
    this.noteTcp(place)
    return true
  }

  /** Listens on a Unix socket; false when that failed, and the log says why. */
  async openUnix(place: UnixPlace): Promise<boolean> {
    const { path } = place
    try {
      this.unix = await listenUnix(place, (socket) => this.onSocket(socket, path))
    } catch (error) {
      this.warn(`Failed opening Unix socket: ${describe(error as NodeJS.ErrnoException, path)}`)
      return false
    }
    this.facts.push({ name: 'unix', binds: [path], port: 0 })
    return true
  }

  /** Number of sockets that listen. */
  get size(): number {
    return this.tcp.length + (this.unix === undefined ? 0 : 1)
  }

  /**
   * Listens on TCP elsewhere; connections that exist stay.
   * @returns false when it cannot: then nothing is listened on
   */
  change(place: TcpPlace): boolean {
    this.closeTcp()
    if (place.port !== 0 && place.binds.length > 0 && !canListen(place, this.warn)) return false
    this.wish = place
    queueMicrotask(() => {
      if (this.wish !== place) return
      this.wish = undefined
      void this.openTcp(place)
    })
    return true
  }

  /** Closes everything; the Unix socket's file is removed. */
  close(): void {
    this.closeTcp()
    if (this.unix === undefined) return
    this.log('notice', 'Removing the unix socket file.')
    this.unix.close()
    this.unix = undefined
    this.facts = []
  }

  private closeTcp(): void {
    this.wish = undefined
    for (const server of this.tcp) server.close()
    this.tcp = []
    this.facts = this.facts.filter((fact) => fact.name !== 'tcp')
  }

  private noteTcp({ binds, port }: TcpPlace): void {
    this.facts = this.facts.filter((fact) => fact.name !== 'tcp')
    if (binds.length > 0) this.facts.unshift({ name: 'tcp', binds, port })
  }

  private readonly warn = (line: string) => this.log('warning', line)
}

function describe(failure: NodeJS.ErrnoException, path: string): string {
  if (failure.code === undefined) return failure.message
  if (failure.syscall !== 'listen') return `${failure.syscall}: ${errorText(failure)}`
  // libuv calls a folder that is not there 'permission denied'.
  const isMissing = failure.code === 'EACCES' && !existsSync(dirname(path))
  return `bind: ${isMissing ? errorText({ ...failure, code: 'ENOENT' }) : errorText(failure)}`
}
