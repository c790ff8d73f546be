// link.test.ts: client connections, against a small server of canned replies.

import assert from 'node:assert/strict'
import { createServer, type Server, type Socket } from 'node:net'
import { test } from 'node:test'
import { type DecodedReply, ReplyDecoder } from '../../formats/resp.ts'
import { encodeCommand, Link } from './link.ts'
import { LinkError } from './link-socket.ts'

/** Runs a check with a link to a server that is given each connection. */
async function withServer(
  serve: (socket: Socket) => void,
  check: (link: Link, port: number) => Promise<void>,
): Promise<void> {
  const sockets: Socket[] = []
  const server: Server = createServer((socket) => {
    sockets.push(socket)
    socket.on('error', () => {})
    serve(socket)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  const link = await Link.connect({ host: '127.0.0.1', port })
  try {
    await check(link, port)
  } finally {
    link.close()
    for (const socket of sockets) socket.destroy()
    server.close()
  }
}

function text(reply: DecodedReply): string {
  return 'bytes' in reply ? Buffer.from(reply.bytes).toString() : reply.type
}

test('answers calls in order, however many wait', async () => {
  const echo = (socket: Socket) => {
    const decoder = new ReplyDecoder()
    socket.on('data', (chunk) => {
      decoder.feed(chunk)
      for (let request = decoder.next(); request; request = decoder.next()) {
        if ('items' in request) socket.write(`+${text(request.items[1]!)}\r\n`)
      }
    })
  }
  await withServer(echo, async (link) => {
    const calls = Array.from({ length: 50 }, (_, at) => link.call(['ECHO', `${at}`]))
    const replies = await Promise.all(calls)
    assert.deepEqual(
      replies.map(text),
      replies.map((_, at) => `${at}`),
    )
  })
})

const pushThenReply = (socket: Socket) => {
  socket.on('data', () => socket.write('>1\r\n+news\r\n+OK\r\n'))
}

test('passes over pushes in a call, and reads them in turn', async () => {
  await withServer(pushThenReply, async (link) => {
    assert.equal(text(await link.call(['PING'])), 'OK')
    link.write(['PING'])
    assert.equal((await link.read()).type, 'push')
    assert.equal(text(await link.read()), 'OK')
  })
})

test('hands pushes to a listener', async () => {
  await withServer(pushThenReply, async (link) => {
    const heard: string[] = []
    link.onPush = (push) => heard.push(push.type)
    assert.equal(text(await link.call(['PING'])), 'OK')
    assert.deepEqual(heard, ['push'])
  })
})

test('tells that a message waits without taking it', async () => {
  const late = (socket: Socket) => {
    socket.on('data', () => socket.write(':1\r\n:2\r\n'))
  }
  await withServer(late, async (link) => {
    assert.equal(link.poll(), undefined)
    link.write(['PING'])
    await link.readable()
    assert.equal(link.poll()?.type, 'integer')
    assert.equal(link.poll()?.type, 'integer')
    assert.equal(link.poll(), undefined)
  })
})

test('pauses a server that sends faster than it is read', async () => {
  const count = 20_000
  const flood = (socket: Socket) => {
    socket.on('data', () => socket.write(':1\r\n'.repeat(count)))
  }
  await withServer(flood, async (link) => {
    link.write(['GO'])
    await link.readable()
    for (let at = 0; at < count; at++) assert.equal((await link.read()).type, 'integer')
  })
})

test('reports the end of the connection to all who wait, and to later readers', async () => {
  const hangUp = (socket: Socket) => {
    socket.on('data', () => socket.end('+OK\r\n'))
  }
  await withServer(hangUp, async (link) => {
    const first = link.call(['A'])
    const second = link.call(['B'])
    assert.equal(text(await first), 'OK')
    await assert.rejects(second, { code: 'EOF', message: 'Server closed the connection' })
    await assert.rejects(link.read(), LinkError)
    assert.equal(link.failure?.code, 'EOF')
  })
})

test('gives up on what is no Redis', async () => {
  const web = (socket: Socket) => {
    socket.on('data', () => socket.write('HTTP/1.1 400 Bad Request\r\n'))
  }
  await withServer(web, async (link) => {
    const message = 'Protocol error, got "H" as reply type byte'
    await assert.rejects(link.call(['PING']), { code: 'EPROTO', message })
  })
})

test('words failures to connect as the C library does', async () => {
  const refused = Link.connect({ host: '127.0.0.1', port: 1 })
  await assert.rejects(refused, { code: 'ECONNREFUSED', message: 'Connection refused' })
  const missing = Link.connect({ host: '', port: 0, path: '/nonexistent/redis.sock' })
  await assert.rejects(missing, { code: 'ENOENT', message: 'No such file or directory' })
})

test('encodes arguments of text and bytes', () => {
  const bytes = encodeCommand(['é', new Uint8Array([0, 255]), ''])
  assert.equal(
    Buffer.from(bytes).toString('latin1'),
    '*3\r\n$2\r\n\xc3\xa9\r\n$2\r\n\x00\xff\r\n$0\r\n\r\n',
  )
})
