// commands.test.ts: CONFIG through an engine, as a client sees it.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Stage } from '#test/support/stage.js'
import type { Configuration } from '../../engine/config/configuration.ts'
import type { Engine } from '../../engine/dispatch/engine.ts'
import { renameCommand } from './rename.ts'

type Client = { engine: Engine; config: Configuration; call: (...words: string[]) => string }

/** A session of an engine whose clock stands still; `call` gives the bytes of the reply. */
function client(address = '127.0.0.1:5000'): Client {
  const stage = new Stage({ now: 1_700_000_000_000, databases: 1 })
  const { engine } = stage
  const one = stage.open({ address })
  return { engine, config: engine.config, call: (...words) => one.call(...words) }
}

test('GET answers with names and values, a map in RESP3', () => {
  const { engine, call } = client()
  assert.equal(call('CONFIG', 'GET', 'PORT'), '*2\r\n$4\r\nPORT\r\n$4\r\n6379\r\n')
  assert.equal(call('CONFIG', 'GET', 'nope'), '*0\r\n')
  for (const session of engine.sessions.values()) session.protocol = 3
  assert.equal(
    call('config', 'get', 'timeout', 'hz'),
    '%2\r\n$7\r\ntimeout\r\n$1\r\n0\r\n$2\r\nhz\r\n$2\r\n10\r\n',
  )
})

test('SET takes bytes as they are', () => {
  const { config, call } = client()
  assert.equal(call('CONFIG', 'SET', 'requirepass', 'a\xff\r\n'), '+OK\r\n')
  assert.equal(config.string('requirepass').value, 'a\xff\r\n')
  assert.equal(
    call('CONFIG', 'GET', 'requirepass'),
    '*2\r\n$11\r\nrequirepass\r\n$4\r\na\xff\r\n\r\n',
  )
})

test('SET names what it refuses', () => {
  const { call } = client()
  const failed = '-ERR CONFIG SET failed (possibly related to argument'
  assert.equal(
    call('CONFIG', 'SET', 'maxclients', 'x'),
    `${failed} 'maxclients') - argument couldn't be parsed into an integer\r\n`,
  )
  assert.equal(
    call('CONFIG', 'SET', 'no\nsuch', 'x'),
    "-ERR Unknown option or number of arguments for CONFIG SET - 'no such'\r\n",
  )
  assert.equal(
    call('CONFIG', 'SET', 'no\0such', 'x'),
    "-ERR Unknown option or number of arguments for CONFIG SET - 'no'\r\n",
  )
  assert.equal(call('CONFIG', 'SET', 'a', 'b', 'c'), '-ERR syntax error\r\n')
  assert.equal(
    call('CONFIG', 'SET', 'a'),
    "-ERR wrong number of arguments for 'config|set' command\r\n",
  )
})

test('protected directives are for those whom enable-protected-configs lets', () => {
  const protectedReason = /can't set protected config/
  const near = client('127.0.0.1:5000')
  const far = client('10.0.0.9:5000')
  const socket = client('/tmp/redis.sock:0')
  const six = client('[::1]:5000')
  for (const { call } of [near, far, socket, six]) {
    assert.match(call('CONFIG', 'SET', 'dbfilename', 'x'), protectedReason)
  }
  for (const { config } of [near, far, socket, six])
    config.amend('enable-protected-configs', 'local')
  assert.match(far.call('CONFIG', 'SET', 'dbfilename', 'x'), protectedReason)
  for (const { call } of [near, socket, six]) {
    assert.equal(call('CONFIG', 'SET', 'dbfilename', 'x'), '+OK\r\n')
  }
  far.config.amend('enable-protected-configs', 'yes')
  assert.equal(far.call('CONFIG', 'SET', 'dbfilename', 'x'), '+OK\r\n')
})

test('RESETSTAT sets counters of the server, of commands and of errors to zero', () => {
  const { engine, call } = client()
  call('CONFIG', 'SET', 'timeout', 'x')
  const set = engine.table.get('config')!.subcommands.get('set')!
  assert.equal(set.stats.failed, 1)
  assert.equal(engine.stats.errorKinds.get('ERR'), 1)
  assert.equal(call('CONFIG', 'RESETSTAT'), '+OK\r\n')
  assert.equal(set.stats.failed + set.stats.calls + engine.stats.errorReplies, 0)
  assert.equal(engine.stats.errorKinds.size, 0)
})

test('REWRITE replaces the file it was started with, and says why it cannot', () => {
  const { config, call } = client()
  assert.equal(call('CONFIG', 'REWRITE'), '-ERR The server is running without a config file\r\n')
  let text = '# mine\ntimeout 3\n'
  config.file = {
    read: () => text,
    replace: (next) => {
      text = next
    },
  }
  call('CONFIG', 'SET', 'timeout', '4')
  assert.equal(call('CONFIG', 'REWRITE'), '+OK\r\n')
  assert.match(text, /^# mine\ntimeout 4\n/)
  config.file.replace = () => {
    throw new Error('Permission denied')
  }
  assert.equal(call('CONFIG', 'REWRITE'), '-ERR Rewriting config file: Permission denied\r\n')
})

test('rename-command moves a command to another name or takes it away', () => {
  const { engine, call } = client()
  assert.equal(renameCommand(engine.table, 'nosuch', 'x'), 'unknown')
  assert.equal(renameCommand(engine.table, 'CONFIG', 'config'), 'renamed')
  assert.equal(renameCommand(engine.table, 'CONFIG', 'Settings'), 'renamed')
  assert.match(call('CONFIG', 'GET', 'hz'), /^-ERR unknown command/)
  assert.match(call('SETTINGS', 'GET', 'hz'), /^\*2/)
  assert.equal(renameCommand(engine.table, 'settings', ''), 'renamed')
  assert.match(call('SETTINGS', 'GET', 'hz'), /^-ERR unknown command/)
})

test('HELP lists every subcommand', () => {
  const { call } = client()
  const help = call('CONFIG', 'HELP')
  for (const name of ['GET', 'SET', 'RESETSTAT', 'REWRITE', 'HELP']) {
    assert.match(help, new RegExp(`\\+${name}`))
  }
})
