// module-digest.ts: what a module says of a value for DEBUG DIGEST, with the same outcome as the
// digest of redis-server's module API.
//
// Elements between two calls of `endSequence` count in their order; sequences among each other do
// not: each member of a collection without an order is a sequence of its own.

import { latin1, Span } from '../../bytes/memory/span.ts'
import { utf8 } from '../../bytes/text/utf8.ts'
import { Digest } from './digest.ts'

export class ModuleDigest {
  private readonly sequence = new Digest()
  private readonly sum = new Digest()
  private isOpen = false

  /** An element of the sequence: bytes, text (as UTF-8), or a whole number. */
  add(element: Uint8Array | Span | string | number | bigint): this {
    const { bytes, start, end } = spanOf(element)
    this.sequence.mix(bytes, start, end)
    this.isOpen = true
    return this
  }

  /** The next element begins another sequence. */
  endSequence(): this {
    if (this.isOpen) this.sum.add(this.sequence)
    this.sequence.clear()
    this.isOpen = false
    return this
  }

  /** Adds all that was said to the digest of a key. */
  addTo(digest: Digest): void {
    digest.add(this.endSequence().sum)
  }
}

function spanOf(element: Uint8Array | Span | string | number | bigint): Span {
  // A span may be of another copy of the library than this one.
  if (typeof element === 'object' && !ArrayBuffer.isView(element)) return element
  if (typeof element === 'string') return new Span(utf8(element))
  return new Span(ArrayBuffer.isView(element) ? element : latin1(String(element)))
}
