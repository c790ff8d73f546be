// turn.test.ts: the end of a turn comes before replies leave, by every way out of the process.

import assert from 'node:assert/strict'
import { readSync } from 'node:fs'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { describe, test } from 'node:test'
import { core } from '../../core.ts'
import { defineCommand } from '../../engine/command/command.ts'
import { defineModule } from '../../engine/contract/module.ts'
import { Engine } from '../../engine/dispatch/engine.ts'
import { Connections } from '../net/connections.ts'
import { SystemClock, systemEntropy } from '../process/clock.ts'
import { EngineDuplex } from './duplex.ts'
import { EmbeddedSession, type SessionHome } from './embedded-session.ts'

const SIZE = 1000
const home: SessionHome = { raw: false, hold: () => {} }

/** @param onTurnEnd gets how many ARMING have run */
function start(onTurnEnd: (ran: number) => void) {
  let ran = 0
  const arming = defineCommand({
    name: 'ARMING',
    group: 'server',
    since: '1.0.0',
    summary: 'Arms the turn.',
    run(ctx, _args, reply) {
      ran++
      ctx.engine.turn.arm()
      reply.simple('x'.repeat(SIZE - 3))
    },
  })
  const hooks = { onTurnEnd: () => onTurnEnd(ran) }
  const modules = [...core, defineModule({ name: 'test', commands: [arming], hooks })]
  const engine = new Engine({ modules, clock: new SystemClock(), entropy: systemEntropy })
  return { engine, connections: new Connections(engine) }
}

/** A client that looks at once whether anything has come, without a turn of the event loop. */
class Client {
  readonly socket: Socket
  private taken = 0

  constructor(port: number) {
    this.socket = connect(port, '127.0.0.1')
  }

  /** Bytes that have come so far. */
  get received(): number {
    const { fd } = (this.socket as unknown as { _handle: { fd: number } })._handle
    try {
      this.taken += readSync(fd, Buffer.alloc(1 << 20))
    } catch (error) {
      assert.equal((error as NodeJS.ErrnoException).code, 'EAGAIN')
    }
    return this.taken + this.socket.bytesRead
  }
}

async function until(isSo: () => boolean): Promise<void> {
  for (const end = performance.now() + 5000; !isSo(); ) {
    if (performance.now() > end) throw new Error('it did not come about')
    await new Promise(setImmediate)
  }
}

describe('the end of a turn', () => {
  test('comes before what a call returns', () => {
    let ends = 0
    const { engine } = start(() => ends++)
    const session = new EmbeddedSession(engine, home)
    session.call('ARMING')
    assert.equal(ends, 1)
    session.execute('ARMING\r\nARMING\r\n')
    assert.equal(ends, 2)
    session.call('PING')
    assert.equal(ends, 2)
  })

  test('comes before a waiting call is told', async () => {
    const log: string[] = []
    const { engine } = start(() => log.push('end'))
    const [one, two] = [new EmbeddedSession(engine, home), new EmbeddedSession(engine, home)]
    const waiting = one.blocking('BLPOP', 'q', 0).then(() => log.push('told'))
    engine.events.listen(() => engine.turn.arm(), -1)
    two.call('RPUSH', 'q', 'v')
    await waiting
    assert.ok(log.length > 1 && log.indexOf('told') === log.length - 1, log.join())
  })

  test('comes before a stream is written to', async () => {
    let ends = 0
    const { engine } = start(() => ends++)
    const stream = new EngineDuplex(engine, home)
    const heard = new Promise((resolve) => stream.once('data', () => resolve(ends)))
    stream.write('ARMING\r\n')
    assert.equal(await heard, 1)
    stream.destroy()
  })

  test('comes before sockets are, also in the middle of a long batch', async () => {
    let covered = 0
    let ends = 0
    let client: Client | undefined
    const { engine, connections } = start((ran) => {
      ends++
      const received = client?.received ?? 0
      assert.ok(received <= covered * SIZE, `${received} bytes although only ${covered} are safe`)
      covered = ran
    })
    const server = createServer({ pauseOnConnect: true }, (one) => connections.accept(one))
    try {
      await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
      client = new Client((server.address() as AddressInfo).port)
      const { socket } = client
      await new Promise((ready) => socket.once('connect', ready))
      socket.write('ARMING\r\n'.repeat(300))
      await until(() => client!.received >= 300 * SIZE)
      assert.equal(client.received, 300 * SIZE)
      assert.ok(ends > 1, `${ends} ends`)
      // A client that wants no reply is no reason to wait for the next tick.
      socket.write('CLIENT REPLY OFF\r\nARMING\r\n')
      await until(() => covered === 301)
      assert.equal(engine.turn.armed, false)
    } finally {
      client?.socket.destroy()
      connections.close()
      server.close()
    }
  })
})
