// codec.ts: lists as DUMP and RDB have them, and lists made of elements.
//
// A list is written as its nodes, a listpack as a list of one node. Read are also the layouts of
// older versions: single elements, one ziplist, nodes that are ziplists.

import { Span } from '../../bytes/memory/span.ts'
import { LISTPACK_MIN, listpackEntrySize } from '../../bytes/packed/listpack.ts'
import { validateListpack } from '../../bytes/packed/listpack-check.ts'
import { EMPTY_VALUE, type LoadTarget } from '../../engine/contract/datatype.ts'
import type { DumpReader, DumpWriter } from '../../engine/contract/dump-ports.ts'
import type { SaveSteps } from '../../engine/contract/save-steps.ts'
import type { ValueFacts } from '../../engine/contract/value-facts.ts'
import type { Database } from '../../engine/keyspace/keyspace.ts'
import { readElements } from '../../formats/rdb/elements.ts'
import { ENCODED_LZF, rdbType } from '../../formats/rdb/opcodes.ts'
import { readZiplist } from '../../formats/ziplist.ts'
import { Quicklist } from './large.ts'
import { listLimits } from './limits.ts'
import { Node } from './node.ts'
import { fitsListpack } from './node-limits.ts'
import { LIST_META } from './packed.ts'
import { quicklistOf, StoredList } from './stored-list.ts'

const PLAIN = 1
const PACKED = 2
const content = new Span()
const stored = new StoredList()

export function saveList(db: Database, ref: number, to: DumpWriter): SaveSteps | undefined {
  if (db.isObject(ref)) return saveNodes(quicklistOf(db, ref), to)
  to.writeLength(1)
  to.writeLength(PACKED)
  to.writeString(db.value(ref, content))
  return undefined
}

function* saveNodes(list: Quicklist, to: DumpWriter): SaveSteps {
  to.writeLength(list.length)
  for (let node = list.head; node !== null; node = node.next) {
    to.writeLength(node.isPlain ? PLAIN : PACKED)
    if (node.isCompressed) saveCompressed(node, to)
    else to.writeString(node.read(content))
    if (to.stepEnds()) yield
  }
}

/** A compressed node as a compressed string: they are the same. */
function saveCompressed({ bytes, start, end, size }: Node, to: DumpWriter): void {
  to.writeByte(ENCODED_LZF)
  to.writeLength(end - start)
  to.writeLength(size)
  to.writeRaw(bytes, start, end)
}

export function loadList(type: number, from: DumpReader, target: LoadTarget): number {
  const list = new Quicklist(target.db.parts)
  let entry = 0
  try {
    if (readList(type, from, list)) entry = list.count === 0 ? EMPTY_VALUE : put(list, target, type)
  } finally {
    if (entry <= 0) list.dispose()
  }
  return entry
}

/** Makes a list of `count` elements, which `next` gives in order. */
export function listOf(target: LoadTarget, count: number, next: (i: number) => Span): number {
  const list = new Quicklist(target.db.parts)
  for (let i = 0; i < count; i++) list.pushTail(next(i))
  return put(list, target, rdbType.list)
}

function put(list: Quicklist, { db, key, ttl }: LoadTarget, type: number): number {
  stored.at(db, key, db.putObject(key, 0, LIST_META | ttl, list))
  // The reference leaves what was one ziplist a quicklist, however small it is.
  if (type !== rdbType.listZiplist) stored.packIfSmall(1)
  return stored.ref
}

function readList(type: number, from: DumpReader, list: Quicklist): boolean {
  if (type === rdbType.listZiplist || type === rdbType.list) {
    return readElements(type, from, (element) => {
      list.pushTail(element)
      return true
    })
  }
  const count = from.readLength()
  for (let i = 0; i < count; i++) {
    if (type === rdbType.listQuicklist) {
      if (!readZiplistNode(from, list)) return false
    } else if (!readNode(from, list)) return false
  }
  return true
}

/** A node that is a listpack, or one element; nodes without elements are passed over. */
function readNode(from: DumpReader, list: Quicklist): boolean {
  const container = from.readLength()
  if (container !== PLAIN && container !== PACKED) return false
  from.readString(content)
  if (content.length === 0) return false
  if (container === PLAIN) {
    list.add(Node.plain(list.buffers, content), list.tail, true)
    return true
  }
  if (!validateListpack(content.bytes, content.start, content.end, true)) return false
  const isEmpty = content.length === LISTPACK_MIN
  if (!isEmpty) list.add(Node.listpack(list.buffers, content), list.tail, true)
  return true
}

/** A node of older versions, a ziplist: it stays one node, however large it is. */
function readZiplistNode(from: DumpReader, list: Quicklist): boolean {
  from.readString(content)
  if (content.length === 0) return false
  const node = Node.empty(list.buffers, content.length, false)
  const most = content.length * 2
  const read = readZiplist(content, (element) => {
    node.insert(list.buffers, node.end - 1, element, most)
    return true
  })
  if (read > 0) list.add(node, list.tail, true)
  else list.buffers.release(node.bytes)
  return read >= 0
}

/** Tells what a list consists of; see DataType.observe. */
export function observeList(type: number, from: DumpReader, facts: ValueFacts): boolean {
  const hasNodes = type === rdbType.listQuicklist || type === rdbType.listQuicklist2
  const isOneNode = type === rdbType.list || (hasNodes && from.peek() === 1)
  let size = LISTPACK_MIN
  const isList = readElements(type, from, (element) => {
    size += listpackEntrySize(element)
    return facts.add(element)
  })
  const fits = isOneNode && fitsListpack(facts.limits.of(listLimits).node, size, facts.count, 1)
  facts.encoding = fits ? 'listpack' : 'quicklist'
  return isList
}
