// data-folder.test.ts: an embedded database with a file: loaded when it is opened, written by SAVE.

import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import { Rubellite } from './rubellite.ts'

const root = mkdtempSync(join(tmpdir(), 'rubellite-ä-'))
after(() => rmSync(root, { recursive: true }))

function newFolder(): string {
  return mkdtempSync(join(root, 'data-'))
}

describe('a database with a folder', () => {
  test('has its data again when it is opened again, and the program its own folder', async () => {
    const dir = newFolder()
    const before = process.cwd()
    const config = { dir, dbfilename: 'mine.rdb' }
    const db = await Rubellite.open({ config })
    db.call('SET', 'k', 'v')
    db.call('RPUSH', 'list', 1, 2, 3)
    db.call('SETEX', 'brief', 1000, 'x')
    assert.equal(db.call('SAVE'), 'OK')
    db.call('SET', 'k', 'not saved')
    await db.close()
    assert.deepEqual(readdirSync(dir), ['mine.rdb'])
    assert.equal(process.cwd(), before)
    await using again = await Rubellite.open({ config })
    assert.equal(again.call('GET', 'k'), 'v')
    assert.deepEqual(again.call('LRANGE', 'list', 0, -1), ['1', '2', '3'])
    assert.ok(again.call<number>('TTL', 'brief') > 900)
    assert.equal(again.call<Map<string, string>>('CONFIG', 'GET', 'dir').get('dir'), dir)
    assert.equal(again.call('DEBUG', 'RELOAD'), 'OK')
    assert.equal(again.call('DBSIZE'), 3)
  })

  test('begins empty without a file, and large files load in steps', async () => {
    const dir = newFolder()
    const db = await Rubellite.open({ config: { dir } })
    assert.equal(db.call('DBSIZE'), 0)
    for (let i = 0; i < 6; i++) {
      db.call('SET', i, String(i).repeat(1_000_000))
      db.call('SET', `n${i}`, i)
    }
    db.call('CONFIG', 'SET', 'rdbcompression', 'no')
    db.call('SAVE')
    await db.close()
    await using again = await Rubellite.open({ config: { dir } })
    assert.equal(again.call('DBSIZE'), 12)
    assert.equal(again.call('STRLEN', 5), 1_000_000)
  })

  test('two folders are two databases', async () => {
    const configs = [{ dir: newFolder() }, { dir: newFolder() }]
    for (const config of configs) {
      await using db = await Rubellite.open({ config })
      db.call('SET', 'where', config.dir)
      db.call('SAVE')
    }
    for (const config of configs) {
      await using db = await Rubellite.open({ config })
      assert.equal(db.call('GET', 'where'), config.dir)
    }
  })

  test('a file that is damaged is named, and left as it is', async () => {
    const dir = newFolder()
    const file = join(dir, 'dump.rdb')
    writeFileSync(file, 'REDIS0011 this is none')
    await assert.rejects(Rubellite.open({ config: { dir } }), (error: Error) => {
      assert.ok(error.message.startsWith(`cannot load '${file}': `), error.message)
      assert.ok(error.message.length > file.length + 20, error.message)
      return true
    })
    assert.deepEqual(readdirSync(dir), ['dump.rdb'])
  })

  test('a folder that is none is named', async () => {
    const dir = join(root, 'absent')
    const absent = /^directive 'dir': No such file or directory$/
    await assert.rejects(Rubellite.open({ config: { dir } }), { message: absent })
    const file = join(newFolder(), 'file')
    writeFileSync(file, '')
    const message = /^directive 'dir': Not a directory$/
    await assert.rejects(Rubellite.open({ config: { dir: file } }), { message })
  })
})

test('without a folder a database lives in memory only', async () => {
  await using db = await Rubellite.open({ config: { dbfilename: 'memory-only.rdb' } })
  assert.throws(() => db.call('SAVE'), /lives in memory only/)
  assert.equal(existsSync('memory-only.rdb'), false)
})
