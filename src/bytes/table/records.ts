// records.ts: the records of a table: how they are read and written where they lie.
//
// record.ts draws a record, space.ts is the memory, outsized.ts keeps what is too long for it.

import { Chunks } from '../memory/chunks.ts'
import type { Ledger } from '../memory/ledger.ts'
import { copyBytes, Span } from '../memory/span.ts'
import { Outsized } from './outsized.ts'
import {
  DEAD,
  HAS_NUMBER,
  KEY_BITS,
  KEY_LONG,
  KEY_MAX,
  KEY_OUTSIZED,
  KEY_SHORT_MAX,
  keyRoom,
  keyStart,
  NUMBER_WORDS,
  readNumber,
  readSlot,
  VALUE_MAX,
  VALUE_OUTSIZED,
  VALUE_SHORT_MAX,
  valueRoom,
  valueStart,
  wordsAt,
  wordsFor,
  writeHead,
  writeNumber,
  writeSlot,
} from './record.ts'
import { PLACE_MASK, PLACE_SHIFT, Space } from './space.ts'

export class Records {
  readonly space: Space
  /** The chunks as words; the same array as that of the space's chunks. */
  readonly words: Int32Array[]
  /** The same chunks as bytes. */
  readonly bytes: Uint8Array[]
  /** Bytes of a record before the lengths of what is long: 2 with values, 1 without. */
  readonly head: number
  /** Keys and values that lie in buffers of their own; null while there are none. */
  outsized: Outsized | null = null
  private readonly ledger: Ledger
  private readonly spare = new Span()

  /** @param from records that are shared until one side changes them */
  constructor(ledger: Ledger, values: boolean, from?: Records) {
    this.ledger = ledger
    this.head = values ? 2 : 1
    const chunks = from === undefined ? new Chunks(ledger) : from.space.chunks.clone()
    this.space = new Space(chunks, from?.space)
    this.words = chunks.words
    this.bytes = chunks.bytes
    if (from !== undefined && from.outsized !== null) this.outsized = from.outsized.clone()
  }

  get memory(): number {
    return this.space.chunks.memory + (this.outsized === null ? 0 : this.outsized.memory)
  }

  dispose(): void {
    this.space.dispose()
    if (this.outsized !== null) this.outsized.dispose()
  }

  /**
   * Writes a record with a key and room for a value.
   * @param withNumber whether it has a number, 0 at first
   */
  create(
    bytes: Uint8Array,
    start: number,
    end: number,
    valueLength: number,
    withNumber: boolean,
  ): number {
    const { head } = this
    const size = wordsFor(head, end - start, valueLength) + (withNumber ? NUMBER_WORDS : 0)
    const ref = this.space.allocate(size)
    const chunk = ref >>> PLACE_SHIFT
    const place = ref & PLACE_MASK
    const words = this.words[chunk]
    const target = this.bytes[chunk]
    const at = place << 2
    // What pads the record is zeros: two of them can be compared by words.
    words[place + size - 1] = 0
    const keyAt = writeHead(target, at, head, end - start, valueLength)
    // Not `slice`: on Node's Buffer it makes a view.
    if (end - start > KEY_MAX) this.adopt(target, keyAt, new Uint8Array(bytes.subarray(start, end)))
    else copyBytes(bytes, start, end, target, keyAt)
    if (valueLength > VALUE_MAX) {
      this.adopt(target, valueStart(target, at, head), new Uint8Array(valueLength))
    }
    if (withNumber) {
      target[at] |= HAS_NUMBER
      writeNumber(words, place + size - NUMBER_WORDS, 0)
    }
    return ref
  }

  /** Points `into` at the record's key. */
  key(ref: number, into: Span): Span {
    const bytes = this.bytes[ref >>> PLACE_SHIFT]
    const at = (ref & PLACE_MASK) << 2
    const length = bytes[at] & KEY_BITS
    if (length > KEY_SHORT_MAX) return this.longKey(bytes, at, into)
    let start = at + this.head
    if (this.head === 2 && bytes[at + 1] > VALUE_SHORT_MAX) start = keyStart(bytes, at, 2)
    into.bytes = bytes
    into.start = start
    into.end = start + length
    return into
  }

  /** Points `into` at the record's value, for reading. */
  value(ref: number, into: Span): Span {
    const bytes = this.bytes[ref >>> PLACE_SHIFT]
    const at = (ref & PLACE_MASK) << 2
    const start = valueStart(bytes, at, this.head)
    if (this.head === 2 && bytes[at + 1] === VALUE_OUTSIZED) return this.outer(bytes, start, into)
    into.bytes = bytes
    into.start = start
    into.end = start + valueRoom(bytes, at, this.head)
    return into
  }

  /** Words the record takes. */
  size(ref: number): number {
    return wordsAt(this.bytes[ref >>> PLACE_SHIFT], (ref & PLACE_MASK) << 2, this.head)
  }

