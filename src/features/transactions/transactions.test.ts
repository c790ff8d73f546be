// transactions.test.ts: what transcripts cannot show of a transaction: its effects, what it holds,
// and how gates judge EXEC.

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Stage } from '#test/support/stage.js'
import { core } from '../../core.ts'
import { WRITE } from '../../engine/command/flags.ts'
import { errors } from '../../engine/contract/errors.ts'
import { gateBit, PASS } from '../../engine/contract/gates.ts'
import { defineModule } from '../../engine/contract/module.ts'

/** Refuses writes, as a replica does. */
const readOnly = defineModule({
  name: 'read-only',
  gates: [
    {
      name: 'read-only',
      applies: (command) => (command.flags & WRITE) !== 0,
      coversQueue: true,
      check(_ctx, _command, _args, flags) {
        assert.notEqual(flags & WRITE, 0)
        throw errors.noSuchKey
      },
    },
    { name: 'disk', applies: () => true, check: () => PASS },
  ],
})

function start() {
  const stage = new Stage({ modules: [...core, readOnly] })
  const { engine, clock } = stage
  const recorded = () => {
    stage.hearEffects()
    return () => stage.takeEffectsIn()
  }
  return { engine, clock, recorded, open: () => stage.open(), one: stage.open(), two: stage.open() }
}

describe('the effects of a transaction', () => {
  it('stand between MULTI and EXEC, each in its database', () => {
    const { engine, one, recorded } = start()
    const effects = recorded()
    one.send('MULTI', 'SET a 1', 'GET a', 'SELECT 3', 'SET b 1 EX 10', 'EXEC')
    const at = `${engine.now + 10_000}`
    assert.deepEqual(effects(), ['-1 MULTI', '0 SET a 1', `3 SET b 1 PXAT ${at}`, '3 EXEC'])
  })

  it('need no frame when there is only one, and are none where nothing changed', () => {
    const { one, recorded } = start()
    const effects = recorded()
    one.send('MULTI', 'SET a 1', 'GET a', 'EXEC', 'MULTI', 'GET a', 'EXEC', 'MULTI', 'EXEC')
    assert.deepEqual(effects(), ['0 SET a 1'])
  })

  it('go on after one of its commands failed', () => {
    const { one, recorded } = start()
    one.send('SET a text')
    const effects = recorded()
    one.send('MULTI', 'INCR a', 'INCR n', 'EXEC', 'SET b 1')
    assert.deepEqual(effects(), ['0 INCR n', '0 SET b 1'])
  })
})

