// reply.ts: sends keys of a table (table.ts) to a client, as bulks.
//
// Most keys are short: these are copied in one loop that touches the output's fields only when its
// buffer is full, as in packed/listpack-reply.ts.

import type { ScratchVector } from '../memory/scratch-vector.ts'
import { Span } from '../memory/span.ts'
import type { Reply } from '../wire/reply.ts'
import { KEY_BITS, KEY_SHORT_MAX } from './record.ts'
import { PLACE_MASK, PLACE_SHIFT } from './space.ts'
import type { Table } from './table.ts'

const DOLLAR = 36
const CR = 13
const LF = 10
const ZERO = 48
/** What a short key takes in a reply besides its bytes: "$61" and two line breaks. */
const FRAME = 7

const key = new Span()

/** Writes the keys of these records. */
export function replyKeys(reply: Reply, table: Table, refs: ScratchVector): void {
  const { output } = reply
  const { bytes } = table.records
  let target = output.bytes
  let to = output.at
  for (let i = 0; i < refs.count; i++) {
    const ref = refs.at(i)
    const source = bytes[ref >>> PLACE_SHIFT]
    const at = (ref & PLACE_MASK) << 2
    const length = source[at] & KEY_BITS
    if (length <= KEY_SHORT_MAX && to + length + FRAME <= target.length) {
      table.key(ref, key)
      to = writeShort(target, to, source, key.start, length)
      continue
    }
    output.at = to
    reply.bulk(table.key(ref, key))
    target = output.bytes
    to = output.at
  }
  output.at = to
}

/** Writes all keys, in the order of memory. */
export function replyAllKeys(reply: Reply, table: Table): void {
  const { output } = reply
  const { bytes } = table.records
  let target = output.bytes
  let to = output.at
  for (let ref = table.first(); ref !== 0; ref = table.after(ref)) {
    const source = bytes[ref >>> PLACE_SHIFT]
    const at = (ref & PLACE_MASK) << 2
    const length = source[at] & KEY_BITS
    if (length <= KEY_SHORT_MAX && to + length + FRAME <= target.length) {
      table.key(ref, key)
      to = writeShort(target, to, source, key.start, length)
      continue
    }
    output.at = to
    reply.bulk(table.key(ref, key))
    target = output.bytes
    to = output.at
  }
  output.at = to
}

/** Writes a bulk of at most 63 bytes; returns the offset behind it. */
function writeShort(
  target: Uint8Array,
  at: number,
  source: Uint8Array,
  start: number,
  length: number,
): number {
  let to = at
  target[to++] = DOLLAR
  if (length > 9) target[to++] = ZERO + ((length * 205) >>> 11)
  target[to++] = ZERO + (length % 10)
  target[to++] = CR
  target[to++] = LF
  const end = start + length
  for (let i = start; i < end; i++) target[to++] = source[i]
  target[to++] = CR
  target[to++] = LF
  return to
}
