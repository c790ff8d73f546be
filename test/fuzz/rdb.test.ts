// rdb.test.ts: files of values of every type, damaged and cut: loaded as a consistent data set, or
// refused in words, in no more time and memory than such a file may take.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { latin1 } from '#src/bytes/span.js'
import { core } from '#src/core.js'
import { loadConfiguration } from '#src/engine/configuration-load.js'
import { Engine } from '#src/engine/engine.js'
import { type NewFile, noHost, type Storage } from '#src/engine/ports.js'
import { loadData } from '#src/features/persistence/load.js'
import { saveData } from '#src/features/persistence/save.js'
import { Crc64 } from '#src/formats/crc64.js'
import { lowLimits, smallValues } from '../differential/small-values.ts'
import { encodeRequest } from '../support/resp.ts'
import { Seed } from '../support/seed.ts'

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

function open(storage: OneFile) {
  const log: string[] = []
  const engine = new Engine({
    modules: core,
    clock: { now: () => 1_893_456_000_000, micros: () => 0, sleep() {} },
    entropy: { fill: (bytes) => bytes.fill(7) },
    seed: 1,
    host: { ...noHost, storage, log: (_, text) => log.push(text) },
    configure({ config }) {
      const lines = Object.entries(lowLimits).map(([name, value]) => `${name} ${value}`)
      const sources = { include: () => '', rename: () => 'renamed' as const }
      loadConfiguration(config, ['enable-debug-command yes', ...lines].join('\n'), sources)
    },
  })
  let reply = ''
  const session = engine.open({
    send(output) {
      reply += Buffer.from(output.collect()).toString('latin1')
    },
    close() {},
    pending: 0,
    address: '127.0.0.1:5000',
    localAddress: '127.0.0.1:6379',
    descriptor: -1,
  })
  const call = (...words: string[]) => {
    reply = ''
    session.receive(encodeRequest(words.map(latin1)))
    session.flush()
    return reply
  }
  return { engine, call, log }
}

function makeFile(): Buffer {
  const storage = new OneFile()
  const { engine, call } = open(storage)
  for (const [i, commands] of Object.values(smallValues).entries()) {
    call('SELECT', String(i % 3))
    for (const command of commands) assert.doesNotMatch(call(...command), /^-/)
  }
  call('EXPIRE', 'text', '1000')
  assert.equal(saveData(engine), true)
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
  const { engine, call, log } = open(storage)
  const began = performance.now()
  const isLoaded = loadData(engine, false)
  assert.ok(performance.now() - began < 2000, 'takes no time')
  assert.ok(engine.dataMemory < memoryMax, `takes ${engine.dataMemory} bytes`)
  for (const db of engine.databases) db.verify()
  if (!isLoaded) assert.ok(log.length > 0)
  const digest = call('DEBUG', 'DIGEST')
  assert.equal(saveData(engine), true)
  const other = open(storage)
  assert.equal(loadData(other.engine, false), true, other.log.join('\n'))
  assert.equal(other.call('DEBUG', 'DIGEST'), digest)
  return isLoaded
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
