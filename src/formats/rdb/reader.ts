// reader.ts: lengths, strings and numbers out of RDB bytes that may be damaged or hostile.
//
// Every read is checked against the end before memory is touched or taken, so that no length in
// the input can make the reader read elsewhere, allocate more than 88 times the input, or loop.
// The bytes lie in one array, or come in portions from a file (source.ts) into two buffers in
// turn: what a read has named stays true until the next but one portion is there.

import type { Span } from '../../bytes/memory/span.ts'
import { parseDouble, writeInteger } from '../../bytes/numbers/numbers.ts'
import type { Crc64 } from '../crc64.ts'
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
import { noSource, type RdbSource } from './source.ts'

/** What every read throws when the bytes are not RDB: the one kind of failure here. */
export class RdbError extends Error {
  /** Where the reader stood, in bytes from the start of its input. */
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
  /** The portion that is read; it changes when the next one comes. */
  bytes: Uint8Array
  /** Where the next read begins. */
  at: number
  /** Where the portion ends. */
  end: number
  /** What was put right in what was read, for the log; who writes it there empties it. */
  readonly repairs: string[] = []
  private readonly source: RdbSource
  // What the portions before this one held, in bytes.
  private passed = 0
  // The checksum of all that was read, where one is kept, covers the portion up to `summed`.
  private checksum: Crc64 | undefined = undefined
  private summed = 0
  private numbers: DataView | undefined = undefined
  // Where strings go that are not in the input as they are.
  private unpacked = new Uint8Array(32)

  constructor(bytes: Uint8Array, start = 0, end = bytes.length, source = noSource) {
    this.bytes = bytes
    this.at = start
    this.end = end
    this.source = source
  }

  /** How many bytes are left. */
  get remaining(): number {
    return this.end - this.at + this.source.remaining
  }

  /** How many bytes lie before the next read. */
  get position(): number {
    return this.passed + this.at
  }

  /** Keeps a checksum of all that is read from now on. */
  startChecksum(checksum: Crc64): void {
    this.checksum = checksum.reset()
    this.summed = this.at
  }

  /** Brings the checksum up to what was read last. */
  sumUp(): void {
    this.checksum?.update(this.bytes, this.summed, this.at)
    this.summed = this.at
  }

  readByte(): number {
    if (this.at === this.end) this.refill(1)
    return this.bytes[this.at++]
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
    if (this.peek() === LENGTH_64_BITS) {
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

  /** The next byte, which stays; 0 at the end. */
  peek(): number {
    if (this.at === this.end && this.remaining > 0) this.refill(1)
    return this.at < this.end ? this.bytes[this.at] : 0
  }

  /**
   * A string in any of its forms.
   * @returns `into`, valid until the next string is read: it may lie in the reader's own buffer.
   */
  readString(into: Span): Span {
    const head = this.peek()
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
    const at = this.skip(8)
    return this.view().getFloat64(at, true)
  }

  /** A single precision number in four bytes. */
  readFloat(): number {
    const at = this.skip(4)
    return this.view().getFloat32(at, true)
  }

  /** A double as scores were stored before RDB version 8: a length byte and text. */
  readDoubleText(): number {
    const length = this.readByte()
    if (length === 255) return -Infinity
    if (length === 254) return Infinity
    if (length === 253) return NaN
    const start = this.skip(length)
    // The reference takes as much of the text as is a number.
    for (let end = start + length; end > start; end--) {
      const d = parseDouble(this.bytes, start, end)
      if (!Number.isNaN(d)) return d
    }
    this.fail('a score that is not a number')
  }

  /** A little-endian int64 such as a time in milliseconds; rounded beyond ±2^53. */
  readMilliseconds(): number {
    const at = this.skip(8)
    const view = this.view()
    return view.getInt32(at + 4, true) * 2 ** 32 + view.getUint32(at, true)
  }

  /** A little-endian int64. */
  readInt64(): bigint {
    const at = this.skip(8)
    return this.view().getBigInt64(at, true)
  }

  /** A little-endian int32 such as a time in seconds. */
  readInt32(): number {
    const at = this.skip(4)
    return this.view().getInt32(at, true)
  }

  /** Notes that a figure was wrong which the value itself could tell. */
  repaired(what: string): void {
    this.repairs.push(what)
  }

  /** Gives up: what was read has the right form but cannot be. */
  fail(message: string): never {
    throw new RdbError(message, this.position)
  }

  // Passes `count` bytes and returns where they start, in what `this.bytes` is then.
  private skip(count: number): number {
    if (count > this.end - this.at) this.refill(count)
    const start = this.at
    this.at += count
    return start
  }

  // Goes on to the next portion, so that `count` bytes lie together.
  private refill(count: number): void {
    const { source, bytes, at, end } = this
    const rest = end - at
    if (count - rest > source.remaining) this.fail('the input ends early')
    this.sumUp()
    const portion = source.portion(count)
    portion.set(bytes.subarray(at, end))
    const got = source.read(portion, rest)
    this.bytes = portion
    this.numbers = undefined
    this.at = 0
    this.end = rest + got
    this.passed += at
    this.summed = 0
    if (this.end < count) this.fail('the input ends early')
  }

  // The portion as numbers; offsets are those in `bytes`.
  private view(): DataView {
    const { bytes } = this
    if (this.numbers === undefined) {
      this.numbers = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    }
    return this.numbers
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
