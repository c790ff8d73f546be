// clients.test.ts: whom the server lets in, and whom it shuts out again.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect } from 'node:net'
import { networkInterfaces } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { startRubellite, type TestServer } from '../support/servers.ts'
import { Wire } from '../support/wire.ts'

/** Everything a connection hears until it is closed, or for a while. */
async function hear(place: { port: number; host?: string } | { path: string }, send = '') {
  const socket = connect(place)
  let heard = ''
  socket.on('data', (chunk) => {
    heard += chunk
  })
  socket.on('error', () => {})
  if (send !== '') socket.write(send)
  const closed = once(socket, 'close').then(() => true)
  const isClosed = await Promise.race([closed, sleep(300, false)])
  socket.destroy()
  return { heard, isClosed }
}

async function withServer(args: string[], run: (server: TestServer) => Promise<void>) {
  const server = await startRubellite(args)
  try {
    await run(server)
  } finally {
    await server.stop()
  }
}

test('one client too many is told so and sent away', async () => {
  await withServer(['--maxclients', '2'], async (server) => {
    const first = await server.connect()
    await server.connect()
    const third = await hear(server)
    assert.deepEqual(third, { heard: '-ERR max number of clients reached\r\n', isClosed: true })
    await first.call('CONFIG', 'SET', 'maxclients', '3')
    assert.equal((await hear(server, 'PING\r\n')).heard, '+PONG\r\n')
    const reply = await first.call('CONFIG', 'SET', 'maxclients', '4000000000')
    assert.match(reply.raw.toString(), /is not able to handle the specified number of clients/)
  })
})

test('a browser that was led here is cut off without a word', async () => {
  await withServer([], async (server) => {
    for (const line of ['POST / HTTP/1.1', 'Host: localhost']) {
      const request = `PING\r\nCLIENT REPLY OFF\r\n${line}\r\nPING\r\n`
      assert.deepEqual(await hear(server, request), { heard: '', isClosed: true })
    }
    assert.match(server.log(), /SECURITY ATTACK/)
  })
})

const outside = Object.values(networkInterfaces())
  .flatMap((addresses) => addresses ?? [])
  .find((address) => !address.internal && address.family === 'IPv4')?.address

test('protected mode lets nobody in from outside without a password', {
  skip: outside === undefined ? 'this machine has only its loopback address' : false,
}, async () => {
  await withServer(['--bind', '*'], async (server) => {
    const place = { port: server.port, host: outside! }
    const refused = await hear(place, 'PING\r\n')
    assert.match(
      refused.heard,
      /^-DENIED Redis is running in protected mode because .*outside\.\r\n$/,
    )
    assert.equal(refused.isClosed, true)
    const wire = await server.connect()
    await wire.call('CONFIG', 'SET', 'protected-mode', 'no')
    assert.equal((await hear(place, 'PING\r\n')).heard, '+PONG\r\n')
  })
})

test('an idle client is sent away after the timeout', async () => {
  await withServer(['--timeout', '1', '--loglevel', 'verbose'], async (server) => {
    const wire = await server.connect()
    const start = Date.now()
    await wire.closed
    assert.ok(Date.now() - start > 900, `closed after ${Date.now() - start} ms`)
    assert.match(server.log(), /- Closing idle client\n/)
  })
})

test('a client that says no more still gets its replies', async () => {
  await withServer([], async (server) => {
    const socket = connect({ port: server.port, allowHalfOpen: true })
    socket.end('PING\r\nECHO bye\r\n')
    let heard = ''
    socket.on('data', (chunk) => {
      heard += chunk
    })
    await once(socket, 'end')
    assert.equal(heard, '+PONG\r\n$3\r\nbye\r\n')
    socket.destroy()
  })
})

test('a client that does not read is sent away at the hard limit', async () => {
  const limit = ['--client-output-buffer-limit', 'normal', '1000000', '0', '0']
  await withServer(limit, async (server) => {
    const wire = await server.connect()
    await wire.call('SETRANGE', 'large', '3000000', 'x')
    wire.send(Buffer.from('GET large\r\nPING\r\n'))
    await wire.closed
    assert.match(
      server.log(),
      /# Client id=\d+ addr=\S+ .* scheduled to be closed ASAP for overcoming of output buffer/,
    )
    assert.equal((await hear(server, 'PING\r\n')).heard, '+PONG\r\n')
  })
})

test('a client that does not read for long is sent away at the soft limit', async () => {
  const limit = ['--client-output-buffer-limit', 'normal', '0', '1000000', '1']
  await withServer(limit, async (server) => {
    const wire = await server.connect()
    await wire.call('SETRANGE', 'large', '100000', 'x')
    const slow = connect(server.port)
    slow.on('error', () => {}).pause()
    for (let i = 0; i < 300; i++) slow.write('GET large\r\n')
    await sleep(300)
    assert.doesNotMatch(server.log(), /overcoming/)
    for (let i = 0; i < 60 && !/overcoming/.test(server.log()); i++) await sleep(100)
    assert.match(server.log(), /overcoming of output buffer limits/)
    slow.destroy()
  })
})

test('a request larger than the query buffer ends the connection', async () => {
  await withServer(['--client-query-buffer-limit', '1mb'], async (server) => {
    const socket = connect(server.port)
    socket.on('error', () => {})
    socket.write('*2\r\n$3\r\nGET\r\n$100000000\r\n')
    socket.write(Buffer.alloc(3_000_000, 'x'))
    socket.resume()
    await once(socket, 'close')
    assert.match(server.log(), /Closing client that reached max query buffer length: id=\d+/)
  })
})

test('clients over a Unix socket and IPv6 are listed with their addresses', async () => {
  await withServer(['--bind', '127.0.0.1', '-::1', '--unixsocket', 'a.sock'], async (server) => {
    const path = join(server.folder, 'a.sock')
    const local = await hear({ path }, 'CLIENT INFO\r\n')
    assert.match(local.heard, / addr=a\.sock:0 laddr=a\.sock:0 /)
    const six = await hear({ port: server.port, host: '::1' }, 'CLIENT INFO\r\n')
    if (six.heard === '') return
    assert.match(
      six.heard,
      new RegExp(` addr=\\[::1\\]:\\d+ laddr=\\[::1\\]:${server.port} fd=\\d+ `),
    )
  })
})

test('CONFIG SET moves the server to other ports, and back when it cannot', async () => {
  await withServer([], async (server) => {
    const wire = await server.connect()
    const other = await startRubellite()
    const refused = await wire.call('CONFIG', 'SET', 'port', String(other.port))
    assert.match(
      refused.raw.toString(),
      /- Unable to listen on this port\. Check server logs\.\r\n/,
    )
    assert.equal((await hear(server, 'PING\r\n')).heard, '+PONG\r\n')
    const freed = other.port
    await other.stop()
    assert.equal(
      (await wire.call('CONFIG', 'SET', 'port', String(freed))).raw.toString(),
      '+OK\r\n',
    )
    assert.equal((await hear({ port: freed }, 'PING\r\n')).heard, '+PONG\r\n')
    assert.equal((await wire.call('PING')).raw.toString(), '+PONG\r\n')
    const nowhere = await wire.call('CONFIG', 'SET', 'bind', '192.0.2.1')
    assert.match(nowhere.raw.toString(), /- Failed to bind to specified addresses\.\r\n/)
    assert.equal((await hear({ port: freed }, 'PING\r\n')).heard, '+PONG\r\n')
    await assert.rejects(Wire.open(server.port))
  })
})
