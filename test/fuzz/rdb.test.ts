// rdb.test.ts: files of values of every type, damaged and cut: loaded as a consistent data set, or
// refused in words, in no more time and memory than such a file may take.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { NewFile, Storage } from '#src/engine/contract/ports.js'
import { sizeKeys } from '#src/features/persistence/key-sizes.js'
import { loadData } from '#src/features/persistence/load.js'
import { saveData } from '#src/features/persistence/save.js'
import { Crc64 } from '#src/formats/crc64.js'
import { RdbForeign } from '#src/formats/rdb/file-reader.js'
import { RdbError, RdbReader } from '#src/formats/rdb/reader.js'
import { lowLimits, smallValues } from '../differential/small-values.ts'
import { Seed } from '../support/seed.ts'
import { Stage } from '../support/stage.ts'

const header = 9
const checksum = 8
/** What a data set may take at most that is loaded from so small a file, in bytes. */
const memoryMax = 1 << 22

/** One file in memory. */
class OneFile implements Storage {
  readonly folder = '/'
  bytes: Buffer = Buffer.alloc(0)

  open() {
    const { bytes } = this
    let from = 0
    return {
      size: bytes.length,
      read(into: Uint8Array, at: number, length: number) {
        const got = bytes.copy(into, at, from, from + length)
        from += got
        return got
      },
      close() {},
    }
  }

  create(): NewFile {
    const parts: Buffer[] = []
    return {
      write: (bytes, start, end) => parts.push(Buffer.from(bytes.slice(start, end))),
      finish() {},
      publish: () => {
        this.bytes = Buffer.concat(parts)
      },
      discard() {},
    }
  }

  syncNames(): void {}
}

function open(storage: OneFile): Stage {
  const lines = Object.entries(lowLimits).map(([name, value]) => `${name} ${value}`)
  return new Stage({ host: { storage }, config: ['enable-debug-command yes', ...lines] })
}

function makeFile(): Buffer {
  const storage = new OneFile()
  const stage = open(storage)
  for (const [i, commands] of Object.values(smallValues).entries()) {
    stage.call('SELECT', i % 3)
    for (const command of commands) assert.doesNotMatch(stage.call(...command), /^-/)
  }
  stage.call('EXPIRE', 'text', '1000')
  assert.equal(saveData(stage.engine), true)
  return storage.bytes
}

function damage(whole: Buffer, seed: Seed): Buffer {
  let bytes: Buffer = Buffer.from(whole)
  for (let k = seed.between(1, 3); k > 0; k--) {
    const byte = seed.chance(0.5) ? seed.below(256) : seed.pick([0, 1, 0x80, 0x81, 0xc3, 0xff])
    bytes[header + seed.below(bytes.length - header)] = byte
  }
  const at = seed.below(bytes.length)
  if (seed.chance(0.2)) bytes = bytes.subarray(0, at)
  if (seed.chance(0.2)) bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 5)])
  const body = bytes.length - checksum
  if (body > 0 && seed.chance(0.8)) new Crc64().update(bytes, 0, body).write(bytes, body)
  return bytes
}

/** Loads a file; what was loaded must be whole, and the same when it was saved and loaded again. */
function tryFile(bytes: Buffer): boolean {
  const storage = new OneFile()
  storage.bytes = bytes
  const stage = open(storage)
  const { engine, log } = stage
  const began = performance.now()
  const isLoaded = loadData(engine, false)
  assert.ok(performance.now() - began < 2000, 'takes no time')
  assert.ok(engine.dataMemory < memoryMax, `takes ${engine.dataMemory} bytes`)
  for (const db of engine.databases) db.verify()
  if (!isLoaded) assert.ok(log.length > 0)
  observe(bytes, stage, isLoaded)
  const digest = stage.call('DEBUG', 'DIGEST')
  assert.equal(saveData(engine), true)
  const other = open(storage)
  assert.equal(loadData(other.engine, false), true, other.log.join('\n'))
  assert.equal(other.call('DEBUG', 'DIGEST'), digest)
  return isLoaded
}

/** What is only observed is refused in the same way, and is what is loaded. */
function observe(bytes: Buffer, stage: Stage, isLoaded: boolean): void {
  const { engine } = stage
  try {
    sizeKeys(new RdbReader(bytes), engine, ({ key, database, expireAt, type, value }) => {
      if (!isLoaded || value.count === 0 || expireAt !== -1) return
      const found = engine.databases[database]!.find(key)
      assert.notEqual(found, 0)
      stage.call('SELECT', String(database))
      assert.equal(stage.call('TYPE', key.text()), `+${type}\r\n`)
      const { encoding } = value
      const wanted = `$${encoding.length}\r\n${encoding}\r\n`
      assert.equal(stage.call('OBJECT', 'ENCODING', key.text()), wanted, key.text())
    })
  } catch (error) {
    if (isLoaded || !(error instanceof RdbError || error instanceof RdbForeign)) throw error
  }
}

test('a damaged file is loaded as consistent data, or refused in words', () => {
  const whole = makeFile()
  assert.equal(tryFile(whole), true)
  const seed = new Seed(31)
  let loaded = 0
  for (let i = 0; i < 3000; i++) {
    const bytes = damage(whole, seed)
    try {
      if (tryFile(bytes)) loaded++
    } catch (error) {
      throw new Error(`at ${bytes.toString('hex')}`, { cause: error })
    }
  }
  assert.ok(loaded > 100)
})

test('a file that is cut anywhere is refused', () => {
  const whole = makeFile()
  for (let length = 0; length < whole.length; length += 7) {
    assert.equal(tryFile(whole.subarray(0, length)), false, `${length}`)
  }
})
