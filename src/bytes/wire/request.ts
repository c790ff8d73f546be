// request.ts: finds requests in the bytes a client sends, where they lie, without copying them.
//
//   bytes   … ┃*2␍␊$3␍␊GET␍␊$1␍␊k␍␊┃*2␍␊$3␍␊GE            ┃ begin of a request
//             begin     ↑starts[0]      position ↑  ↑limit
//
// A chunk from the socket is parsed in place; only the cut-off request at its end is copied into a
// buffer of the session's own, together with how far it was read, so that a request of a million
// arguments is read once and not once per chunk.
// Errors carry the texts of redis-server; after one the connection is to be closed.
// Follows the RESP specification and, for inline commands, the quoting rules of redis-cli.

import type { Span } from '../memory/span.ts'
import { parseInt64, parseInteger } from '../numbers/numbers.ts'
import { splitInline } from './inline.ts'

const CR = 13
const LF = 10
const INLINE_MAX = 64 * 1024
const INT_MAX = 0x7fffffff
/** Bytes taken ahead of what has come: an argument of 1 MiB and the lines around it fit. */
const GROW_MAX = (1 << 20) + 1024
/** From this length on an argument may be given away instead of copied, in bytes. */
export const GIVEN_MIN = 1 << 20
/** Of an argument that long, room for all of it is taken when one part in so many has come. */
const GROW_SHARE = 16
/** Bytes behind a long argument: what comes with its end fits, and it need not be moved for it. */
const TAIL = 1 << 16
const FEW = 8

/** What `next` found. */
export const INCOMPLETE = 0
export const COMPLETE = 1
export const MALFORMED = 2

/** Words of one request: argument i is `bytes[starts[i], ends[i])`. */
export class Words {
  bytes: Uint8Array = new Uint8Array(0)
  starts = new Int32Array(FEW)
  ends = new Int32Array(FEW)
  count = 0

  /** Notes one more argument. */
  add(start: number, end: number): void {
    if (this.count === this.starts.length) this.grow()
    this.starts[this.count] = start
    this.ends[this.count++] = end
  }

  /** A copy in memory of its own. */
  copy(): Words {
    const words = new Words()
    const first = this.count === 0 ? 0 : this.starts[0]
    const last = this.count === 0 ? 0 : this.ends[this.count - 1]
    // Not `slice`: on Node's Buffer it makes a view.
    words.bytes = new Uint8Array(this.bytes.subarray(first, last))
    for (let i = 0; i < this.count; i++) words.add(this.starts[i] - first, this.ends[i] - first)
    return words
  }

  /** Forgets the arguments, and the room that an unusually long request took. */
  clear(): void {
    this.count = 0
    if (this.starts.length <= 1024) return
    this.starts = new Int32Array(FEW)
    this.ends = new Int32Array(FEW)
  }

  private grow(): void {
    const starts = new Int32Array(this.starts.length * 2)
    const ends = new Int32Array(starts.length)
    starts.set(this.starts)
    ends.set(this.ends)
    this.starts = starts
    this.ends = ends
  }
}

/** Limits of a request, in bytes and counts; the session changes them with its state. */
export class RequestLimits {
  /** The longest argument (proto-max-bulk-len). */
  bulkMax = 512 * 1024 * 1024
  /** Whether the session may send only what a client needs to log in. */
  unauthenticated = false
}

export class Request {
  readonly words = new Words()
  /** After MALFORMED: what is wrong, as redis-server says it. */
  error = ''
  private readonly limits: RequestLimits
  private bytes: Uint8Array = new Uint8Array(0)
  private begin = 0
  private position = 0
  private limit = 0
  private owned = false
  /** Whether part of the buffer is somebody else's now: nothing more is read into it. */
  private given = false
  private argumentsLeft = 0
  private bulkLength = -1

  constructor(limits: RequestLimits) {
    this.limits = limits
  }

  /** Bytes that wait for the rest of their request. */
  get pending(): number {
    return this.limit - this.begin
  }

  /**
   * Bytes that were read and are not forgotten yet, those of the running batch included, without
   * the arguments that are known already of a request that has begun.
   */
  get held(): number {
    return this.argumentsLeft > 0 ? this.limit - this.position : this.limit
  }

