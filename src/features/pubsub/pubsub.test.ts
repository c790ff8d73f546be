// pubsub.test.ts: messages between sessions of one engine: who gets what, and when in between.

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { oneLine, Stage } from '#test/support/stage.js'
import { CHANNEL, pubsub } from './subscriptions.ts'

function start() {
  const stage = new Stage()
  const { engine, clock } = stage
  const open = (name: string) => stage.openNamed(name, { address: '10.0.0.1:7' })
  const heard = () => stage.heard.splice(0).map(oneLine)
  return { engine, open, heard, clock }
}

describe('a message', () => {
  it('has the form of each listener’s protocol', () => {
    const { open, heard } = start()
    const [one, two, three] = [open('one'), open('two'), open('three')]
    two.send('HELLO 3')
    one.send('SUBSCRIBE a')
    two.send('PSUBSCRIBE ?')
    two.send('SUBSCRIBE a')
    heard()
    three.send('PUBLISH a hello', 'PUBLISH b x')
    assert.deepEqual(heard(), [
      'one: *3 $7 message $1 a $5 hello',
      'two: >3 $7 message $1 a $5 hello',
      'two: >4 $8 pmessage $1 ? $1 a $5 hello',
      'two: >4 $8 pmessage $1 ? $1 b $1 x',
      'three: :3 :1',
    ])
  })

  it('comes in one piece, however long, and does not disturb what is being replied', () => {
    const { engine, open, heard } = start()
    const [one, two] = [open('one'), open('two')]
    one.send('SUBSCRIBE a')
    const long = 'x'.repeat(60_000)
    two.send(`SET k ${long}`)
    heard()
    two.send('GET k', `PUBLISH a ${long}`, 'GET k', `PUBLISH a ${long}`)
    const all = heard()
    const message = `*3 $7 message $1 a $60000 ${long}`
    assert.deepEqual(
      all.filter((line) => line.startsWith('one')),
      [`one: ${message}`, `one: ${message}`],
    )
    const replies = all.filter((line) => line.startsWith('two')).map((line) => line.slice(5))
    assert.equal(replies.join(' '), `$60000 ${long} :1 $60000 ${long} :1`)
    assert.equal(engine.output.asides, 0)
  })

  it('to the session that publishes comes after its reply, or after EXEC’s', () => {
    const { open, heard } = start()
    const one = open('one')
    one.send('HELLO 3')
    one.send('SUBSCRIBE a')
    heard()
    one.send('PUBLISH a 1', 'MULTI', 'PUBLISH a 2', 'PING', 'EXEC', 'PING')
    const push = (text: string) => `>3 $7 message $1 a $1 ${text}`
    assert.deepEqual(heard(), [
      `one: :1 ${push('1')} +OK +QUEUED +QUEUED *2 :1 +PONG ${push('2')} +PONG`,
    ])
  })

  it('to a session that a command serves comes after the replies that wait', () => {
    const { open, heard } = start()
    const [one, two] = [open('one'), open('two')]
    one.send('HELLO 3')
    one.send('SUBSCRIBE __keyevent@0__:lpop')
    one.send('CONFIG SET notify-keyspace-events El')
    two.send('BLPOP q 0')
    heard()
    one.send('PING', 'RPUSH q v', 'PING')
    assert.deepEqual(heard(), [
      'two: *2 $1 q $1 v',
      'one: +PONG :1 >3 $7 message $19 __keyevent@0__:lpop $1 q +PONG',
    ])
  })

  it('is not sent to who has left', () => {
    const { engine, open, heard } = start()
    const [one, two, three] = [open('one'), open('two'), open('three')]
    one.send('SUBSCRIBE a')
    two.send('SSUBSCRIBE a')
    one.session.end()
    two.send('RESET')
    heard()
    three.send('PUBLISH a x', 'SPUBLISH a x', 'PUBSUB CHANNELS')
    assert.deepEqual(heard(), ['three: :0 :0 *0'])
    assert.deepEqual([engine.part(pubsub).clients, engine.part(pubsub).count(CHANNEL)], [0, 0])
  })
})

describe('a keyspace event', () => {
  it('costs nothing to those who asked for other classes', () => {
    const { open, heard } = start()
    const [one, two] = [open('one'), open('two')]
    one.send('PSUBSCRIBE *')
    two.send('CONFIG SET notify-keyspace-events Kx')
    heard()
    two.send('SET k v', 'CONFIG SET notify-keyspace-events ""', 'SET k v PXAT 1')
    assert.deepEqual(heard(), ['two: +OK +OK +OK'])
  })

  it('tells the name of any key', () => {
    const { open, heard } = start()
    const [one, two] = [open('one'), open('two')]
    const key = 'k'.repeat(100)
    one.send(`SUBSCRIBE __keyspace@11__:${key} __keyevent@11__:set`)
    two.send('CONFIG SET notify-keyspace-events KE$', 'SELECT 11')
    heard()
    two.send(`SET ${key} v`)
    assert.deepEqual(heard(), [
      `one: *3 $7 message $116 __keyspace@11__:${key} $3 set`,
      `one: *3 $7 message $19 __keyevent@11__:set $100 ${key}`,
      'two: +OK',
    ])
  })
})

describe('MONITOR', () => {
  it('shows when, where, from whom and what', () => {
    const { open, heard, clock } = start()
    const [one, two] = [open('one'), open('two')]
    one.send('MONITOR')
    clock.ms += 1234.5
    two.send('SELECT 3', 'SET "a\\x00b" "\\"\\n\\\\"', 'AUTH u secret', 'CONFIG GET port')
    const at = '1893456001.234500 [3 10.0.0.1:7]'
    assert.deepEqual(
      heard().filter((line) => line.startsWith('one')),
      [
        'one: +OK',
        `one: +${at} "SELECT" "3"`,
        `one: +${at} "SET" "a\\x00b" "\\"\\n\\\\"`,
        `one: +${at} "AUTH" "(redacted)" "(redacted)"`,
      ],
    )
  })

  it('shows a command that waits once', () => {
    const { open, heard } = start()
    const [one, two, three] = [open('one'), open('two'), open('three')]
    one.send('MONITOR')
    two.send('BLPOP q 0')
    three.send('RPUSH q 1')
    const shown = heard().filter((line) => line.startsWith('one: +1'))
    assert.deepEqual(
      shown.map((line) => line.replace(/.*\] /, '')),
      ['"BLPOP" "q" "0"', '"RPUSH" "q" "1"'],
    )
  })

  it('ends with RESET and with the session', () => {
    const { engine, open, heard } = start()
    const [one, two] = [open('one'), open('two')]
    one.send('MONITOR', 'GET k', 'RESET', 'GET k')
    heard()
    two.send('MONITOR')
    two.session.end()
    one.send('PING')
    assert.deepEqual(heard(), ['two: +OK', 'two closed', 'one: +PONG'])
    assert.equal(engine.onlookers.armed, false)
  })
})
