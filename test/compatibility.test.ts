// compatibility.test.ts: COMPATIBILITY.md says what the tables say, and the version is one.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { VERSION } from '#src/engine/contract/version.js'
import { compatibilityPage, idleNotes } from './compatibility/document.ts'
import { assertNone } from './support/none.ts'
import { root } from './support/root.ts'

test('COMPATIBILITY.md is what `node scripts/compatibility.mjs` writes', () => {
  const page = readFileSync(join(root, 'COMPATIBILITY.md'), 'utf8').split('\n')
  const expected = compatibilityPage().split('\n')
  const line = expected.findIndex((text, i) => text !== page[i])
  assert.ok(
    line < 0 && page.length === expected.length,
    `run \`node scripts/compatibility.mjs\`: line ${line + 1} should be\n${expected[line]}`,
  )
})

test('every note is about a command that is there', () => {
  assertNone(idleNotes())
})

test('the version that INFO names is that of the package', () => {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  assert.equal(VERSION, version)
})