  /** Bytes of the session's own buffer. */
  get buffered(): number {
    return this.owned ? this.bytes.length : 0
  }

  /** Gives the parser `chunk[0, size)`; the bytes are the caller's again after `keep`. */
  feed(chunk: Uint8Array, size = chunk.length): void {
    if (this.pending === 0) {
      this.bytes = chunk
      this.begin = this.position = 0
      this.limit = size
      this.owned = false
      return
    }
    if (this.limit + size > this.bytes.length) this.makeRoom(size)
    this.bytes.set(size === chunk.length ? chunk : chunk.subarray(0, size), this.limit)
    this.limit += size
  }

  /** Looks for the next request: its arguments are in `words` until the next call. */
  next(): number {
    let found = COMPLETE
    while (this.argumentsLeft === 0) {
      this.begin = this.position
      if (this.words.count !== 0) this.words.clear()
      if (this.position >= this.limit) return INCOMPLETE
      found = this.bytes[this.position] === 42 ? this.readCount() : this.readInline()
      if (found !== COMPLETE) return found
      if (this.words.count > 0) break // an inline request is read at once
    }
    if (this.argumentsLeft > 0) found = this.readArguments()
    if (found === COMPLETE) this.begin = this.position
    return found
  }

  /**
   * Gives a long argument away, where it is nearly all of a buffer that is this session's own: who
   * stores it need not copy it.
   * @returns the bytes, to keep; undefined where they have to be copied
   */
  give({ bytes, start, end }: Span): Uint8Array | undefined {
    const length = end - start
    if (!this.owned || bytes !== this.bytes || length < GIVEN_MIN) return undefined
    if (bytes.length - length > length >> 3) return undefined
    this.given = true
    return bytes.subarray(start, end)
  }

  /** Takes the cut-off request out of the caller's chunk. */
  keep(): void {
    const size = this.pending
    if (size === 0) {
      if (this.owned) giveBuffer(this.bytes)
      if (this.bytes.length > 0) this.bytes = NOTHING
      this.begin = this.position = this.limit = 0
      this.owned = false
    } else if (!this.owned || this.given) this.makeRoom(0)
    if (this.given) this.given = false
  }

  /** Forgets what is pending: the session will be closed. */
  drop(): void {
    this.begin = this.position = this.limit
    this.argumentsLeft = 0
    this.words.clear()
    this.keep()
  }

  private readCount(): number {
    const end = this.lineEnd()
    if (end < 0) return this.unfinishedLine('too big mbulk count string')
    const count = countOf(this.bytes, this.position + 1, end)
    if (!(count <= INT_MAX)) return this.malformed('invalid multibulk length')
    if (count > 10 && this.limits.unauthenticated) {
      return this.malformed('unauthenticated multibulk length')
    }
    this.position = end + 2
    this.words.bytes = this.bytes
    this.argumentsLeft = count > 0 ? count : 0
    this.bulkLength = -1
    return COMPLETE
  }

  private readArguments(): number {
    const words = this.words
    words.bytes = this.bytes
    while (this.argumentsLeft > 0) {
      if (this.bulkLength < 0) {
        const found = this.readBulkLength()
        if (found !== COMPLETE) return found
      }
      const end = this.position + this.bulkLength
      if (end + 2 > this.limit) return INCOMPLETE
      words.add(this.position, end)
      this.position = end + 2
      this.bulkLength = -1
      this.argumentsLeft--
    }
    return COMPLETE
  }

  private readBulkLength(): number {
    const { bytes, position, limit } = this
    // The common case without calls: '$', one or two digits, line break.
    if (position + 4 < limit && bytes[position] === 36) {
      const first = bytes[position + 1] - 48
      if (first >= 0 && first <= 9) {
        if (bytes[position + 2] === CR) {
          this.bulkLength = first
          this.position = position + 4
          return COMPLETE
        }
        const second = bytes[position + 2] - 48
        if (second >= 0 && second <= 9 && first > 0 && bytes[position + 3] === CR) {
          this.bulkLength = first * 10 + second
          this.position = position + 5
          return COMPLETE
        }
      }
    }
    return this.readLongBulkLength()
  }

