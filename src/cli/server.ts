// server.ts: `rubellite server`: the engine as a process of its own.

import net from 'node:net'
import { core } from '../core.ts'
import { Engine } from '../engine/engine.ts'
import { SystemClock, systemEntropy } from '../node/clock.ts'
import { Connection } from '../node/connection.ts'
import { Outbox } from '../node/outbox.ts'

/** Runs the server with the arguments of redis-server. */
export async function server(args: readonly string[]): Promise<void> {
  const option = (name: string, otherwise: string) => {
    const at = args.indexOf(name)
    return at < 0 ? otherwise : (args[at + 1] ?? otherwise)
  }
  const engine = new Engine({ modules: core, clock: new SystemClock(), entropy: systemEntropy })
  const outbox = new Outbox(engine.output)
  const listener = net.createServer({ allowHalfOpen: true, noDelay: true, pauseOnConnect: true }, (socket) => {
    new Connection(engine, socket, outbox)
  })
  const port = Number(option('--port', '6379'))
  listener.on('error', (error: NodeJS.ErrnoException) => {
    const reason = error.code === 'EADDRINUSE' ? 'Address already in use' : error.message
    console.log(`Warning: Could not create server TCP listening socket *:${port}: bind: ${reason}`)
    process.exit(1)
  })
  listener.listen(port, option('--bind', '127.0.0.1'), 511, () => {
    console.log('* Ready to accept connections tcp')
  })
  const loop = () => setTimeout(loop, engine.tick())
  loop()
  process.on('SIGTERM', () => process.exit(0))
  process.on('SIGINT', () => process.exit(0))
}
