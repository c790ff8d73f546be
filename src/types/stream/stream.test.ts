// stream.test.ts: a stream against a naive twin: an array of entries.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Ledger } from '../../bytes/memory/ledger.ts'
import { Output } from '../../bytes/wire/output.ts'
import { Reply } from '../../bytes/wire/reply.ts'
import { Words } from '../../bytes/wire/request.ts'
import { Args } from '../../engine/arguments/args.ts'
import { Limits } from '../../engine/contract/limits.ts'
import { Random } from '../../engine/contract/random.ts'
import { RdbReader } from '../../formats/rdb/reader.ts'
import { RdbWriter } from '../../formats/rdb/writer.ts'
import { appendEntry } from './append.ts'
import { loadStream } from './codec-load.ts'
import { saveStream } from './codec-save.ts'
import { replyEntry } from './commands/entry-reply.ts'
import { BY_ID, BY_LENGTH, Trim, trimStream } from './commands/trim.ts'
import { eraseEntry, findFirst, readLastValid } from './erase.ts'
import { type Id, idText, newId } from './id.ts'
import { streamLimits } from './limits.ts'
import { Bookmark } from './nodes/bookmark.ts'
import { Reader } from './nodes/reader.ts'
import { Stream, type StreamParts } from './stream.ts'

type Twin = { id: bigint; parts: string[] }[]

const random = new Random(3)
const below = (n: number) => random.below(n)
const reader = new Reader()
const bookmark = new Bookmark()
const nowhere = new Bookmark()

function idOf(n: bigint): Id {
  const id = newId()
  for (let i = 0; i < 4; i++) id[i] = Number(BigInt.asIntN(32, n >> BigInt(96 - 32 * i)))
  return id
}

function argsOf(parts: readonly string[]): Args {
  const args = new Args()
  const words = new Words()
  words.bytes = Buffer.from(parts.join(''), 'latin1')
  let at = 0
  for (const part of parts) {
    words.add(at, at + part.length)
    at += part.length
  }
  args.words = words
  return args
}

function shown({ id, parts }: Twin[number]): string {
  const bulks = parts.map((part) => `$${part.length}\r\n${part}\r\n`).join('')
  const text = idText(idOf(id))
  return `*2\r\n$${text.length}\r\n${text}\r\n*${parts.length}\r\n${bulks}`
}

/** What the reader's entry is sent as. */
function read(): string {
  const reply = new Reply(new Output())
  replyEntry(reply, reader)
  return Buffer.from(reply.output.collect()).toString('latin1')
}

const texts = ['', '0', '-1', '127', '128', '4096', '-4097', '70000', '9223372036854775807', '007']
const long = ['x'.repeat(63), 'y'.repeat(64), 'z'.repeat(300), 'w'.repeat(5000)]

function someText(): string {
  const kind = below(20)
  if (kind === 0) return long[below(long.length)]!
  return kind < 10 ? texts[below(texts.length)]! : `text-${below(1000)}`
}

const usual = ['temperature', '5']

function someParts(): string[] {
  const fields = below(3) > 0 ? usual : Array.from({ length: 1 + below(3) }, someText)
  return fields.flatMap((field) => [field, someText()])
}

function append(stream: Stream, twin: Twin, last: bigint): bigint {
  const far = below(20) === 0
  const step = BigInt(below(3) === 0 ? 1 + below(4) : 1) << (below(2) === 0 ? 64n : 0n)
  const id = far ? last + (1n << BigInt(below(100))) : last + step
  const parts = someParts()
  appendEntry(stream, idOf(id), argsOf(parts), 0)
  twin.push({ id, parts })
  return id
}

function erase(stream: Stream, twin: Twin): void {
  const index = below(2) === 0 ? below(twin.length + 1) : 0
  const entry = twin[index]
  const id = entry?.id ?? BigInt(below(1000))
  const isThere = twin.some((one) => one.id === id)
  assert.equal(eraseEntry(stream, idOf(id)), isThere)
  if (isThere)
    twin.splice(
      twin.findIndex((one) => one.id === id),
      1,
    )
  findFirst(stream)
}

