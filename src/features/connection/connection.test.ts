// connection.test.ts: several sessions of one engine at once: in which order they are served,
// closed and woken, and what is told about them.

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Stage } from '#test/support/stage.js'
import { gateBit } from '../../engine/contract/gates.ts'
import { pause } from './pause.ts'

function start() {
  const stage = new Stage()
  const { engine } = stage
  const open = (name: string, address = '127.0.0.1:1') =>
    stage.openNamed(name, { address, localAddress: '127.0.0.1:2' })
  const heard = () => stage.heard.splice(0)
  const wait = (ms: number) => stage.wait(ms)
  return { engine, open, heard, wait }
}

describe('CLIENT KILL', () => {
  it('closes other transports only when the replies of the batch are out', () => {
    const { open, heard } = start()
    const [one, two] = [open('one'), open('two')]
    one.send('PING a', 'CLIENT KILL ID 2', 'PING b')
    assert.deepEqual(heard(), ['one: $1\r\na\r\n:1\r\n$1\r\nb\r\n', 'two closed'])
    two.send('PING')
    assert.deepEqual(heard(), [])
  })

  it('lets the own connection hear that it is closed, and nothing after it', () => {
    const { open, heard } = start()
    const [one] = [open('one', '10.0.0.1:7'), open('two')]
    one.send('CLIENT KILL 10.0.0.1:7', 'PING')
    assert.deepEqual(heard(), ['one: +OK\r\n', 'one closed'])
  })

  it('forgets a session that waits in a pause', () => {
    const { engine, open, heard } = start()
    const [one, two] = [open('one'), open('two')]
    one.send('CLIENT PAUSE 1000 WRITE')
    two.send('SET k v')
    assert.equal(engine.part(pause).held, 1)
    one.send('CLIENT KILL ID 2', 'CLIENT UNPAUSE', 'GET k')
    assert.equal(engine.part(pause).held, 0)
    assert.deepEqual(heard(), ['one: +OK\r\n', 'one: :1\r\n+OK\r\n$-1\r\n', 'two closed'])
  })
})

describe('CLIENT PAUSE', () => {
  it('wakes sessions in the order in which they began to wait, after the batch', () => {
    const { open, heard, wait } = start()
    const [one, two, three] = [open('one'), open('two'), open('three')]
    one.send('CLIENT PAUSE 1000 WRITE')
    three.send('APPEND k 3', 'GET k')
    two.send('APPEND k 2')
    wait(500)
    one.send('CLIENT UNPAUSE', 'APPEND k 1')
    const replies = [
      'one: +OK\r\n',
      'one: +OK\r\n:1\r\n',
      'three: :2\r\n$2\r\n13\r\n',
      'two: :3\r\n',
    ]
    assert.deepEqual(heard(), replies)
  })

  it('ends by itself', () => {
    const { engine, open, heard, wait } = start()
    const [one, two] = [open('one'), open('two')]
    one.send('CLIENT PAUSE 1000 ALL')
    one.send('PING one')
    two.send('PING two')
    wait(999)
    assert.deepEqual([heard(), engine.part(pause).held], [['one: +OK\r\n'], 2])
    wait(1)
    assert.deepEqual(heard(), ['one: $3\r\none\r\n', 'two: $3\r\ntwo\r\n'])
    assert.deepEqual([engine.part(pause).held, engine.armed & gateBit('paused')], [0, 0])
  })

  it('may begin again before those that wait have run', () => {
    const { open, heard } = start()
    const [one, two] = [open('one'), open('two')]
    one.send('CLIENT PAUSE 1000 WRITE')
    two.send('SET k v')
    one.send('CLIENT UNPAUSE', 'CLIENT PAUSE 1000 WRITE')
    assert.deepEqual(heard(), ['one: +OK\r\n', 'one: +OK\r\n+OK\r\n'])
    one.send('CLIENT UNPAUSE')
    assert.deepEqual(heard(), ['one: +OK\r\n', 'two: +OK\r\n'])
  })

  it('keeps bytes that come meanwhile, and half a request too', () => {
    const { open, heard } = start()
    const [one, two] = [open('one'), open('two')]
    one.send('CLIENT PAUSE 1000 WRITE')
    two.feed('SET k v\r\nGET k\r\n*2\r\n$3\r\nGE')
    two.feed('T\r\n$1\r\nk\r\n')
    one.send('CLIENT UNPAUSE')
    assert.deepEqual(heard().at(-1), 'two: +OK\r\n$1\r\nv\r\n$1\r\nv\r\n')
  })

  it('holds a dead key back from all but a transaction that writes', () => {
    const { engine, open, heard, wait } = start()
    const one = open('one')
    one.send('SET k v PX 10', 'MULTI', 'CLIENT PAUSE 1000 WRITE', 'GET k', 'DBSIZE', 'SET k w')
    engine.expiry.enabled = false
    wait(20)
    heard()
    one.send('EXEC', 'GET k', 'DBSIZE')
    const exec = '*4\r\n+OK\r\n$-1\r\n:1\r\n+OK\r\n'
    assert.deepEqual(heard(), [`one: ${exec}$1\r\nw\r\n:1\r\n`])
    for (const db of engine.databases) db.verify()
  })
})

