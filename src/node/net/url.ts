// url.ts: the addresses of servers as people write them: redis://, rediss:// and unix:// URLs.
//
//   redis[s]://[[user:]password@][host[:port]][/database]
//   unix://[[user:]password@]/path/of.sock[?db=database]
//
// The first two are read as redis-cli reads them (the IANA registration without its query
// parameters), with one kindness: in redis://:secret@host the empty name means no name, where
// redis-cli sends it and is refused. WHATWG's URL is not used because it drops what it dislikes.

/** What a URL says; what it leaves out is undefined. */
export interface ServerAddress {
  tls: boolean
  host?: string
  port?: number
  /** The path of a Unix socket, which replaces host and port. */
  path?: string
  user?: string
  password?: string
  database?: number
}

/** The text is no address of a server; the message is one clear phrase. */
export class AddressError extends Error {
  override readonly name = 'AddressError'
}

/**
 * Reads a server's URL.
 *
 * @throws AddressError when the scheme is another, or a percent escape is broken.
 */
export function parseAddress(url: string): ServerAddress {
  const scheme = /^(redis|rediss|unix):\/\//i.exec(url)
  if (scheme === null) throw new AddressError('Invalid URI scheme')
  const name = scheme[1]!.toLowerCase()
  const address: ServerAddress = { tls: name === 'rediss' }
  const rest = takeUser(url.slice(scheme[0].length), address)
  if (name === 'unix') readSocket(rest, address)
  else readHost(rest, address)
  return address
}

/** Reads what stands before the first '@', and returns what follows it. */
function takeUser(rest: string, address: ServerAddress): string {
  const at = rest.indexOf('@')
  if (at < 0) return rest
  const colon = rest.indexOf(':')
  const named = colon >= 0 && colon < at
  if (named && colon > 0) address.user = decode(rest.slice(0, colon))
  address.password = decode(rest.slice(named ? colon + 1 : 0, at))
  return rest.slice(at + 1)
}

function readHost(rest: string, address: ServerAddress): void {
  const slash = rest.indexOf('/')
  const place = slash < 0 ? rest : rest.slice(0, slash)
  const match = /^(?:\[([^\]]*)\]|([^:]*))(?::(.*))?$/.exec(place)
  if (match !== null) {
    const host = match[1] ?? match[2]
    if (host) address.host = host
    if (match[3] !== undefined) address.port = leadingInteger(match[3])
  }
  const database = slash < 0 ? '' : rest.slice(slash + 1)
  if (database !== '') address.database = leadingInteger(database)
}

function readSocket(rest: string, address: ServerAddress): void {
  const question = rest.indexOf('?')
  address.path = decode(question < 0 ? rest : rest.slice(0, question))
  if (address.path === '') throw new AddressError('A unix:// URI needs the path of a socket')
  const database = question < 0 ? null : /(?:^|&)db=(\d+)/.exec(rest.slice(question + 1))
  if (database !== null) address.database = Number(database[1])
}

/** The number a text begins with, 0 when there is none: C's atoi, which redis-cli relies on. */
export function leadingInteger(text: string): number {
  const match = /^\s*[+-]?\d+/.exec(text)
  return match === null ? 0 : Number(match[0])
}

function decode(text: string): string {
  const bytes: number[] = []
  const source = Buffer.from(text)
  for (let at = 0; at < source.length; at++) {
    if (source[at] !== 0x25) {
      bytes.push(source[at]!)
      continue
    }
    if (source.length - at < 2) throw new AddressError('Incomplete URI encoding')
    const digits = source.toString('latin1', at + 1, at + 3)
    if (!/^[0-9a-f]{2}$/i.test(digits)) {
      throw new AddressError('Illegal character in URI encoding')
    }
    bytes.push(Number.parseInt(digits, 16))
    at += 2
  }
  return Buffer.from(bytes).toString()
}
