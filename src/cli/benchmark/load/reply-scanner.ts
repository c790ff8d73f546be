// reply-scanner.ts: counts complete replies in a stream of RESP2 or RESP3 without decoding them.
//
// A load generator only needs to know that its answers have come. The scanner keeps a handful of
// numbers between chunks and allocates nothing, save for the text of the first error. Nested
// aggregates need no stack: it is enough to know how many values are still to come, because an
// aggregate of n values stands for itself and adds n.

const LINE_FEED = 10
const MINUS = 45
const ZERO = 48
const ERROR = 45
const BULK_ERROR = 33
const PUSH = 62
const MAP = 37
const ATTRIBUTE = 124
/** `$` bulk, `=` verbatim, `!` bulk error: a length, then so many bytes and a line end. */
const sized = new Uint8Array(256)
/** `*` array, `~` set, `>` push, `%` map, `|` attribute: a count of values. */
const counted = new Uint8Array(256)
for (const type of '$=!') sized[type.charCodeAt(0)] = 1
for (const type of '*~>%|') counted[type.charCodeAt(0)] = 1

export class ReplyScanner {
  /** The first reply that is an error, without its type and line end; undefined while none is. */
  error: string | undefined
  /** The type of the line we are in; 0 between values. */
  #type = 0
  #number = 0
  #negative = false
  /** Bytes of a bulk, with its line end, that are still to pass. */
  #skip = 0
  /** Values that the present top-level reply still lacks. */
  #missing = 1
  /** Values begun in the present reply; an error inside an array is an ordinary value. */
  #begun = 0
  #isPush = false
  #errorText: string[] = []

  /**
   * Reads the next `end` bytes of the stream.
   * @returns how many replies they completed; pushes are no replies.
   */
  feed(bytes: Uint8Array, end: number): number {
    let at = 0
    let complete = 0
    while (at < end) {
      if (this.#skip > 0) {
        const step = Math.min(this.#skip, end - at)
        this.#skip -= step
        at += step
        if (this.#skip === 0) complete += this.#close()
      } else if (this.#type === 0) {
        this.#open(bytes[at++]!)
      } else {
        at = this.#line(bytes, at, end)
        if (at > 0 && bytes[at - 1] === LINE_FEED) complete += this.#endLine()
      }
    }
    return complete
  }

  #open(type: number): void {
    this.#type = type
    this.#number = 0
    this.#negative = false
    if (++this.#begun === 1 && type === PUSH) this.#isPush = true
  }

  /** Reads a line as far as it has come; returns the offset behind its line feed, or `end`. */
  #line(bytes: Uint8Array, start: number, end: number): number {
    let at = start
    const isError = this.#type === ERROR && this.#begun === 1
    if (isError && this.error === undefined) return this.#errorLine(bytes, at, end)
    if (sized[this.#type] === 0 && counted[this.#type] === 0) {
      while (at < end && bytes[at] !== LINE_FEED) at++
      return at < end ? at + 1 : end
    }
    for (; at < end; at++) {
      const byte = bytes[at]!
      if (byte >= ZERO) this.#number = this.#number * 10 + byte - ZERO
      else if (byte === MINUS) this.#negative = true
      else if (byte === LINE_FEED) return at + 1
    }
    return end
  }

  #errorLine(bytes: Uint8Array, start: number, end: number): number {
    const found = bytes.indexOf(LINE_FEED, start)
    const stop = found < 0 || found >= end ? end : found + 1
    for (let at = start; at < stop; at++) this.#errorText.push(String.fromCharCode(bytes[at]!))
    if (bytes[stop - 1] === LINE_FEED) this.error = this.#errorText.join('').trimEnd()
    return stop
  }

  #endLine(): number {
    const type = this.#type
    this.#type = 0
    if (sized[type] === 1 && !this.#negative) {
      if (type === BULK_ERROR && this.#begun === 1) this.error ??= 'a bulk error'
      this.#skip = this.#number + 2
      return 0
    }
    if (counted[type] === 1 && !this.#negative) {
      this.#missing += type === MAP || type === ATTRIBUTE ? 2 * this.#number : this.#number
      // An attribute goes before the value it describes, so it is not the value itself.
      if (type === ATTRIBUTE) return 0
    }
    return this.#close()
  }

  #close(): number {
    if (--this.#missing > 0) return 0
    const wasPush = this.#isPush
    this.#missing = 1
    this.#begun = 0
    this.#isPush = false
    return wasPush ? 0 : 1
  }
}
