// client-eviction.test.ts: whom maxmemory-clients sends away, when, and who is spared.

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Stage } from '#test/support/stage.js'
import { latin1 } from '../../bytes/memory/span.ts'
import type { Session } from '../../engine/session/session.ts'

function start() {
  const stage = new Stage()
  const gone: string[] = []
  const open = (name: string, unread = 0): Session => {
    const { loopback } = stage.open()
    const destroy = () => {
      gone.push(name)
    }
    Object.assign(loopback, { destroy, pending: unread })
    return loopback.session
  }
  const tick = () => stage.wait(100)
  return { engine: stage.engine, gone, open, tick }
}

function say(session: Session, text: string): void {
  session.receive(latin1(text))
  session.flush()
}

/** The begin of a request of so many bytes. */
function half(bytes: number): string {
  return `*2\r\n$${bytes}\r\n${'x'.repeat(bytes)}`
}

describe('maxmemory-clients', () => {
  it('closes the largest clients first, and no more than it must', () => {
    const { engine, gone, open } = start()
    const control = open('control')
    say(open('small'), half(100_000))
    say(open('large'), half(900_000))
    say(open('middle'), half(300_000))
    say(control, 'CONFIG SET maxmemory-clients 1000000\r\n')
    assert.deepEqual(gone, ['large'])
    say(control, 'CONFIG SET maxmemory-clients 400000\r\n')
    assert.deepEqual([gone, engine.stats.evictedClients], [['large', 'middle'], 2])
    assert.equal(engine.sessions.size, 2)
  })

  it('closes a client in the middle of its request', () => {
    const { gone, open } = start()
    say(open('control'), 'CONFIG SET maxmemory-clients 1mb\r\n')
    const large = open('large')
    say(large, half(1 << 20))
    assert.deepEqual([gone, large.ended], [['large'], true])
  })

  it('counts what a transaction has queued', () => {
    const { gone, open } = start()
    say(open('control'), 'CONFIG SET maxmemory-clients 200000\r\n')
    const queue = open('queue')
    say(queue, `MULTI\r\nSET k ${'x'.repeat(60_000)}\r\n`)
    assert.deepEqual(gone, [])
    for (let i = 0; i < 3; i++) say(queue, `SET k ${'x'.repeat(60_000)}\r\n`)
    assert.deepEqual(gone, ['queue'])
  })

  it('sees replies that are not read, and watched keys, at the next tick', () => {
    const { gone, open, tick } = start()
    say(open('control'), 'CONFIG SET maxmemory-clients 200000\r\n')
    open('deaf', 300_000)
    assert.deepEqual(gone, [])
    tick()
    assert.deepEqual(gone, ['deaf'])
    const watcher = open('watcher')
    for (let i = 0; i < 2000 && gone.length === 1; i++) say(watcher, `WATCH ${i}\r\n`)
    tick()
    assert.deepEqual(gone, ['deaf', 'watcher'])
  })

  it('spares whom CLIENT NO-EVICT protects', () => {
    const { gone, open } = start()
    const large = open('large')
    say(large, 'CLIENT NO-EVICT on\r\nCONFIG SET maxmemory-clients 1mb\r\n')
    say(large, half(2 << 20))
    assert.deepEqual([gone, large.ended], [[], false])
  })

  it('takes a percentage of maxmemory, and is no limit without maxmemory', () => {
    const { engine, gone, open } = start()
    const control = open('control')
    say(control, 'CLIENT NO-EVICT on\r\nCONFIG SET maxmemory-clients 10%\r\n')
    assert.equal(engine.limits.clients, Number.POSITIVE_INFINITY)
    say(open('large'), half(1_500_000))
    say(control, 'CONFIG SET maxmemory 20000000\r\n')
    assert.deepEqual([engine.limits.clients, gone], [2_000_000, []])
    say(control, 'CONFIG SET maxmemory 10000000\r\n')
    assert.deepEqual(gone, ['large'])
    say(control, 'CONFIG SET maxmemory 10000\r\n')
    assert.equal(engine.limits.clients, 131_072)
  })
})
