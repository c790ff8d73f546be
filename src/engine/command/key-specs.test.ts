// key-specs.test.ts: key positions derived from grammar lines, and the old range made of them.

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { deriveKeySpecs, type KeyDeclaration, keyFlagBits, keyFlagNames } from './key-specs.ts'
import { legacyRange } from './legacy-range.ts'
import { parseSyntax } from './syntax.ts'

function specs(line: string, keys: readonly KeyDeclaration[], words = 1) {
  return deriveKeySpecs(keys, parseSyntax(line, keys.length), words)
}

/** Where the only spec of a line begins and goes on. */
function steps(line: string, words = 1): unknown[] {
  const [spec] = specs(line, ['RO'], words)
  return [spec?.begin, spec?.find]
}

const range = (lastKey: number, keyStep = 1, limit = 0) => {
  return { type: 'range', lastKey, keyStep, limit }
}

describe('a key spec', () => {
  it('begins at the word of the key', () => {
    assert.deepEqual(steps('key value'), [{ type: 'index', index: 1 }, range(0)])
    assert.deepEqual(steps('key group', 2), [{ type: 'index', index: 2 }, range(0)])
  })

  it('goes on to the end, or to what must follow', () => {
    assert.deepEqual(steps('key+')[1], range(-1))
    assert.deepEqual(steps('key+ timeout:double')[1], range(-2))
    assert.deepEqual(steps('(key value)+')[1], range(-1, 2))
    assert.deepEqual(steps('key1:key key2:key [LEN]')[1], range(1))
  })

  it('reads how many keys there are from the argument numkeys', () => {
    assert.deepEqual(steps('timeout:double numkeys:int key+ [COUNT count:int]'), [
      { type: 'index', index: 2 },
      { type: 'keynum', keyNumIndex: 0, firstKey: 1, keyStep: 1 },
    ])
  })

  it('searches the word before keys without a fixed place, from the first it can be', () => {
    assert.deepEqual(steps('GROUP (group consumer) [NOACK] STREAMS (key+ id+)'), [
      { type: 'keyword', keyword: 'STREAMS', startFrom: 4 },
      range(-1, 1, 2),
    ])
    const [, store] = specs('key member [ANY] [STORE destination:key]', ['RO', 'OW'])
    assert.deepEqual(store?.begin, { type: 'keyword', keyword: 'STORE', startFrom: 3 })
    assert.deepEqual(store?.find, range(0))
  })

  it('takes what a declaration states instead', () => {
    const begin = { type: 'keyword', keyword: 'KEYS', startFrom: -2 } as const
    const [spec] = specs('host [KEYS key+]', [{ flags: 'RW', begin }])
    assert.deepEqual(spec?.begin, begin)
    assert.deepEqual(spec?.find, range(-1))
  })

  it('is refused without a key, and with a flag nobody knows', () => {
    assert.throws(() => specs('value', ['RO']), /without a key argument/)
    assert.throws(() => specs('key', ['RO acess']), /unknown key flag 'acess'/)
  })

  it('names its flags in the order of COMMAND INFO', () => {
    const bits = keyFlagBits('variable_flags delete access RW')
    assert.deepEqual(keyFlagNames(bits), ['RW', 'access', 'delete', 'variable_flags'])
  })
})

describe('the old range', () => {
  const old = (line: string, keys: readonly KeyDeclaration[]) => {
    const { first, last, step, movable } = legacyRange(specs(line, keys))
    return [first, last, step, movable]
  }

  it('joins specs that follow each other', () => {
    assert.deepEqual(old('source:key destination:key', ['RO', 'OW']), [1, 2, 1, false])
    assert.deepEqual(old('destination:key key+', ['OW', 'RO']), [1, -1, 1, false])
  })

  it('leaves out what does not fit and says that keys move', () => {
    assert.deepEqual(old('destination:key numkeys:int key+', ['OW', 'RO']), [1, 1, 1, true])
    assert.deepEqual(old('numkeys:int key+', ['RO']), [0, 0, 0, true])
    assert.deepEqual(old('key value other:key', ['RO', 'RO']), [1, 1, 1, true])
  })

  it('is empty for commands without keys', () => {
    assert.deepEqual(old('channel message', []), [0, 0, 0, false])
  })
})
