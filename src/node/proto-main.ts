import net from 'node:net'
import { core } from '../core.ts'
import { Engine } from '../engine/engine.ts'
import { SystemClock, systemEntropy } from './clock.ts'
import { Connection } from './connection.ts'
import { Outbox } from './outbox.ts'

const engine = new Engine({ modules: core, clock: new SystemClock(), entropy: systemEntropy })
const outbox = new Outbox(engine.output)
const server = net.createServer({ allowHalfOpen: true, noDelay: true, pauseOnConnect: true }, (s) => { new Connection(engine, s, outbox) })
server.listen(Number(process.argv[2] ?? 7777), '127.0.0.1', 511, () => console.log('ready'))
const loop = () => setTimeout(loop, engine.tick())
loop()
