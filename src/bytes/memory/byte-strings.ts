// byte-strings.ts: a growing list of byte strings in one buffer: for who gathers what is only lent
// to him (SORT, searches) and goes on while it may move.

import { copyBytes, type Span } from './span.ts'

const ROOM = 4096
/** A buffer that became larger than this is not kept for the next command. */
const ROOM_KEPT_MAX = 1 << 20

export class ByteStrings {
  /** How many there are. */
  count = 0
  private bytes = new Uint8Array(ROOM)
  private used = 0
  private ends: number[] = []

  /** Forgets all of them. */
  clear(): void {
    if (this.bytes.length > ROOM_KEPT_MAX) {
      this.bytes = new Uint8Array(ROOM)
      this.ends = []
    }
    this.count = 0
    this.used = 0
  }

  push({ bytes, start, end }: Span): void {
    const size = end - start
    if (this.used + size > this.bytes.length) this.grow(size)
    copyBytes(bytes, start, end, this.bytes, this.used)
    this.used += size
    this.ends[this.count++] = this.used
  }

  /** Points `into` at string `i`; a loan until the next `push`. */
  at(i: number, into: Span): Span {
    return into.set(this.bytes, this.startOf(i), this.ends[i])
  }

  /** Below, at or above zero as memcmp orders two of them, a prefix before what it begins. */
  compare(a: number, b: number): number {
    const { bytes } = this
    const startA = this.startOf(a)
    const startB = this.startOf(b)
    const lengthA = this.ends[a] - startA
    const lengthB = this.ends[b] - startB
    const length = Math.min(lengthA, lengthB)
    for (let i = 0; i < length; i++) {
      const difference = bytes[startA + i] - bytes[startB + i]
      if (difference !== 0) return difference
    }
    return lengthA - lengthB
  }

  /** The same for texts in the way of C, where the first zero byte is the end. */
  compareTexts(a: number, b: number): number {
    const { bytes } = this
    const endA = this.ends[a]
    const endB = this.ends[b]
    for (let atA = this.startOf(a), atB = this.startOf(b); ; atA++, atB++) {
      const one = atA < endA ? bytes[atA] : 0
      const other = atB < endB ? bytes[atB] : 0
      if (one !== other) return one - other
      if (one === 0) return 0
    }
  }

  private startOf(i: number): number {
    return i === 0 ? 0 : this.ends[i - 1]
  }

  private grow(size: number): void {
    const bytes = new Uint8Array(Math.max(this.bytes.length * 2, this.used + size))
    bytes.set(this.bytes.subarray(0, this.used))
    this.bytes = bytes
  }
}
