// reader.test.ts: sockets share a buffer, and nothing of that is seen from outside.

import assert from 'node:assert/strict'
import { once } from 'node:events'
import net from 'node:net'
import { test } from 'node:test'
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
