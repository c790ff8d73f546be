// streams.ts: how clients that expect a socket are handed `db.connect()` instead.
//
// ioredis and iovalkey take a `Connector`, a class whose connect() returns a stream. node-redis has
// no such option: it always calls `net.createConnection` with its socket options. Since it looks
// that function up at every call and passes unknown options through, a wrapper that recognises one
// option of ours serves it, and leaves every other connection of the process alone.
import net from 'node:net'
import type { Duplex } from 'node:stream'
import type { Rubellite } from 'rubellite'

/** The option that names the engine to connect to. */
const engineOption = 'rubellite'

/** What `new Redis({ … })` of ioredis and iovalkey takes to talk to an engine in this process. */
export function ioredisOptions(db: Rubellite): object {
  return {
    Connector: class {
      stream: Duplex | undefined

      check(): boolean {
        return true
      }

      async connect(): Promise<net.Socket> {
        const socket = asSocket(db.connect())
        this.stream = socket
        return socket
      }

      disconnect(): void {
        this.stream?.end()
      }
    },
  }
}

/** What `createClient({ socket })` of node-redis takes to talk to an engine in this process. */
export function nodeRedisSocket(db: Rubellite): { path: string } {
  const options = { path: 'in-process', [engineOption]: db }
  return options
}

const original = net.createConnection
Object.assign(net, {
  createConnection(options: { [engineOption]?: Rubellite }, ...rest: unknown[]): net.Socket {
    const db = options[engineOption]
    if (db !== undefined) return asSocket(db.connect())
    return Reflect.apply(original, net, [options, ...rest])
  },
})

/** The little that clients ask of a socket and a stream does not have. */
function asSocket(stream: Duplex): net.Socket {
  const same = () => stream
  const methods = ['setNoDelay', 'setKeepAlive', 'setTimeout', 'ref', 'unref']
  const added = methods.filter((name) => !(name in stream)).map((name) => [name, same] as const)
  // node-redis waits for the event, ioredis only does so while `connecting` is true.
  process.nextTick(() => stream.emit('connect'))
  return Object.assign(stream, Object.fromEntries(added)) as unknown as net.Socket
}
