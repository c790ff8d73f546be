// type.ts: the stream type. A value is always an object: a Stream.

import type { Span } from '../../bytes/memory/span.ts'
import { PackedEntry, readListpackEntry } from '../../bytes/packed/listpack.ts'
import type { DataType, LoadTarget } from '../../engine/contract/datatype.ts'
import type { Digest } from '../../engine/contract/digest.ts'
import type { Context } from '../../engine/dispatch/context.ts'
import { metaOf } from '../../engine/keyspace/entry.ts'
import type { Database } from '../../engine/keyspace/keyspace.ts'
import { rdbType } from '../../formats/rdb/opcodes.ts'
import { loadStream } from './codec-load.ts'
import { layoutOfStream, saveStream } from './codec-save.ts'
import { errors } from './errors.ts'
import type { Group } from './groups/group.ts'
import { ID_MIN, ID_TEXT_MAX, writeUnsigned } from './id.ts'
import { Bookmark } from './nodes/bookmark.ts'
import { Reader } from './nodes/reader.ts'
import { elementEnd } from './nodes/varint.ts'
import { observeStream } from './observe.ts'
import { Stream } from './stream.ts'

const STREAM_ID = 6
const POINT = 0x2e

const reader = new Reader()
const nowhere = new Bookmark()
const text = new Uint8Array(ID_TEXT_MAX)
const element = new PackedEntry()

export const streamType: DataType<Stream> = {
  name: 'stream',
  id: STREAM_ID,
  view: streamOf,
  encoding: () => 'stream',
  bytes: (db, ref) => streamOf(db, ref).memory,
  effort(db, ref) {
    const { nodes, groups } = streamOf(db, ref)
    return nodes.count * 2 + groups.length * (1 + (groups[0]?.pending.count ?? 0))
  },
  rdbType: (_db, _ref, version) => layoutOfStream(version),
  save: (db, ref, to) => saveStream(streamOf(db, ref), to),
  rdbTypes: [rdbType.streamListpacks, rdbType.streamListpacks2, rdbType.streamListpacks3],
  load(type, from, target) {
    const stream = loadStream(type, from, target.db.parts)
    return stream === undefined ? 0 : putStream(target, stream)
  },
  observe: observeStream,
  copy: (db, ref, target) => putStream(target, streamOf(db, ref).clone()),
  digest: (db, ref, into) => digestStream(streamOf(db, ref), into),
}

/** The stream of a key for a change; undefined where there is none. */
export function findStream(ctx: Context, key: Span): Stream | undefined {
  const ref = ctx.find(key)
  return ref === 0 ? undefined : ctx.viewOf(ref, streamType)
}

/** Makes an empty stream the value of a key that has none, and says that the key is new. */
export function createStream(ctx: Context, key: Span): Stream {
  const stream = new Stream(ctx.db.parts)
  putStream({ db: ctx.db, key, ttl: 0 }, stream)
  return stream
}

/** The group of a stream; throws errors.noKeyOrGroup. */
export function expectGroup(stream: Stream | undefined | null, key: Span, name: Span): Group {
  const group = stream?.findGroup(name)
  if (group === undefined) throw errors.noKeyOrGroup(key.text(), name.text())
  return group
}

function streamOf(db: Database, ref: number): Stream {
  return db.object(ref) as Stream
}

function putStream({ db, key, ttl }: LoadTarget, stream: Stream): number {
  return db.putObject(key, 0, metaOf(STREAM_ID, 0, 0) | ttl, stream)
}

function digestStream(stream: Stream, into: Digest): void {
  for (let more = reader.seek(stream, ID_MIN, nowhere); more; more = reader.next()) {
    const { entry, node } = reader
    const middle = writeUnsigned(text, 0, entry.id[0]!, entry.id[1]!)
    text[middle] = POINT
    into.mix(text, 0, writeUnsigned(text, middle + 1, entry.id[2]!, entry.id[3]!))
    let at = entry.dataAt
    let fieldAt = node.fieldsAt
    for (let left = entry.fields; left > 0; left--) {
      if (entry.hasNodeFields) fieldAt = mix(into, node.bytes, fieldAt)
      else at = mix(into, node.bytes, at)
      at = mix(into, node.bytes, at)
    }
  }
}

function mix(into: Digest, bytes: Uint8Array, at: number): number {
  readListpackEntry(bytes, at, element)
  into.mix(element.span.bytes, element.span.start, element.span.end)
  return elementEnd(bytes, at)
}
