// overflow-groups.ts: the groups (groups.ts) that other groups go on in, by number; 0 is "none".
//
// They are taken from the lowest chunk that has one left, so that the chunks at the end empty
// while a table shrinks and its groups are divided and joined; an empty one is given back.
// A free group holds in its first word the number of the next free one of its chunk, shifted as a
// link is.

import { CHUNK_BYTES, Chunks } from '../memory/chunks.ts'
import type { Ledger } from '../memory/ledger.ts'

/** Shift that turns a group's number into that of its chunk. */
export const GROUP_SHIFT = 10
/** Bits of a group's number that address it inside its chunk. */
export const GROUP_MASK = (1 << GROUP_SHIFT) - 1
/** Shift that turns a group's number inside its chunk into its first word. */
export const WORD_SHIFT = 4
/** Shift of the number that a group's first word ends with. */
export const LINK_SHIFT = 8

/** Bytes of a group: one line of the cache. */
export const GROUP_BYTES = 64
const GROUPS_MAX = 1 << 24

export class OverflowGroups {
  /** The groups as words of their chunks. */
  readonly words: Int32Array[]
  readonly chunks: Chunks
  /** Groups in use of each chunk. */
  private readonly used: number[]
  /** The first free group of each chunk, 0 where there is none. */
  private readonly free: number[]
  /** Groups of each chunk that were ever used. */
  private readonly touched: number[]
  /** No chunk below has a group left. */
  private lowest: number

  constructor(ledger: Ledger, from?: OverflowGroups) {
    this.chunks = from === undefined ? new Chunks(ledger) : from.chunks.clone()
    this.words = this.chunks.words
    this.used = from === undefined ? [] : from.used.slice()
    this.free = from === undefined ? [] : from.free.slice()
    this.touched = from === undefined ? [] : from.touched.slice()
    this.lowest = from === undefined ? 0 : from.lowest
  }

  /** Number of groups in use. */
  get count(): number {
    let count = 0
    for (const used of this.used) count += used
    return count
  }

  /** Takes an empty group. Arrays of the first chunk's words that were read before may be old. */
  take(): number {
    let chunk = this.lowest
    while (chunk < this.used.length && !this.hasRoom(chunk)) chunk++
    this.lowest = chunk
    if (chunk === this.used.length) this.addChunk()
    this.used[chunk]++
    const free = this.free[chunk]
    if (free !== 0) {
      const words = this.writable(free)
      const at = (free & GROUP_MASK) << WORD_SHIFT
      this.free[chunk] = words[at] >>> LINK_SHIFT
      words[at] = 0
      return free
    }
    const group = (chunk << GROUP_SHIFT) | this.touched[chunk]++
    if (group >= GROUPS_MAX) throw new RangeError('the table is full')
    const at = (group & GROUP_MASK) << WORD_SHIFT
    if (at === this.words[chunk].length) this.chunks.resize(chunk, at * 8)
    this.writable(group)[at] = 0
    return group
  }

  /** Gives a group back. */
  give(group: number): void {
    const chunk = group >>> GROUP_SHIFT
    this.writable(group)[(group & GROUP_MASK) << WORD_SHIFT] = this.free[chunk] << LINK_SHIFT
    this.free[chunk] = group
    this.used[chunk]--
    if (chunk < this.lowest) this.lowest = chunk
    while (this.used.length > 0 && this.used[this.used.length - 1] === 0) this.dropLast()
  }

  /** The words of a group's chunk, which nobody else reads. */
  writable(group: number): Int32Array {
    const { chunks } = this
    if (chunks.shared !== 0) chunks.own(group >>> GROUP_SHIFT)
    return this.words[group >>> GROUP_SHIFT]
  }

  private hasRoom(chunk: number): boolean {
    return this.free[chunk] !== 0 || this.touched[chunk] <= GROUP_MASK
  }

  private addChunk(): void {
    const isFirst = this.used.length === 0
    this.chunks.add(isFirst ? GROUP_BYTES * 2 : CHUNK_BYTES)
    this.used.push(0)
    this.free.push(0)
    // Number 0 is "none".
    this.touched.push(isFirst ? 1 : 0)
  }

  private dropLast(): void {
    this.used.pop()
    this.free.pop()
    this.touched.pop()
    this.chunks.drop(this.used.length)
    if (this.lowest > this.used.length) this.lowest = this.used.length
  }
}
