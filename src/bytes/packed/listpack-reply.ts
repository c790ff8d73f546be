// listpack-reply.ts: sends entries of a listpack (listpack.ts) to a client, as bulks.
//
// Most entries are short texts and integers: these are written in one loop that touches the
// output's fields only when its buffer is full. LRANGE, HGETALL and SMEMBERS of small values spend
// their time here. Texts are copied four bytes at a time, through views on both arrays, and with up
// to three bytes too many, which are overwritten by what follows: for 30 bytes that takes 13 ns,
// where a loop over bytes or `set` with its subarray takes 33.

import type { Span } from '../memory/span.ts'
import { integerLength, writeInteger } from '../numbers/numbers.ts'
import type { Reply } from '../wire/reply.ts'
import {
  listpackEntryEnd,
  listpackInteger,
  listpackPrevious,
  PackedEntry,
  readListpackEntry,
} from './listpack.ts'

const DOLLAR = 36
const CR = 13
const LF = 10
const ZERO = 48
/** What an integer or a short text takes in a reply at most, with what is written too much. */
const ROOM = 80
/** Shorter texts are copied byte by byte. */
const WORDS_MIN = 6
/** So many entries make it worth to have views. */
const VIEWS_MIN = 6

const entry = new PackedEntry()

/** A view on the array that was asked for last. */
class LastView {
  private bytes: Uint8Array = new Uint8Array(0)
  private view: DataView = new DataView(this.bytes.buffer)

  of(bytes: Uint8Array): DataView {
    if (bytes !== this.bytes) {
      this.bytes = bytes
      this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
    }
    return this.view
  }
}

const sources = new LastView()
const targets = new LastView()

/**
 * Writes an entry as a bulk.
 * @returns the offset behind the entry
 */
export function replyListpackEntry(reply: Reply, bytes: Uint8Array, at: number): number {
  const end = readListpackEntry(bytes, at, entry)
  const { span } = entry
  reply.bulkBytes(span.bytes, span.start, span.end)
  return end
}

/**
 * Writes `count` entries as bulks, from the one at `from` on.
 * @returns the offset behind the last of them
 */
export function replyListpackEntries(
  reply: Reply,
  bytes: Uint8Array,
  from: number,
  count: number,
): number {
  const { output } = reply
  // What is copied must end so far before the array does that a word more can be read.
  const wordsEnd = count < VIEWS_MIN ? 0 : bytes.length - 3
  const source = wordsEnd > 0 ? sources.of(bytes) : NO_VIEW
  let target = output.bytes
  let view: DataView = NO_VIEW
  let to = output.at
  // Below what there is: the first step makes room and the view.
  let limit = -1
  let at = from
  for (let left = count; left > 0; left--) {
    if (to > limit) {
      output.at = to
      output.reserve(ROOM)
      to = output.at
      target = output.bytes
      limit = target.length - ROOM
      if (wordsEnd > 0) view = targets.of(target)
    }
    const length = bytes[at] - 0x80
    if (length >= 0 && length <= 63) {
      to = writeHead(target, to, length)
      const end = ++at + length
      if (length < WORDS_MIN || end > wordsEnd) copyText(bytes, at, end, target, to)
      else copyWords(source, at, end, view, to)
      to = writeLineEnd(target, to + length)
      // A text of up to 63 bytes has one byte of back length.
      at = end + 1
    } else if (isSmallInteger(bytes[at])) {
      to = writeInBulk(target, to, listpackInteger(bytes, at))
      at = listpackEntryEnd(bytes, at)
    } else {
      output.at = to
      at = replyListpackEntry(reply, bytes, at)
      to = output.at
      limit = -1
    }
  }
  output.at = to
  return at
}

/** Writes the last `count` entries as bulks, the last one first. */
export function replyListpackBackwards(reply: Reply, listpack: Span, count: number): void {
  const { bytes, start, end } = listpack
  let at = end - 1
  for (let left = count; left > 0; left--) {
    at = listpackPrevious(bytes, start, at)
    replyListpackEntry(reply, bytes, at)
  }
}

const NO_VIEW = new DataView(new ArrayBuffer(0))

/** Whether a first byte begins an integer of up to 32 bits. */
function isSmallInteger(first: number): boolean {
  return first < 0x80 || (first >= 0xc0 && first < 0xe0) || (first > 0xf0 && first < 0xf4)
}

/** Writes the head of a bulk of up to 99 bytes; returns the offset behind it. */
function writeHead(target: Uint8Array, at: number, length: number): number {
  let to = at
  target[to++] = DOLLAR
  if (length > 9) target[to++] = ZERO + ((length * 205) >>> 11)
  target[to++] = ZERO + (length % 10)
  target[to++] = CR
  target[to++] = LF
  return to
}

function writeInBulk(target: Uint8Array, at: number, n: number): number {
  return writeLineEnd(target, writeInteger(target, writeHead(target, at, integerLength(n)), n))
}

function writeLineEnd(target: Uint8Array, at: number): number {
  target[at] = CR
  target[at + 1] = LF
  return at + 2
}

function copyText(
  source: Uint8Array,
  start: number,
  end: number,
  target: Uint8Array,
  at: number,
): void {
  let to = at
  for (let i = start; i < end; i++) target[to++] = source[i]
}

function copyWords(
  source: DataView,
  start: number,
  end: number,
  target: DataView,
  at: number,
): void {
  let to = at
  for (let i = start; i < end; i += 4) {
    target.setInt32(to, source.getInt32(i, true), true)
    to += 4
  }
}
