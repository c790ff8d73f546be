// reply.ts: writes RESP2 or RESP3 into an Output.
//
// One object serves all sessions in turn; `protocol` is set before a command runs. A handler says
// what a reply means (nil, map, double) and this file knows what it looks like in either protocol.
// Follows the RESP specification; doubles and integers are printed as redis-server prints them.

import type { Arena } from '../memory/arena.ts'
import { copyBytes, latin1, type Span } from '../memory/span.ts'
import { integerLength, writeDouble, writeInt64, writeInteger } from '../numbers/numbers.ts'
import { utf8Room, writeUtf8 } from '../text/utf8.ts'
import { LARGE, type Output } from './output.ts'

const CR = 13
const LF = 10
const SPACE = 32
const NIL_BULK = latin1('$-1\r\n')
const NIL_ARRAY = latin1('*-1\r\n')
const NULL = latin1('_\r\n')
const OK = latin1('+OK\r\n')
const TRUE = latin1('#t\r\n')
const FALSE = latin1('#f\r\n')

function isLineBreak(byte: number): boolean {
  return byte === CR || byte === LF
}

export class Reply {
  /** 2 or 3: the protocol of the session that is being served. */
  protocol = 2
  output: Output

  constructor(output: Output) {
    this.output = output
  }

  ok(): void {
    this.output.append(OK, 0, OK.length)
  }

  /** A status reply; the text has no line breaks. */
  simple(text: string): void {
    this.line('+', text)
  }

  /**
   * An error reply from its whole line, `ERR …`, without the leading '-' and the line break.
   * @param line one character per byte; line breaks in it become spaces, those at its end go
   */
  error(line: string): void {
    const { output } = this
    output.reserve(line.length + 3)
    output.bytes[output.at++] = 45
    let length = line.length
    while (length > 0 && isLineBreak(line.charCodeAt(length - 1))) length--
    // One byte a character, as the client sent what the line repeats; a line break would end it.
    for (let i = 0; i < length; i++) {
      const byte = line.charCodeAt(i)
      output.bytes[output.at++] = isLineBreak(byte) ? SPACE : byte
    }
    this.lineEnd()
  }

  /** A safe integer. */
  integer(n: number): void {
    const output = this.output
    output.reserve(24)
    const bytes = output.bytes
    let at = output.at
    bytes[at++] = 58
    at = writeInteger(bytes, at, n)
    bytes[at++] = CR
    bytes[at++] = LF
    output.at = at
  }

  /** Any 64-bit integer. */
  int64(n: bigint): void {
    const output = this.output
    output.reserve(24)
    const bytes = output.bytes
    bytes[output.at] = 58
    output.at = writeInt64(bytes, output.at + 1, n)
    this.lineEnd()
  }

  bulk(span: Span): void {
    this.bulkBytes(span.bytes, span.start, span.end)
  }

  bulkBytes(source: Uint8Array, start: number, end: number): void {
    const output = this.output
    const size = end - start
    output.reserve(size + 16)
    const bytes = output.bytes
    let at = output.at
    bytes[at++] = 36
    at = writeInteger(bytes, at, size)
    bytes[at++] = CR
    bytes[at++] = LF
    if (size > 24) bytes.set(source.subarray(start, end), at)
    else copyBytes(source, start, end, bytes, at)
    at += size
    bytes[at++] = CR
    bytes[at++] = LF
    output.at = at
  }

  /**
   * A bulk whose bytes are an outsized block of the arena: sent without a copy, lent until changed.
   */
  bulkOutsized(arena: Arena, slot: number): void {
    const bytes = arena.outsized[slot]!
    if (bytes.length < LARGE) {
      this.bulkBytes(bytes, 0, bytes.length)
      return
    }
    arena.lend(slot)
    this.head(36, bytes.length)
    this.output.handOver(bytes)
    this.output.reserve(2)
    this.lineEnd()
  }

  /** A bulk from a text of one character per byte, which need not be UTF-8. */
  bytes(text: string): void {
    const bytes = latin1(text)
    this.bulkBytes(bytes, 0, bytes.length)
  }

