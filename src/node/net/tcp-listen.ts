// tcp-listen.ts: opens the listening sockets that `bind` and `port` ask for, all or none.
//
//   *            every IPv4 address          ::*           every IPv6 address
//   10.0.0.5     that address, or a name     -10.0.0.5     that address if this machine has it
//
// Every IPv6 socket is for IPv6 only, so that one port can be bound for both families side by side.

import { lookup } from 'node:dns'
import { createServer, isIP, type Server, type Socket } from 'node:net'
import { errorText } from '../process/error-text.ts'

export type TcpPlace = {
  readonly binds: readonly string[]
  readonly port: number
  /** Connections the system keeps waiting to be accepted. */
  readonly backlog: number
}

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
  for (const bind of place.binds) {
    const optional = bind.startsWith('-')
    const address = optional ? bind.slice(1) : bind
    try {
      servers.push(await listenOn(address, place, onSocket))
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
    server.listen({ host, port, backlog, ipv6Only: isIP(host) === 6, exclusive: true }, () => {
      server.off('error', fail)
      done(server)
    })
  })
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
