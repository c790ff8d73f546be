// config-files.test.ts: files that are included, and the file that is rewritten.

import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { bytesText, pathOf, RewritableFile, readConfigFile, readIncluded } from './config-files.ts'

const folder = mkdtempSync(join(tmpdir(), 'rubellite-config-'))
after(() => rmSync(folder, { recursive: true }))

test('text is bytes inside and paths outside', () => {
  assert.equal(bytesText('ä'), '\xc3\xa4')
  assert.equal(pathOf('\xc3\xa4'), 'ä')
})

test('an included file must be there, those of a pattern need not', () => {
  mkdirSync(join(folder, 'conf.d'))
  writeFileSync(join(folder, 'conf.d', 'b.conf'), 'hz 20\n')
  writeFileSync(join(folder, 'conf.d', 'a.conf'), 'timeout 5')
  writeFileSync(join(folder, 'conf.d', '.hidden.conf'), 'nonsense')
  assert.equal(readIncluded(join(folder, 'conf.d', '*.conf')), 'timeout 5\nhz 20\n')
  assert.equal(readIncluded(join(folder, '*.d', '[ab].conf')), 'timeout 5\nhz 20\n')
  assert.equal(readIncluded(join(folder, 'none', '*.conf')), '')
  const missing = join(folder, 'none.conf')
  assert.throws(() => readIncluded(missing), {
    message: `Fatal error, can't open config file '${missing}': No such file or directory`,
  })
})

test('the mark that some editors write in front is no part of the first line', () => {
  const path = join(folder, 'marked.conf')
  writeFileSync(path, '\ufeffport 7000\n')
  assert.equal(readConfigFile(path), 'port 7000\n')
  assert.equal(readIncluded(path), 'port 7000\n')
  assert.equal(new RewritableFile(path).read(), 'port 7000\n')
})

test('a rewritten file takes the place of the old one whole', () => {
  const path = join(folder, 'redis.conf')
  const file = new RewritableFile(path)
  assert.equal(file.read(), '')
  file.replace('requirepass "\xff"\n')
  assert.equal(file.read(), 'requirepass "\xff"\n')
  assert.equal(readFileSync(path).at(-3), 0xff)
  assert.deepEqual(
    readdirSync(folder).filter((name) => name.endsWith('.tmp')),
    [],
  )
  assert.throws(() => new RewritableFile(join(folder, 'none', 'x')).replace(''), /No such file/)
})
