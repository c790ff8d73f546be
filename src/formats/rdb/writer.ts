// writer.ts: lengths, strings and numbers in RDB form, appended to bytes that grow, or that go on
// to a file whenever there are enough of them.

import { copyBytes, Span } from '../../bytes/memory/span.ts'
import { parseInteger, writeInteger } from '../../bytes/numbers/numbers.ts'
import { lzfCompress } from '../lzf.ts'
import {
  ENCODED_INT8,
  ENCODED_INT16,
  ENCODED_INT32,
  ENCODED_LZF,
  LENGTH_14_BITS,
  LENGTH_32_BITS,
  LENGTH_64_BITS,
  RDB_VERSION,
} from './opcodes.ts'

export interface RdbWriterOptions {
  /** Whether strings that shrink by LZF are compressed; `rdbcompression`. On when not given. */
  compress?: boolean
  /** The RDB version to write for: what it does not know is written in older layouts. */
  version?: number
  /** Bytes to begin with; the writer doubles them as needed. */
  capacity?: number
}

/** Takes bytes that were written; they are the writer's again afterwards. */
export type Drain = (bytes: Uint8Array, start: number, end: number) => void

// The longest text that fits an int32, with its sign.
const INTEGER_TEXT_MAX = 11
// Shorter strings do not shrink whatever they hold.
const COMPRESS_LENGTH_MIN = 21
// Compression must save this much to be worth its header.
const COMPRESS_SAVING_MIN = 4
// Bytes of a large value that are written in one go.
const STEP = 1 << 16
// An encoding byte and two lengths of nine bytes.
const HEADER_MAX = 19

const scratch = new Uint8Array(24)
const input = new Span()
const float = new DataView(new ArrayBuffer(8))

/** Writes RDB parts one after another; `take()` hands the bytes out. */
export class RdbWriter {
  /** The memory written to; only the first `length` bytes mean anything. It changes by growing. */
  bytes: Uint8Array
  length = 0
  readonly compress: boolean
  /** The RDB version that has to be able to read what is written. */
  readonly version: number
  /**
   * Where bytes go when there is no room for more; without it the room grows. Who wants to change
   * a byte that is already written must not have one.
   */
  drain: Drain | undefined = undefined
  /** Bytes that the drain has taken. */
  private drained = 0
  /** Where the step ends that is being written, counted as `position`. */
  private stepEnd = STEP

  constructor(options: RdbWriterOptions = {}) {
    this.bytes = new Uint8Array(options.capacity ?? 128)
    this.compress = options.compress ?? true
    this.version = options.version ?? RDB_VERSION
  }

  /** How many bytes were written, with those that the drain has taken. */
  get position(): number {
    return this.drained + this.length
  }

  /**
   * Whether so much was written since this last said so that whoever writes a large value should
   * let others work; asked between its elements.
   */
  stepEnds(): boolean {
    const { position } = this
    if (position < this.stepEnd) return false
    this.stepEnd = position + STEP
    return true
  }

  /** Forgets what was written and keeps the memory. */
  reset(): this {
    this.length = 0
    this.drained = 0
    this.stepEnd = STEP
    return this
  }

  /** A copy of what was written. */
  take(): Uint8Array {
    return this.bytes.slice(0, this.length)
  }

  writeByte(byte: number): void {
    this.reserve(1)
    this.bytes[this.length++] = byte
  }

  /** Hands what was written to the drain. */
  flush(): void {
    const { length } = this
    this.length = 0
    this.drained += length
    this.drain?.(this.bytes, 0, length)
  }

  /** Bytes as they are, without a length before them. */
  writeRaw(bytes: Uint8Array, start: number, end: number): void {
    if (this.drain !== undefined && end - start > this.bytes.length) {
      this.flush()
      this.drained += end - start
      this.drain(bytes, start, end)
      return
    }
    this.reserve(end - start)
    copyBytes(bytes, start, end, this.bytes, this.length)
    this.length += end - start
  }

  /** A length or count: a whole number from 0 to 2^53 - 1. */
  writeLength(n: number): void {
    this.reserve(9)
    this.length = putLength(this.bytes, this.length, n)
  }

  /** A length of the whole unsigned 64-bit range, as stream ids and module fields need it. */
  writeLength64(n: bigint): void {
    if (n <= 0xffffffffn) {
      this.writeLength(Number(n))
      return
    }
    this.reserve(9)
    this.bytes[this.length] = LENGTH_64_BITS
    putBigEndian(this.bytes, this.length + 1, Number(n >> 32n))
    putBigEndian(this.bytes, this.length + 5, Number(n & 0xffffffffn))
    this.length += 9
  }

