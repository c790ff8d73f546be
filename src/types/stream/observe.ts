// observe.ts: reads a stream of a file as codec-load.ts does, and only counts what is in it.

import { Span } from '../../bytes/memory/span.ts'
import { LISTPACK_HEADER, listpackEntryEnd, listpackInteger } from '../../bytes/packed/listpack.ts'
import { countEntries } from '../../bytes/packed/listpack-check.ts'
import type { DumpReader } from '../../engine/contract/dump-ports.ts'
import type { ValueFacts } from '../../engine/contract/value-facts.ts'
import { rdbType } from '../../formats/rdb/opcodes.ts'
import { ID_BYTES } from './id.ts'

/** Lengths that a stream has besides: last id, first id, largest deleted id, entries added. */
const FIGURES = 7
const FIGURES_OLD = 2

const text = new Span()

/** Tells what a stream consists of; false where the bytes are none. */
export function observeStream(layout: number, from: DumpReader, facts: ValueFacts): boolean {
  for (let left = from.readLength(); left > 0; left--) {
    if (from.readString(text).length !== ID_BYTES) return false
    const { bytes, start, end } = from.readString(text)
    // A node begins with the number of its entries and of those that are deleted.
    const at = start + LISTPACK_HEADER
    if (countEntries(bytes, start, end) < 0) return false
    const count = listpackInteger(bytes, at)
    if (!(count >= 0)) return false
    facts.addPart(text.length)
    facts.count += listpackEntryEnd(bytes, at) < end ? count : 0
  }
  const stated = from.readLength64()
  if (facts.bytes === 0 && stated !== 0n) return false
  passLengths(from, layout === rdbType.streamListpacks ? FIGURES_OLD : FIGURES)
  for (let left = from.readLength(); left > 0; left--) passGroup(layout, from)
  facts.encoding = 'stream'
  return true
}

function passGroup(layout: number, from: DumpReader): void {
  from.readString(text)
  passLengths(from, layout === rdbType.streamListpacks ? 2 : 3)
  for (let left = from.readLength(); left > 0; left--) {
    from.readRaw(ID_BYTES, text)
    from.readMilliseconds()
    from.readLength64()
  }
  for (let left = from.readLength(); left > 0; left--) passConsumer(layout, from)
}

function passConsumer(layout: number, from: DumpReader): void {
  from.readString(text)
  from.readMilliseconds()
  if (layout === rdbType.streamListpacks3) from.readMilliseconds()
  for (let left = from.readLength(); left > 0; left--) from.readRaw(ID_BYTES, text)
}

function passLengths(from: DumpReader, count: number): void {
  for (let left = count; left > 0; left--) from.readLength64()
}
