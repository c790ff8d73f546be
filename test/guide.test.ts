// guide.test.ts: runs the code in docs/guide. A block marked `js` is a program; when a block marked
// `text` follows it, that is what it prints.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { root } from './support/root.ts'

const guide = join(root, 'docs', 'guide')
const pattern = /^```js\n(.*?)^```\n(?:\n```text\n(.*?)^```\n)?/gms

describe('the guide', () => {
  let folder: string
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'rubellite-guide-'))
    const modules = join(folder, 'node_modules')
    mkdirSync(modules)
    symlinkSync(root, join(modules, 'rubellite'))
    for (const client of ['ioredis', 'redis']) {
      symlinkSync(join(root, 'node_modules', client), join(modules, client))
    }
  })
  after(() => rmSync(folder, { recursive: true, force: true }))

  for (const page of readdirSync(guide).filter((name) => name.endsWith('.md'))) {
    const text = readFileSync(join(guide, page), 'utf8')
    for (const block of text.matchAll(pattern)) {
      const [whole, program = '', printed] = block
      const line = text.slice(0, text.indexOf(whole)).split('\n').length
      test(`${page}, line ${line}`, () => {
        const file = join(folder, `${page}-${line}.mjs`)
        writeFileSync(file, program)
        const options = { cwd: folder, encoding: 'utf8', timeout: 20_000 } as const
        const { status, stdout, stderr } = spawnSync(process.execPath, [file], options)
        assert.equal(status, 0, `${stdout}${stderr}`)
        if (printed !== undefined) assert.equal(stdout, printed)
      })
    }
  }
})