  hasNumber(ref: number): boolean {
    return (this.bytes[ref >>> PLACE_SHIFT][(ref & PLACE_MASK) << 2] & HAS_NUMBER) !== 0
  }

  /** The record's number, NaN where it has none. */
  number(ref: number): number {
    const bytes = this.bytes[ref >>> PLACE_SHIFT]
    const place = ref & PLACE_MASK
    if ((bytes[place << 2] & HAS_NUMBER) === 0) return NaN
    const size = wordsAt(bytes, place << 2, this.head)
    return readNumber(this.words[ref >>> PLACE_SHIFT], place + size - NUMBER_WORDS)
  }

  writeNumber(ref: number, value: number): void {
    const place = (ref & PLACE_MASK) + this.size(ref) - NUMBER_WORDS
    writeNumber(this.writable(ref), place, value)
  }

  /** Writes a value of at most VALUE_MAX bytes where there is room for one of that length. */
  writeValue(ref: number, { bytes, start, end }: Span): void {
    this.writable(ref)
    const target = this.bytes[ref >>> PLACE_SHIFT]
    const at = (ref & PLACE_MASK) << 2
    writeValueLength(target, at, end - start)
    const to = valueStart(target, at, this.head)
    // A part of a value may be written over the value: only `copyWithin` and `set` know how.
    if (bytes === target) target.copyWithin(to, start, end)
    else copyBytes(bytes, start, end, target, to)
  }

  /** Puts a value that is given up into a buffer of its own, or where there is room for it. */
  putValue(ref: number, own: Uint8Array): void {
    this.writable(ref)
    const target = this.bytes[ref >>> PLACE_SHIFT]
    const to = valueStart(target, (ref & PLACE_MASK) << 2, this.head)
    if (own.length > VALUE_MAX) this.adopt(target, to, own)
    else target.set(own, to)
  }

  /** Whether the value lies in a buffer of its own. */
  isOutsized(ref: number): boolean {
    return this.bytes[ref >>> PLACE_SHIFT][((ref & PLACE_MASK) << 2) + 1] === VALUE_OUTSIZED
  }

  /** The first record in the order of memory (mostly that of insertion), 0 where there is none. */
  first(): number {
    return this.liveFrom(0, 1)
  }

  /** The record after that one in the order of memory, 0 at the end. */
  after(ref: number): number {
    const chunk = ref >>> PLACE_SHIFT
    const place = ref & PLACE_MASK
    return this.liveFrom(chunk, place + wordsAt(this.bytes[chunk], place << 2, this.head))
  }

  /** Whether the record's key is `bytes[start, end)`. */
  hasKey(ref: number, bytes: Uint8Array, start: number, end: number): boolean {
    let own = this.bytes[ref >>> PLACE_SHIFT]
    let at = (ref & PLACE_MASK) << 2
    const length = own[at] & KEY_BITS
    if (length <= KEY_SHORT_MAX) {
      if (length !== end - start) return false
      const isLong = this.head === 2 && own[at + 1] > VALUE_SHORT_MAX
      at = isLong ? keyStart(own, at, 2) : at + this.head
    } else {
      const key = this.longKey(own, at, this.spare)
      if (key.end - key.start !== end - start) return false
      own = key.bytes
      at = key.start
    }
    for (let i = start; i < end; i++) if (own[at++] !== bytes[i]) return false
    return true
  }

  /** The words of the record's chunk, which nobody else reads. */
  writable(ref: number): Int32Array {
    const { chunks } = this.space
    if (chunks.shared !== 0) chunks.own(ref >>> PLACE_SHIFT)
    return this.words[ref >>> PLACE_SHIFT]
  }

  /** Whether a value of another length lies as well where the record's value is. */
  fits(ref: number, length: number): boolean {
    const { head } = this
    const bytes = this.bytes[ref >>> PLACE_SHIFT]
    const at = (ref & PLACE_MASK) << 2
    const old = valueRoom(bytes, at, head)
    if (old > VALUE_SHORT_MAX !== length > VALUE_SHORT_MAX) return false
    const size = valueStart(bytes, at, head) - at
    return (size + old + 3) >>> 2 === (size + length + 3) >>> 2
  }

  /** A copy of a record of that many words in another place. */
  copy(ref: number, size: number): number {
    const to = this.space.allocate(size)
    const source = this.words[ref >>> PLACE_SHIFT]
    copyWords(source, ref & PLACE_MASK, size, this.words[to >>> PLACE_SHIFT], to & PLACE_MASK)
    return to
  }

