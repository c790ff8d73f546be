// words.test.ts: command lines cut into words, and bytes put between quotes.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { quote, quoteJson } from '../format/quote.ts'
import { splitWords, unquote } from './words.ts'

const lines: [string, string[] | undefined][] = [
  ['', []],
  ['  \t ', []],
  ['GET key', ['GET', 'key']],
  ['  GET\tkey\r\n', ['GET', 'key']],
  ['"a b" \'c d\'', ['a b', 'c d']],
  ['"\\x41\\n\\"\\q\\\\"', ['A\n"q\\']],
  ["'it\\'s \\n'", ["it's \\n"]],
  ['""', ['']],
  ['a"b c"', ['ab c']],
  ['"a"b', undefined],
  ["'a'b", undefined],
  ['"open', undefined],
  ["'open", undefined],
  ['"open\\"', undefined],
  ['back\\slash', ['back\\slash']],
  ['"\\xff\\x00"', ['\xff\x00']],
  ['cut\0off', ['cut']],
]

test('cuts lines by the quoting rules of redis-cli', () => {
  for (const [line, expected] of lines) {
    const words = splitWords(Buffer.from(line, 'latin1'))?.map((word) => word.toString('latin1'))
    assert.deepEqual(words, expected, JSON.stringify(line))
  }
})

test('reads back what it has quoted', () => {
  const bytes = Buffer.from(Array.from({ length: 256 }, (_, at) => at))
  assert.deepEqual(unquote(quote(bytes.toString('latin1'))), bytes)
})

test('takes exactly one quoted word', () => {
  assert.equal(unquote('a b'), undefined)
  assert.equal(unquote(''), undefined)
  assert.equal(unquote('"a b"')?.toString(), 'a b')
})

test('writes JSON strings that JSON reads', () => {
  const text = Array.from({ length: 128 }, (_, at) => String.fromCharCode(at)).join('')
  assert.equal(JSON.parse(quoteJson(text)), text)
})
