// chunks.ts: a row of buffers of at most 64 KiB that two owners can share until one of them writes.
//
// A value of a million elements is cloned by sharing its chunks: a few hundred counters, where
// copying the bytes would stall everybody. Whoever writes calls `own` first, which copies the chunk
// where somebody else still reads it. While nothing is shared `shared` is 0 and that is one test.
// A chunk that nobody reads any more is the garbage collector's; the ledger counts it.
// Both sides count shared chunks as their own: that is what they will hold once they write.

import type { Ledger } from './ledger.ts'

/** The size of all chunks but small first ones. */
export const CHUNK_BYTES = 1 << 16
/** What a chunk costs besides its bytes: the buffer's object and its two views. */
const CHUNK_OVERHEAD = 200
const NO_BYTES = new Uint8Array(0)
const NO_WORDS = new Int32Array(0)

/** How many owners hold a chunk. */
type Share = { holders: number }

export class Chunks {
  /** The chunks as bytes; of length 0 where a number is free. */
  readonly bytes: Uint8Array[] = []
  /** The same as 32-bit words. */
  readonly words: Int32Array[] = []
  /** Chunks that may have other holders: where it is not 0, `own` comes before a change. */
  shared = 0
  /** Bytes of all chunks, as entered in the ledger. */
  memory = 0
  private readonly shares: (Share | undefined)[] = []
  private readonly free: number[] = []
  private readonly ledger: Ledger

  constructor(ledger: Ledger) {
    this.ledger = ledger
  }

  /** Adds a chunk of zeros and returns its number. */
  add(size: number): number {
    const chunk = this.free.pop() ?? this.bytes.length
    this.place(chunk, new ArrayBuffer(size))
    this.account(size + CHUNK_OVERHEAD)
    return chunk
  }

  /** Gives a chunk another size and keeps its begin. */
  resize(chunk: number, size: number): void {
    const old = this.bytes[chunk]
    const buffer = new ArrayBuffer(size)
    new Uint8Array(buffer).set(size < old.length ? old.subarray(0, size) : old)
    this.giveUp(chunk)
    this.place(chunk, buffer)
    this.account(size - old.length)
  }

  /** Takes a chunk out; its number will be used again. */
  drop(chunk: number): void {
    this.account(-this.bytes[chunk].length - CHUNK_OVERHEAD)
    this.giveUp(chunk)
    this.bytes[chunk] = NO_BYTES
    this.words[chunk] = NO_WORDS
    this.free.push(chunk)
  }

  /** Makes sure that nobody else reads the chunk: `bytes` and `words` of it may be new then. */
  own(chunk: number): void {
    const share = this.shares[chunk]
    if (share === undefined) return
    if (share.holders > 1) {
      const buffer = this.bytes[chunk].slice().buffer
      share.holders--
      this.place(chunk, buffer)
    }
    this.shares[chunk] = undefined
    this.shared--
  }

  /** The same chunks for another owner. */
  clone(): Chunks {
    const clone = new Chunks(this.ledger)
    for (let chunk = 0; chunk < this.bytes.length; chunk++) {
      clone.bytes.push(this.bytes[chunk])
      clone.words.push(this.words[chunk])
      clone.shares.push(this.bytes[chunk].length > 0 ? this.share(chunk) : undefined)
    }
    for (const chunk of this.free) clone.free.push(chunk)
    clone.shared = this.shared
    clone.account(this.memory)
    return clone
  }

  /** Gives all chunks up. */
  dispose(): void {
    for (let chunk = 0; chunk < this.bytes.length; chunk++) {
      if (this.bytes[chunk].length > 0) this.giveUp(chunk)
    }
    this.account(-this.memory)
    this.bytes.length = 0
    this.words.length = 0
    this.shares.length = 0
  }

  private place(chunk: number, buffer: ArrayBuffer): void {
    this.bytes[chunk] = new Uint8Array(buffer)
    this.words[chunk] = new Int32Array(buffer)
  }

  private share(chunk: number): Share {
    let share = this.shares[chunk]
    if (share === undefined) {
      share = { holders: 1 }
      this.shares[chunk] = share
      this.shared++
    }
    share.holders++
    return share
  }

  /** Counts the chunk as given up, unless somebody else holds it. */
  private giveUp(chunk: number): void {
    const share = this.shares[chunk]
    if (share !== undefined) {
      this.shares[chunk] = undefined
      this.shared--
      if (--share.holders > 0) return
    }
    this.ledger.droppedBytes += this.bytes[chunk].length
  }

  private account(bytes: number): void {
    this.memory += bytes
    this.ledger.bytes += bytes
  }
}
