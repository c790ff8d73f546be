// reader.test.ts: sockets share a buffer, and nothing of that is seen from outside.

import assert from 'node:assert/strict'
import { once } from 'node:events'
import net from 'node:net'
import { test } from 'node:test'
import { Worker } from 'node:worker_threads'
import { readShared } from './reader.ts'

test('accepted sockets read into the shared buffer of this Node version', async () => {
  const buffers = new Set<ArrayBufferLike>()
  const taken: boolean[] = []
  const server = net.createServer({ pauseOnConnect: true, allowHalfOpen: true }, (accepted) => {
    const socket = readShared(accepted, (buffer, size) => {
      buffers.add(buffer.buffer)
      socket.write(Uint8Array.from(buffer.subarray(0, size)))
    })
    taken.push(socket !== accepted)
    socket.on('end', () => socket.end())
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as net.AddressInfo
  const echo = async (text: string) => {
    const client = net.connect(port, '127.0.0.1')
    client.end(text)
    let reply = ''
    for await (const chunk of client) reply += chunk
    return reply
  }
  const long = 'x'.repeat(1_000_000)
  assert.deepEqual(await Promise.all([echo('one'), echo('two'), echo(long)]), ['one', 'two', long])
  assert.deepEqual(taken, [true, true, true])
  assert.equal(buffers.size, 1)
  // All connections are counted off again: the server can close.
  server.close()
  await once(server, 'close')
})

// Writes to a port without end. It is a thread, since it has to go on while the server reads.
const greedyClient = `
  const { workerData } = require('node:worker_threads')
  const socket = require('node:net').connect(workerData, '127.0.0.1')
  const bytes = Buffer.alloc(1 << 20)
  const write = () => { while (socket.write(bytes)); }
  socket.on('connect', write).on('drain', write).on('error', () => {})
`

/** The most bytes that a greedy socket is given in one turn, of so many turns with some. */
async function largestTurn(turns: number, prepare: (socket: net.Socket) => void): Promise<number> {
  let bytes = 0
  let largest = 0
  const server = net.createServer({ pauseOnConnect: true, allowHalfOpen: true })
  const done = new Promise<net.Socket>((resolve) => {
    server.on('connection', (accepted) => {
      prepare(accepted)
      const socket = readShared(accepted, (_, size) => {
        if (bytes === 0) {
          setImmediate(() => {
            largest = Math.max(largest, bytes)
            bytes = 0
            if (--turns === 0) resolve(socket)
          })
        }
        bytes += size
        // Each chunk takes longer than a share of the turn.
        for (const end = performance.now() + 2; performance.now() < end; );
      })
      socket.on('error', () => {})
    })
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const worker = new Worker(greedyClient, {
    eval: true,
    workerData: (server.address() as net.AddressInfo).port,
  })
  const socket = await done
  socket.destroy()
  server.close()
  await worker.terminate()
  return largest
}

test('a socket that always has more is read once in a turn when that took its share', async () => {
  // The first chunk may be as large as the buffer.
  assert.ok((await largestTurn(100, () => {})) <= 1 << 18)
})

test('so is one that has to be read as a stream, but for a chunk that was under way', async () => {
  const prototype = Object.create(net.Socket.prototype)
  const largest = await largestTurn(100, (socket) => Object.setPrototypeOf(socket, prototype))
  assert.ok(largest <= 2 * 65536, `${largest} bytes in one turn`)
})