  private readLongBulkLength(): number {
    const end = this.lineEnd()
    if (end < 0) return this.unfinishedLine('too big bulk count string')
    const first = this.bytes[this.position]
    if (first !== 36) {
      return this.malformed(`expected '$', got '${String.fromCharCode(first)}'`)
    }
    const length = parseInteger(this.bytes, this.position + 1, end)
    if (!(length >= 0 && length <= this.limits.bulkMax)) {
      return this.malformed('invalid bulk length')
    }
    if (length > 16384 && this.limits.unauthenticated) {
      return this.malformed('unauthenticated bulk length')
    }
    this.bulkLength = length
    this.position = end + 2
    return COMPLETE
  }

  private readInline(): number {
    const { bytes, limit } = this
    let end = this.position
    while (end < limit && bytes[end] !== LF && bytes[end] !== 0) end++
    if (end === limit || bytes[end] === 0) return this.unfinishedLine('too big inline request')
    const lineEnd = end > this.position && bytes[end - 1] === CR ? end - 1 : end
    const words = this.words
    if (!splitInline(bytes, this.position, lineEnd, words)) {
      return this.malformed('unbalanced quotes in request')
    }
    this.position = end + 1
    return COMPLETE
  }

  /** Offset of the CR that ends the current line when its LF is there too, -1 otherwise. */
  private lineEnd(): number {
    const { bytes, limit } = this
    let end = this.position
    // A NUL ends the search as it ends a C string: the reference waits for more, then gives up.
    while (end < limit && bytes[end] !== CR && bytes[end] !== 0) end++
    return end + 1 < limit && bytes[end] === CR ? end : -1
  }

  private unfinishedLine(error: string): number {
    if (this.limit - this.position > INLINE_MAX) return this.malformed(error)
    return INCOMPLETE
  }

  private malformed(error: string): number {
    this.error = error
    return MALFORMED
  }

  /** Bytes up to the end of the current argument, as far as they are taken ahead. */
  private roomAhead(size: number): number {
    const { bulkLength } = this
    const needed = this.position - this.begin + bulkLength + 2
    if (bulkLength >= GIVEN_MIN && size * GROW_SHARE >= needed) return needed + TAIL
    return Math.min(needed, Math.max(size * 2, GROW_MAX))
  }

  /** Moves the pending bytes into an owned buffer with room for `more`. */
  private makeRoom(more: number): void {
    const size = this.pending
    let want = size + more
    if (this.bulkLength >= 0) {
      want = Math.max(want, this.roomAhead(size))
    } else want = Math.max(want, Math.min(size * 2, want + GROW_MAX))
    const buffer = takeBuffer(Math.max(want, 512))
    buffer.set(this.bytes.subarray(this.begin, this.limit))
    const words = this.words
    for (let i = 0; i < words.count; i++) {
      words.starts[i] -= this.begin
      words.ends[i] -= this.begin
    }
    words.bytes = buffer
    this.bytes = buffer
    this.position -= this.begin
    this.limit = size
    this.begin = 0
    this.owned = true
  }
}

/** A count of arguments: any negative 64-bit integer means none; NaN where it is no integer. */
function countOf(bytes: Uint8Array, start: number, end: number): number {
  const count = parseInteger(bytes, start, end)
  return Number.isNaN(count) ? Number(parseInt64(bytes, start, end)) : count
}

// Buffers that cut-off requests of some length were put together in, for the next ones: a client
// that sends large values needs one for each of them.
const pool: Uint8Array[] = []
const POOL_MAX = 16
const POOLED_MIN = 1 << 14
const POOLED_MAX = 1 << 18

function takeBuffer(size: number): Uint8Array {
  const last = pool[pool.length - 1]
  if (last === undefined || size < POOLED_MIN || last.length < size) return new Uint8Array(size)
  return pool.pop()!
}

function giveBuffer(buffer: Uint8Array): void {
  if (buffer.length < POOLED_MIN || buffer.length > POOLED_MAX) return
  if (pool.length < POOL_MAX) pool.push(buffer)
}

const NOTHING = new Uint8Array(0)
