// builder.ts: a listpack in the making: what a small hash is before it is the value of an entry.

import type { Span } from '../../bytes/memory/span.ts'
import {
  LISTPACK_END,
  LISTPACK_HEADER,
  listpackEntryEnd,
  listpackEntrySize,
  listpackIntegerSize,
  setListpackHeader,
  writeListpackEntry,
  writeListpackInteger,
} from '../../bytes/packed/listpack.ts'
import { findInListpack } from '../../bytes/packed/listpack-find.ts'

const FIRST_BYTES = 512
/** A buffer beyond this is not kept for the next hash. */
const KEPT_BYTES = 1 << 16

export class ListpackBuilder {
  /** Entries so far. */
  count = 0
  private bytes = new Uint8Array(FIRST_BYTES)
  /** Where the next entry goes. */
  private at = LISTPACK_HEADER

  /** Begins a listpack without entries. */
  clear(): this {
    if (this.bytes.length > KEPT_BYTES) this.bytes = new Uint8Array(FIRST_BYTES)
    this.count = 0
    this.at = LISTPACK_HEADER
    return this
  }

  append(element: Span): void {
    this.reserve(listpackEntrySize(element))
    this.at = writeListpackEntry(this.bytes, this.at, element)
    this.count++
  }

  appendInteger(n: number): void {
    this.reserve(listpackIntegerSize(n))
    this.at = writeListpackInteger(this.bytes, this.at, n)
    this.count++
  }

  /** Copies entries that lie encoded at `bytes[start, end)`. */
  appendEncoded(bytes: Uint8Array, start: number, end: number, count: number): void {
    this.reserve(end - start)
    this.bytes.set(bytes.subarray(start, end), this.at)
    this.at += end - start
    this.count += count
  }

  /** Sets a field of a listpack of pairs; false where it was there already. */
  set(field: Span, value: Span): boolean {
    const at = findInListpack(this.bytes, 0, this.at + 1, field, 2)
    if (at === 0) {
      this.append(field)
      this.append(value)
      return true
    }
    const start = listpackEntryEnd(this.bytes, at)
    const end = listpackEntryEnd(this.bytes, start)
    const size = listpackEntrySize(value)
    this.reserve(size)
    this.bytes.copyWithin(start + size, end, this.at)
    writeListpackEntry(this.bytes, start, value)
    this.at += size - (end - start)
    return false
  }

  /** Completes the listpack and points `into` at it: a loan until the next change. */
  finish(into: Span): Span {
    this.bytes[this.at] = LISTPACK_END
    setListpackHeader(this.bytes, 0, this.at + 1, this.count)
    return into.set(this.bytes, 0, this.at + 1)
  }

  /** Makes room for so many bytes and the end mark. */
  private reserve(size: number): void {
    const needed = this.at + size + 1
    if (needed <= this.bytes.length) return
    const larger = new Uint8Array(Math.max(needed, this.bytes.length * 2))
    larger.set(this.bytes.subarray(0, this.at))
    this.bytes = larger
  }
}
