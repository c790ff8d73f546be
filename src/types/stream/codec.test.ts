// codec.test.ts: streams in all the layouts of RDB, whole and damaged.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Ledger } from '../../bytes/memory/ledger.ts'
import { Span } from '../../bytes/memory/span.ts'
import { Words } from '../../bytes/wire/request.ts'
import { Args } from '../../engine/arguments/args.ts'
import { Limits } from '../../engine/contract/limits.ts'
import { RdbError, RdbReader } from '../../formats/rdb/reader.ts'
import { RdbWriter } from '../../formats/rdb/writer.ts'
import { appendEntry } from './append.ts'
import { loadStream } from './codec-load.ts'
import { saveStream } from './codec-save.ts'
import { eraseEntry, noteErased } from './erase.ts'
import { ID_BYTES, type Id, idText, newId, writeIdBytes } from './id.ts'
import { streamLimits } from './limits.ts'
import { Place } from './nodes/id-table.ts'
import { listpack, writeListpackNode } from './nodes/listpack-node.ts'
import { Node } from './nodes/node.ts'
import { Stream } from './stream.ts'

const parts = { ledger: new Ledger(), limits: new Limits() }
parts.limits.of(streamLimits).nodeEntries = 3
const place = new Place()

function spanOf(text: string): Span {
  return new Span(Buffer.from(text, 'latin1'))
}

function idOf(ms: number, n = 0): Id {
  return Int32Array.of(0, ms, 0, n)
}

function append(stream: Stream, id: Id, ...texts: string[]): void {
  const args = new Args()
  const words = new Words()
  words.bytes = Buffer.from(texts.join(''), 'latin1')
  let at = 0
  for (const text of texts) {
    words.add(at, at + text.length)
    at += text.length
  }
  args.words = words
  appendEntry(stream, id, args, 0)
}

/** A stream of two nodes, with a deleted entry, a group with two consumers and one with none. */
function sample(): Stream {
  const stream = new Stream(parts)
  append(stream, idOf(1, 1), 'a', '1', 'b', 'two')
  append(stream, idOf(1, 2), 'a', '300', 'b', '')
  append(stream, idOf(5), 'other', '-70000')
  append(stream, idOf(7), 'a', '1', 'b', 'x'.repeat(70))
  append(stream, idOf(9), 'a', '9223372036854775807', 'b', '2')
  eraseEntry(stream, idOf(1, 2))
  noteErased(stream, idOf(1, 2))
  const group = stream.addGroup(spanOf('group'), idOf(7))
  group.entriesRead.set(3)
  const [one, two] = [group.add(spanOf('one'), 5000), group.add(spanOf('two'), 6000)]
  group.deliver(idOf(1, 1), one, 5001, place)
  group.deliver(idOf(5), two, 6001, place)
  group.deliver(idOf(7), one, 5002, place)
  one.activeTime = 5002
  stream.addGroup(spanOf('idle'), newId()).entriesRead.set(-1)
  return stream
}

function saved(stream: Stream, version: number): Uint8Array {
  const writer = new RdbWriter({ compress: false, version })
  Array.from(saveStream(stream, writer))
  return writer.take()
}

/** What the bytes are read as; the stream is for the caller to give up. */
function load(type: number, payload: Uint8Array): Stream | undefined {
  try {
    return loadStream(type, new RdbReader(payload), parts)
  } catch (error) {
    assert.ok(error instanceof RdbError)
    return undefined
  }
}

/** The layout of Redis 5 and 6: nothing behind the last id, no entries read, no active times. */
function oldest(stream: Stream): Uint8Array {
  const writer = new RdbWriter({ compress: false })
  const node = new Node()
  const binary = new Uint8Array(ID_BYTES)
  writer.writeLength(stream.nodes.count)
  for (let more = stream.nodes.first(node); more; more = stream.nodes.next(node)) {
    writeIdBytes(binary, 0, node.id, 0)
    writer.writeStringBytes(binary, 0, ID_BYTES)
    writeListpackNode(node)
    writer.writeStringBytes(listpack.bytes, 0, listpack.length)
  }
  for (const n of [stream.length, 9, 0, 1]) writer.writeLength(n)
  writer.writeString(spanOf('group'))
  for (const n of [5, 0, 1]) writer.writeLength(n)
  writeIdBytes(binary, 0, idOf(5), 0)
  writer.writeRaw(binary, 0, ID_BYTES)
  writer.writeMilliseconds(7000)
  writer.writeLength(2)
  writer.writeLength(1)
  writer.writeString(spanOf('one'))
  writer.writeMilliseconds(8000)
  writer.writeLength(1)
  writer.writeRaw(binary, 0, ID_BYTES)
  return writer.take()
}

