// blocking.test.ts: sessions that wait for keys, with commands declared here: TAKE removes the
// first of its keys that holds a string, PASS gives a string another key, both wait for it.

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { oneLine, Stage } from '#test/support/stage.js'
import { core } from '../../core.ts'
import { stringType } from '../../types/string/type.ts'
import { defineCommand } from '../command/command.ts'
import { GENERIC } from '../contract/events.ts'
import { defineModule } from '../contract/module.ts'

const takeKey = defineCommand({
  name: 'TAKE',
  group: 'generic',
  complexity: 'O(1)',
  syntax: 'key+ timeout',
  keys: 'RW access delete',
  flags: ['write', 'blocking'],
  run(ctx, args, reply) {
    const last = args.count - 2
    const timeoutMs = args.timeout(args.count - 1)
    for (let i = 1; i <= last; i++) {
      const key = args.key(i)
      const ref = ctx.find(key)
      ctx.expectType(ref, stringType)
      if (ref === 0) continue
      ctx.remove(ref, key)
      if (ctx.engine.effects.armed) ctx.restate(2).word('DEL').span(key)
      reply.bulk(key)
      return
    }
    const keys = args.keys(1, last)
    const timedOut = (to: typeof reply) => to.nilArray()
    ctx.block({ keys, type: stringType, timeoutMs, timedOut })
  },
})

const passKey = defineCommand({
  name: 'PASS',
  group: 'generic',
  syntax: 'from:key to:key timeout',
  keys: ['RW access delete', 'OW insert'],
  flags: ['write', 'blocking'],
  run(ctx, args, reply) {
    const [from, to] = [args.key(1), args.key(2)]
    const timeoutMs = args.timeout(3)
    const ref = ctx.find(from)
    if (ref === 0) {
      const timedOut = (answer: typeof reply) => answer.nil()
      ctx.block({ keys: [from], type: stringType, timeoutMs, timedOut })
      return
    }
    ctx.changes.move(ctx.db, ref, ctx.db, to)
    ctx.created(to)
    if (ctx.engine.effects.armed) ctx.restate(3).word('RENAME').span(from).span(to)
    ctx.changed(GENERIC, 'rename_to', to)
    reply.simple('PASSED')
  },
})

/** Waits until a key is gone. */
const outlive = defineCommand({
  name: 'OUTLIVE',
  group: 'generic',
  syntax: 'key',
  keys: 'RO access',
  flags: ['blocking'],
  run(ctx, args, reply) {
    if (ctx.find(args.key(1)) === 0) reply.ok()
    else {
      const timedOut = (answer: typeof reply) => answer.nil()
      const keys = [args.key(1)]
      ctx.block({ keys, type: stringType, timeoutMs: 1000, timedOut, whenGone: true })
    }
  },
})

const waiting = defineModule({ name: 'waiting', commands: [takeKey, passKey, outlive] })

function start() {
  const stage = new Stage({ modules: [...core, waiting] })
  const { engine } = stage
  const open = (name: string) => stage.openNamed(name)
  const heard = () => stage.heard.splice(0).map(oneLine)
  const wait = (ms: number) => stage.wait(ms)
  const info = (...names: string[]) => {
    const one = open('info')
    heard()
    one.send('INFO clients', 'INFO commandstats', 'INFO stats')
    const text = heard().join(' ')
    one.session.end()
    heard()
    return names.map((name) => new RegExp(`${name}[:=]([0-9]+|calls=[0-9]+)`).exec(text)?.[1])
  }
  return { stage, engine, open, heard, wait, info }
}

describe('a blocking command', () => {
  it('serves sessions in the order in which they came, after the command', () => {
    const { open, heard } = start()
    const [one, two, three, four] = [open('one'), open('two'), open('three'), open('four')]
    three.send('TAKE a b 0')
    two.send('TAKE b 0')
    one.send('TAKE b a 0', 'PING')
    assert.deepEqual(heard(), [])
    four.send('PING', 'SET b 1', 'PING', 'SET b 1', 'EXISTS b', 'SET a 1')
    assert.deepEqual(heard(), [
      'three: $1 b',
      'two: $1 b',
      'one: $1 a',
      'four: +PONG +OK +PONG +OK :0 +OK',
      'one: +PONG',
    ])
  })

  it('finds keys in the order of its arguments, whichever was made first', () => {
    const { open, heard } = start()
    const [one, two] = [open('one'), open('two')]
    one.send('TAKE a b 0')
    two.send('MULTI', 'SET b 1', 'SET a 1', 'EXEC', 'EXISTS a b')
    assert.deepEqual(heard(), ['one: $1 a', 'two: +OK +QUEUED +QUEUED *2 +OK +OK :1'])
  })

  it('is not woken by what a transaction takes back', () => {
    const { open, heard, info } = start()
    const [one, two] = [open('one'), open('two')]
    one.send('TAKE a 0')
    two.send('MULTI', 'SET a 1', 'DEL a', 'EXEC')
    assert.deepEqual(heard(), ['two: +OK +QUEUED +QUEUED *2 +OK :1'])
    assert.deepEqual(info('blocked_clients', 'total_blocking_keys'), ['1', '1'])
  })

  it('may serve others by what it does itself, its effects in the same order', () => {
    const { stage, open, heard } = start()
    stage.hearEffects()
    const [one, two, three, four] = [open('one'), open('two'), open('three'), open('four')]
    three.send('TAKE c 0')
    two.send('PASS b c 0')
    one.send('PASS a b 0')
    four.send('SET a 1')
    assert.deepEqual(heard(), ['one: +PASSED', 'two: +PASSED', 'three: $1 c', 'four: +OK'])
    assert.deepEqual(stage.takeEffects(), ['SET a 1', 'RENAME a b', 'RENAME b c', 'DEL c'])
  })

  it('answers when its time is over, and not earlier', () => {
    const { open, heard, wait, info } = start()
    const [one, two] = [open('one'), open('two')]
    one.send('HELLO 3')
    heard()
    one.send('TAKE a 0.1', 'PING')
    two.send('PASS a b 0.1001')
    assert.deepEqual(info('clients_in_timeout_table', 'total_commands_processed'), ['2', '3'])
    wait(99)
    assert.deepEqual(heard(), [])
    wait(1)
    assert.deepEqual(heard(), ['one: _', 'one: +PONG'])
    wait(1)
    assert.deepEqual(heard(), ['two: $-1'])
    assert.deepEqual(info('clients_in_timeout_table', 'cmdstat_take'), ['0', 'calls=1'])
  })

  it('does not wait inside a transaction', () => {
    const { open, heard } = start()
    const one = open('one')
    one.send('MULTI', 'TAKE a 0', 'PING', 'EXEC')
    assert.deepEqual(heard(), ['one: +OK +QUEUED +QUEUED *2 *-1 +PONG'])
  })

  it('counts once, however often it is tried', () => {
    const { open, info } = start()
    const [one, two] = [open('one'), open('two')]
    one.send('OUTLIVE a')
    two.send('SET a 1')
    one.send('OUTLIVE a')
    for (let i = 0; i < 3; i++) two.send('MULTI', 'DEL a', 'SET a 1', 'EXEC')
    assert.deepEqual(info('cmdstat_outlive', 'blocked_clients'), ['calls=1', '1'])
    two.send('DEL a')
    assert.deepEqual(info('cmdstat_outlive', 'blocked_clients'), ['calls=2', '0'])
  })

  it('keeps its deadline when it waits again', () => {
    const { open, heard, wait } = start()
    const [one, two] = [open('one'), open('two')]
    two.send('SET a 1')
    one.send('OUTLIVE a')
    wait(900)
    two.send('MULTI', 'DEL a', 'SET a 1', 'EXEC')
    heard()
    wait(100)
    assert.deepEqual(heard(), ['one: $-1'])
  })
})

