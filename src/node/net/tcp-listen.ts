// tcp-listen.ts: opens the listening sockets that `bind` and `port` ask for, all or none.
//
//   *            every IPv4 address          ::*           every IPv6 address
//   10.0.0.5     that address, or a name     -10.0.0.5     that address if this machine has it
//
// Every IPv6 socket is for IPv6 only, so that one port can be bound for both families side by side.
// Deno cannot do that: its `::` takes IPv4 too. There one socket serves `* ::*`, and who comes by
// IPv4 is turned away where only `::*` was asked for.

import { lookup } from 'node:dns'
import { createServer, isIP, type Server, type Socket } from 'node:net'
import { errorText } from '../process/error-text.ts'

export type TcpPlace = {
  readonly binds: readonly string[]
  readonly port: number
  /** Connections the system keeps waiting to be accepted. */
  readonly backlog: number
}

/** Whether sockets of this runtime for every IPv6 address take IPv4 too, whatever they are told. */
const MIXES_FAMILIES = process.versions['deno'] !== undefined

/**
 * Accepting takes longer here than in redis-server: one connection in each turn of the event loop.
 * So many times more of them may wait, since who finds no place asks again only after a second.
 */
const PATIENCE = 4

/** Address families that this machine may lack without being misconfigured. */
const NO_FAMILY = [
  'ENOPROTOOPT',
  'EPROTONOSUPPORT',
  'ESOCKTNOSUPPORT',
  'EPFNOSUPPORT',
  'EAFNOSUPPORT',
]

/**
 * Listens on all addresses.
 * @param onSocket gets accepted sockets; they do not read yet
 * @param warn gets a line for each address that failed
 * @returns the servers, none when an address failed that is needed
 */
export async function listenTcp(
  place: TcpPlace,
  onSocket: (socket: Socket) => void,
  warn: (line: string) => void,
): Promise<Server[] | undefined> {
  const servers: Server[] = []
  const binds = MIXES_FAMILIES ? mixedFirst(place.binds) : place.binds
  const accept = MIXES_FAMILIES && !binds.some(isEveryIpv4) ? onlyIpv6(onSocket) : onSocket
  let servesBoth = false
  for (const bind of binds) {
    if (servesBoth && isEveryIpv4(bind)) continue
    const optional = bind.startsWith('-')
    const address = addressOf(bind)
    try {
      servers.push(await listenOn(address, place, accept))
      servesBoth ||= MIXES_FAMILIES && isEveryIpv6(bind)
    } catch (error) {
      const failure = error as NodeJS.ErrnoException
      warn(
        'Warning: Could not create server TCP listening socket ' +
          `${address}:${place.port}: ${describe(failure)}`,
      )
      if (optional && failure.code === 'EADDRNOTAVAIL') continue
      if (NO_FAMILY.includes(failure.code ?? '')) continue
      for (const server of servers) server.close()
      return undefined
    }
  }
  return servers
}

function addressOf(bind: string): string {
  return bind.startsWith('-') ? bind.slice(1) : bind
}

function isEveryIpv4(bind: string): boolean {
  return ['*', '0.0.0.0'].includes(addressOf(bind))
}

function isEveryIpv6(bind: string): boolean {
  return ['::*', '::'].includes(addressOf(bind))
}

/** The socket that serves both families goes first; on a machine without IPv6 it is not had. */
function mixedFirst(binds: readonly string[]): string[] {
  return [...binds.filter(isEveryIpv6), ...binds.filter((bind) => !isEveryIpv6(bind))]
}

function onlyIpv6(onSocket: (socket: Socket) => void): (socket: Socket) => void {
  return (socket) => {
    if (socket.localAddress?.startsWith('::ffff:')) socket.destroy()
    else onSocket(socket)
  }
}

async function listenOn(
  address: string,
  { port, backlog }: TcpPlace,
  onSocket: (socket: Socket) => void,
): Promise<Server> {
  const host = await resolve(address)
  const server = createServer(
    { allowHalfOpen: true, noDelay: true, pauseOnConnect: true },
    onSocket,
  )
  return new Promise((done, fail) => {
    server.once('error', fail)
    const ipv6Only = isIP(host) === 6
    server.listen({ host, port, backlog: queueOf(backlog), ipv6Only, exclusive: true }, () => {
      server.off('error', fail)
      done(server)
    })
  })
}

/** How many connections shall wait; the system has a limit of its own. */
export function queueOf(backlog: number): number {
  return Math.max(backlog, Math.min(backlog * PATIENCE, 65535))
}

function resolve(address: string): Promise<string> {
  if (address === '*') return Promise.resolve('0.0.0.0')
  if (address === '::*') return Promise.resolve('::')
  if (isIP(address) !== 0) return Promise.resolve(address)
  return new Promise((done, fail) => {
    const family = address.includes(':') ? 6 : 4
    lookup(address, { family }, (error, found) => (error ? fail(error) : done(found)))
  })
}

function describe(failure: NodeJS.ErrnoException): string {
  const step = failure.syscall === 'listen' ? 'bind: ' : ''
  return step + errorText(failure)
}
