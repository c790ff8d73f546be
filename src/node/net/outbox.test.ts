// outbox.test.ts: messages over TCP: everybody gets all of them in order, but who does not read.

import assert from 'node:assert/strict'
import { connect, type Socket } from 'node:net'
import { describe, test } from 'node:test'
import { Rubellite } from '../embedded/rubellite.ts'

type Listener = { socket: Socket; text: () => string; closed: Promise<void> }

async function listener(port: number, ...lines: string[]): Promise<Listener> {
  const socket = connect(port)
  const chunks: Buffer[] = []
  socket.on('data', (chunk: Buffer) => chunks.push(chunk))
  socket.on('error', () => {})
  const closed = new Promise<void>((resolve) => socket.on('close', () => resolve()))
  const ready = new Promise<void>((resolve) => socket.once('data', () => resolve()))
  socket.write(lines.map((line) => `${line}\r\n`).join(''))
  await ready
  return { socket, text: () => Buffer.concat(chunks).toString(), closed }
}

async function until(isSo: () => boolean): Promise<void> {
  for (const end = performance.now() + 5000; !isSo(); ) {
    if (performance.now() > end) throw new Error('it did not come about')
    await new Promise((resolve) => setTimeout(resolve, 1))
  }
}

async function start() {
  const db = await Rubellite.open()
  return { db, port: Number(new URL(await db.listen()).port) }
}

const message = (text: string) => `*3\r\n$7\r\nmessage\r\n$1\r\na\r\n$${text.length}\r\n${text}\r\n`

describe('messages over TCP', () => {
  test('reach all listeners in order, short and long ones', async () => {
    const { db, port } = await start()
    const listeners: Listener[] = []
    for (let i = 0; i < 20; i++) listeners.push(await listener(port, 'SUBSCRIBE a'))
    const greeting = listeners[0]!.text()
    const texts = Array.from({ length: 300 }, (_, i) => 'x'.repeat((i * 7919) % 3000) + i)
    texts.push('y'.repeat(200_000), 'end')
    for (let i = 0; i < texts.length; i++) {
      assert.equal(db.call('PUBLISH', 'a', texts[i]!), 20)
      if (i % 7 === 0) await new Promise(setImmediate)
    }
    const all = greeting + texts.map(message).join('')
    await until(() => listeners.every(({ text }) => text().length >= all.length))
    for (const { text, socket } of listeners) {
      assert.equal(text(), all)
      socket.destroy()
    }
    await db.close()
  })

  test('stay in order with the replies of the same client', async () => {
    const { db, port } = await start()
    const { socket, text } = await listener(port, 'HELLO 3', 'SUBSCRIBE a')
    await until(() => text().includes('subscribe'))
    const before = text().length
    for (let i = 0; i < 50; i++) {
      socket.write('PING\r\nPUBLISH a self\r\nPING\r\n')
      db.call('PUBLISH', 'a', 'other')
    }
    socket.write('ECHO end\r\n')
    await until(() => text().endsWith('end\r\n'))
    const push = (body: string) =>
      `>3\r\n$7\r\nmessage\r\n$1\r\na\r\n$${body.length}\r\n${body}\r\n`
    const heard = text().slice(before)
    assert.equal(heard.split(push('other')).length, 51)
    const own = heard.replaceAll(push('other'), '')
    const expected = `+PONG\r\n:1\r\n${push('self')}+PONG\r\n`.repeat(50)
    assert.equal(own, `${expected}$3\r\nend\r\n`)
    socket.destroy()
    await db.close()
  })

  test('end the connection of who does not read them, and of nobody else', async () => {
    const { db, port } = await start()
    db.call('CONFIG', 'SET', 'client-output-buffer-limit', 'pubsub 4mb 0 0')
    const [slow, quick] = [await listener(port, 'SUBSCRIBE a'), await listener(port, 'SUBSCRIBE a')]
    slow.socket.pause()
    const text = 'x'.repeat(100_000)
    let sent = 0
    while (db.call<number>('PUBLISH', 'a', text) === 2 && sent < 1000) {
      sent++
      const size = message(text).length * sent
      await until(() => quick.text().length >= size)
    }
    assert.ok(sent > 30 && sent < 500, `${sent} messages`)
    const stats = db.call<string>('INFO', 'stats')
    assert.match(stats, /client_output_buffer_limit_disconnections:1\r/)
    slow.socket.resume()
    await slow.closed
    assert.equal(db.call('PUBLISH', 'a', 'after'), 1)
    await until(() => quick.text().endsWith(message('after')))
    quick.socket.destroy()
    await db.close()
  })
})