describe('a session that waits', () => {
  it('is woken by CLIENT UNBLOCK, in the middle of a pipeline', () => {
    const { open, heard, info } = start()
    const [one, two, three] = [open('one'), open('two'), open('three')]
    one.send('TAKE a 0', 'PING')
    two.send('TAKE a 0')
    three.send('CLIENT UNBLOCK 1', 'CLIENT UNBLOCK 2 ERROR', 'CLIENT UNBLOCK 2')
    assert.deepEqual(heard(), [
      'one: *-1',
      'two: -UNBLOCKED client unblocked via CLIENT UNBLOCK',
      'three: :1 :1 :0',
      'one: +PONG',
    ])
    assert.deepEqual(info('blocked_clients', 'total_error_replies'), ['0', '1'])
  })

  it('loses nothing when it ends', () => {
    const { engine, open, heard } = start()
    const [one, two, three] = [open('one'), open('two'), open('three')]
    one.send('TAKE a 5')
    two.send('TAKE a 5')
    one.session.end()
    three.send('CLIENT KILL ID 2', 'SET a 1', 'EXISTS a')
    assert.deepEqual(heard(), ['one closed', 'three: :1 +OK :1', 'two closed'])
    assert.equal(engine.databases[0]!.waiting.armed, false)
    assert.equal(engine.deadlines.next, Number.POSITIVE_INFINITY)
  })

  it('stays mute when it asked for that', () => {
    const { open, heard } = start()
    const [one, two] = [open('one'), open('two')]
    one.send('CLIENT REPLY SKIP', 'TAKE a 0', 'PING')
    two.send('SET a 1')
    assert.deepEqual(heard(), ['two: +OK', 'one: +PONG'])
  })

  it('is served by SWAPDB, RENAME, MOVE, COPY and RESTORE', () => {
    const { open, heard } = start()
    const [one, two] = [open('one'), open('two')]
    two.send('SELECT 1', 'SET a 1', 'SET b 1', 'SELECT 0')
    heard()
    one.send('TAKE a 0')
    two.send('SWAPDB 0 1')
    one.send('TAKE c 0')
    two.send('RENAME b c')
    one.send('TAKE d 0')
    two.send('SELECT 3', 'SET d 1', 'MOVE d 0', 'SELECT 0', 'SET e 1')
    one.send('TAKE f 0')
    two.send('COPY e f')
    const served = heard().filter((line) => line.startsWith('one'))
    assert.deepEqual(served, ['one: $1 a', 'one: $1 c', 'one: $1 d', 'one: $1 f'])
  })

  it('hears that a key is gone when it wants to', () => {
    const { open, heard, wait } = start()
    const [one, two] = [open('one'), open('two')]
    const ends = ['DEL a', 'FLUSHALL', 'SWAPDB 0 1', 'PEXPIRE a 5', 'RENAME a b', 'MOVE a 2']
    for (const end of ends) {
      two.send('SET a 1')
      one.send('OUTLIVE a')
      two.send(end)
      wait(10)
    }
    const served = heard().filter((line) => line.startsWith('one'))
    assert.deepEqual(
      served,
      ends.map(() => 'one: +OK'),
    )
  })

  it('is held back by CLIENT PAUSE when its key is made in the pause', () => {
    const { open, heard } = start()
    const [one, two] = [open('one'), open('two')]
    one.send('TAKE a 0')
    two.send('MULTI', 'SET a 1', 'CLIENT PAUSE 1000 WRITE', 'EXEC')
    heard()
    two.send('EXISTS a', 'CLIENT UNPAUSE', 'EXISTS a')
    assert.deepEqual(heard(), ['two: :1 +OK :1', 'one: $1 a'])
  })
})
