// node.ts: a node of a quicklist: a listpack, or one outsized element, in a buffer of its own.
//
//   buffer  ┌ holders ┬ room ┬ content ┬ room ┐      content = bytes[start, end)
//
// There may be room on both sides: an element is added or taken at either end by moving the six
// bytes of the header, or none, and an insertion moves the shorter side. Compressed by LZF, the
// content fills its buffer; who only reads such a node unpacks it into a scratch buffer.

import { copyBytes, Span } from '../../bytes/memory/span.ts'
import {
  LISTPACK_END,
  LISTPACK_HEADER,
  LISTPACK_MIN,
  listpackCount,
  listpackEntryEnd,
  listpackEntrySize,
  setListpackHeader,
  writeListpackEntry,
} from '../../bytes/packed/listpack.ts'
import { lzfCompress, lzfDecompress } from '../../formats/lzf.ts'
import { BUFFER_HEADER, type Buffers } from './buffers.ts'

/** Shorter listpacks are not worth compressing, nor is it to save less than this, in bytes. */
const COMPRESS_MIN = 48
const SAVING_MIN = 8
/** Room beyond a node's limit: what it takes to fill it without moving. */
const SLACK = 16
const ROOM_MIN = 64
/** A buffer that is a quarter full is exchanged for a smaller one, unless it is that small. */
const SPARSE_MIN = 1024

const input = new Span()
let packing = new Uint8Array(0)
let unpacking = new Uint8Array(0)

export class Node {
  previous: Node | null = null
  next: Node | null = null
  bytes: Uint8Array
  /** Where the content begins. */
  start = BUFFER_HEADER
  end: number
  /** Number of elements. */
  count = 0
  /** Bytes of the content, not compressed. */
  size = 0
  readonly isPlain: boolean
  isCompressed = false

  private constructor(bytes: Uint8Array, end: number, isPlain: boolean) {
    this.bytes = bytes
    this.end = end
    this.isPlain = isPlain
  }

  /** A node without elements, with room for `room` bytes of listpack, on one side of it. */
  static empty(buffers: Buffers, room: number, roomBefore: boolean): Node {
    const bytes = buffers.make(Math.max(room, LISTPACK_MIN))
    const node = new Node(bytes, bytes.length, false)
    if (roomBefore) node.start = node.end - LISTPACK_MIN
    else node.end = BUFFER_HEADER + LISTPACK_MIN
    bytes[node.end - 1] = LISTPACK_END
    node.note(0)
    return node
  }

  /** A node that is one element. */
  static plain(buffers: Buffers, element: Span): Node {
    const node = Node.copyOf(buffers, element, true)
    node.count = 1
    return node
  }

  /** A node with a copy of a listpack. */
  static listpack(buffers: Buffers, listpack: Span): Node {
    const node = Node.copyOf(buffers, listpack, false)
    node.note(listpackCount(listpack.bytes, listpack.start, listpack.end))
    return node
  }

  /** A node with a listpack of `count` entries, which are copied. */
  static entries(buffers: Buffers, entries: Span, count: number): Node {
    const { bytes, start, end } = entries
    const buffer = buffers.make(LISTPACK_MIN + end - start)
    copyBytes(bytes, start, end, buffer, BUFFER_HEADER + LISTPACK_HEADER)
    buffer[buffer.length - 1] = LISTPACK_END
    const node = new Node(buffer, buffer.length, false)
    node.note(count)
    return node
  }

  private static copyOf(buffers: Buffers, content: Span, isPlain: boolean): Node {
    const { bytes, start, end } = content
    const buffer = buffers.make(end - start)
    copyBytes(bytes, start, end, buffer, BUFFER_HEADER)
    const node = new Node(buffer, buffer.length, isPlain)
    node.size = end - start
    return node
  }

  /** A node of another list with the same buffer. */
  share(buffers: Buffers): Node {
    buffers.hold(this.bytes)
    const node = new Node(this.bytes, this.end, this.isPlain)
    node.start = this.start
    node.count = this.count
    node.size = this.size
    node.isCompressed = this.isCompressed
    return node
  }

  /** Points `into` at the content, unpacked; true until the next node is read. */
  read(into: Span): Span {
    if (!this.isCompressed) return into.set(this.bytes, this.start, this.end)
    if (unpacking.length < this.size) unpacking = new Uint8Array(this.size)
    this.unpackInto(unpacking, 0)
    return into.set(unpacking, 0, this.size)
  }

  /** Adds an element before the entry at `at`, or at the end mark. */
  insert(buffers: Buffers, at: number, element: Span, most: number): void {
    const size = listpackEntrySize(element)
    const place = this.makeRoom(buffers, at, size, most)
    writeListpackEntry(this.bytes, place, element)
    this.note(this.count + 1)
  }

  /** Adds entries, of another listpack, at the end. */
  append(buffers: Buffers, entries: Span, count: number, most: number): void {
    const { bytes, start, end } = entries
    const place = this.makeRoom(buffers, this.end - 1, end - start, most)
    copyBytes(bytes, start, end, this.bytes, place)
    this.note(this.count + count)
  }

