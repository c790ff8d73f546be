// url.test.ts: server addresses as people write them.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { leadingInteger, parseAddress, type ServerAddress } from './url.ts'

const examples: [string, ServerAddress][] = [
  ['redis://', { tls: false }],
  ['REDIS://localhost', { tls: false, host: 'localhost' }],
  ['rediss://localhost', { tls: true, host: 'localhost' }],
  ['redis://localhost:7000', { tls: false, host: 'localhost', port: 7000 }],
  ['redis://localhost:7000/', { tls: false, host: 'localhost', port: 7000 }],
  ['redis://:7000', { tls: false, port: 7000 }],
  ['redis:///5', { tls: false, database: 5 }],
  ['redis://[::1]:7000/2', { tls: false, host: '::1', port: 7000, database: 2 }],
  ['redis://[::1]', { tls: false, host: '::1' }],
  ['redis://secret@host', { tls: false, host: 'host', password: 'secret' }],
  ['redis://:secret@host', { tls: false, host: 'host', password: 'secret' }],
  ['redis://u:p@host/1', { tls: false, host: 'host', user: 'u', password: 'p', database: 1 }],
  ['redis://u:a%40b%C3%A9:c@h', { tls: false, host: 'h', user: 'u', password: 'a@bé:c' }],
  ['redis://u:p@', { tls: false, user: 'u', password: 'p' }],
  ['unix:///run/redis.sock', { tls: false, path: '/run/redis.sock' }],
  ['unix://:p@/a%20b?db=3', { tls: false, path: '/a b', password: 'p', database: 3 }],
]

test('reads hosts, ports, users, databases and sockets', () => {
  for (const [url, expected] of examples) assert.deepEqual(parseAddress(url), expected, url)
})

test('refuses other schemes and broken escapes', () => {
  assert.throws(() => parseAddress('http://localhost'), /Invalid URI scheme/)
  assert.throws(() => parseAddress('localhost:6379'), /Invalid URI scheme/)
  assert.throws(() => parseAddress('redis://a:%@host'), /Incomplete URI encoding/)
  assert.throws(() => parseAddress('redis://a:%g0@host'), /Illegal character in URI encoding/)
  assert.throws(() => parseAddress('unix://'), /path of a socket/)
})

test('reads the number a text begins with', () => {
  assert.equal(leadingInteger('12ab'), 12)
  assert.equal(leadingInteger(' -3'), -3)
  assert.equal(leadingInteger('x'), 0)
})