  /** A string in the shortest form it has: integer, LZF or as it is. */
  writeString(text: Span): void {
    this.writeStringBytes(text.bytes, text.start, text.end)
  }

  /** The same for bytes that no span names. */
  writeStringBytes(bytes: Uint8Array, start: number, end: number): void {
    const length = end - start
    if (length <= INTEGER_TEXT_MAX) {
      const n = parseInteger(bytes, start, end)
      if (n === (n | 0)) {
        this.writeInt32(n)
        return
      }
    }
    if (this.compress && length >= COMPRESS_LENGTH_MIN) {
      if (this.writeCompressed(bytes, start, end)) return
    }
    this.writeLength(length)
    this.writeRaw(bytes, start, end)
  }

  /** The string that shows an integer (safe, that is within ±2^53). */
  writeIntegerString(n: number): void {
    if (n === (n | 0)) {
      this.writeInt32(n)
      return
    }
    const end = writeInteger(scratch, 0, n)
    this.writeLength(end)
    this.writeRaw(scratch, 0, end)
  }

  /** A double in eight bytes, as scores are stored since RDB version 8. */
  writeDouble(d: number): void {
    float.setFloat64(0, d, true)
    this.writeView(8)
  }

  /** A single precision number in four bytes. */
  writeFloat(d: number): void {
    float.setFloat32(0, d, true)
    this.writeView(4)
  }

  /** A point in time in milliseconds, a whole number within ±2^53, as a little-endian int64. */
  writeMilliseconds(ms: number): void {
    float.setInt32(4, Math.floor(ms / 2 ** 32), true)
    float.setUint32(0, ms - Math.floor(ms / 2 ** 32) * 2 ** 32, true)
    this.writeView(8)
  }

  /** A little-endian int64. */
  writeInt64(n: bigint): void {
    float.setBigInt64(0, n, true)
    this.writeView(8)
  }

  /** Makes room for `count` more bytes. */
  reserve(count: number): void {
    if (this.length + count <= this.bytes.length) return
    if (this.drain !== undefined && this.length > 0) this.flush()
    const needed = this.length + count
    if (needed <= this.bytes.length) return
    const grown = new Uint8Array(Math.max(needed, this.bytes.length * 2))
    grown.set(this.bytes.subarray(0, this.length))
    this.bytes = grown
  }

  private writeView(count: number): void {
    this.reserve(count)
    for (let i = 0; i < count; i++) this.bytes[this.length++] = float.getUint8(i)
  }

  private writeInt32(n: number): void {
    this.reserve(5)
    let count = 4
    let encoding = ENCODED_INT32
    if (n === (n << 24) >> 24) {
      count = 1
      encoding = ENCODED_INT8
    } else if (n === (n << 16) >> 16) {
      count = 2
      encoding = ENCODED_INT16
    }
    this.bytes[this.length++] = encoding
    for (let i = 0; i < count; i++) this.bytes[this.length++] = n >> (8 * i)
  }

  // Compresses behind the place of the header, whose own size depends on the outcome, and moves
  // the result up to it: no second buffer.
  private writeCompressed(bytes: Uint8Array, start: number, end: number): boolean {
    const length = end - start
    this.reserve(HEADER_MAX + length)
    const from = this.length + HEADER_MAX
    const limit = from + length - COMPRESS_SAVING_MIN
    const to = lzfCompress(input.set(bytes, start, end), this.bytes, from, limit)
    // The loan ends here, lest a large value stay reachable.
    input.set(scratch, 0, 0)
    if (to === 0) return false
    this.bytes[this.length] = ENCODED_LZF
    const middle = putLength(this.bytes, this.length + 1, to - from)
    const at = putLength(this.bytes, middle, length)
    this.bytes.copyWithin(at, from, to)
    this.length = at + to - from
    return true
  }
}

// Returns the offset behind the length; up to nine bytes are needed.
function putLength(target: Uint8Array, at: number, n: number): number {
  if (n < 64) {
    target[at] = n
    return at + 1
  }
  if (n < 16384) {
    target[at] = LENGTH_14_BITS | (n >> 8)
    target[at + 1] = n
    return at + 2
  }
  if (n < 2 ** 32) {
    target[at] = LENGTH_32_BITS
    return putBigEndian(target, at + 1, n)
  }
  target[at] = LENGTH_64_BITS
  putBigEndian(target, at + 1, Math.floor(n / 2 ** 32))
  return putBigEndian(target, at + 5, n % 2 ** 32)
}

function putBigEndian(target: Uint8Array, at: number, n: number): number {
  target[at] = n >>> 24
  target[at + 1] = n >>> 16
  target[at + 2] = n >>> 8
  target[at + 3] = n
  return at + 4
}
