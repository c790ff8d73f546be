// common-subsequence.ts: the longest common subsequence of two strings, by the usual table:
//
//   cell (i, j) = length of the longest one of a's first i bytes and b's first j bytes
//
// The length alone needs one row. To find the bytes the whole table is kept, in 16 bits a cell
// where the shorter string allows it, and walked back from its last cell.

import type { Span } from '../../bytes/memory/span.ts'

/** The length of the longest common subsequence. */
export function commonLength(a: Span, b: Span): number {
  const width = b.length
  const row = new Uint32Array(width + 1)
  for (let i = a.start; i < a.end; i++) {
    const byte = a.bytes[i]!
    let diagonal = 0
    for (let j = 1; j <= width; j++) {
      const above = row[j]!
      const left = row[j - 1]!
      if (byte === b.bytes[b.start + j - 1]) row[j] = diagonal + 1
      else if (left > above) row[j] = left
      diagonal = above
    }
  }
  return row[width]!
}

/** One longest common subsequence: its bytes, and where they lie in both strings. */
export class CommonSubsequence {
  readonly length: number
  readonly bytes: Uint8Array
  /** Four offsets for each stretch, from last to first: begin and end in a, begin and end in b. */
  readonly matches: number[] = []
  private readonly a: Span
  private readonly b: Span
  private readonly cells: Uint16Array | Uint32Array

  constructor(a: Span, b: Span) {
    this.a = a
    this.b = b
    const size = (a.length + 1) * (b.length + 1)
    const narrow = Math.min(a.length, b.length) <= 0xffff
    this.cells = narrow ? new Uint16Array(size) : new Uint32Array(size)
    this.fill()
    this.length = this.cells[size - 1]!
    this.bytes = new Uint8Array(this.length)
    this.walk()
  }

  private fill(): void {
    const { a, b, cells } = this
    const width = b.length
    let at = width + 1
    for (let i = a.start; i < a.end; i++) {
      const byte = a.bytes[i]!
      at++
      for (let j = b.start; j < b.end; j++, at++) {
        const above = cells[at - width - 1]!
        const left = cells[at - 1]!
        if (byte === b.bytes[j]) cells[at] = cells[at - width - 2]! + 1
        else cells[at] = Math.max(above, left)
      }
    }
  }

  /** Goes back by the reference's preferences: of several subsequences it finds the same one. */
  private walk(): void {
    const { a, b, cells, bytes } = this
    const width = b.length + 1
    let i = a.length
    let j = b.length
    let left = this.length
    // The stretch being followed ends before these; -1 while there is none.
    let endA = -1
    let endB = -1
    while (i > 0 && j > 0) {
      const byte = a.bytes[a.start + i - 1]!
      if (byte === b.bytes[b.start + j - 1]) {
        if (endA < 0) {
          endA = i
          endB = j
        }
        bytes[--left] = byte
        i--
        j--
        continue
      }
      if (endA >= 0) this.note(i, endA, j, endB)
      endA = -1
      if (cells[(i - 1) * width + j]! > cells[i * width + j - 1]!) i--
      else j--
    }
    if (endA >= 0) this.note(i, endA, j, endB)
  }

  private note(startA: number, endA: number, startB: number, endB: number): void {
    this.matches.push(startA, endA - 1, startB, endB - 1)
  }
}
