// shared-vector.ts: a row of 32-bit words that grows and shrinks at its end without a pause, and is
// cloned by sharing its chunks (chunks.ts).
//
//   chunks  ┌ 16,384 words ┐┌ 16,384 words ┐┌ … ┐        index = chunk << 14 | place
//
// The first chunk begins small and doubles, so that a row of a few words costs little.

import { CHUNK_BYTES, type Chunks } from './chunks.ts'

const WORD_BYTES = 4
const CHUNK_SHIFT = 14
const CHUNK_MASK = (1 << CHUNK_SHIFT) - 1
const FIRST = 8

export class SharedVector {
  length = 0
  readonly chunks: Chunks
  /** The chunks' words: the same array as `chunks.words`. */
  private readonly words: Int32Array[]

  /** @param chunks no chunk yet, or those of a row of `length` words */
  constructor(chunks: Chunks, length = 0) {
    this.chunks = chunks
    this.words = chunks.words
    this.length = length
    if (this.words.length === 0) chunks.add(FIRST * WORD_BYTES)
  }

  get(index: number): number {
    return this.words[index >>> CHUNK_SHIFT][index & CHUNK_MASK]
  }

  set(index: number, word: number): void {
    const chunk = index >>> CHUNK_SHIFT
    if (this.chunks.shared !== 0) this.chunks.own(chunk)
    this.words[chunk][index & CHUNK_MASK] = word
  }

  /** Adds a word, 0. */
  push(): void {
    const index = this.length++
    const chunk = index >>> CHUNK_SHIFT
    if (chunk === 0 && index === this.words[0].length) {
      this.chunks.resize(0, this.words[0].length * WORD_BYTES * 2)
    } else if (chunk === this.words.length || this.words[chunk].length === 0) {
      this.chunks.add(CHUNK_BYTES)
    }
    this.set(index, 0)
  }

  /** Takes the last word away and returns it. */
  pop(): number {
    const index = --this.length
    const chunk = index >>> CHUNK_SHIFT
    const word = this.get(index)
    // One spare chunk stays, so that pushes and pops around a border do not allocate each time.
    const spare = chunk + 2
    if (spare < this.words.length && this.words[spare].length > 0) this.chunks.drop(spare)
    return word
  }
}
