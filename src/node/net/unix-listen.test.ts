// unix-listen.test.ts: what gives way to a Unix socket, and which paths are too long for one.

import assert from 'node:assert/strict'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { Rubellite } from '../embedded/rubellite.ts'
import { listenUnix } from './unix-listen.ts'

const folder = mkdtempSync(join(tmpdir(), 'rubellite-unix-'))
after(() => rmSync(folder, { recursive: true }))

/** A path in the folder that is so many bytes long. */
function pathOf(size: number): string {
  return join(folder, 'x'.repeat(size - Buffer.byteLength(folder) - 1))
}

const isLinux = process.platform === 'linux'

test('a path is taken whole or refused, never cut', { skip: !isLinux }, async () => {
  await using db = await Rubellite.open()
  assert.equal(await db.listen({ path: pathOf(107) }), `unix://${pathOf(107)}`)
  assert.ok(existsSync(pathOf(107)))
  for (const size of [108, 130]) {
    const message = `unix socket path too long (${size}), must be under 108`
    await assert.rejects(db.listen({ path: pathOf(size) }), { message })
    const place = { path: pathOf(size), permission: 0, backlog: 1 }
    await assert.rejects(
      listenUnix(place, () => {}),
      { message },
    )
  }
  const bytes = join(folder, 'ä'.repeat(50))
  await assert.rejects(db.listen({ path: bytes }), /too long \(\d+\), must be under 108$/)
})

test('an embedded database replaces a socket and nothing else', async () => {
  await using db = await Rubellite.open()
  const file = join(folder, 'file')
  writeFileSync(file, 'kept')
  await assert.rejects(db.listen({ path: file }), { message: `'${file}' exists and is no socket` })
  assert.equal(readFileSync(file, 'utf8'), 'kept')
  const inner = join(folder, 'inner')
  mkdirSync(inner)
  await assert.rejects(db.listen({ path: inner }), /is no socket$/)
  const path = join(folder, 'a.sock')
  const older = createServer()
  await new Promise<void>((done) => older.listen(path, done))
  assert.equal(await db.listen({ path }), `unix://${path}`)
  older.close()
})
