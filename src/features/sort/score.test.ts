// score.test.ts: how SORT reads numbers.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { latin1, Span } from '../../bytes/memory/span.ts'
import { sortScore } from './score.ts'

describe('the number of an element', () => {
  it('is read as the reference reads it', () => {
    const numbers: [string, number][] = [
      ...Object.entries({ '': 0, '0': 0, '12': 12, '+12': 12, '-1.5': -1.5, '.5': 0.5, '5.': 5 }),
      ...Object.entries({ '1e3': 1000, '1E-3': 0.001, inf: Infinity, '-Infinity': -Infinity }),
      ...Object.entries({ '1e400': Infinity, '-1e400': -Infinity, '1e-400': 0 }),
      ...Object.entries({ '12\0x': 12, '\0': 0, '9223372036854775808': 2 ** 63 }),
    ]
    for (const [text, number] of numbers) assert.equal(sortScore(new Span(latin1(text))), number)
  })

  it('is not one where the text is none', () => {
    const others = ['+', '-', '.', '+-1', '++1', '0x10', 'nan', '-nan', ' 1', '1 ', '1e', '1,0']
    for (const text of [...others, 'e5', 'infinit', '1_0', '--1', '1e5.', '1e400x']) {
      assert.ok(Number.isNaN(sortScore(new Span(latin1(text)))), text)
    }
  })
})
