// hooks.test.ts: what an engine tells its modules.

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Stage } from '#test/support/stage.js'
import { defineModule, type Hooks } from '../contract/module.ts'
import type { Engine } from './engine.ts'

function start(...hooks: Hooks[]): Engine {
  const modules = hooks.map((one, i) => defineModule({ name: `module${i}`, hooks: one }))
  return new Stage({ modules }).engine
}

describe('hooks of modules', () => {
  it('are called in the order of the modules', () => {
    const log: string[] = []
    start({ onStart: () => log.push('a') }, {}, { onStart: () => log.push('b') })
    assert.deepEqual(log, ['a', 'b'])
  })

  it('may refuse that the engine ends, unless it is forced to', () => {
    const log: string[] = []
    const busy = { isBusy: true }
    const engine = start(
      { onEnd: (_engine, { save }) => log.push(save) > 0 },
      { onEnd: () => !busy.isBusy },
      { onEnd: () => log.push('last') > 0 },
    )
    const asked = { save: 'configured', now: false, force: false } as const
    assert.equal(engine.end(asked), false)
    assert.deepEqual(log.splice(0), ['configured'])
    assert.equal(engine.end({ ...asked, force: true }), true)
    assert.deepEqual(log.splice(0), ['configured', 'last'])
    busy.isBusy = false
    assert.equal(engine.end({ ...asked, save: 'no' }), true)
    assert.deepEqual(log, ['no', 'last'])
  })

  it('hear of a promotion and of a demotion, each once', () => {
    const log: string[] = []
    const engine = start({ onRoleChange: ({ role }, now) => log.push(`${role} ${now}`) })
    assert.equal(engine.role, 'primary')
    for (const role of ['primary', 'replica', 'replica', 'primary'] as const) engine.setRole(role)
    assert.deepEqual(log, ['replica replica', 'primary primary'])
  })
})
