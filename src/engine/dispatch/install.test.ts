// install.test.ts: modules that come and go while an engine runs.

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Stage } from '#test/support/stage.js'
import { defineModule, type Module } from '../contract/module.ts'
import { load, unload } from './install.ts'

describe('a module that is taken out', () => {
  it('leaves its ACL categories to others', () => {
    const { engine } = new Stage({ modules: [], now: 1000 })
    const shapes = (name: string): Module => defineModule({ name, categories: ['shapes'] })
    const first = shapes('first')
    load(engine, first, [])
    const second = shapes('second')
    assert.throws(() => load(engine, second, []), /'second': the ACL category 'shapes' exists/)
    assert.deepEqual(engine.modules, [first])
    unload(engine, first)
    load(engine, second, [])
    assert.deepEqual(engine.modules, [second])
  })
})
