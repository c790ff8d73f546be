// string.test.ts: strings from outside, by requests: how they grow past their entry into large
// blocks, which sockets may still read, and which effects their commands have.

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { encodeRequest } from '#test/support/resp.js'
import { Stage } from '#test/support/stage.js'
import { Span } from '../../bytes/memory/span.ts'
import { strings } from './index.ts'

const NOW = 1_000_000

/** Strings alone, whose time stands still. */
class Talk {
  readonly stage = new Stage({ modules: [strings], now: NOW })

  call(...words: string[]): string {
    return this.stage.call(...words)
  }

  get database() {
    return this.stage.engine.databases[0]!
  }

  /** The bytes of a key's value, where they lie. */
  value(key: string): Span {
    return this.database.value(this.database.find(new Span(Buffer.from(key))), new Span())
  }

  /** What is sent for a request: parts that are lent stay as they were handed over. */
  partsOf(...words: string[]): Uint8Array[] {
    const { loopback } = this.stage.client
    const parts: Uint8Array[] = []
    const { send } = loopback
    loopback.send = (output) => {
      parts.push(...output.take())
      output.renew()
    }
    this.call(...words)
    loopback.send = send
    return parts
  }
}

const bytesOf = (word: string) => Buffer.from(word, 'latin1')

function text(parts: Uint8Array[]): string {
  return Buffer.concat(parts).toString('latin1')
}

describe('strings that grow', () => {
  it('hold what was appended, from a byte to an outsized block, and account for it', () => {
    const talk = new Talk()
    const empty = talk.database.arena.used
    let expected = ''
    for (let i = 0; expected.length < 300_000; i++) {
      const piece = String.fromCharCode(97 + (i % 26)).repeat(1 + ((i * i) % 997))
      expected += piece
      assert.equal(talk.call('APPEND', 'k', piece), `:${expected.length}\r\n`)
      talk.database.verify()
    }
    assert.equal(talk.call('GET', 'k'), `$${expected.length}\r\n${expected}\r\n`)
    talk.call('GETDEL', 'k')
    assert.equal(talk.database.arena.used, empty)
  })

  it('are copied a few times only', () => {
    const talk = new Talk()
    talk.call('SET', 'k', 'x'.repeat(20_000))
    const buffers = new Set<unknown>()
    for (let i = 0; i < 2000; i++) {
      talk.call('APPEND', 'k', 'y'.repeat(1000))
      buffers.add(talk.value('k').bytes.buffer)
    }
    assert.ok(buffers.size < 20, `${buffers.size} copies`)
  })

  it('leave bytes alone that are still being sent', () => {
    const talk = new Talk()
    const value = 'v'.repeat(100_000)
    talk.call('SET', 'k', value)
    talk.call('APPEND', 'k', 'w')
    const lent = talk.partsOf('GET', 'k')
    talk.call('SETRANGE', 'k', '5', 'xyz')
    talk.call('APPEND', 'k', 'w')
    assert.equal(text(lent), `$100001\r\n${value}w\r\n`)
    assert.equal(talk.call('GETRANGE', 'k', '3', '9'), '$7\r\nvvxyzvv\r\n')
  })

  it('have zeros where they were never written, also after they were shortened', () => {
    const talk = new Talk()
    talk.call('SETRANGE', 'k', '50000', 'x')
    const ref = talk.database.find(new Span(Buffer.from('k')))
    const value = new Span()
    talk.database.resize(ref, 70_000, value)
    value.bytes.fill(1, value.start, value.end)
    talk.database.resize(ref, 20_000, value)
    talk.database.resize(ref, 70_000, value)
    assert.equal(value.bytes.subarray(value.start + 20_000, value.end).indexOf(1), -1)
    talk.database.verify()
  })
})

