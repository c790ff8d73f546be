// bug-report.test.ts: what is left of a server that met a bug.

import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { reportBug } from './bug-report.ts'
import { Log } from './log.ts'

test('names the request, the place and the cause', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rubellite-bug-'))
  const log = new Log()
  log.file = join(folder, 'log')
  const cause = new TypeError('x is not a function')
  reportBug(log, new Error('the engine failed at "SET" "k"', { cause }))
  reportBug(log, 'thrown text')
  const text = readFileSync(log.file, 'utf8')
  assert.match(text, /^\n=== RUBELLITE BUG REPORT START/)
  assert.match(text, /# Rubellite \S+ \(Redis 8\.2\.3\), Node \S+, \w+ \w+\n/)
  assert.match(text, /Error: the engine failed at "SET" "k"\n {4}at .*\ncaused by TypeError: x is/s)
  assert.match(text, /\nthrown text\n=== RUBELLITE BUG REPORT END/)
  rmSync(folder, { recursive: true })
})
