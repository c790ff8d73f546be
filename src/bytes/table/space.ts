// space.ts: memory for the records of one table: taken by counting up, given back chunk by chunk.
//
//   chunk (64 KiB) ┌ record ┬ record ┬ dead ┬ record ┬ … ┬ untouched ┐
//   ref   = chunk << 14 | offset >> 2                    4-byte units; 0 means "none"
//
// There are no size classes and no free lists: a record costs its size. A chunk of which less than
// one part in `parts` is alive, mostly half, is a victim: its table moves the records that live on
// to the current chunk, a few with each change, and the chunk goes when the last one has left. So
// at most one byte is moved for each byte freed, no operation waits for it, and what is dead stays
// below half. Where a move costs a search elsewhere, parts are four: a third as many are moved, and
// three quarters may be dead.
// The first chunk begins small and doubles, so that a table of 130 members costs little.
//
// Invariants: records never span chunks; `live` counts their words; an empty chunk is given back,
// but the current one begins anew.

import { CHUNK_BYTES, type Chunks } from '../memory/chunks.ts'

/** Shift that turns a ref into its chunk's number. */
export const PLACE_SHIFT = 14
/** Bits of a ref that address a word inside its chunk. */
export const PLACE_MASK = (1 << PLACE_SHIFT) - 1

const CHUNKS_MAX = 1 << (32 - PLACE_SHIFT)
const FIRST_BYTES = 512
const NONE = -1

export class Space {
  readonly chunks: Chunks
  /** Words of each chunk that were taken, dead ones included. */
  readonly ends: number[]
  /** Words of each chunk that are alive. */
  readonly live: number[]
  /** The chunk whose records are to move, -1 while there is none. */
  victim = NONE
  /** The word of the victim up to which they have moved. */
  victimAt = 0
  /** See above: 2 or more. */
  parts = 2
  private current = NONE
  private waiting: number[] = []

  constructor(chunks: Chunks, from?: Space) {
    this.chunks = chunks
    this.ends = from === undefined ? [] : from.ends.slice()
    this.live = from === undefined ? [] : from.live.slice()
    if (from === undefined) return
    this.parts = from.parts
    this.victim = from.victim
    this.victimAt = from.victimAt
    this.current = from.current
    this.waiting = from.waiting.slice()
  }

  /** Takes room for a record: at most half a chunk, content undefined. */
  allocate(words: number): number {
    let chunk = this.current
    if (chunk === NONE || this.ends[chunk] + words > this.chunks.words[chunk].length) {
      this.makeRoom(words)
      chunk = this.current
    } else if (this.chunks.shared !== 0) this.chunks.own(chunk)
    const at = this.ends[chunk]
    this.ends[chunk] = at + words
    this.live[chunk] += words
    return (chunk << PLACE_SHIFT) | at
  }

  /** Gives a record of that many words back: it stays where it is until its chunk goes. */
  free(ref: number, words: number): void {
    const chunk = ref >>> PLACE_SHIFT
    const live = this.live[chunk] - words
    this.live[chunk] = live
    if (live === 0) this.emptied(chunk)
    // Only the record that makes it sparse enters it.
    else if (chunk !== this.current && this.isSparse(chunk)) {
      if ((live + words) * this.parts >= this.ends[chunk]) this.enlist(chunk)
    }
  }

  /** Goes on with the next victim, for the table that has moved all records of this one. */
  nextVictim(): void {
    this.victim = NONE
    this.victimAt = 0
    while (this.waiting.length > 0) {
      const chunk = this.waiting.pop()!
      // Since it was listed it may have been emptied, and its number may be another chunk's.
      if (chunk === this.current || !this.isSparse(chunk)) continue
      this.victim = chunk
      this.victimAt = firstWord(chunk)
      return
    }
  }

  /** Forgets all records. */
  dispose(): void {
    this.chunks.dispose()
    this.ends.length = 0
    this.live.length = 0
    this.waiting.length = 0
    this.victim = NONE
    this.current = NONE
  }

  /** Checks what holds without knowing records; throws an Error that names what is broken. */
  verify(): void {
    for (let chunk = 0; chunk < this.chunks.words.length; chunk++) {
      const size = this.chunks.words[chunk].length
      if (this.live[chunk] > this.ends[chunk] || this.ends[chunk] > size) {
        throw new Error(`chunk ${chunk} is counted wrong`)
      }
      if (size > 0 && this.live[chunk] === 0 && chunk !== this.current) {
        throw new Error(`chunk ${chunk} is empty but still held`)
      }
    }
  }

  private makeRoom(words: number): void {
    const before = this.current
    let size = FIRST_BYTES
    if (before !== NONE) {
      if (!this.isSparse(before) && this.enlarge(before, words)) return
      size = this.chunks.bytes[before].length
    }
    while (size < (words + 1) * 4) size *= 2
    const chunk = this.chunks.add(size)
    if (chunk >= CHUNKS_MAX) throw new RangeError('the table is full (16 GiB)')
    this.ends[chunk] = firstWord(chunk)
    this.live[chunk] = 0
    this.current = chunk
    if (before !== NONE && this.live[before] === 0) this.emptied(before)
    else if (before !== NONE && this.isSparse(before)) this.enlist(before)
  }

  /** Makes a small chunk one that has room for that many words more; false where none could. */
  private enlarge(chunk: number, words: number): boolean {
    const enough = (this.ends[chunk] + words) * 4
    if (enough > CHUNK_BYTES) return false
    let size = this.chunks.bytes[chunk].length
    while (size < enough) size *= 2
    this.chunks.resize(chunk, size)
    return true
  }

  private emptied(chunk: number): void {
    if (chunk === this.current) {
      this.ends[chunk] = firstWord(chunk)
      return
    }
    this.chunks.drop(chunk)
    this.ends[chunk] = 0
    if (chunk === this.victim) this.nextVictim()
  }

  private isSparse(chunk: number): boolean {
    return this.live[chunk] * this.parts < this.ends[chunk]
  }

  private enlist(chunk: number): void {
    if (chunk === this.victim) return
    if (this.victim === NONE) {
      this.victim = chunk
      this.victimAt = firstWord(chunk)
    } else if (this.live[chunk] > 0) this.waiting.push(chunk)
  }
}

/** Word 0 of chunk 0 stays unused: ref 0 is "none". */
function firstWord(chunk: number): number {
  return chunk === 0 ? 1 : 0
}