function trim(stream: Stream, twin: Twin): void {
  const options = new Trim()
  const keep = below(twin.length + 3)
  options.length = keep
  options.id.set(idOf(twin.at(-keep - 1)?.id ?? 0n))
  options.strategy = below(2) === 0 ? BY_LENGTH : BY_ID
  options.approximate = below(2) === 0
  const gone = trimStream(stream, options)
  const from = options.strategy === BY_LENGTH ? twin.length - keep : twin.length - keep - 1
  if (options.approximate) assert.ok(gone <= Math.max(from, 0))
  else assert.equal(gone, Math.max(from, 0))
  twin.splice(0, gone)
}

function someId(twin: Twin): bigint {
  const kind = below(6)
  if (kind === 0) return 0n
  if (kind === 1) return 2n ** 128n - 1n
  const id = twin[below(twin.length)]?.id ?? 5n
  return id + BigInt(below(3) - 1)
}

function compareRanges(stream: Stream, twin: Twin): void {
  const [a, b] = [someId(twin), someId(twin)]
  const [start, end] = a < b || below(10) === 0 ? [a, b] : [b, a]
  const most = below(2) === 0 ? 1 + below(5) : Infinity
  const found = twin.filter(({ id }) => id >= start && id <= end)
  const mark = below(2) === 0 ? bookmark : nowhere
  let count = reader.seek(stream, idOf(start), mark) ? reader.countTo(idOf(end), most) : 0
  assert.equal(count, Math.min(found.length, most))
  for (let i = 0; i < count; i++) {
    assert.equal(read(), shown(found[i]!))
    if (i < count - 1) assert.ok(reader.next())
    else if (mark === bookmark) reader.leave(bookmark)
  }
  count = reader.seekLast(stream, idOf(end)) ? reader.countBackTo(idOf(start), most) : 0
  assert.equal(count, Math.min(found.length, most))
  for (let i = 0; i < count; i++) {
    assert.equal(read(), shown(found[found.length - 1 - i]!))
    if (i < count - 1) assert.ok(reader.previous())
  }
  assert.equal(
    reader.find(stream, idOf(start)),
    twin.some(({ id }) => id === start),
  )
}

function dumped(stream: Stream, version = 12): Uint8Array {
  const writer = new RdbWriter({ compress: false, version })
  Array.from(saveStream(stream, writer))
  return writer.take()
}

function compareWhole(stream: Stream, twin: Twin): void {
  stream.verify()
  assert.equal(stream.length, twin.length)
  assert.equal(idText(stream.firstId), idText(idOf(twin[0]?.id ?? 0n)))
  const id = newId()
  assert.equal(readLastValid(stream, id), twin.length > 0)
  if (twin.length > 0) assert.equal(idText(id), idText(idOf(twin.at(-1)!.id)))
  const payload = dumped(stream)
  const again = loadStream(21, new RdbReader(payload), stream.parts)
  assert.ok(again)
  again.verify()
  assert.deepEqual(dumped(again), payload)
  again.dispose()
}

type Pair = { stream: Stream; twin: Twin }

/** Changes a clone, and goes on with one of the two; the other one is given up. */
function branch({ stream, twin }: Pair, last: bigint): Pair {
  const clone = stream.clone()
  const copy = twin.slice()
  for (let k = 0; k < 20; k++) erase(clone, copy)
  append(clone, copy, last)
  compareWhole(clone, copy)
  compareWhole(stream, twin)
  if (below(2) === 0) {
    clone.dispose()
    return { stream, twin }
  }
  stream.dispose()
  return { stream: clone, twin: copy }
}

