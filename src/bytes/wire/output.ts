// output.ts: where replies are written: one buffer that is used again and again.
//
//   parts  ┌ finished stretch ┬ large value, not copied ┬ finished stretch …      bytes [base, at)
//
// A reply reserves what it needs and writes there. When the buffer is full, its stretch becomes a
// part and a new buffer begins: replies of any size are collected without copying what is already
// written. A value of LARGE bytes or more becomes a part of its own, without a copy.
// The host writes all parts; when the kernel took everything at once it calls `reuse()`, so that
// in the normal case not a byte is allocated; otherwise `renew()` leaves the buffers to the socket.

import { copyBytes } from '../memory/span.ts'

const SIZE = 1 << 16
/** Buffers kept for the next turn at most: what one turn of busy connections fills. */
const SPARE_MAX = 32
/** Values from this size on are handed over instead of copied, in bytes. */
export const LARGE = 1 << 15

/** Makes a buffer of that many bytes; a host may prefer a kind of its own. */
export type Allocate = (size: number) => Uint8Array

export class Output {
  bytes: Uint8Array
  /** Where the next byte goes. */
  at = 0
  /** Finished parts, in order, before `bytes[base, at)`. */
  parts: Uint8Array[] = []
  /** How many times something was put aside that has not come back. */
  asides = 0
  private base = 0
  private partBytes = 0
  /** Buffers that were filled since the last `reuse`, and those that are free again. */
  private readonly filled: Uint8Array[] = []
  private readonly spare: Uint8Array[] = []
  private readonly allocate: Allocate

  constructor(allocate: Allocate = (size) => new Uint8Array(size)) {
    this.allocate = allocate
    this.bytes = allocate(SIZE)
  }

  /** Bytes written since the last `reuse` or `renew`. */
  get length(): number {
    return this.partBytes + this.at - this.base
  }

  /** Whether a buffer was filled since the last `reuse`: what is sent now is still in the cache. */
  get isFull(): boolean {
    return this.filled.length > 0
  }

  /** Makes sure that `size` more bytes fit at `at` without a gap. */
  reserve(size: number): void {
    if (this.at + size > this.bytes.length) this.roll(size)
  }

  /** Appends bytes. */
  append(source: Uint8Array, start: number, end: number): void {
    const size = end - start
    if (this.at + size > this.bytes.length) this.roll(size)
    copyBytes(source, start, end, this.bytes, this.at)
    this.at += size
  }

  /** Appends bytes without a copy; they must not change until the host has sent them. */
  handOver(part: Uint8Array): void {
    this.cut()
    this.parts.push(part)
    this.partBytes += part.length
  }

  /** A place to come back to with `rewind`. */
  mark(): number {
    return this.length
  }

  /** Drops all that was written since the mark. */
  rewind(mark: number): void {
    while (this.parts.length > 0 && this.partBytes > mark) {
      const part = this.parts.pop()!
      this.partBytes -= part.length
      if (this.partBytes < mark) {
        const keep = part.subarray(0, mark - this.partBytes)
        this.parts.push(keep)
        this.partBytes += keep.length
      }
      this.at = this.base
    }
    this.at = this.base + mark - this.partBytes
  }

  /**
   * Takes all that was written, as parts in order. The output goes on behind it in the same
   * buffer, so the parts stay true until `reuse`.
   */
  take(): Uint8Array[] {
    this.cut()
    const parts = this.parts
    this.parts = []
    this.partBytes = 0
    return parts
  }

  /**
   * Takes all that was written where it is one stretch of `bytes`: no array is made for it.
   * @returns where the stretch begins (it ends at `at`), -1 where there are parts
   */
  takeStretch(): number {
    if (this.parts.length > 0) return -1
    const start = this.base
    this.base = this.at
    return start
  }

  /** Everything that was written, in one array of its own; the output is empty again. */
  collect(): Uint8Array {
    const all = new Uint8Array(this.length)
    let at = 0
    for (const part of this.parts) {
      all.set(part, at)
      at += part.length
    }
    all.set(this.bytes.subarray(this.base, this.at), at)
    this.drop()
    return all
  }

  /** Forgets what was written since the last `take`. */
  drop(): void {
    this.at = this.base
    this.partBytes = 0
    if (this.parts.length > 0) this.parts = []
  }

  /**
   * Puts what was written aside, for `bringBack`: what comes next is another session's. Meanwhile
   * nothing may `reuse` the buffers.
   */
  setAside(): Uint8Array[] | undefined {
    if (this.length === 0) return undefined
    this.asides++
    return this.take()
  }

  /** Goes on behind what `setAside` gave; what was written since has been taken. */
  bringBack(aside: Uint8Array[] | undefined): void {
    if (aside === undefined) return
    this.asides--
    this.parts = aside
    this.partBytes = 0
    for (const part of aside) this.partBytes += part.length
    this.base = this.at
  }

  /** Begins anew in the same buffers: what was taken has been sent or copied. */
  reuse(): void {
    while (this.filled.length > 0 && this.spare.length < SPARE_MAX) {
      this.spare.push(this.filled.pop()!)
    }
    this.restart()
  }

  /** Begins anew in a fresh buffer: what was taken is still being sent. */
  renew(): void {
    this.restart()
    this.bytes = this.fresh()
  }

  private restart(): void {
    if (this.filled.length > 0) this.filled.length = 0
    this.at = 0
    this.base = 0
    this.partBytes = 0
    if (this.parts.length > 0) this.parts = []
  }

  private fresh(): Uint8Array {
    return this.spare.pop() ?? this.allocate(SIZE)
  }

  private cut(): void {
    if (this.at === this.base) return
    this.parts.push(this.bytes.subarray(this.base, this.at))
    this.partBytes += this.at - this.base
    this.base = this.at
  }

  private roll(size: number): void {
    this.cut()
    if (this.bytes.length === SIZE && this.filled.length < SPARE_MAX) this.filled.push(this.bytes)
    this.bytes = size > SIZE ? this.allocate(size) : this.fresh()
    this.at = 0
    this.base = 0
  }
}
