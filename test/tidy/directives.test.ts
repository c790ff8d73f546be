// directives.test.ts: a directive that is said to act is read by some code.
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { core } from '#src/core.js'
import { directivesOf } from '#src/features/config/notes.js'
import { root } from '../support/root.ts'

const directives = directivesOf(core)

test('every directive that acts is named outside of the table', () => {
  const sources = sourcesBelow(join(root, 'src'))
  const acting = directives.filter(({ effect }) => effect.state === 'acts')
  const unread = acting.filter(({ name }) => !sources.some((text) => text.includes(`'${name}'`)))
  assert.deepEqual(
    unread.map(({ name }) => name),
    [],
  )
})

/** The texts of all sources but tests and the tables of directives themselves. */
function sourcesBelow(folder: string): string[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  const code = names.filter(
    (name) =>
      /\.ts$/.test(name) && !/\.test\.ts$|directives(-\w+)?\.ts$|directive-order/.test(name),
  )
  return code.map((name) => readFileSync(join(folder, name), 'utf8'))
}
