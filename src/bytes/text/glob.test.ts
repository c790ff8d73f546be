// glob.test.ts: facts were read off redis-server 8.2.3; test/differential compares live.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Span } from '../memory/span.ts'
import { globMatches } from './glob.ts'

// The pattern lies among bytes that would change its meaning if they were read.
function matches(pattern: string, text: string, nocase = false): boolean {
  const bytes = Buffer.from(`*${pattern}]*`, 'latin1')
  const shown = new Span(bytes, 1, bytes.length - 2)
  return globMatches(shown, new Span(Buffer.from(text, 'latin1')), nocase)
}

test('matches literals, stars and single bytes', () => {
  for (const pattern of [
    'abc',
    'a*',
    '*c',
    'a*c',
    '*',
    '**',
    '?b?',
    'a?*',
    '*b*',
    'abc**',
    '\\abc',
  ]) {
    assert.ok(matches(pattern, 'abc'), pattern)
  }
  for (const pattern of ['', 'ab', 'abcd', 'b*', '*b', '????', 'a?', 'ABC', 'abc?', '*d*']) {
    assert.ok(!matches(pattern, 'abc'), pattern)
  }
})

test('matches classes, ranges in either order and their negation', () => {
  const facts: [string, string, boolean][] = [
    ['[abc]', 'b', true],
    ['[^abc]', 'b', false],
    ['[^abc]', 'd', true],
    ['[a-c]', 'b', true],
    ['[c-a]', 'b', true],
    ['[a-c]', 'd', false],
    ['[\\]]', ']', true],
    ['[\\-a]', '-', true],
    ['[a\\-c]', 'b', false],
    ['[^]', 'x', true],
    ['[]', ']', false],
    ['[]x', 'x', false],
  ]
  for (const [pattern, text, expected] of facts) {
    assert.equal(matches(pattern, text), expected, `${pattern} ${text}`)
  }
})

test('ends a class that is not closed with the pattern', () => {
  assert.ok(matches('[a', 'a'))
  assert.ok(matches('[a*', '*'))
  assert.ok(matches('[a-', '-'))
  assert.ok(matches('[^', 'x'))
  assert.ok(!matches('[', 'x'))
  assert.ok(!matches('[^a', 'a'))
})

test('orders bytes above 127 below the others in ranges', () => {
  assert.ok(matches('[a-\xff]', '\x01'), 'from -1 to 97')
  assert.ok(!matches('[a-\xff]', 'b'))
  assert.ok(matches('[\x80-\xff]', '\x90'))
})

test('folds case where the reference does', () => {
  assert.ok(matches('MAX*', 'maxmemory', true))
  assert.ok(matches('[A-M]ax', 'Max', true))
  assert.ok(matches('[^a]b', 'xB', true))
  assert.ok(!matches('[\\M]ax', 'max', true), 'a backslash in a class is exact')
  assert.ok(!matches('[A-_]', 'b', true), 'ends are folded after they are ordered')
  assert.ok(!matches('max', 'MAX', false))
})

test('matches an empty text with the empty pattern only', () => {
  assert.ok(matches('', ''))
  assert.ok(!matches('*', ''))
  assert.ok(!matches('?', ''))
})

test('takes a last backslash for itself', () => {
  assert.ok(matches('a\\', 'a\\'))
  assert.ok(matches('\\*', '*'))
  assert.ok(!matches('\\*', 'a'))
})

test('gives up beyond a thousand stars', () => {
  const text = 'a'.repeat(1005)
  assert.ok(matches('*a'.repeat(1000), text))
  assert.ok(matches(`${'*a'.repeat(1000)}**`, text))
  assert.ok(!matches('*a'.repeat(1001), text))
})

test('needs no more than pattern times text, whatever the pattern', () => {
  const before = performance.now()
  const text = 'a'.repeat(20_000)
  assert.ok(!matches(`${'a*'.repeat(900)}b`, text))
  assert.ok(!matches(`${'*?a'.repeat(300)}b`, text))
  assert.ok(!matches(`*${'a'.repeat(900)}b`, text))
  assert.ok(performance.now() - before < 5000)
})
