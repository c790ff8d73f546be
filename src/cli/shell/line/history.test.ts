// history.test.ts: lines kept for later sessions, and secrets that are not.

import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { History, isSecret } from './history.ts'
import { splitWords } from './words.ts'

const secrets = [
  'AUTH x',
  'auth user x',
  'ACL SETUSER a >x',
  'acl getuser a',
  'CONFIG SET requirepass x',
  'config set maxmemory 1 masterauth x',
  'HELLO 3 AUTH user x',
  'HELLO 3 SETNAME n AUTH user x',
  'MIGRATE h 1 k 0 10 COPY AUTH x',
  'MIGRATE h 1 "" 0 10 AUTH2 u x KEYS a b',
  'SENTINEL CONFIG SET sentinel-pass x',
  'SENTINEL SET m auth-pass x',
]

const harmless = [
  'GET auth',
  'ACL LIST',
  'CONFIG GET requirepass',
  'CONFIG SET maxmemory requirepass',
  'HELLO 3',
  'HELLO 3 SETNAME auth',
  'MIGRATE h 1 "" 0 10 KEYS auth b',
  'SENTINEL SET m quorum 2',
]

test('knows the commands that carry secrets', () => {
  for (const line of secrets) assert.equal(isSecret(splitWords(Buffer.from(line))!), true, line)
  for (const line of harmless) assert.equal(isSecret(splitWords(Buffer.from(line))!), false, line)
})

test('keeps lines for the next session, repetitions once, in a private file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'history-test-'))
  try {
    const path = join(folder, 'history')
    const history = new History(path)
    assert.deepEqual(history.load(), [])
    for (const line of ['GET a', 'GET a', 'GET b', 'GET a']) history.add(line)
    assert.deepEqual(new History(path).load(), ['GET a', 'GET b', 'GET a'])
    assert.equal(statSync(path).mode & 0o777, 0o600)
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test('drops old lines when a session begins', () => {
  const folder = mkdtempSync(join(tmpdir(), 'history-test-'))
  try {
    const path = join(folder, 'history')
    writeFileSync(path, Array.from({ length: 1500 }, (_, at) => `GET ${at}\n`).join(''))
    assert.equal(new History(path).load().length, 1000)
    assert.match(readFileSync(path, 'utf8'), /^GET 500\n/)
  } finally {
    rmSync(folder, { recursive: true })
  }
})