  /** A bulk from a text, in UTF-8. */
  text(text: string): void {
    const output = this.output
    const room = utf8Room(text)
    output.reserve(room + 16)
    // The length is known only after the text is written: write it behind a gap, then close up.
    const bodyAt = output.at + 3 + integerLength(room)
    const end = writeUtf8(output.bytes, bodyAt, text)
    const size = end - bodyAt
    this.head(36, size)
    if (output.at !== bodyAt) output.bytes.copyWithin(output.at, bodyAt, end)
    output.at += size
    this.lineEnd()
  }

  /** No such value, where a bulk or an element is expected. */
  nil(): void {
    this.raw(this.protocol === 2 ? NIL_BULK : NULL)
  }

  /** No such value, where an array is expected. */
  nilArray(): void {
    this.raw(this.protocol === 2 ? NIL_ARRAY : NULL)
  }

  /** The head of an array of `n` elements, which follow. */
  array(n: number): void {
    this.head(42, n)
  }

  /** The head of a map of `n` pairs: in RESP2 an array of 2n. */
  map(n: number): void {
    if (this.protocol === 2) this.head(42, n * 2)
    else this.head(37, n)
  }

  /** The head of a set of `n` elements: in RESP2 an array. */
  set(n: number): void {
    this.head(this.protocol === 2 ? 42 : 126, n)
  }

  /** The head of an out-of-band message of `n` elements: in RESP2 an array. */
  push(n: number): void {
    this.head(this.protocol === 2 ? 42 : 62, n)
  }

  /** The head of attributes, `n` pairs; RESP3 only. */
  attribute(n: number): void {
    this.head(124, n)
  }

  /** A double: in RESP2 a bulk. */
  double(value: number): void {
    const output = this.output
    output.reserve(64)
    const bytes = output.bytes
    if (this.protocol === 3) {
      bytes[output.at] = 44
      output.at = writeDouble(bytes, output.at + 1, value)
    } else {
      const bodyAt = output.at + 5
      const end = writeDouble(bytes, bodyAt, value)
      this.head(36, end - bodyAt)
      bytes.copyWithin(output.at, bodyAt, end)
      output.at += end - bodyAt
    }
    this.lineEnd()
  }

  /** A truth value: in RESP2 the integer 1 or 0. */
  boolean(value: boolean): void {
    if (this.protocol === 2) this.integer(value ? 1 : 0)
    else this.raw(value ? TRUE : FALSE)
  }

  /**
   * Text with a format: in RESP2 a bulk.
   * @param format three characters, 'txt' or 'mkd'
   */
  verbatim(format: string, text: string): void {
    if (this.protocol === 2) {
      this.text(text)
      return
    }
    const output = this.output
    output.reserve(utf8Room(text) + 24)
    const body = new Uint8Array(utf8Room(text) + 4)
    const size = writeUtf8(body, 0, `${format}:${text}`)
    this.head(61, size)
    output.append(body, 0, size)
    output.reserve(2)
    this.lineEnd()
  }

  /** An integer of any size, given as text: in RESP2 a bulk. */
  bigNumber(text: string): void {
    if (this.protocol === 2) this.text(text)
    else this.line('(', text)
  }

  /** Bytes that are already RESP. */
  raw(bytes: Uint8Array): void {
    this.output.append(bytes, 0, bytes.length)
  }

  private head(type: number, n: number): void {
    const output = this.output
    output.reserve(24)
    const bytes = output.bytes
    let at = output.at
    bytes[at++] = type
    at = writeInteger(bytes, at, n)
    bytes[at++] = CR
    bytes[at++] = LF
    output.at = at
  }

  private line(type: string, text: string): void {
    const output = this.output
    output.reserve(utf8Room(text) + 3)
    output.bytes[output.at++] = type.charCodeAt(0)
    output.at = writeUtf8(output.bytes, output.at, text)
    this.lineEnd()
  }

  private lineEnd(): void {
    const output = this.output
    output.bytes[output.at++] = CR
    output.bytes[output.at++] = LF
  }
}