function live(parts: StreamParts): void {
  let pair: Pair = { stream: new Stream(parts), twin: [] }
  let last = 0n
  for (let i = 0; i < 1200; i++) {
    const { stream, twin } = pair
    const kind = below(100)
    if (kind < 70) last = append(stream, twin, last)
    else if (kind < 85) erase(stream, twin)
    else if (kind < 86) trim(stream, twin)
    else compareRanges(stream, twin)
    if (below(150) > 0) continue
    pair = branch(pair, last)
    if (pair.stream !== stream) last = pair.twin.at(-1)!.id
  }
  compareWhole(pair.stream, pair.twin)
  pair.stream.dispose()
}

describe('a stream', () => {
  it('holds what an array of entries holds, whatever is done to it', () => {
    const parts = { ledger: new Ledger(), limits: new Limits() }
    for (let round = 0; round < 24; round++) {
      parts.limits.of(streamLimits).nodeEntries = [100, 3, 0, 1000][round % 4]!
      parts.limits.of(streamLimits).nodeBytes = [4096, 0, 200, 100_000][below(4)]!
      live(parts)
      assert.equal(parts.ledger.bytes, 0)
    }
  })

  it('packs a million entries in less than they take as listpacks', () => {
    const parts = { ledger: new Ledger(), limits: new Limits() }
    const stream = new Stream(parts)
    const args = argsOf(['field', 'value-0123456789'])
    const id = newId()
    for (let i = 1; i <= 100_000; i++) {
      id[3] = i
      appendEntry(stream, id, args, 0)
    }
    assert.ok(stream.memory < 20 * 100_000, `${stream.memory}`)
    assert.ok(dumped(stream).length > 25 * 100_000)
    assert.ok(parts.ledger.bytes === stream.memory)
    stream.dispose()
  })

  it('that was set back behind what was deleted goes on to be read in order', () => {
    for (const entries of [1, 2, 100]) {
      const parts = { ledger: new Ledger(), limits: new Limits() }
      parts.limits.of(streamLimits).nodeEntries = entries
      const stream = new Stream(parts)
      const twin: Twin = []
      const top = 6000n
      for (let id = 1000n; id <= top; id += 1000n) {
        appendEntry(stream, idOf(id), argsOf(['a', 'b']), 0)
      }
      // A node stays of which all is deleted, where it has more than one entry.
      eraseEntry(stream, idOf(top))
      const options = new Trim()
      options.strategy = BY_ID
      options.id.set(idOf(top))
      assert.equal(trimStream(stream, options), 5)
      stream.lastId.set(idOf(10n))
      let last = 10n
      for (let i = 0; i < 40; i++) {
        const parts = [`${i}`, 'x']
        last += 1n
        appendEntry(stream, idOf(last), argsOf(parts), 0)
        twin.push({ id: last, parts })
        const found = reader.seek(stream, idOf(0n), nowhere) ? reader.countTo(idOf(last), 100) : 0
        assert.equal(found, twin.length)
        for (const entry of twin) {
          assert.equal(read(), shown(entry))
          reader.next()
        }
      }
      eraseEntry(stream, idOf(20n))
      stream.verify()
      const payload = dumped(stream)
      const again = loadStream(21, new RdbReader(payload), stream.parts)
      assert.deepEqual(dumped(again!), payload)
    }
  })

  it('gives the memory of what is deleted back', () => {
    const parts = { ledger: new Ledger(), limits: new Limits() }
    const stream = new Stream(parts)
    const args = argsOf(['field', 'value-0123456789'])
    const id = newId()
    for (let i = 1; i <= 50_000; i++) {
      id[3] = i
      appendEntry(stream, id, args, 0)
    }
    const full = stream.memory
    for (let i = 1; i <= 50_000; i++) {
      id[3] = i
      if (i % 2500 !== 0) eraseEntry(stream, id)
    }
    findFirst(stream)
    stream.verify()
    assert.equal(stream.length, 20)
    assert.ok(stream.memory < full / 5, `${stream.memory} of ${full}`)
  })
})
