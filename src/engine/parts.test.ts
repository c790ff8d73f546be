// parts.test.ts: what features keep with engines and sessions.

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Engine } from './engine.ts'
import { SESSION_BYTES } from './memory.ts'
import { definePart, defineSessionPart } from './parts.ts'

const clock = { now: () => 1000, micros: () => 1_000_000, sleep: () => {} }
const transport = {
  send: () => {},
  close: () => {},
  pending: 0,
  address: '',
  localAddress: '',
  descriptor: -1,
}

function start(): Engine {
  return new Engine({ modules: [], clock, entropy: { fill() {} }, seed: 1, databases: 1 })
}

describe('a part', () => {
  const begun = definePart('begun', (engine) => ({ at: engine.now }))
  const other = definePart('other', (engine) => ({ of: engine.part(begun) }))

  it('is made on first use, with what it asks for itself', () => {
    const engine = start()
    assert.equal(engine.peek(other), undefined)
    const made = engine.part(other)
    assert.deepEqual(made, { of: { at: 1000 } })
    assert.equal(engine.part(other), made)
    assert.equal(engine.peek(begun), made.of)
  })

  it('belongs to one engine', () => {
    const [one, two] = [start(), start()]
    assert.notEqual(one.part(begun), two.part(begun))
  })

  it('of a session may count as memory of its client, until that has gone', () => {
    const kept = defineSessionPart(
      'kept',
      () => ({ size: 0 }),
      ({ size }) => size,
    )
    const engine = start()
    const session = engine.open(transport)
    assert.equal(session.peek(kept), undefined)
    const before = engine.memory.measure()
    session.part(kept).size = 500
    assert.equal(engine.memory.measure(), before + 500)
    assert.equal(engine.memory.of(session), SESSION_BYTES + 500)
    session.end()
    assert.equal(engine.memory.measure(), before - SESSION_BYTES)
  })
})
