// test.mjs: `npm test`: sets up what is missing, then runs every test with Node's own runner.
// Compiling is the check of types; lint and tidy are tests among the others.
//   npm test                     everything
//   npm test -- transcripts      the test files whose path contains one of the words
import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join, relative } from 'node:path'
import { root, setUp } from './setup.mjs'

setUp()
const words = process.argv.slice(2)
const files = readdirSync(join(root, 'dist'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.test.js') && !file.startsWith('cjs'))
  .filter((file) => words.length === 0 || words.some((word) => file.includes(word)))
  .map((file) => relative(root, join(root, 'dist', file)))
  .sort()
if (files.length === 0) {
  console.error(`no test file matches: ${words.join(' ')}`)
  process.exit(1)
}
// Without a terminal the runner's closing lines (# tests, # pass, # fail) stand last.
const reporter = process.stdout.isTTY && !process.env.CI ? 'spec' : 'tap'
const options = ['--test', `--test-reporter=${reporter}`, '--test-reporter-destination=stdout']
const { status } = spawnSync(process.execPath, [...options, ...files], {
  cwd: root,
  stdio: ['ignore', 'inherit', 'inherit'],
})
process.exit(status ?? 1)
