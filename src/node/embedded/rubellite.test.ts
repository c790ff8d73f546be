// rubellite.test.ts: the embedded database as a program uses it.

import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { ReplyError } from '../../engine/dispatch/reply-error.ts'
import type { KeyEvent } from './key-events.ts'
import { Rubellite } from './rubellite.ts'

describe('call', () => {
  test('turns replies into JavaScript values', async () => {
    await using db = await Rubellite.open()
    assert.equal(db.call('SET', 'k', 'v'), 'OK')
    assert.equal(db.call('GET', 'k'), 'v')
    assert.equal(db.call('GET', 'absent'), null)
    assert.equal(db.call('INCR', 'n'), 1)
    assert.deepEqual(db.call('MGET', 'k', 'absent', 'n'), ['v', null, '1'])
    const settings = db.call<Map<string, string>>('CONFIG', 'GET', 'port')
    assert.deepEqual([...settings], [['port', '6379']])
  })

  test('keeps integers exact up to 64 bits', async () => {
    await using db = await Rubellite.open()
    db.call('SET', 'n', '9223372036854775806')
    assert.equal(db.call('INCR', 'n'), 9223372036854775807n)
    assert.equal(db.call('SET', 'n', Number.MAX_SAFE_INTEGER), 'OK')
    assert.equal(db.call('INCRBY', 'n', -1), Number.MAX_SAFE_INTEGER - 1)
    db.call('SET', 'n', 1n << 62n)
    assert.equal(db.call('GET', 'n'), '4611686018427387904')
  })

  test('throws errors with their code', async () => {
    await using db = await Rubellite.open()
    db.call('SET', 'k', 'text')
    assert.throws(() => db.call('INCR', 'k'), {
      name: 'ReplyError',
      code: 'ERR',
      message: 'ERR value is not an integer or out of range',
    })
    assert.throws(() => db.call('NOPE'), ReplyError)
  })

  test('passes text as UTF-8 and bytes as they are', async () => {
    await using db = await Rubellite.open()
    const long = 'ä€😀'.repeat(100)
    for (const text of ['', 'é', long, 'x'.repeat(70_000), '\ud800']) {
      db.call('SET', 'k', text)
      assert.equal(db.call('GET', 'k'), text.replace('\ud800', '\ufffd'))
    }
    const bytes = Uint8Array.of(0, 255, 13, 10, 0)
    db.call('SET', bytes, bytes)
    assert.deepEqual(db.callBytes('GET', bytes), bytes)
    db.call('SET', 'k', new Uint8Array(100_000).fill(7))
    assert.deepEqual(db.callBytes('GET', 'k'), new Uint8Array(100_000).fill(7))
    assert.equal(db.call<string>('GET', 'k').length, 100_000)
  })

  test('gives bytes on request, for one call or always', async () => {
    await using db = await Rubellite.open({ replies: 'bytes' })
    db.call('SET', 'k', 'v')
    assert.deepEqual(db.call('GET', 'k'), Uint8Array.of(118))
    const kept = db.call<Uint8Array>('GET', 'k')
    db.call('SET', 'k', 'w')
    db.call('GET', 'k')
    assert.deepEqual(kept, Uint8Array.of(118))
  })

  test('refuses what is no argument', async () => {
    await using db = await Rubellite.open()
    for (const wrong of [undefined, null, true, {}, ['k']]) {
      assert.throws(() => db.call('GET', wrong as unknown as string), TypeError)
    }
    assert.throws(() => db.call(), TypeError)
    assert.equal(db.call('PING'), 'PONG')
  })

  test('has errors inside the reply of a transaction as elements', async () => {
    await using db = await Rubellite.open()
    const session = db.session()
    db.call('SET', 'text', 'x')
    session.call('MULTI')
    session.call('INCR', 'text')
    session.call('INCR', 'n')
    const [first, second] = session.call<[ReplyError, number]>('EXEC')
    assert.ok(first instanceof ReplyError)
    assert.equal(second, 1)
  })

  test('goes on after QUIT in a session of its own', async () => {
    await using db = await Rubellite.open()
    assert.equal(db.call('QUIT'), 'OK')
    assert.equal(db.call('PING'), 'PONG')
    const session = db.session()
    session.call('QUIT')
    assert.equal(session.closed, true)
    assert.throws(() => session.call('PING'), /closed/)
  })

  test('answers null where a client would get no reply', async () => {
    await using db = await Rubellite.open()
    const session = db.session()
    assert.equal(session.call('CLIENT', 'REPLY', 'OFF'), null)
    assert.equal(session.call('SET', 'k', 'v'), null)
    assert.equal(db.call('GET', 'k'), 'v')
  })
})

