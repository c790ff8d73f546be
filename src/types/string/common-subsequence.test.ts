// common-subsequence.test.ts: the table against all subsequences.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { latin1, Span } from '../../bytes/memory/span.ts'
import { CommonSubsequence, commonLength } from './common-subsequence.ts'

/** The longest length, by trying every subsequence of the first string. */
function naiveLength(a: string, b: string): number {
  let longest = 0
  for (let mask = 0; mask < 1 << a.length; mask++) {
    let at = 0
    let length = 0
    for (let i = 0; i < a.length && at >= 0; i++) {
      if ((mask & (1 << i)) === 0) continue
      at = b.indexOf(a[i]!, at) + 1 || -1
      length++
    }
    if (at >= 0 && length > longest) longest = length
  }
  return longest
}

function span(text: string): Span {
  const padded = latin1(`xy${text}z`)
  return new Span(padded, 2, 2 + text.length)
}

function isSubsequence(part: string, text: string): boolean {
  let at = 0
  for (const byte of part) {
    at = text.indexOf(byte, at) + 1
    if (at === 0) return false
  }
  return true
}

describe('the longest common subsequence', () => {
  it('is as long as the longest of all, and one of both strings', () => {
    let state = 5
    const text = () => {
      let made = ''
      const length = (state >>> 8) % 9
      for (let i = 0; i < length; i++) {
        state = (Math.imul(state, 1103515245) + 12345) >>> 0
        made += 'abc'[(state >>> 16) % 3]
      }
      return made
    }
    for (let round = 0; round < 400; round++) {
      state = (Math.imul(state, 1103515245) + 12345) >>> 0
      const a = text()
      const b = text()
      const found = new CommonSubsequence(span(a), span(b))
      const part = String.fromCharCode(...found.bytes)
      assert.equal(found.length, naiveLength(a, b))
      assert.equal(commonLength(span(a), span(b)), found.length)
      assert.ok(isSubsequence(part, a) && isSubsequence(part, b))
      let matched = ''
      for (let i = found.matches.length - 4; i >= 0; i -= 4) {
        const [startA, endA, startB, endB] = found.matches.slice(i, i + 4)
        assert.equal(a.slice(startA, endA! + 1), b.slice(startB, endB! + 1))
        matched += a.slice(startA, endA! + 1)
      }
      assert.equal(matched, part)
    }
  })

  it('keeps long strings in narrow cells', () => {
    const found = new CommonSubsequence(span('a'.repeat(70_000)), span('ba'))
    assert.equal(found.length, 1)
  })
})
