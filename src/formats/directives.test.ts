// directives.test.ts: the syntax of configuration files and command lines.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { quoteWord, readCommandLine, readDirectiveLines, splitWords } from './directives.ts'

test('splits words at white space and unquotes them', () => {
  const cases: [line: string, words: string[] | undefined][] = [
    ['', []],
    ['   ', []],
    ['port 6379', ['port', '6379']],
    ['  a \t b  ', ['a', 'b']],
    ['save ""', ['save', '']],
    ["save ''", ['save', '']],
    ['a "b c" d', ['a', 'b c', 'd']],
    ['a b"c d"', ['a', 'bc d']],
    ['"\\x41\\n\\r\\t\\b\\a\\"\\\\\\q\\xZZ"', ['A\n\r\t\b\x07"\\qxZZ']],
    ["'it\\'s \\n \"x\"'", ['it\'s \\n "x"']],
    ['"\\xff"', ['\xff']],
    ['"a', undefined],
    ["a 'b", undefined],
    ['"a"b', undefined],
    ["'a'b", undefined],
    ['a\\', ['a\\']],
  ]
  for (const [line, words] of cases) assert.deepEqual(splitWords(line), words, line)
})

test('quotes a word so that splitting gives its bytes back', () => {
  assert.equal(
    quoteWord('a"b\\c\n\r\t\b\x07\x00\x7f\xe9 é'),
    '"a\\"b\\\\c\\n\\r\\t\\b\\a\\x00\\x7f\\xe9 \\xe9"',
  )
  let all = ''
  for (let code = 0; code < 256; code++) all += String.fromCharCode(code)
  assert.deepEqual(splitWords(quoteWord(all)), [all])
})

test('keeps the numbers of lines and drops blanks and comments', () => {
  const lines = readDirectiveLines('# a comment\n\n  port 1  \r\n\t#x\nbad "\n')
  assert.deepEqual(lines, [
    { number: 3, text: 'port 1', words: ['port', '1'] },
    { number: 5, text: 'bad "', words: undefined },
  ])
})

test('turns a command line into lines as redis-server does', () => {
  const cases: [args: string[], text: string][] = [
    [['--port', '0'], 'port "0" '],
    [['--port', '0', '--save', ''], 'port "0" \nsave "" '],
    [['--save', '--port', '0'], 'save ""\nport "0" '],
    [['--port', '0', '--save'], 'port "0" \nsave ""'],
    [['--SAVE', '--port', '0'], 'SAVE ""\nport "0" '],
    [['--save', '900', '1', '300', '10'], 'save "900" "1" "300" "10" '],
    [['--save 900 1', '--port 0'], 'save 900 1 \nport 0 '],
    [['--requirepass', '--secret', '--port', '0'], 'requirepass "--secret" \nport "0" '],
    [['--port', '--bind'], 'port "--bind" '],
    [['--sentinel', '--port', '0'], 'sentinel \nport "0" '],
    [['--requirepass', 'a"b'], 'requirepass "a\\"b" '],
    [['--port'], 'port '],
    [['-x'], '"-x" '],
  ]
  for (const [args, text] of cases) {
    assert.deepEqual(readCommandLine(args), { file: undefined, stdin: false, text }, args.join(' '))
  }
})

test('takes the first argument for a file and a lone dash at either end for standard input', () => {
  assert.deepEqual(readCommandLine(['a.conf']), { file: 'a.conf', stdin: false, text: '' })
  assert.deepEqual(readCommandLine(['-']), { file: undefined, stdin: true, text: '' })
  assert.deepEqual(readCommandLine(['a.conf', '-']), { file: 'a.conf', stdin: true, text: '' })
  assert.deepEqual(readCommandLine(['-', '--port', '1']), {
    file: undefined,
    stdin: true,
    text: 'port "1" ',
  })
  assert.deepEqual(readCommandLine(['--dir', '-', '--port', '1']), {
    file: undefined,
    stdin: false,
    text: 'dir "-" \nport "1" ',
  })
})
