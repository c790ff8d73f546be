// reply-value.ts: reads replies, where the engine wrote them, as JavaScript values.
//
//   status, verbatim text    string                 null        null
//   bulk string              string or Uint8Array   boolean     boolean
//   integer                  number, or bigint      array       Array
//   double                   number                 map         Map
//   big number               bigint                 set         Set
//   error                    ReplyError
//
// The bytes are the engine's own, so nothing here is checked twice. Maps do not become objects:
// their keys may be bytes or numbers, and `__proto__` is a field like any other.

import { parseInt64, parseInteger } from '../../bytes/numbers/numbers.ts'
import { readUtf8 } from '../../bytes/text/utf8.ts'
import type { Output } from '../../bytes/wire/output.ts'
import { ReplyError } from './reply-error.ts'

/** A reply as JavaScript sees it; a ReplyError only as an element, for example of EXEC's array. */
export type ReplyValue =
  | string
  | Uint8Array
  | number
  | bigint
  | boolean
  | null
  | ReplyError
  | ReplyValue[]
  | Map<ReplyValue, ReplyValue>
  | Set<ReplyValue>

/** Reads UTF-8 as text. */
export type Decode = (bytes: Uint8Array, start: number, end: number) => string

const CR = 13
/** From this length on a platform's decoder is faster than a loop, in bytes. */
const LONG = 32

export class ReplyReader {
  /** Whether bulk strings are read as bytes. */
  raw = false
  private bytes: Uint8Array = new Uint8Array(0)
  private at = 0
  private readonly decode: Decode

  /** @param decode a platform's way of reading long texts, where it has one */
  constructor(decode: Decode = readUtf8) {
    this.decode = decode
  }

  /** Where the reply that was read ends. */
  get end(): number {
    return this.at
  }

  /** Reads the one reply that begins at `start`. */
  read(bytes: Uint8Array, start: number): ReplyValue {
    this.bytes = bytes
    this.at = start
    return this.value()
  }

  /** Takes the one reply that an output holds, which is empty afterwards. */
  take(output: Output): ReplyValue {
    const { length, parts } = output
    if (parts.length > 0) return this.read(output.collect(), 0)
    const value = this.read(output.bytes, output.at - length)
    output.drop()
    return value
  }

  private value(): ReplyValue {
    const type = this.bytes[this.at]!
    const start = this.at + 1
    const end = this.lineEnd(start)
    this.at = end + 2
    switch (type) {
      case 36: // $
        return this.bulk(this.size(start, end))
      case 58: // :
        return this.integer(start, end)
      case 43: // +
        return readUtf8(this.bytes, start, end)
      case 95: // _
        return null
      case 42: // *
      case 62: // >
        return this.array(this.size(start, end))
      case 37: // %
        return this.map(this.size(start, end))
      case 126: // ~
        return new Set(this.array(this.size(start, end)))
      default:
        return this.rare(type, readUtf8(this.bytes, start, end))
    }
  }

  private rare(type: number, text: string): ReplyValue {
    switch (type) {
      case 45: // -
        return new ReplyError(text)
      case 35: // #
        return text === 't'
      case 44: // ,
        return double(text)
      case 40: // (
        return BigInt(text)
      case 61: // =
        return this.verbatim(Number(text))
      case 124: // |
        this.map(Number(text))
        return this.value()
      default:
        throw new Error(`a reply began with byte ${type}`)
    }
  }

  private bulk(size: number): string | Uint8Array | null {
    if (size < 0) return null
    const start = this.at
    const end = start + size
    this.at = end + 2
    if (this.raw) return this.bytes.slice(start, end)
    return size < LONG ? readUtf8(this.bytes, start, end) : this.decode(this.bytes, start, end)
  }

  /** Text behind three letters for its format and a colon. */
  private verbatim(size: number): string {
    const start = this.at + 4
    this.at += size + 2
    return this.decode(this.bytes, start, this.at - 2)
  }

  private integer(start: number, end: number): number | bigint {
    const n = parseInteger(this.bytes, start, end)
    return Number.isNaN(n) ? parseInt64(this.bytes, start, end)! : n
  }

  private size(start: number, end: number): number {
    return parseInteger(this.bytes, start, end)
  }

  private array(count: number): ReplyValue[] | null {
    if (count < 0) return null
    const values: ReplyValue[] = []
    for (let i = 0; i < count; i++) values.push(this.value())
    return values
  }

  private map(count: number): Map<ReplyValue, ReplyValue> {
    const values = new Map<ReplyValue, ReplyValue>()
    for (let i = 0; i < count; i++) {
      const key = this.value()
      values.set(key, this.value())
    }
    return values
  }

  private lineEnd(start: number): number {
    let end = start
    while (this.bytes[end] !== CR) end++
    return end
  }
}

function double(text: string): number {
  if (text === 'inf') return Number.POSITIVE_INFINITY
  if (text === '-inf') return Number.NEGATIVE_INFINITY
  return Number(text)
}
