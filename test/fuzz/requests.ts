// requests.ts: bytes that no client should send: well-formed requests, broken in one place or more.
import { encodeRequest } from '../support/resp.ts'
import type { Seed } from '../support/seed.ts'

// Commands whose answers depend on nothing that other connections do. No piece of the unknown one
// names a command: damage would leave COMMAND of a name that ends in it, and that lists all a
// server has.
const commands = [
  ['PING'],
  ['PING', 'message'],
  ['ECHO', 'a somewhat longer message'],
  ['SET', 'written', 'value'],
  ['SET', 'written', 'value', 'EX', '1000'],
  ['GET', 'absent'],
  ['MGET', 'absent', 'missing', 'none'],
  ['EXISTS', 'absent', 'missing'],
  ['TYPE', 'absent'],
  ['STRLEN', 'absent'],
  ['SELECT', '0'],
  ['CLIENT', 'GETNAME'],
  ['NOSUCHKEYWORD', 'argument'],
]

const numbers = [
  ...['-1', '-2', '0', '1', '2', '3', '10', '100', '1000', '65536', '1048576', '1048577'],
  ...['536870912', '536870913', '2147483647', '2147483648', '4294967296', '-2147483648'],
  ...['9223372036854775807', '9223372036854775808', '-9223372036854775808', '99999999999999999999'],
  ...['', ' ', 'x', '1x', '+1', '01', '1.0', '-', '-0', '\0', '3\r', '\n'],
]

const garbage = [
  'GET "unbalanced\r\n',
  "GET 'unbalanced\r\n",
  'ECHO "\\xzz\\x4"\r\n',
  'ECHO "closed"too soon\r\n',
  '   \r\n',
  '\r\n',
  '\n\n\n',
  '\0\0\0\r\n',
  'PING\0\r\n',
  'GET / HTTP/1.0\r\nHost: example\r\n\r\n',
  'POST / HTTP/1.1\r\n\r\n',
  '*\r\n',
  '$\r\n',
  '*1\r\n*1\r\n$4\r\nPING\r\n',
  '+OK\r\n:1\r\n-ERR\r\n',
]

/** One burst for one connection: up to a dozen requests, some broken. */
export interface Burst {
  bytes: Buffer
  requests: number
}

export function makeBurst(seed: Seed): Burst {
  const requests = seed.between(1, 12)
  const parts: Buffer[] = []
  for (let i = 0; i < requests; i++) parts.push(makeRequest(seed))
  const bytes = Buffer.concat(parts)
  const isCut = seed.chance(0.2)
  return { bytes: isCut ? bytes.subarray(0, seed.below(bytes.length + 1)) : bytes, requests }
}

function makeRequest(seed: Seed): Buffer {
  const kind = seed.below(20)
  if (kind === 0) return Buffer.from(seed.pick(garbage), 'latin1')
  if (kind === 1) return Buffer.from(seed.bytes(seed.below(60)))
  const command = seed.pick(commands)
  if (kind === 2) return Buffer.from(`${command.join(' ')}\r\n`)
  const bytes = encodeRequest(command)
  if (kind < 8) return bytes
  return kind < 14 ? withNumber(seed, bytes) : withDamage(seed, bytes)
}

/** Another count or length in place of one of the true ones. */
function withNumber(seed: Seed, bytes: Buffer): Buffer {
  const text = bytes.toString('latin1')
  const places = [...text.matchAll(/[*$](\d+)(?=\r\n)/g)]
  const place = seed.pick(places)
  const start = place.index + 1
  const end = place.index + place[0].length
  return Buffer.from(text.slice(0, start) + seed.pick(numbers) + text.slice(end), 'latin1')
}

/** One to three bytes changed, lost, doubled or put in. */
function withDamage(seed: Seed, bytes: Buffer): Buffer {
  let damaged = bytes
  for (let times = seed.between(1, 3); times > 0; times--) {
    const at = seed.below(damaged.length + 1)
    const before = damaged.subarray(0, at)
    const after = damaged.subarray(Math.min(damaged.length, at + seed.below(4)))
    const filling = seed.bytes(seed.below(4))
    const between = seed.chance(0.3) ? damaged.subarray(at, at + seed.below(20)) : filling
    damaged = Buffer.concat([before, between, after])
  }
  return damaged
}

/** The rare and heavy ones: a very long argument, very many, very long lines without an end. */
export const heavyRequests: Record<string, () => Buffer> = {
  'one argument of 1 MiB': () => encodeRequest(['ECHO', 'x'.repeat(1 << 20)]),
  'a million arguments': () => {
    const head = Buffer.from('*1000000\r\n$4\r\nPING\r\n')
    return Buffer.concat([head, Buffer.from('$1\r\na\r\n'.repeat(999_999))])
  },
  'a million empty lines': () => Buffer.from('\r\n'.repeat(1_000_000)),
  'an inline line of 1 MiB': () => Buffer.from('x'.repeat(1 << 20)),
  'a count that never ends': () => Buffer.from(`*${'1'.repeat(1 << 17)}`),
  'a length that never ends': () => Buffer.from(`*1\r\n$${'1'.repeat(1 << 17)}`),
  'a promise of a billion arguments': () => Buffer.from('*1000000000\r\n$4\r\nPING\r\n'),
  'a promise of 512 MiB': () => Buffer.from('*2\r\n$4\r\nECHO\r\n$536870912\r\nxyz'),
  'ten thousand pings': () => Buffer.from('*1\r\n$4\r\nPING\r\n'.repeat(10_000)),
}
