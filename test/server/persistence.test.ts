// persistence.test.ts: the file of a server's data: saved, loaded at the start, damaged.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { root } from '../support/root.ts'
import { startRubellite, type TestServer } from '../support/servers.ts'

const folder = mkdtempSync(join(tmpdir(), 'rubellite-save-'))
after(() => rmSync(folder, { recursive: true }))
const file = join(folder, 'data.rdb')
const place = ['--dir', folder, '--dbfilename', 'data.rdb']

async function ask(server: TestServer, ...command: string[]): Promise<string> {
  const wire = await server.connect()
  const reply = (await wire.call(...command)).raw.toString()
  wire.close()
  return reply
}

/** Sends a command that ends the server, and waits for the end. */
async function end(server: TestServer, ...command: string[]): Promise<void> {
  const wire = await server.connect()
  await wire.attempt([command])
  for (let i = 0; i < 500 && server.isAlive(); i++) await sleep(10)
  assert.equal(server.isAlive(), false)
  await server.stop()
}

/** Starts a server that is to fail; its exit code and the texts of its last lines. */
function failing(count: number) {
  const args = [join(root, 'bin', 'rubellite'), 'server', '--port', '0', ...place]
  const unix = ['--unixsocket', join(folder, 'never.sock')]
  const { status, stdout } = spawnSync(process.execPath, [...args, ...unix], {
    encoding: 'utf8',
    timeout: 20_000,
  })
  const texts = stdout.trim().split('\n').slice(-count)
  return { status, texts: texts.map((line) => line.replace(/^.*?\.\d{3} . /, '')) }
}

describe('the file of the data', () => {
  test('is written by SAVE and loaded at the next start', async () => {
    const first = await startRubellite(place)
    await ask(first, 'SET', 'k', 'v')
    assert.equal(await ask(first, 'SAVE'), '+OK\r\n')
    assert.match(first.log(), /\* DB saved on disk\n$/)
    assert.deepEqual(readdirSync(folder), ['data.rdb'])
    await ask(first, 'SET', 'k', 'lost')
    await end(first, 'SHUTDOWN')
    const second = await startRubellite(place)
    assert.equal(await ask(second, 'GET', 'k'), '$1\r\nv\r\n')
    const lines = [
      'Server initialized',
      'Loading RDB produced by version 8.2.3',
      'RDB age \\d+ seconds',
    ]
    lines.push('RDB memory usage when created [\\d.]+ Mb', 'Done loading RDB, keys loaded: 1, .*')
    lines.push('DB loaded from disk: [\\d.]+ seconds')
    assert.match(second.log(), new RegExp(lines.map((line) => `\\* ${line}\n`).join('.*')))
    await second.stop()
  })

  test('is written by SHUTDOWN SAVE and by a signal that is to', async () => {
    for (const way of ['command', 'signal']) {
      rmSync(file, { force: true })
      const server = await startRubellite([...place, '--shutdown-on-sigterm', 'save'])
      await ask(server, 'SET', 'way', way)
      if (way === 'command') await end(server, 'SHUTDOWN', 'SAVE')
      else await server.stop()
      assert.match(
        server.log(),
        /Saving the final RDB snapshot before exiting\.\n.*DB saved on disk/,
      )
      assert.ok(readFileSync(file).includes(way))
    }
  })

  test('is left alone by SHUTDOWN NOSAVE and SIGTERM', async () => {
    rmSync(file, { force: true })
    const server = await startRubellite(place)
    await ask(server, 'SET', 'k', 'v')
    await end(server, 'SHUTDOWN', 'NOSAVE')
    const other = await startRubellite(place)
    await ask(other, 'SET', 'k', 'v')
    await other.stop()
    assert.equal(existsSync(file), false)
  })

  test('that cannot be written keeps the server from ending, unless it is forced', async () => {
    rmSync(file, { force: true })
    const gone = join(folder, 'gone')
    mkdirSync(gone)
    const server = await startRubellite(['--dir', gone])
    rmSync(gone, { recursive: true })
    assert.equal(await ask(server, 'SAVE'), '-ERR\r\n')
    assert.match(server.log(), /# Failed opening the temp RDB file temp-\d+\.rdb .*: No such file/)
    assert.match(await ask(server, 'SHUTDOWN', 'SAVE'), /^-ERR Errors trying to SHUTDOWN/)
    assert.equal(await ask(server, 'PING'), '+PONG\r\n')
    await end(server, 'SHUTDOWN', 'SAVE', 'FORCE')
    assert.match(server.log(), /Error trying to save the DB\. Exit anyway\./)
  })

  test('that is damaged ends the start with code 1 and says where', () => {
    writeFileSync(file, 'REDIS0012\xfe\x00\x00\x01k', 'latin1')
    const { status, texts } = failing(3)
    assert.equal(status, 1)
    assert.deepEqual(texts, [
      'Short read or OOM loading DB. Unrecoverable error, aborting now.',
      'Internal error in RDB reading offset 14 -> the input ends early',
      'Terminating server after rdb file reading failure.',
    ])
    writeFileSync(file, 'no such thing', 'latin1')
    const other = failing(2)
    assert.equal(other.status, 1)
    assert.equal(other.texts[0], 'Wrong signature trying to load DB from file')
    rmSync(file)
    mkdirSync(file)
    assert.equal(failing(1).status, 1)
    rmSync(file, { recursive: true })
  })

  test('is not half-read when a client asks: it is told to wait', async () => {
    const first = await startRubellite([...place, '--enable-debug-command', 'yes'])
    await ask(first, 'DEBUG', 'POPULATE', '2000', 'key', '1000')
    await end(first, 'SHUTDOWN', 'SAVE')
    // The start waits for the first answer, which is that of PING.
    const slow = ['--key-load-delay', '500', '--loading-process-events-interval-bytes', '1024']
    const second = await startRubellite([...place, ...slow])
    assert.equal(
      await ask(second, 'GET', 'key:1'),
      '-LOADING Redis is loading the dataset in memory\r\n',
    )
    assert.match(await ask(second, 'INFO', 'persistence'), /loading:1\r\n.*loading_loaded_perc:/s)
    await end(second, 'SHUTDOWN', 'SAVE')
    assert.ok(!second.log().includes('DB saved on disk'))
    assert.ok(readFileSync(file).length > 10_000)
  })
})