describe('long values', () => {
  const long = (fill: string) => `${fill.repeat(7)}abc`.repeat(300_000)

  /** Sends bytes as a socket does, in pieces of up to 64 KiB. */
  function feed(talk: Talk, requests: string[][]): string {
    const bytes = Buffer.concat(requests.map((words) => encodeRequest(words.map(bytesOf))))
    let heard = ''
    for (let at = 0; at < bytes.length; at += 65_536) {
      heard += talk.stage.client.feed(Uint8Array.from(bytes.subarray(at, at + 65_536)))
    }
    return heard
  }

  it('are stored where they came to lie, without a copy', () => {
    const talk = new Talk()
    assert.equal(feed(talk, [['SET', 'k', long('x')]]), '+OK\r\n')
    const { bytes, length } = talk.value('k')
    assert.equal(length, long('x').length)
    assert.ok(bytes.byteOffset > 0 && bytes.buffer.byteLength > length, 'part of the request')
  })

  it('belong to their key alone, whatever follows in the chunk or changes them', () => {
    const talk = new Talk()
    talk.stage.hearEffects()
    const replies = feed(talk, [
      ['SET', 'k', long('x')],
      ['APPEND', 'k', 'tail'],
      ['SETRANGE', 'k', '0', 'HEAD'],
      ['SET', 'l', long('y'), 'EX', '100'],
      ['GETRANGE', 'l', '-4', '-1'],
      ['SET', 'l', long('z'), 'KEEPTTL'],
      ['GETSET', 'k', long('w')],
      ['STRLEN', 'k'],
    ])
    const { length } = long('x')
    const old = `HEAD${long('x').slice(4)}tail`
    assert.equal(
      replies,
      `+OK\r\n:${length + 4}\r\n:${length + 4}\r\n+OK\r\n$4\r\nyabc\r\n+OK\r\n` +
        `$${old.length}\r\n${old}\r\n:${length}\r\n`,
    )
    talk.database.verify()
    assert.equal(talk.call('GET', 'k'), `$${length}\r\n${long('w')}\r\n`)
    assert.equal(talk.call('GET', 'l'), `$${length}\r\n${long('z')}\r\n`)
    const sent = talk.stage.takeEffects().filter((effect) => effect.startsWith('SET k x'))
    assert.equal(sent[0], `SET k ${long('x')}`)
    for (const key of ['k', 'l']) talk.call('GETDEL', key)
    assert.equal(talk.database.memory, new Talk().database.memory)
  })

  it('are taken in whole only when a part has come', () => {
    const talk = new Talk()
    const { client } = talk.stage
    client.feed(`*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$${256 << 20}\r\n`)
    assert.ok(client.session.request.buffered < 3 << 20)
  })
})

describe('the effects of string commands', () => {
  const cases: [request: string, effects: string][] = [
    ['set k v', 'set k v'],
    ['SET k v NX', ''],
    ['SET k v EX 10', `SET k v PXAT ${NOW + 10_000}`],
    ['SET k v EXAT 5000', 'SET k v PXAT 5000000'],
    ['set k v pxat 2000000 get', 'set k v pxat 2000000 get'],
    ['SET k 1 GET XX get', 'SET k 1 XX'],
    ['SETEX k 3 v', `SET k v PXAT ${NOW + 3000}`],
    ['PSETEX k 3 v', `SET k v PXAT ${NOW + 3}`],
    ['GETEX k', ''],
    ['GETEX k PX 50', `PEXPIREAT k ${NOW + 50}`],
    ['GETEX k PXAT 2000000', 'PEXPIREAT k 2000000'],
    ['GETEX k PERSIST', 'PERSIST k'],
    ['GETEX k PERSIST', ''],
    ['GETEX k EXAT 1', 'DEL k'],
    ['GETDEL k', ''],
    ['GETSET k 1', 'SET k 1'],
    ['INCRBYFLOAT k 0.5', 'SET k 1.5 KEEPTTL'],
    ['INCR k', ''],
    ['GETDEL k', 'DEL k'],
    ['MSETNX a 1 b 2', 'MSETNX a 1 b 2'],
    ['INCRBY a 4', 'INCRBY a 4'],
    ['SETRANGE a 0 ', ''],
    ['APPEND a ', 'APPEND a '],
    ['SET a v PXAT 1', 'SET a v PXAT 1'],
    ['GET a', 'DEL a'],
  ]

  it('do not depend on the time, on what was there before, or on rounding', () => {
    const { stage } = new Talk()
    stage.hearEffects()
    for (const [request, expected] of cases) {
      stage.call(...request.split(' '))
      assert.equal(stage.takeEffects().join(' | '), expected, request)
    }
  })
})