describe('execute', () => {
  test('speaks the protocol, in parts if need be', async () => {
    await using db = await Rubellite.open()
    const session = db.session()
    const text = (reply: Uint8Array) => Buffer.from(reply).toString()
    assert.equal(
      text(session.execute('HELLO 2\r\nPING\r\nGET x\r\n')).slice(-12),
      '+PONG\r\n$-1\r\n',
    )
    assert.equal(text(session.execute('*2\r\n$4\r\nECHO\r\n$5\r\nhel')), '')
    assert.equal(text(session.execute('lo\r\n')), '$5\r\nhello\r\n')
    assert.match(text(session.execute('*x\r\n')), /^-ERR Protocol error/)
    assert.equal(session.closed, true)
  })
})

describe('bytes that were handed in', () => {
  test('are the caller’s again, whatever the command kept of them', async () => {
    await using db = await Rubellite.open()
    const session = db.session()
    const long = 'f'.repeat(70_000)
    const requests = ['MULTI', 'SET a kept', 'EXEC', `HSET h ${long} v`].map((line) => {
      const bulks = line.split(' ').map((word) => `$${word.length}\r\n${word}\r\n`)
      return Buffer.from(`*${bulks.length}\r\n${bulks.join('')}`)
    })
    for (const request of requests) {
      session.execute(request)
      request.fill(0)
    }
    assert.equal(session.call('GET', 'a'), 'kept')
    assert.equal(session.call('HGET', 'h', long), 'v')
  })
})

describe('databases side by side', () => {
  test('know nothing of each other, and sessions of one database share it', async () => {
    const many = await Promise.all(Array.from({ length: 20 }, () => Rubellite.open()))
    many.forEach((db, i) => {
      db.call('SET', 'k', i)
    })
    many.forEach((db, i) => {
      assert.equal(db.session().call('GET', 'k'), String(i))
    })
    for (const db of many) await db.close()
  })

  test('have sessions with their own database number', async () => {
    await using db = await Rubellite.open({ databases: 2 })
    const session = db.session()
    session.call('SELECT', 1)
    session.call('SET', 'k', 'in 1')
    assert.equal(db.call('GET', 'k'), null)
    assert.throws(() => db.call('SELECT', 2), /DB index is out of range/)
  })
})

describe('reset', () => {
  test('empties everything and repeats the seed, quickly', async () => {
    await using db = await Rubellite.open({ clock: 'manual', seed: 7 })
    const draw = () => {
      for (let i = 0; i < 50; i++) db.call('SET', `key:${i}`, i)
      return Array.from({ length: 20 }, () => db.call('RANDOMKEY'))
    }
    const first = draw()
    const session = db.session()
    session.call('SELECT', 3)
    session.call('SET', 'k', 'v')
    db.call('SELECT', 5)
    db.reset()
    assert.equal(db.call('DBSIZE'), 0)
    assert.equal(session.call('GET', 'k'), null)
    assert.deepEqual(draw(), first)
    const times: number[] = []
    for (let i = 0; i < 50; i++) {
      db.call('SET', 'k', 'v')
      const start = performance.now()
      db.reset()
      times.push(performance.now() - start)
    }
    times.sort((a, b) => a - b)
    assert.ok(times[25]! < 1, `the median was ${times[25]} ms`)
  })

  test('fails the transactions that watch a key', async () => {
    await using db = await Rubellite.open()
    const session = db.session()
    db.call('SET', 'k', 'v')
    session.call('WATCH', 'k')
    db.reset()
    session.call('MULTI')
    assert.equal(session.call('EXEC'), null)
  })
})

