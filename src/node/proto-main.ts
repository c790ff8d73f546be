import net from 'node:net'
import { core } from '../core.ts'
import { Engine } from '../engine/engine.ts'
import { SystemClock, systemEntropy } from './clock.ts'
import { Connections } from './connections.ts'

const engine = new Engine({ modules: core, clock: new SystemClock(), entropy: systemEntropy })
const connections = new Connections(engine)
const server = net.createServer(
  { allowHalfOpen: true, noDelay: true, pauseOnConnect: true },
  (s) => {
    connections.accept(s)
  },
)
server.listen(Number(process.argv[2] ?? 7777), '127.0.0.1', 511, () => console.log('ready'))
const loop = () => setTimeout(loop, engine.tick())
loop()
