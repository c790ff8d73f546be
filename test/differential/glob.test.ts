// glob.test.ts: patterns as KEYS (exact case) and CONFIG GET (any case) of redis-server 8.2.3
// read them.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Span } from '#src/bytes/memory/span.js'
import { globMatches } from '#src/bytes/text/glob.js'
import { redis8, withoutReference } from '../support/references.ts'
import type { Decoded } from '../support/resp.ts'
import { Seed } from '../support/seed.ts'
import { startReference } from '../support/servers.ts'

const skip = redis8 === undefined && withoutReference

const bytes = [
  'a',
  'b',
  'c',
  'A',
  'B',
  '-',
  ']',
  '[',
  '^',
  '\\',
  '*',
  '\xff',
  '\x80',
  'z',
  '_',
  '0',
]
const parts = ['*', '*', '?', '[', '[^', 'a-c', 'c-a', '\\', '[a-c]', '[^b]', 'a-\xff', '\x80-\xff']
const more = ['*a', '**', '[A-_]', '[a\\-c]', '[a-]', '\\*', '\\[']
const letters = ['a', 'm', 'r', 'e', 'A', 'M', '-', '*', '?', '[a-m]', '[M-A]', '[A-_]', '[^a-f]']

function text(seed: Seed, alphabet: string[], longest: number): string {
  return Array.from({ length: seed.between(1, longest) }, () => seed.pick(alphabet)).join('')
}

function names(value: Decoded | undefined): string[] {
  if (value?.kind !== 'array') return []
  return value.items.map((item) => (item.kind === 'bulk' ? item.bytes.toString('latin1') : ''))
}

function matching(pattern: string, all: string[], nocase: boolean): string[] {
  // The byte behind the pattern would close a class, were it read.
  const padded = Buffer.from(`${pattern}]`, 'latin1')
  const span = new Span(padded, 0, padded.length - 1)
  return all.filter((name) => globMatches(span, new Span(Buffer.from(name, 'latin1')), nocase))
}

test('finds the keys that the reference finds', { skip }, async () => {
  await using server = await startReference()
  const wire = await server.connect()
  const seed = new Seed(4)
  const keys = [...new Set(Array.from({ length: 300 }, () => text(seed, bytes, 9)))]
  await wire.pipeline(keys.map((key) => ['SET', Buffer.from(key, 'latin1'), '1']))
  const patterns = Array.from({ length: 2000 }, () => text(seed, [...bytes, ...parts, ...more], 8))
  const commands = patterns.map((pattern) => ['KEYS', Buffer.from(pattern, 'latin1')])
  const replies = await wire.pipeline(commands)
  patterns.forEach((pattern, i) => {
    const theirs = names(replies[i]?.value).sort()
    assert.deepEqual(matching(pattern, keys, false).sort(), theirs, JSON.stringify(pattern))
  })
  wire.close()
})

test('finds the directives that the reference finds in any case', { skip }, async () => {
  await using server = await startReference()
  const wire = await server.connect()
  const seed = new Seed(5)
  const even = (_: string, i: number) => i % 2 === 0
  const all = names((await wire.call('CONFIG', 'GET', '*')).value).filter(even)
  const patterns = Array.from({ length: 500 }, () => `*${text(seed, letters, 5)}*`)
  const replies = await wire.pipeline(patterns.map((pattern) => ['CONFIG', 'GET', pattern]))
  patterns.forEach((pattern, i) => {
    const theirs = names(replies[i]?.value).filter(even).sort()
    assert.deepEqual(matching(pattern, all, true).sort(), theirs, pattern)
  })
  wire.close()
})