describe('onKeyEvent', () => {
  test('hears of changes when the command has ended, and may call back', async () => {
    await using db = await Rubellite.open({ clock: 'manual' })
    const heard: unknown[] = []
    const end = db.onKeyEvent(({ event, key, database }: KeyEvent) => {
      heard.push([event, key, database, db.call('EXISTS', key)])
    })
    db.call('SET', 'k', 'v', 'EX', 10)
    assert.deepEqual(heard.splice(0), [
      ['set', 'k', 0, 1],
      ['expire', 'k', 0, 1],
    ])
    db.clock.advance('10s')
    assert.deepEqual(heard.splice(0), [['expired', 'k', 0, 0]])
    end()
    db.call('SET', 'k', 'v')
    assert.deepEqual(heard, [])
    assert.throws(() => db.onKeyEvent(() => {}, '?'), RangeError)
  })

  test('hears of what clients do, and gives bytes where replies are bytes', async () => {
    await using db = await Rubellite.open({ replies: 'bytes' })
    const next = new Promise<KeyEvent>((resolve) => db.onKeyEvent(resolve))
    db.connect().write('SET k v\r\n')
    const { event, key } = await next
    assert.deepEqual([event, key], ['set', Uint8Array.of(107)])
  })
})

describe('options', () => {
  test('set directives, and name the one that is wrong', async () => {
    await using db = await Rubellite.open({ config: { maxmemory: '10mb', save: '' } })
    const settings = db.call<Map<string, string>>('CONFIG', 'GET', 'maxmemory')
    assert.equal(settings.get('maxmemory'), '10485760')
    await assert.rejects(Rubellite.open({ config: { nonsense: 'x' } }), /directive 'nonsense'/)
    await assert.rejects(
      Rubellite.open({ config: { hz: '10', port: 'x' } }),
      /directive 'port': argument couldn't be parsed into an integer/,
    )
  })
})

describe('a program that forgets to close', () => {
  const library = new URL('./rubellite.js', import.meta.url).href
  const run = (body: string) => {
    const program = `import { Rubellite } from '${library}'\n${body}`
    const options = { input: program, encoding: 'utf8', timeout: 10_000 } as const
    return spawnSync(process.execPath, ['--input-type=module', '-'], options)
  }

  test('ends by itself, whatever it has opened', () => {
    const { status, stdout, stderr } = run(`
      import { connect } from 'node:net'
      const db = await Rubellite.open()
      const url = new URL(await db.listen())
      db.session().call('SET', 'k', 'v', 'PX', 100000)
      db.connect().write('GET k\\r\\n')
      await new Promise((done) => connect(Number(url.port)).on('connect', done).unref())
      console.log(db.call('GET', 'k'))
    `)
    assert.deepEqual([status, stdout], [0, 'v\n'], stderr)
  })

  test('goes on when it said so', () => {
    const { stdout } = run(`
      const db = await Rubellite.open()
      await db.listen({ keepAlive: true })
      setTimeout(() => {
        console.log('still here')
        db.close()
      }, 100).unref()
    `)
    assert.equal(stdout, 'still here\n')
  })
})

describe('listen', () => {
  test('serves over TCP and a Unix socket, several at a time, and closes all', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'rubellite-'))
    const db = await Rubellite.open()
    const path = join(folder, 'a.sock')
    const urls = [await db.listen(), await db.listen({ port: 0 }), await db.listen({ path })]
    assert.equal(urls[2], `unix://${path}`)
    for (const url of urls) assert.equal(await ask(url, 'PING\r\n'), '+PONG\r\n')
    const port = Number(new URL(urls[0]!).port)
    await assert.rejects(db.listen({ port }), /Address already in use/)
    await db.close()
    await assert.rejects(ask(urls[0]!, 'PING\r\n'), /ECONNREFUSED/)
    await assert.rejects(db.listen(), /closed/)
    rmSync(folder, { recursive: true })
  })

  test('SHUTDOWN ends the database and not the program', async () => {
    const db = await Rubellite.open()
    const url = await db.listen()
    await ask(url, 'SHUTDOWN NOSAVE\r\n').catch(() => {})
    await new Promise((resolve) => setTimeout(resolve, 20))
    assert.throws(() => db.call('PING'), /closed/)
  })
})

/** Sends one request and takes the first bytes that come back. */
function ask(url: string, request: string): Promise<string> {
  const { protocol, hostname, port, pathname } = new URL(url)
  const socket =
    protocol === 'unix:' ? connect(pathname) : connect({ host: hostname, port: Number(port) })
  return new Promise((resolve, reject) => {
    socket.once('error', reject)
    socket.once('close', () => reject(new Error('closed without an answer')))
    socket.once('data', (chunk) => {
      resolve(chunk.toString())
      socket.destroy()
    })
    socket.write(request)
  })
}
