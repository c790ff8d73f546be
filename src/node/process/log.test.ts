// log.test.ts: the lines of the log.

import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { Log } from './log.ts'

const folder = mkdtempSync(join(tmpdir(), 'rubellite-log-'))
after(() => rmSync(folder, { recursive: true }))

test('writes lines of the level and above, as redis-server does', () => {
  const log = new Log()
  log.file = join(folder, 'a.log')
  log.write('notice', 'first')
  log.role = 'M'
  log.write('warning', 'two\nlines')
  log.write('verbose', 'not shown')
  log.level = 'debug'
  log.write('debug', 'shown')
  log.signal('Received SIGTERM scheduling shutdown...')
  log.level = 'nothing'
  log.write('warning', 'not shown')
  const lines = readFileSync(log.file, 'utf8').split('\n')
  const when = String.raw`\d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d\.\d{3}`
  assert.match(lines[0]!, new RegExp(`^${process.pid}:C ${when} \\* first$`))
  assert.match(lines[1]!, new RegExp(`^${process.pid}:M ${when} # two lines$`))
  assert.match(lines[2]!, new RegExp(`^${process.pid}:M ${when} \\. shown$`))
  assert.match(lines[3]!, new RegExp(`^${process.pid}:signal-handler \\(\\d+\\) Received SIGTERM`))
  assert.deepEqual(lines.slice(4), [''])
})

test('begins a new file when the old one was moved away, and survives one it cannot write', () => {
  const log = new Log()
  log.file = join(folder, 'b.log')
  log.write('notice', 'old')
  renameSync(log.file, join(folder, 'b.log.1'))
  log.write('notice', 'new')
  assert.match(readFileSync(log.file, 'utf8'), /^\S+ [^\n]* new\n$/)
  log.file = join(folder, 'none', 'c.log')
  log.write('notice', 'lost')
})