  /**
   * A copy of a record where there is room for a value of that many bytes, which may be more than
   * VALUE_MAX, and for a number or none. Of the value as much is kept as there is room for.
   */
  copyReshaped(ref: number, valueLength: number, withNumber: boolean): number {
    const { head } = this
    const from = (ref & PLACE_MASK) << 2
    const before = this.bytes[ref >>> PLACE_SHIFT]
    const isOutsized = (before[from] & KEY_BITS) === KEY_OUTSIZED
    const keyBytes = keyRoom(before, from, head)
    const keyLength = isOutsized ? KEY_MAX + 1 : keyBytes
    const size = wordsFor(head, keyLength, valueLength) + (withNumber ? NUMBER_WORDS : 0)
    const to = this.space.allocate(size)
    // The first chunk may lie elsewhere since it has grown.
    const source = this.bytes[ref >>> PLACE_SHIFT]
    const target = this.bytes[to >>> PLACE_SHIFT]
    const at = (to & PLACE_MASK) << 2
    this.words[to >>> PLACE_SHIFT][(at >>> 2) + size - 1] = 0
    const keyAt = writeHead(target, at, head, keyLength, valueLength)
    const keep = Math.min(valueRoom(source, from, head), valueRoom(target, at, head))
    const start = keyStart(source, from, head)
    copyBytes(source, start, start + keyBytes + keep, target, keyAt)
    if (!withNumber) return to
    const number = this.hasNumber(ref) ? this.number(ref) : 0
    target[at] |= HAS_NUMBER
    writeNumber(this.words[to >>> PLACE_SHIFT], (at >>> 2) + size - NUMBER_WORDS, number)
    return to
  }

  /** The length of the record's value, VALUE_MAX + 1 for what lies in a buffer of its own. */
  valueLengthOf(ref: number): number {
    if (this.head === 2 && this.isOutsized(ref)) return VALUE_MAX + 1
    return valueRoom(this.bytes[ref >>> PLACE_SHIFT], (ref & PLACE_MASK) << 2, this.head)
  }

  /** Gives the place of a record back, but not what lies in buffers of its own. */
  free(ref: number, size: number): void {
    this.writable(ref)
    this.bytes[ref >>> PLACE_SHIFT][(ref & PLACE_MASK) << 2] |= DEAD
    this.space.free(ref, size)
  }

  /** Gives the buffers back that key and value have. */
  freeOutsized(ref: number): void {
    const bytes = this.bytes[ref >>> PLACE_SHIFT]
    const at = (ref & PLACE_MASK) << 2
    if ((bytes[at] & KEY_BITS) === KEY_OUTSIZED) {
      this.outsized!.free(readSlot(bytes, keyStart(bytes, at, this.head)))
    }
    if (this.head === 2 && this.isOutsized(ref)) this.freeValue(ref)
  }

  /** Gives the buffer back that the value has. */
  freeValue(ref: number): void {
    const bytes = this.bytes[ref >>> PLACE_SHIFT]
    const at = (ref & PLACE_MASK) << 2
    this.outsized!.free(readSlot(bytes, valueStart(bytes, at, this.head)))
  }

  private longKey(bytes: Uint8Array, at: number, into: Span): Span {
    const start = keyStart(bytes, at, this.head)
    if ((bytes[at] & KEY_BITS) === KEY_OUTSIZED) return this.outer(bytes, start, into)
    return into.set(bytes, start, start + keyRoom(bytes, at, this.head))
  }

  /** The first living record at or after a word of a chunk, 0 where there is none. */
  private liveFrom(chunk: number, place: number): number {
    const { ends } = this.space
    for (; chunk < this.bytes.length; chunk++, place = 0) {
      const bytes = this.bytes[chunk]
      const end = ends[chunk]
      while (place < end) {
        if ((bytes[place << 2] & DEAD) === 0) return (chunk << PLACE_SHIFT) | place
        place += wordsAt(bytes, place << 2, this.head)
      }
    }
    return 0
  }

  /** Puts bytes that are given up into a slot and writes it at an offset. */
  private adopt(target: Uint8Array, at: number, bytes: Uint8Array): void {
    if (this.outsized === null) this.outsized = new Outsized(this.ledger)
    writeSlot(target, at, this.outsized.add(bytes))
  }

  /** Points `into` at bytes whose slot stands at an offset. */
  private outer(bytes: Uint8Array, at: number, into: Span): Span {
    const outer = this.outsized!.get(readSlot(bytes, at))
    return into.set(outer, 0, outer.length)
  }
}

/** Writes the length of a value, which is as short or long as the one before. */
function writeValueLength(bytes: Uint8Array, at: number, length: number): void {
  if (length <= VALUE_SHORT_MAX) {
    bytes[at + 1] = length
    return
  }
  const place = at + 2 + ((bytes[at] & KEY_BITS) === KEY_LONG ? 2 : 0)
  bytes[place] = length
  bytes[place + 1] = length >>> 8
}

/** Copies words between or within chunks, whose stretches do not overlap. */
function copyWords(
  source: Int32Array,
  from: number,
  count: number,
  target: Int32Array,
  at: number,
): void {
  if (count > 24) target.set(source.subarray(from, from + count), at)
  else for (let i = 0; i < count; i++) target[at + i] = source[from + i]
}
