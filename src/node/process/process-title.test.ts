// process-title.test.ts: the template of the process title.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { listenAddress, processTitle } from './process-title.ts'

test('fills in the variables', () => {
  const facts = {
    title: 'rubellite',
    listenAddress: '*:6379',
    port: 6379,
    unixSocket: '/tmp/a.sock',
    configFile: '/etc/redis.conf',
  }
  assert.equal(processTitle('{title} {listen-addr} {server-mode}', facts), 'rubellite *:6379')
  assert.equal(
    processTitle('{{x} {port} {tls-port} {unixsocket} {config-file} {other}', facts),
    '{x} 6379 0 /tmp/a.sock /etc/redis.conf {other}',
  )
})

test('names the first address, or the Unix socket', () => {
  assert.equal(listenAddress(['*', '-::*'], 6379, ''), '*:6379')
  assert.equal(listenAddress(['-::1'], 6379, '/tmp/a.sock'), '[::1]:6379')
  assert.equal(listenAddress(['*'], 0, '/tmp/a.sock'), 'unixsocket:/tmp/a.sock')
})
