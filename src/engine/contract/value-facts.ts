// value-facts.ts: what an observer hears of a value that is read from a file and not built.

import type { Span } from '../../bytes/memory/span.ts'
import type { Limits } from './limits.ts'

/** The facts of one value after the other. */
export class ValueFacts {
  /** Fields, members, elements, entries; 1 for a string. */
  count = 0
  /** Bytes of all elements, scores and what ties them together not counted. */
  bytes = 0
  /** Bytes of the longest element: of a hash, field or value; of a stream, node. */
  longest = 0
  /** What OBJECT ENCODING would say. */
  encoding = ''
  /** Bytes of the key, on which the encoding of a string depends. */
  keyLength = 0
  /** What decides the encodings of collections. */
  readonly limits: Limits

  constructor(limits: Limits) {
    this.limits = limits
  }

  begin(keyLength: number): void {
    this.count = 0
    this.bytes = 0
    this.longest = 0
    this.encoding = ''
    this.keyLength = keyLength
  }

  /** An element; true, for it is never one too many. */
  add(element: Span): boolean {
    this.count++
    return this.addPart(element.end - element.start)
  }

  /** A part of an element, of so many bytes. */
  addPart(bytes: number): boolean {
    this.bytes += bytes
    if (bytes > this.longest) this.longest = bytes
    return true
  }
}
