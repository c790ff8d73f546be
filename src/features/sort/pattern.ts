// pattern.ts: the patterns of BY and GET: `weight_*` names a key for each element, `user:*->age` a
// field of one, `#` the element itself. As in the reference a zero byte ends what is looked at.

import { copyBytes, Span } from '../../bytes/memory/span.ts'
import type { Context } from '../../engine/dispatch/context.ts'

const HASH_SIGN = 0x23
const STAR = 0x2a
const MINUS = 0x2d
const GREATER = 0x3e

export class Pattern {
  /** Whether it is '#'. */
  isElement = false
  /** Whether the element has a place in it; otherwise it names nothing. */
  hasStar = false
  private readonly prefix = new Span()
  private readonly suffix = new Span()
  /** The name of the field; empty where the value of the key itself is meant. */
  private readonly field = new Span()
  private readonly key = new Span(new Uint8Array(256))

  /** Reads a pattern; it is a loan for as long as the command runs. */
  read({ bytes, start, end }: Span): this {
    const textEnd = findByte(bytes, 0, start, end)
    this.isElement = textEnd - start === 1 && bytes[start] === HASH_SIGN
    const star = findByte(bytes, STAR, start, textEnd)
    this.hasStar = star < textEnd
    if (!this.hasStar) return this
    const arrow = findArrow(bytes, star + 1, textEnd)
    this.prefix.set(bytes, start, star)
    this.suffix.set(bytes, star + 1, arrow < 0 ? end : arrow)
    this.field.set(bytes, arrow < 0 ? end : arrow + 2, end)
    return this
  }

  /**
   * Points `into` at the value that the pattern names for an element; false where there is none.
   * It is a loan until the next look-up.
   */
  find(ctx: Context, element: Span, into: Span): boolean {
    if (this.isElement) {
      into.set(element.bytes, element.start, element.end)
      return true
    }
    if (!this.hasStar) return false
    const ref = ctx.findToRead(this.keyOf(element))
    if (ref === 0) return false
    const type = ctx.dataType(ref)
    if (this.field.length > 0) return type.part?.(ctx.db, ref, this.field, into) ?? false
    return type.whole?.(ctx.db, ref, into) ?? false
  }

  /** The key that the pattern names for an element. */
  private keyOf(element: Span): Span {
    const { prefix, suffix, key } = this
    const length = prefix.length + element.length + suffix.length
    if (length > key.bytes.length) key.bytes = new Uint8Array(length * 2)
    const { bytes } = key
    const middle = prefix.length
    const last = middle + element.length
    copyBytes(prefix.bytes, prefix.start, prefix.end, bytes, 0)
    copyBytes(element.bytes, element.start, element.end, bytes, middle)
    copyBytes(suffix.bytes, suffix.start, suffix.end, bytes, last)
    return key.set(bytes, 0, length)
  }
}

/** Where the first such byte is; the end where there is none. */
function findByte(bytes: Uint8Array, byte: number, start: number, end: number): number {
  let at = start
  while (at < end && bytes[at] !== byte) at++
  return at
}

/** Where the first '->' is; -1 where there is none, and also where nothing comes after it. */
function findArrow(bytes: Uint8Array, start: number, end: number): number {
  for (let at = start; at + 1 < end; at++) {
    if (bytes[at] === MINUS && bytes[at + 1] === GREATER) return at + 2 < end ? at : -1
  }
  return -1
}
