// vector.ts: a vector of 32-bit refs that grows and shrinks without a pause.
//
//   chunks  ┌ 16,384 refs ┐┌ 16,384 refs ┐┌ … ┐        index = chunk << 14 | place
//
// One flat array would have to be copied as a whole when it grows (20 MB at five million keys); a
// chunk of 64 KiB is the most that is ever allocated at once. The first chunk alone grows by
// doubling, so that a thousand small vectors stay small.
// Cost: get and set one load more than a flat array; push and pop O(1).

import { Ledger } from './ledger.ts'

const REF_BYTES = 4
const CHUNK_SHIFT = 14
const CHUNK = 1 << CHUNK_SHIFT
const CHUNK_MASK = CHUNK - 1
const FIRST = 4

export class Vector {
  length = 0
  readonly chunks: Int32Array[] = [new Int32Array(FIRST)]
  private readonly ledger: Ledger

  /** @param ledger where the bytes are entered too that `memory` counts */
  constructor(ledger = new Ledger()) {
    this.ledger = ledger
  }

  get(index: number): number {
    return this.chunks[index >>> CHUNK_SHIFT][index & CHUNK_MASK]
  }

  set(index: number, ref: number): void {
    this.chunks[index >>> CHUNK_SHIFT][index & CHUNK_MASK] = ref
  }

  push(ref: number): void {
    const index = this.length++
    this.ledger.bytes += REF_BYTES
    const chunk = index >>> CHUNK_SHIFT
    if (chunk === 0 && index === this.chunks[0].length) this.growFirst()
    else if (chunk === this.chunks.length) this.chunks.push(new Int32Array(CHUNK))
    this.chunks[chunk][index & CHUNK_MASK] = ref
  }

  pop(): number {
    const index = --this.length
    this.ledger.bytes -= REF_BYTES
    const ref = this.get(index)
    const chunk = index >>> CHUNK_SHIFT
    // One spare chunk stays, so that pushes and pops around a border do not allocate each time.
    if (this.chunks.length > chunk + 2) this.chunks.pop()
    return ref
  }

  clear(): void {
    this.ledger.bytes -= this.memory
    this.length = 0
    this.chunks.length = 1
    this.chunks[0] = new Int32Array(FIRST)
  }

  /** Bytes of the refs; what the last chunk has behind them is mostly untouched pages. */
  get memory(): number {
    return this.length * REF_BYTES
  }

  private growFirst(): void {
    const larger = new Int32Array(this.chunks[0].length * 2)
    larger.set(this.chunks[0])
    this.chunks[0] = larger
  }
}
