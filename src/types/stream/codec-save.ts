// codec-save.ts: streams as DUMP and RDB have them.
//
//   nodes     their number, then for each its id in binary and its listpack
//   figures   length | last id | first id | largest deleted id | entries added
//   groups    their number, then for each its name, last id, entries read,
//             pending: id in binary | time | deliveries, and its consumers:
//             name | seen time | active time (not for 7.0) | ids of what is pending

import { Int64 } from '../../bytes/numbers/int64.ts'
import type { DumpWriter } from '../../engine/contract/dump-ports.ts'
import type { SaveSteps } from '../../engine/contract/save-steps.ts'
import { rdbType } from '../../formats/rdb/opcodes.ts'
import type { Consumer } from './groups/consumer.ts'
import type { Group } from './groups/group.ts'
import { ID_BYTES, unsigned64, writeIdBytes } from './id.ts'
import { Place } from './nodes/id-table.ts'
import { listpack, writeListpackNode } from './nodes/listpack-node.ts'
import { Node } from './nodes/node.ts'
import type { Stream } from './stream.ts'

/** The first version that knows a consumer's active time. */
const ACTIVE_TIME_SINCE = 11
const WORD = 0x1_0000_0000
const SAFE_HIGH = 1 << 21

const count = new Int64()
const binary = new Uint8Array(ID_BYTES)

export function layoutOfStream(version: number): number {
  return version < ACTIVE_TIME_SINCE ? rdbType.streamListpacks2 : rdbType.streamListpacks3
}

export function* saveStream(stream: Stream, to: DumpWriter): SaveSteps {
  const { nodes } = stream
  const node = new Node()
  to.writeLength(nodes.count)
  for (let more = nodes.first(node); more; more = nodes.next(node)) {
    writeIdBytes(binary, 0, node.id, 0)
    to.writeStringBytes(binary, 0, ID_BYTES)
    writeListpackNode(node)
    to.writeStringBytes(listpack.bytes, 0, listpack.length)
    if (to.stepEnds()) yield
  }
  to.writeLength(stream.length)
  saveId(to, stream.lastId)
  saveId(to, stream.firstId)
  saveId(to, stream.maxDeletedId)
  saveInt64(to, stream.entriesAdded)
  to.writeLength(stream.groups.length)
  for (const group of stream.groups) yield* saveGroup(group, to)
}

function* saveGroup(group: Group, to: DumpWriter): SaveSteps {
  const { pending } = group
  const place = new Place()
  to.writeStringBytes(group.name, 0, group.name.length)
  saveId(to, group.lastId)
  saveInt64(to, group.entriesRead)
  to.writeLength(pending.count)
  for (let more = pending.first(place); more; more = pending.next(place)) {
    saveBinaryId(to, pending.words(place), pending.offset(place))
    to.writeMilliseconds(group.timeAt(place))
    saveInt64(to, group.readCount(place, count))
    if (to.stepEnds()) yield
  }
  to.writeLength(group.consumers.length)
  for (const consumer of group.consumers) yield* saveConsumer(consumer, to)
}

function* saveConsumer(consumer: Consumer, to: DumpWriter): SaveSteps {
  const { name, pending, seenTime, activeTime } = consumer
  const place = new Place()
  to.writeStringBytes(name, 0, name.length)
  to.writeMilliseconds(seenTime)
  if (to.version >= ACTIVE_TIME_SINCE) to.writeMilliseconds(activeTime)
  to.writeLength(pending.count)
  for (let more = pending.first(place); more; more = pending.next(place)) {
    saveBinaryId(to, pending.words(place), pending.offset(place))
    if (to.stepEnds()) yield
  }
}

function saveBinaryId(to: DumpWriter, words: Int32Array, at: number): void {
  writeIdBytes(binary, 0, words, at)
  to.writeRaw(binary, 0, ID_BYTES)
}

function saveId(to: DumpWriter, id: Int32Array): void {
  saveUnsigned(to, id[0]!, id[1]!)
  saveUnsigned(to, id[2]!, id[3]!)
}

function saveInt64(to: DumpWriter, { high, low }: Int64): void {
  saveUnsigned(to, high, low)
}

/** Writes two words as a length. */
function saveUnsigned(to: DumpWriter, high: number, low: number): void {
  const upper = high >>> 0
  if (upper < SAFE_HIGH) to.writeLength(upper * WORD + (low >>> 0))
  else to.writeLength64(unsigned64(high, low))
}