describe('EXEC', () => {
  it('is refused by a gate for what is queued, and not for what is not', () => {
    const { engine, one, two } = start()
    one.send('MULTI', 'SET a 1', 'GET a')
    two.send('MULTI', 'GET a')
    engine.armed |= gateBit('read-only') | gateBit('disk')
    const abort = '-EXECABORT Transaction discarded because of: no such key\r\n'
    assert.equal(one.send('EXEC'), abort)
    assert.equal(two.send('EXEC'), '*1\r\n$-1\r\n')
    assert.equal(one.send('MULTI', 'GET a', 'EXEC'), '+OK\r\n+QUEUED\r\n*1\r\n$-1\r\n')
    // A write that cannot be queued spoils the transaction, so that EXEC is not asked about it.
    const refused = '+OK\r\n-ERR no such key\r\n-EXECABORT Transaction discarded because of '
    assert.equal(one.send('MULTI', 'SET a 1', 'EXEC'), `${refused}previous errors.\r\n`)
  })

  it('counts the bytes of its queue, and queues nothing once it is spoilt', () => {
    const { one } = start()
    const { transaction } = one.session
    one.send('MULTI', 'SET a 1', 'GET a')
    assert.deepEqual([transaction.queue.length, transaction.queueBytes], [2, 49])
    one.send('NOSUCH', 'SET a 2')
    assert.deepEqual([transaction.queue.length, transaction.queueBytes], [2, 49])
    one.send('EXEC')
    assert.deepEqual([transaction.queue.length, transaction.queueBytes], [0, 0])
    assert.deepEqual([transaction.flags, transaction.gates, one.session.armed], [0, 0, 0])
  })

  it('keeps its own copy of the arguments', () => {
    const { one } = start()
    const chunk = Buffer.from('MULTI\r\n*3\r\n$3\r\nSET\r\n$1\r\na\r\n$4\r\nkept\r\n')
    one.feed(chunk)
    chunk.fill(0)
    one.send('EXEC')
    assert.equal(one.send('GET a'), '$4\r\nkept\r\n')
  })

  it('counts its commands, each in its own statistics', () => {
    const { engine, one } = start()
    one.send('MULTI', 'SET a x', 'INCR a', 'GET a', 'EXEC')
    const figures = ['set', 'incr', 'get', 'multi', 'exec'].map((name) => {
      const { calls, failed, rejected } = engine.table.get(name)!.stats
      return `${name} ${calls} ${failed} ${rejected}`
    })
    assert.deepEqual(figures, ['set 1 0 0', 'incr 1 1 0', 'get 1 0 0', 'multi 1 0 0', 'exec 1 0 0'])
    assert.equal(one.session.commands, 5)
    assert.equal(one.session.lastCommand?.fullName, 'exec')
  })

  it('answers what CLIENT REPLY lets through', () => {
    const { one } = start()
    const queued = '+OK\r\n+QUEUED\r\n+QUEUED\r\n+QUEUED\r\n'
    const skip = one.send('MULTI', 'CLIENT REPLY SKIP', 'PING 1', 'PING 2', 'EXEC', 'PING 3')
    assert.equal(skip, `${queued}*3\r\n$1\r\n1\r\n$1\r\n2\r\n`)
    const off = one.send('MULTI', 'PING 1', 'CLIENT REPLY OFF', 'PING 2', 'EXEC', 'PING 3')
    assert.equal(off, `${queued}*3\r\n$1\r\n1\r\n`)
    assert.equal(one.send('CLIENT REPLY ON', 'PING'), '+OK\r\n+PONG\r\n')
  })

  it('stops answering where a command closes the connection, and runs the rest', () => {
    const { one, two, open } = start()
    const queued = '+OK\r\n+QUEUED\r\n+QUEUED\r\n+QUEUED\r\n'
    const killed = one.send(
      'MULTI',
      'PING',
      'CLIENT KILL TYPE normal SKIPME no',
      'SET a after',
      'EXEC',
      'SET a never',
    )
    assert.equal(killed, `${queued}*3\r\n+PONG\r\n:2\r\n`)
    assert.ok(one.session.ended && two.session.ended)
    assert.equal(open().send('GET a'), '$5\r\nafter\r\n')
  })
})

describe('WATCH', () => {
  it('is forgotten with the session, and by the change it waited for', () => {
    const { engine, one, two, open } = start()
    const { watchers } = engine.databases[0]!
    one.send('WATCH a b', 'WATCH a')
    two.send('WATCH a')
    assert.deepEqual([watchers.keys, one.session.transaction.watchedKeys], [2, 2])
    one.session.end()
    assert.deepEqual([watchers.keys, watchers.armed], [1, true])
    const three = open()
    three.send('SET a 1')
    assert.deepEqual([watchers.armed, two.session.transaction.dirtyCas], [false, true])
    assert.equal(two.send('MULTI', 'PING', 'EXEC'), '+OK\r\n+QUEUED\r\n*-1\r\n')
  })

  it('sees a key whose time comes before EXEC, though nobody removes it', () => {
    const { engine, clock, one } = start()
    engine.expiry.enabled = false
    one.send('SET a 1 PX 100', 'WATCH a', 'MULTI', 'PING')
    clock.ms += 101
    engine.tick()
    assert.equal(one.send('EXEC'), '*-1\r\n')
    assert.equal(engine.databases[0]!.size, 1)
    assert.equal(one.send('WATCH a', 'MULTI', 'GET a', 'EXEC').slice(-9), '*1\r\n$-1\r\n')
  })
})
