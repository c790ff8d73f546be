// hints.test.ts: what can follow on a command line, for arguments of every shape.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { CommandArgument } from './hint-slots.ts'
import { type CommandHint, hintFor, syntaxOf } from './hints.ts'

const key: CommandArgument = { name: 'key', type: 'key' }

function token(name: string): CommandArgument {
  return { name: name.toLowerCase(), type: 'pure-token', token: name }
}

function command(name: string, ...args: CommandArgument[]): CommandHint {
  return { name, summary: '', since: '', group: 'test', arguments: args }
}

const seconds = { name: 'seconds', type: 'integer', token: 'EX' }
const commands = [
  command('GET', key),
  command('DEL', { ...key, multiple: true }),
  command('LPOP', key, { name: 'count', type: 'integer', optional: true }),
  command(
    'SET',
    key,
    { name: 'value', type: 'string' },
    { name: 'condition', type: 'oneof', optional: true, arguments: [token('NX'), token('XX')] },
    { ...token('GET'), optional: true },
    { name: 'expiry', type: 'oneof', optional: true, arguments: [seconds, token('KEEPTTL')] },
  ),
  command('ZADD', key, {
    name: 'data',
    type: 'block',
    multiple: true,
    arguments: [
      { name: 'score', type: 'double' },
      { name: 'member', type: 'string' },
    ],
  }),
  command('WATCH', { ...key, token: 'KEYS', multiple: true, optional: true }),
  command('STORE', { ...key, token: 'BY', multiple: true, multipleToken: true }),
  command('CLIENT', { name: 'x', type: 'string', displayText: 'shown' }),
  command('CLIENT LIST', { name: 'id', type: 'integer', token: 'ID' }),
  command('EMPTY', { ...key, token: '' }),
]

const lines: [string, string][] = [
  ['', ''],
  ['GET', ''],
  ['get ', 'key'],
  ['GET k', ' key'],
  ['GET k ', ''],
  ['GET k more ', ''],
  ['GET "open', ''],
  ['NOSUCH ', ''],
  ['DEL ', 'key [key ...]'],
  ['DEL a ', '[key ...]'],
  ['DEL a b ', '[key ...]'],
  ['LPOP k ', '[count]'],
  ['LPOP k 2 ', ''],
  ['LPOP k x ', ''],
  ['SET ', 'key value [NX|XX] [GET] [EX seconds|KEEPTTL]'],
  ['SET k v ', '[NX|XX] [GET] [EX seconds|KEEPTTL]'],
  ['SET k v nx ', '[GET] [EX seconds|KEEPTTL]'],
  ['SET k v EX ', 'seconds [NX|XX] [GET]'],
  ['SET k v EX 10 ', '[NX|XX] [GET]'],
  ['SET k v GET EX ', 'seconds [NX|XX]'],
  ['SET k v BAD ', ''],
  ['ZADD k ', 'score member [score member ...]'],
  ['ZADD k 1 ', 'member [score member ...]'],
  ['ZADD k 1 m ', '[score member ...]'],
  ['ZADD k 1 m 2 ', 'member [score member ...]'],
  ['WATCH ', '[KEYS key [key ...]]'],
  ['WATCH KEYS ', 'key [key ...]'],
  ['WATCH KEYS a ', '[key ...]'],
  ['STORE ', 'BY key [BY key ...]'],
  ['STORE BY a ', '[BY key ...]'],
  ['STORE BY a BY ', 'key [BY key ...]'],
  ['CLIENT ', 'shown'],
  ['client list ', 'ID id'],
  ['client list ID ', 'id'],
  ['EMPTY ', '"" key'],
]

test('says what can follow', () => {
  for (const [line, expected] of lines) assert.equal(hintFor(line, commands), expected, line)
})

test('tells the whole syntax of a command', () => {
  assert.equal(syntaxOf(commands[3]!), 'key value [NX|XX] [GET] [EX seconds|KEEPTTL]')
})
