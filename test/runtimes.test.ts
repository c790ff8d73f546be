// runtimes.test.ts: the server and the library on the runtimes of today, where those are installed.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { root } from './support/root.ts'

const smoke = fileURLToPath(new URL('./runtimes/smoke.js', import.meta.url))

const runtimes: Record<string, string[]> = {
  'node-22': [],
  'node-24': [],
  'node-26': [],
  bun: [],
  deno: ['run', '-A'],
}

/** Parts of the smoke suite, and what each says. */
const parts = {
  start: 'the server answers and SIGTERM ends it with 0',
  families: 'the server listens on both families, or on IPv6 alone',
  port: 'CONFIG SET port moves the server',
  signals: 'SIGUSR1 ends the server and opens no debugger',
  embed: 'calls, the clock, blocking calls and subscriptions work in the process',
  client: 'ioredis and node-redis work, over TCP and in the process',
  package: 'the package is found by import and by require',
}

let folder: string
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'rubellite-runtimes-'))
  mkdirSync(join(folder, 'node_modules'))
  const manifest = { private: true, type: 'module', dependencies: { rubellite: '*' } }
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest))
  symlinkSync(root, join(folder, 'node_modules', 'rubellite'))
})
after(() => rmSync(folder, { recursive: true, force: true }))

function tries(part: string, program: string, first: string[]): void {
  const { stdout, stderr } = spawnSync(program, [...first, smoke, part], {
    cwd: folder,
    encoding: 'utf8',
    timeout: 60_000,
  })
  assert.equal(stdout, 'passed\n', stderr)
}

for (const [name, first] of Object.entries(runtimes)) {
  const program = join(root, '.references', 'runtimes', name, 'run')
  const skip = existsSync(program) ? false : 'not here (node scripts/runtimes.mjs installs it)'
  describe(`on ${name}`, { skip }, () => {
    for (const [part, title] of Object.entries(parts)) {
      test(title, () => tries(part, program, first))
    }
  })
}

describe('without what only Linux has', () => {
  const elsewhere = new URL('./runtimes/elsewhere.js', import.meta.url).href
  for (const part of ['start', 'port', 'embed', 'client'] as const) {
    test(parts[part], () => tries(part, process.execPath, ['--import', elsewhere]))
  }
})
