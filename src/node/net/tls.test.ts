// tls.test.ts: a connection that is encrypted, seen from the wire: nothing on it is readable.

import assert from 'node:assert/strict'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'
import { test } from 'node:test'
import { connect as connectTls, createServer as createTlsServer, type TLSSocket } from 'node:tls'
import { Stage } from '#test/support/stage.js'
import { Connections } from './connections.ts'

const SECRET = 'nobody else may read this'
const pem = readFileSync(new URL('../../../test/fixtures/self-signed.pem', import.meta.url))

async function listen(server: Server): Promise<number> {
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return (server.address() as AddressInfo).port
}

/** Passes on what clients and a server say to each other, and keeps it. */
function wiretap(port: number, taken: Buffer[]): Server {
  return createServer((client) => {
    const server = connect(port, '127.0.0.1')
    const pass = (from: Socket, to: Socket) => {
      from.on('data', (chunk: Buffer) => {
        taken.push(chunk)
        to.write(chunk)
      })
      from.on('error', () => {})
      from.on('close', () => to.destroy())
    }
    pass(client, server)
    pass(server, client)
  })
}

/** Sends requests and waits until what came back is long enough. */
async function talk(socket: TLSSocket, request: string, length: number): Promise<string> {
  let text = ''
  const hear = (chunk: Buffer) => {
    text += chunk.toString('latin1')
  }
  socket.on('data', hear)
  socket.write(request)
  while (text.length < length) await once(socket, 'data')
  socket.off('data', hear)
  return text
}

test('replies and messages of an encrypted connection never leave as they are', async () => {
  const { engine } = new Stage()
  const connections = new Connections(engine)
  const options = { key: pem, cert: pem, pauseOnConnect: true }
  const server = createTlsServer(options, (socket) => connections.accept(socket))
  const taken: Buffer[] = []
  const tap = wiretap(await listen(server), taken)
  const port = await listen(tap)
  const client = connectTls({ port, host: '127.0.0.1', ca: pem, servername: 'localhost' })
  await once(client, 'secureConnect')

  const long = SECRET.repeat(10_000)
  const bulk = (text: string) => `$${text.length}\r\n${text}\r\n`
  assert.equal(await talk(client, `ECHO "${SECRET}"\r\n`, 1), bulk(SECRET))
  const set = `*3\r\n$3\r\nSET\r\n$1\r\nk\r\n${bulk(long)}`
  const expected = `+OK\r\n${bulk(long).repeat(2)}+PONG\r\n`
  // A large value is a stretch of its own: these replies leave in several.
  assert.equal(await talk(client, `${set}GET k\r\nGET k\r\nPING\r\n`, expected.length), expected)
  const listening = '*3\r\n$9\r\nsubscribe\r\n$1\r\na\r\n:1\r\n'
  assert.equal(await talk(client, 'SUBSCRIBE a\r\n', listening.length), listening)
  const other = connectTls({ port, host: '127.0.0.1', ca: pem, servername: 'localhost' })
  const message = `*3\r\n$7\r\nmessage\r\n$1\r\na\r\n${bulk(SECRET)}`
  other.write(`PUBLISH a "${SECRET}"\r\n`)
  assert.equal(await talk(client, '', message.length), message)

  const wire = Buffer.concat(taken).toString('latin1')
  assert.ok(wire.length > 3 * long.length)
  assert.ok(!/nobody|PONG|message/.test(wire))
  client.destroy()
  other.destroy()
  tap.close()
  server.close()
})