describe('a password', () => {
  it('limits what a new session may send until it has logged in', () => {
    const { open, heard } = start()
    const one = open('one')
    one.send('CONFIG SET requirepass secret')
    const [two, three] = [open('two'), open('three')]
    heard()
    two.feed('*11\r\n')
    three.feed(
      `*2\r\n$4\r\nAUTH\r\n$6\r\nsecret\r\n*12\r\n$4\r\nECHO\r\n${'$1\r\na\r\n'.repeat(11)}`,
    )
    const arity = "-ERR wrong number of arguments for 'echo' command\r\n"
    assert.deepEqual(heard(), [
      'two: -ERR Protocol error: unauthenticated multibulk length\r\n',
      'two closed',
      `three: +OK\r\n${arity}`,
    ])
  })

  it('is compared byte by byte and to its end', () => {
    const { open, heard } = start()
    const one = open('one')
    one.send('CONFIG SET requirepass "s\\xffcret"')
    const two = open('two')
    two.send('AUTH s', 'AUTH "s\\xffcrets\\xffcret"', 'AUTH "s\\xfecret"', 'AUTH "s\\xffcret"')
    const wrong = '-WRONGPASS invalid username-password pair or user is disabled.\r\n'
    assert.deepEqual(heard().at(-1), `two: ${wrong.repeat(3)}+OK\r\n`)
  })

  it('that is taken away lets everybody in, and RESET asks for it again', () => {
    const { open, heard } = start()
    const [one, two] = [open('one'), open('two')]
    one.send('CONFIG SET requirepass secret', 'RESET', 'PING', 'AUTH secret')
    two.send('PING', 'CONFIG SET requirepass ""', 'RESET', 'PING')
    const no = '-NOAUTH Authentication required.\r\n'
    assert.deepEqual(heard(), [
      `one: +OK\r\n+RESET\r\n${no}+OK\r\n`,
      'two: +PONG\r\n+OK\r\n+RESET\r\n+PONG\r\n',
    ])
  })
})

describe('CLIENT LIST', () => {
  it('tells what each session is about', () => {
    const { open, heard, wait } = start()
    const [one, two] = [open('one'), open('two', '/tmp/socket:0')]
    two.send('HELLO 3 SETNAME reader', 'CLIENT SETINFO lib-name "a"', 'SELECT 2', 'WATCH a b')
    two.send('CLIENT NO-TOUCH on', 'CLIENT NO-EVICT on', 'MULTI', 'SET a 1')
    two.feed('*2\r\n$3\r\nGET\r\n$5\r\nhal')
    heard()
    wait(2500)
    one.send('CLIENT LIST ID 2')
    const line = heard()[0]!.split('\r\n')[1]!
    const fields = new Map(line.split(' ').map((field) => field.split('=', 2) as [string, string]))
    const shown = ['id', 'addr', 'laddr', 'fd', 'name', 'age', 'idle', 'flags', 'db', 'multi']
    assert.deepEqual(
      shown.map((name) => fields.get(name)).join(' '),
      '2 /tmp/socket:0 127.0.0.1:2 -1 reader 2 2 xUeT 2 1',
    )
    const more = ['watch', 'qbuf', 'argv-mem', 'multi-mem', 'cmd', 'user', 'resp', 'lib-name']
    assert.deepEqual(more.map((name) => fields.get(name)).join(' '), '2 3 3 29 set default 3 a')
  })
})