  /** Takes out `count` entries, which fill [from, to). */
  remove(buffers: Buffers, from: number, to: number, count: number): void {
    const gone = to - from
    const left = this.end - this.start - gone
    const tooSparse = left * 4 < this.bytes.length && this.bytes.length > SPARSE_MIN
    if (tooSparse || buffers.isShared(this.bytes)) this.rebuildWithout(buffers, from, to)
    else if (from - this.start < this.end - to) {
      // The header is written anew below.
      const first = this.start + LISTPACK_HEADER
      if (from > first) this.bytes.copyWithin(first + gone, first, from)
      this.start += gone
    } else {
      if (to < this.end - 1) this.bytes.copyWithin(from, to, this.end)
      this.end -= gone
      this.bytes[this.end - 1] = LISTPACK_END
    }
    this.note(this.count - count)
  }

  /** Exchanges the element of the entry at `at`. */
  replace(buffers: Buffers, at: number, element: Span, most: number): void {
    const offset = at - this.start
    this.remove(buffers, at, listpackEntryEnd(this.bytes, at), 1)
    this.insert(buffers, this.start + offset, element, most)
  }

  /** Cuts the content off at `end`, behind `count` elements; the bytes must be this list's own. */
  truncate(end: number, count: number): void {
    this.bytes[end] = LISTPACK_END
    this.end = end + 1
    this.note(count)
  }

  /** Sees to it that no other list has the buffer, and that it is not compressed. */
  own(buffers: Buffers): void {
    if (this.isCompressed) this.unpack(buffers)
    else if (buffers.isShared(this.bytes)) this.rebuild(buffers, this.size)
  }

  /** Gives back the room that a node does not need when elements are no longer added to it. */
  trim(buffers: Buffers): void {
    const spare = this.bytes.length - BUFFER_HEADER - (this.end - this.start)
    if (spare * 4 > this.bytes.length && !buffers.isShared(this.bytes)) {
      this.rebuild(buffers, this.size)
    }
  }

  compress(buffers: Buffers): void {
    if (this.isCompressed || this.size < COMPRESS_MIN) return
    if (packing.length < this.size) packing = new Uint8Array(this.size)
    input.set(this.bytes, this.start, this.end)
    const length = lzfCompress(input, packing, 0, this.size)
    if (length === 0 || length + SAVING_MIN >= this.size) return
    const bytes = buffers.make(length)
    bytes.set(packing.subarray(0, length), BUFFER_HEADER)
    this.exchange(buffers, bytes, BUFFER_HEADER, bytes.length)
    this.isCompressed = true
  }

  unpack(buffers: Buffers): void {
    if (!this.isCompressed) return
    const bytes = buffers.make(this.size)
    this.unpackInto(bytes, BUFFER_HEADER)
    this.exchange(buffers, bytes, BUFFER_HEADER, bytes.length)
    this.isCompressed = false
  }

  /** Enters size and number of elements in the header. */
  private note(count: number): void {
    this.count = count
    this.size = this.end - this.start
    setListpackHeader(this.bytes, this.start, this.size, count)
  }

  /** Opens a gap of `gap` bytes at `at`, without a header before it; returns where it begins. */
  private makeRoom(buffers: Buffers, at: number, gap: number, most: number): number {
    const { bytes, start, end } = this
    const before = start - BUFFER_HEADER
    const after = bytes.length - end
    const towardsFront = at - start < end - at
    if (buffers.isShared(bytes)) return this.rebuildWith(buffers, at, gap, most)
    if (before >= gap && (towardsFront || after < gap)) {
      const first = start + LISTPACK_HEADER
      if (at > first) bytes.copyWithin(first - gap, first, at)
      this.start -= gap
      return at - gap
    }
    if (after >= gap) {
      if (at < end - 1) bytes.copyWithin(at + gap, at, end)
      else bytes[at + gap] = LISTPACK_END
      this.end += gap
      return at
    }
    return this.rebuildWith(buffers, at, gap, most)
  }

  /** Copies the content into a larger buffer, with a gap; the room is where the gap is near. */
  private rebuildWith(buffers: Buffers, at: number, gap: number, most: number): number {
    const { start, end } = this
    const size = end - start + gap
    const room = Math.max(size, Math.min(Math.max(size * 2, most >>> 3, ROOM_MIN), most + SLACK))
    const towardsFront = at - start < end - at
    const bytes = buffers.make(room)
    const from = towardsFront ? bytes.length - size : BUFFER_HEADER
    const place = from + at - start
    copyBytes(this.bytes, start, at, bytes, from)
    copyBytes(this.bytes, at, end, bytes, place + gap)
    this.exchange(buffers, bytes, from, from + size)
    return place
  }

  private rebuildWithout(buffers: Buffers, from: number, to: number): void {
    const { start, end } = this
    const bytes = buffers.make(end - start - to + from)
    const middle = BUFFER_HEADER + from - start
    copyBytes(this.bytes, start, from, bytes, BUFFER_HEADER)
    copyBytes(this.bytes, to, end, bytes, middle)
    this.exchange(buffers, bytes, BUFFER_HEADER, bytes.length)
  }

  private rebuild(buffers: Buffers, room: number): void {
    const bytes = buffers.make(room)
    const end = BUFFER_HEADER + this.end - this.start
    copyBytes(this.bytes, this.start, this.end, bytes, BUFFER_HEADER)
    this.exchange(buffers, bytes, BUFFER_HEADER, end)
  }

  private exchange(buffers: Buffers, bytes: Uint8Array, start: number, end: number): void {
    buffers.release(this.bytes)
    this.bytes = bytes
    this.start = start
    this.end = end
  }

  private unpackInto(target: Uint8Array, at: number): void {
    input.set(this.bytes, this.start, this.end)
    if (!lzfDecompress(input, target, at, at + this.size)) throw new Error('a node is damaged')
  }
}
