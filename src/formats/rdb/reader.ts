// reader.ts: lengths, strings and numbers out of RDB bytes that may be damaged or hostile.
//
// Every read is checked against the end before memory is touched or taken, so that no length in
// the input can make the reader read elsewhere, allocate more than 88 times the input, or loop.

import { parseDouble, writeInteger } from '../../bytes/numbers.ts'
import type { Span } from '../../bytes/span.ts'
import { LZF_RATIO_MAX, lzfDecompress } from '../lzf.ts'
import {
  ENCODED_INT8,
  ENCODED_INT16,
  ENCODED_INT32,
  ENCODED_LZF,
  LENGTH_14_BITS,
  LENGTH_32_BITS,
  LENGTH_64_BITS,
  LENGTH_ENCODED,
} from './opcodes.ts'

/** What every read throws when the bytes are not RDB: the one kind of failure here. */
export class RdbError extends Error {
  /** Where the reader stood, in bytes from the start of its array. */
  readonly offset: number

  constructor(message: string, offset: number) {
    super(message)
    this.name = 'RdbError'
    this.offset = offset
  }
}

// Unpacked strings up to this size share one buffer, larger ones get their own.
const SHARED_LENGTH_MAX = 1 << 20

/** Reads RDB parts one after another from `at` towards `end`. */
export class RdbReader {
  readonly bytes: Uint8Array
  /** Where the next read begins. */
  at: number
  readonly end: number
  // Where strings go that are not in the input as they are.
  private unpacked = new Uint8Array(32)

  constructor(bytes: Uint8Array, start = 0, end = bytes.length) {
    this.bytes = bytes
    this.at = start
    this.end = end
  }

  /** How many bytes are left. */
  get remaining(): number {
    return this.end - this.at
  }

  readByte(): number {
    return this.bytes[this.skip(1)]
  }

  /**
   * A length or count, 0 to 2^53 - 1. The mark of an encoded string is taken for the number in its
   * six lower bits, as the reference does where a string cannot be.
   * @throws RdbError also for larger ones: nothing that large can follow.
   */
  readLength(): number {
    const head = this.readByte()
    if (head < LENGTH_14_BITS) return head
    if (head < LENGTH_32_BITS) return ((head & 63) << 8) | this.readByte()
    if (head === LENGTH_32_BITS) return this.readBigEndian()
    if (head >= LENGTH_ENCODED) return head & 63
    if (head !== LENGTH_64_BITS) this.fail('not a length')
    const length = this.readBigEndian() * 2 ** 32 + this.readBigEndian()
    if (length > Number.MAX_SAFE_INTEGER) this.fail('a length beyond all memory')
    return length
  }

  /** A length of the whole unsigned 64-bit range, as stream ids and module fields need it. */
  readLength64(): bigint {
    if (this.remaining > 0 && this.bytes[this.at] === LENGTH_64_BITS) {
      this.at++
      const high = BigInt(this.readBigEndian())
      return (high << 32n) | BigInt(this.readBigEndian())
    }
    return BigInt(this.readLength())
  }

  /** Bytes as they are: points `into` at the next `length` bytes of the input. */
  readRaw(length: number, into: Span): Span {
    const start = this.skip(length)
    return into.set(this.bytes, start, start + length)
  }

  /**
   * A string in any of its forms.
   * @returns `into`, valid until the next string is read: it may lie in the reader's own buffer.
   */
  readString(into: Span): Span {
    const head = this.remaining > 0 ? this.bytes[this.at] : 0
    switch (head) {
      case ENCODED_INT8:
        return this.readIntegerString(1, into)
      case ENCODED_INT16:
        return this.readIntegerString(2, into)
      case ENCODED_INT32:
        return this.readIntegerString(4, into)
      case ENCODED_LZF:
        return this.readCompressed(into)
      default:
        if (head > ENCODED_LZF) this.fail('an unknown encoding of a string')
        return this.readRaw(this.readLength(), into)
    }
  }

  /** A double in eight bytes, as scores are stored since RDB version 8. */
  readDouble(): number {
    return this.view(8).getFloat64(0, true)
  }

  /** A single precision number in four bytes. */
  readFloat(): number {
    return this.view(4).getFloat32(0, true)
  }

  /** A double as scores were stored before RDB version 8: a length byte and text. */
  readDoubleText(): number {
    const length = this.readByte()
    if (length === 255) return -Infinity
    if (length === 254) return Infinity
    if (length === 253) return NaN
    const start = this.skip(length)
    const d = parseDouble(this.bytes, start, start + length)
    if (Number.isNaN(d)) this.fail('a score that is not a number')
    return d
  }

  /** A little-endian int64 such as a time in milliseconds; rounded beyond ±2^53. */
  readMilliseconds(): number {
    const view = this.view(8)
    return view.getInt32(4, true) * 2 ** 32 + view.getUint32(0, true)
  }

  /** A little-endian int32 such as a time in seconds. */
  readInt32(): number {
    return this.view(4).getInt32(0, true)
  }

  /** Gives up: what was read has the right form but cannot be. */
  fail(message: string): never {
    throw new RdbError(message, this.at)
  }

  // Passes `count` bytes and returns where they start.
  private skip(count: number): number {
    if (count > this.end - this.at) this.fail('the input ends early')
    const start = this.at
    this.at += count
    return start
  }

  private view(count: number): DataView {
    const start = this.skip(count)
    return new DataView(this.bytes.buffer, this.bytes.byteOffset + start, count)
  }

  private readBigEndian(): number {
    const at = this.skip(4)
    const { bytes } = this
    const low = (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3]
    return bytes[at] * 2 ** 24 + low
  }

  private readIntegerString(size: number, into: Span): Span {
    const at = this.skip(1 + size)
    let n = 0
    for (let i = size; i > 0; i--) n = (n << 8) | this.bytes[at + i]
    const unused = 32 - 8 * size
    return into.set(this.unpacked, 0, writeInteger(this.unpacked, 0, (n << unused) >> unused))
  }

  private readCompressed(into: Span): Span {
    this.skip(1)
    const packedLength = this.readLength()
    const length = this.readLength()
    const start = this.skip(packedLength)
    // The reference takes its decompressor's 0 for "nothing came out, as announced".
    if (length === 0) return into.set(this.unpacked, 0, 0)
    if (length > packedLength * LZF_RATIO_MAX) this.fail('a compressed string is too short')
    const target = this.roomFor(length)
    into.set(this.bytes, start, start + packedLength)
    if (!lzfDecompress(into, target, 0, length)) {
      this.fail('a compressed string is damaged')
    }
    return into.set(target, 0, length)
  }

  private roomFor(length: number): Uint8Array {
    if (length > SHARED_LENGTH_MAX) return new Uint8Array(length)
    if (length > this.unpacked.length) this.unpacked = new Uint8Array(length)
    return this.unpacked
  }
}
