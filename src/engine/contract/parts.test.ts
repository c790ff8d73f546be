// parts.test.ts: what features keep with engines and sessions.

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Stage } from '#test/support/stage.js'
import { SESSION_BYTES } from '../upkeep/memory.ts'
import { definePart, defineSessionPart } from './parts.ts'

const start = () => new Stage({ modules: [], now: 1000 })

describe('a part', () => {
  const begun = definePart('begun', (engine) => ({ at: engine.now }))
  const other = definePart('other', (engine) => ({ of: engine.part(begun) }))

  it('is made on first use, with what it asks for itself', () => {
    const { engine } = start()
    assert.equal(engine.peek(other), undefined)
    const made = engine.part(other)
    assert.deepEqual(made, { of: { at: 1000 } })
    assert.equal(engine.part(other), made)
    assert.equal(engine.peek(begun), made.of)
  })

  it('belongs to one engine', () => {
    const [one, two] = [start().engine, start().engine]
    assert.notEqual(one.part(begun), two.part(begun))
  })

  it('of a session may count as memory of its client, until that has gone', () => {
    const kept = defineSessionPart(
      'kept',
      () => ({ size: 0 }),
      ({ size }) => size,
    )
    const stage = start()
    const { engine } = stage
    const { session } = stage.open()
    assert.equal(session.peek(kept), undefined)
    const before = engine.memory.measure()
    session.part(kept).size = 500
    assert.equal(engine.memory.measure(), before + 500)
    assert.equal(engine.memory.of(session), SESSION_BYTES + 500)
    session.end()
    assert.equal(engine.memory.measure(), before - SESSION_BYTES)
  })
})
