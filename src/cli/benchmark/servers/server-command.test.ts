// server-command.test.ts: what a user writes behind --against becomes a program and arguments.
import assert from 'node:assert/strict'
import { resolve } from 'node:path'
import { test } from 'node:test'
import {
  commandWithPort,
  parseServerCommand,
  shownCommand,
  shownWord,
  splitWords,
} from './server-command.ts'

test('words are split as a shell splits them', () => {
  assert.deepEqual(splitWords('a  b'), ['a', 'b'])
  assert.deepEqual(splitWords(`a 'b c' "d 'e'" f\\ g`), ['a', 'b c', `d 'e'`, 'f g'])
  assert.deepEqual(splitWords(`--save '' --x="1 2"`), ['--save', '', '--x=1 2'])
  assert.deepEqual(splitWords('"a \\"b\\" \\\\ c"'), ['a "b" \\ c'])
  assert.deepEqual(splitWords('  '), [])
})

test('an open quote and an empty command are refused', () => {
  assert.throws(() => splitWords(`a 'b`), { name: 'CommandError' })
  assert.throws(() => parseServerCommand('name='), { name: 'CommandError' })
})

test('a server is called by its given name or its program', () => {
  assert.equal(parseServerCommand('old=redis-server --x 1').name, 'old')
  assert.equal(parseServerCommand('/opt/redis/redis-server').name, 'redis-server')
  assert.deepEqual(parseServerCommand('node x=1').argv, ['node', 'x=1'])
})

test('the port replaces {port} or is appended, and redis-server keeps nothing on disk', () => {
  const withPort = (text: string) => commandWithPort(parseServerCommand(text), 7)
  assert.deepEqual(withPort('run --listen=127.0.0.1:{port}'), ['run', '--listen=127.0.0.1:7'])
  assert.deepEqual(withPort('other-server'), ['other-server', '--port', '7'])
  assert.deepEqual(withPort('redis-server-8 --hz 50'), [
    'redis-server-8',
    '--hz',
    '50',
    '--port',
    '7',
    '--save',
    '',
    '--appendonly',
    'no',
  ])
})

test('a relative program is found from the folder of the user', () => {
  const [program] = commandWithPort(parseServerCommand('./server'), 7)
  assert.equal(program, resolve('server'))
})

test('records show programs without their folders', () => {
  assert.equal(
    shownCommand(parseServerCommand(`/opt/a/redis-server --save ''`)),
    "redis-server --save ''",
  )
  assert.equal(shownWord('new=/opt/a b/redis --x /etc/c.conf'), "'new=a b/redis --x c.conf'")
  assert.equal(shownWord('bench/out.json'), 'bench/out.json')
})
