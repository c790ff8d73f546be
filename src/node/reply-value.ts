// reply-value.ts: reads replies, where the engine wrote them, as JavaScript values.
//
//   simple and bulk strings, verbatim   string, or Uint8Array on request
//   integers                            number; bigint beyond 2^53
//   big numbers                         bigint
//   doubles                             number
//   null, booleans                      null, true, false
//   arrays, pushes                      Array
//   maps                                Map
//   sets                                Set
//   errors                              thrown, or inside an aggregate a ReplyError as the element
//
// The bytes are the engine's own, so nothing here is checked twice.

import { parseInt64, parseInteger } from '../bytes/numbers.ts'
import { readUtf8 } from '../bytes/text.ts'
import { ReplyError } from './reply-error.ts'

/** A reply as JavaScript sees it. */
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

const CR = 13

export class ReplyReader {
  /** Whether strings are read as Uint8Array. */
  raw = false
  private bytes: Uint8Array = new Uint8Array(0)
  private at = 0

  /** Reads the one reply that begins at `start`. */
  read(bytes: Uint8Array, start: number): ReplyValue {
    this.bytes = bytes
    this.at = start
    return this.value()
  }

  private value(): ReplyValue {
    const type = this.bytes[this.at]!
    const start = this.at + 1
    const end = this.lineEnd(start)
    this.at = end + 2
    switch (type) {
      case 36: // $
        return this.bulk(this.size(start, end), 0)
      case 58: // :
        return this.integer(start, end)
      case 43: // +
        return this.string(start, end)
      case 95: // _
        return null
      case 42: // *
      case 62: // >
        return this.array(this.size(start, end))
      case 37: // %
        return this.map(this.size(start, end))
      case 126: // ~
        return new Set(this.array(this.size(start, end)))
      case 45: // -
        return new ReplyError(readUtf8(this.bytes, start, end))
      default:
        return this.rare(type, start, end)
    }
  }

  private rare(type: number, start: number, end: number): ReplyValue {
    const text = readUtf8(this.bytes, start, end)
    switch (type) {
      case 35: // #
        return text === 't'
      case 44: // ,
        return double(text)
      case 40: // (
        return BigInt(text)
      case 61: // =
        return this.bulk(Number(text), 4)
      case 124: // |
        this.map(Number(text))
        return this.value()
      default:
        throw new Error(`a reply began with byte ${type}`)
    }
  }

  private bulk(size: number, skip: number): ReplyValue {
    if (size < 0) return null
    const start = this.at + skip
    const end = this.at + size
    this.at = end + 2
    return this.string(start, end)
  }

  private string(start: number, end: number): string | Uint8Array {
    if (this.raw) return this.bytes.slice(start, end)
    return readText(this.bytes, start, end)
  }

  private integer(start: number, end: number): number | bigint {
    const n = parseInteger(this.bytes, start, end)
    return n === n ? n : parseInt64(this.bytes, start, end)!
  }

  private size(start: number, end: number): number {
    return parseInteger(this.bytes, start, end)
  }

  private array(count: number): ReplyValue[] {
    const values: ReplyValue[] = []
    for (let i = 0; i < count; i++) values.push(this.value())
    return values
  }

  private map(count: number): ReplyValue {
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

/** Long strings are faster through the platform's decoder. */
const LONG = 64
const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

function readText(bytes: Uint8Array, start: number, end: number): string {
  if (end - start < LONG) return readUtf8(bytes, start, end)
  return decoder.decode(bytes.subarray(start, end))
}

function double(text: string): number {
  if (text === 'inf') return Number.POSITIVE_INFINITY
  if (text === '-inf') return Number.NEGATIVE_INFINITY
  return Number(text)
}