describe('a saved stream', () => {
  it('is read back as it was, groups and all', () => {
    const stream = sample()
    const payload = saved(stream, 12)
    const again = load(21, payload)!
    again.verify()
    assert.deepEqual(saved(again, 12), payload)
    const older = load(19, saved(stream, 10))!
    older.verify()
    assert.deepEqual(saved(older, 10), saved(stream, 10))
    // Redis 7.0 does not tell when a consumer last got something.
    assert.equal(older.groups[0]!.consumers[0]!.activeTime, 5000)
    for (const one of [stream, again, older]) one.dispose()
    assert.equal(parts.ledger.bytes, 0)
  })

  it('is read in the layout of Redis 5', () => {
    const stream = sample()
    const older = load(15, oldest(stream))!
    older.verify()
    assert.equal(older.length, 4)
    assert.equal(older.entriesAdded.number, 4)
    assert.equal(idText(older.firstId), '1-1')
    assert.equal(idText(older.maxDeletedId), '0-0')
    const [group] = older.groups
    assert.equal(group!.entriesRead.number, -1)
    assert.equal(group!.consumers[0]!.activeTime, 8000)
    assert.ok(group!.pending.first(place))
    assert.equal(group!.timeAt(place), 7000)
    for (const one of [stream, older]) one.dispose()
    assert.equal(parts.ledger.bytes, 0)
  })

  it('that is damaged is refused, or a consistent stream', () => {
    const stream = sample()
    const layouts: [type: number, payload: Uint8Array][] = [
      [21, saved(stream, 12)],
      [19, saved(stream, 10)],
      [15, oldest(stream)],
    ]
    stream.dispose()
    let taken = 0
    for (const [type, payload] of layouts) {
      for (let at = 0; at < payload.length; at++) {
        const old = payload[at]!
        for (const byte of [0, 1, 0x7f, 0x80, 0xc0, 0xf4, 0xff, old - 1, old + 1, old ^ 0x10]) {
          taken += damage(type, payload.with(at, byte))
        }
        taken += damage(type, payload.slice(0, at))
      }
    }
    assert.ok(taken > 500)
    assert.equal(parts.ledger.bytes, 0)
  })
})

describe('a stream whose figures are wrong', () => {
  /** What has been put right of a stream of one node that is saved with other figures. */
  function repaired(figures: number[]): { repairs: string[]; stream: Stream } {
    const stream = new Stream(parts)
    for (const ms of [10, 11, 12]) append(stream, idOf(ms), 'f', 'v')
    const writer = new RdbWriter({ compress: false })
    const node = new Node()
    stream.nodes.first(node)
    const binary = new Uint8Array(ID_BYTES)
    writer.writeLength(1)
    writeIdBytes(binary, 0, node.id, 0)
    writer.writeStringBytes(binary, 0, ID_BYTES)
    writeListpackNode(node)
    // Its own number of elements is wrong too: the reference does not look at it.
    listpack.bytes[4] = 7
    writer.writeStringBytes(listpack.bytes, 0, listpack.length)
    for (const n of figures) writer.writeLength(n)
    stream.dispose()
    const reader = new RdbReader(writer.take())
    const again = loadStream(21, reader, parts)!
    again.verify()
    return { repairs: reader.repairs, stream: again }
  }

  // Length, last id, first id, largest deleted id, entries added, groups.
  const cases: [figures: number[], repairs: string[]][] = [
    [[3, 12, 0, 10, 0, 0, 0, 3, 0], []],
    [[5, 12, 0, 10, 0, 0, 0, 3, 0], ['the length of a stream']],
    [[1, 12, 0, 10, 0, 0, 0, 3, 0], ['the length of a stream']],
    [[0, 12, 0, 10, 0, 0, 0, 3, 0], ['the length of a stream']],
    [[3, 11, 0, 10, 0, 0, 0, 3, 0], ['the last id of a stream']],
    [[3, 12, 0, 0, 0, 0, 0, 3, 0], ['the first id of a stream']],
    [[3, 12, 0, 10, 0, 99, 0, 1, 0], []],
  ]
  for (const [figures, repairs] of cases) {
    it(`is taken with the right ones: ${figures}`, () => {
      const found = repaired(figures)
      assert.deepEqual(found.repairs, repairs)
      assert.equal(found.stream.length, 3)
      assert.equal(idText(found.stream.lastId), '12-0')
      assert.equal(idText(found.stream.firstId), '10-0')
      // Of what is gone nobody can tell: these are kept.
      assert.equal(idText(found.stream.maxDeletedId), `${figures[5]}-0`)
      assert.equal(found.stream.entriesAdded.number, figures[7])
      found.stream.dispose()
      assert.equal(parts.ledger.bytes, 0)
    })
  }

  it('is refused where it says that there are entries and has none', () => {
    for (const [length, taken] of [
      [0, true],
      [2, false],
    ] as const) {
      const writer = new RdbWriter({ compress: false })
      for (const n of [0, length, 12, 0, 0, 0, 0, 0, 3, 0]) writer.writeLength(n)
      const stream = load(21, writer.take())
      assert.equal(stream !== undefined, taken)
      stream?.dispose()
    }
  })
})

/** Reads a damaged payload; returns 1 where it is taken. */
function damage(type: number, payload: Uint8Array): number {
  const stream = load(type, payload)
  if (stream === undefined) return 0
  stream.verify()
  const again = load(21, saved(stream, 12))!
  assert.deepEqual(saved(again, 12), saved(stream, 12))
  again.dispose()
  stream.dispose()
  return 1
}
