// id-table.ts: records ordered by id: the nodes of a stream, the pending entries of a group and of
// each consumer.
//
//   record  ┌ id: 4 words ┬ what its owner keeps with it: width - 4 words ┐
//   page    a chunk of records side by side; the used ones are [first, first + count)
//   pages   their chunk numbers, in the order of the ids
//
// A record is found by halving, first among the pages and then in one. A million records are some
// 600 pages, so a change moves at most half a page, and taking the oldest record moves nothing.
// Not a radix tree, as in Redis: its nodes take several times the memory of the ids.
// Pages are chunks that a clone shares until one side changes them (bytes/memory/chunks.ts).

import { CHUNK_BYTES, Chunks } from '../../../bytes/memory/chunks.ts'
import type { Ledger } from '../../../bytes/memory/ledger.ts'
import { compareIds, copyId } from '../id.ts'

/** Records that a first page has room for; it doubles. */
const FIRST_ROOM = 4

/** Where a record is, or would be; true until the table changes. */
export class Place {
  /** The number of the page in the order of ids; that of pages at the end. */
  page = 0
  /** The record's number in the page. */
  index = 0
}

const scratch = new Place()

export class IdTable {
  /** Words of a record. */
  readonly width: number
  /** Records held. */
  count = 0
  private readonly chunks: Chunks
  /** For each page its chunk; the arrays below go by chunk. */
  private pages: number[] = []
  private firsts: number[] = []
  private counts: number[] = []
  /** Records that a full page holds. */
  private readonly roomMax: number

  constructor(width: number, ledger: Ledger, chunks: Chunks = new Chunks(ledger)) {
    this.width = width
    this.chunks = chunks
    this.roomMax = Math.floor(CHUNK_BYTES / 4 / width)
  }

  /** Bytes it holds, as entered in the ledger. */
  get memory(): number {
    return this.chunks.memory
  }

  /** The words in which the record at a place lies, from `offset` on. */
  words(place: Place): Int32Array {
    return this.chunks.words[this.pages[place.page]!]!
  }

  offset(place: Place): number {
    return (this.firsts[this.pages[place.page]!]! + place.index) * this.width
  }

  /** The same words for a change. */
  writable(place: Place): Int32Array {
    const chunk = this.pages[place.page]!
    if (this.chunks.shared !== 0) this.chunks.own(chunk)
    return this.chunks.words[chunk]!
  }

  /**
   * Looks for the id at `words[at]`.
   * @param place becomes where it is, else the first record behind it, or the end
   * @returns whether it is there
   */
  find(words: Int32Array, at: number, place: Place): boolean {
    const { pages } = this
    const last = pages.length - 1
    place.index = 0
    // Most ids that are asked for are new, or the oldest.
    if (last < 0 || this.compareLast(pages[last]!, words, at) < 0) {
      place.page = last + 1
      return false
    }
    let low = 0
    let high = last
    while (low < high) {
      const middle = (low + high) >>> 1
      if (this.compareLast(pages[middle]!, words, at) < 0) low = middle + 1
      else high = middle
    }
    place.page = low
    return this.findInPage(words, at, place)
  }

  /** The last record that is not behind the id; false where there is none. */
  floor(words: Int32Array, at: number, place: Place): boolean {
    return this.find(words, at, place) || this.previous(place)
  }

  first(place: Place): boolean {
    place.page = 0
    place.index = 0
    return this.count > 0
  }

  last(place: Place): boolean {
    place.page = this.pages.length
    place.index = 0
    return this.previous(place)
  }

  isEnd(place: Place): boolean {
    return place.page >= this.pages.length
  }

  /** Goes to the next record; false at the end. */
  next(place: Place): boolean {
    if (++place.index >= this.counts[this.pages[place.page]!]!) {
      place.page++
      place.index = 0
    }
    return place.page < this.pages.length
  }

  /** Goes to the record before; false, and nothing changes, at the first. */
  previous(place: Place): boolean {
    if (place.index > 0) place.index--
    else if (place.page > 0) {
      place.page--
      place.index = this.counts[this.pages[place.page]!]! - 1
    } else return false
    return true
  }

  /** Number of records from a place to the end. */
  countFrom(place: Place): number {
    if (this.isEnd(place)) return 0
    let count = -place.index
    for (let i = place.page; i < this.pages.length; i++) count += this.counts[this.pages[i]!]!
    return count
  }

  /**
   * Adds a record for the id at `words[at]`, where `find` did not find it.
   * @param place where `find` said; becomes where the record is
   * @returns the words in which it lies: those behind the id are 0
   */
  insert(words: Int32Array, at: number, place: Place): Int32Array {
    this.makeRoom(place)
    const chunk = this.pages[place.page]!
    const target = this.chunks.words[chunk]!
    const count = this.counts[chunk]!
    const { width } = this
    let first = this.firsts[chunk]!
    if (first > 0 && place.index < count / 2) {
      // The records before it are fewer: they move into the room in front.
      target.copyWithin((first - 1) * width, first * width, (first + place.index) * width)
      this.firsts[chunk] = --first
    } else {
      const from = (first + place.index) * width
      if (place.index < count) {
        target.copyWithin(from + width, from, (first + count) * width)
      }
    }
    const to = (first + place.index) * width
    copyId(words, at, target, to)
    for (let i = to + 4; i < to + width; i++) target[i] = 0
    this.counts[chunk] = count + 1
    this.count++
    return target
  }

  /** Takes the record out; the place is then that of the next one. */
  remove(place: Place): void {
    const target = this.writable(place)
    const chunk = this.pages[place.page]!
    const count = this.counts[chunk]! - 1
    const first = this.firsts[chunk]!
    const { width } = this
    const from = (first + place.index) * width
    if (place.index < count / 2) {
      target.copyWithin((first + 1) * width, first * width, from)
      this.firsts[chunk] = first + 1
    } else {
      target.copyWithin(from, from + width, (first + count + 1) * width)
    }
    this.counts[chunk] = count
    this.count--
    if (count === 0) this.removePage(place.page)
    else if (count * 4 < this.roomMax && this.pages.length > 1) this.merge(place)
    if (place.page < this.pages.length && place.index >= this.counts[this.pages[place.page]!]!) {
      place.page++
      place.index = 0
    }
  }

  /** Takes all records out whose word `at`, behind the id, is `value`, in one pass. */
  removeWhere(at: number, value: number): void {
    for (let page = this.pages.length - 1; page >= 0; page--) {
      const chunk = this.pages[page]!
      if (this.chunks.shared !== 0) this.chunks.own(chunk)
      const kept = this.sift(chunk, at, value)
      this.count += kept - this.counts[chunk]!
      this.counts[chunk] = kept
      if (kept === 0) this.removePage(page)
    }
  }

  /** The same records for another owner. */
  clone(ledger: Ledger): IdTable {
    const clone = new IdTable(this.width, ledger, this.chunks.clone())
    clone.pages = this.pages.slice()
    clone.firsts = this.firsts.slice()
    clone.counts = this.counts.slice()
    clone.count = this.count
    return clone
  }

  dispose(): void {
    this.chunks.dispose()
    this.pages = []
    this.count = 0
  }

  /** Checks all invariants; throws an Error that names the first one broken. */
  verify(): void {
    let count = 0
    const before = scratch
    for (const chunk of this.pages) {
      const held = this.counts[chunk]!
      if (held < 1 || this.firsts[chunk]! + held > this.roomOf(chunk)) {
        throw new Error('a page holds what it cannot')
      }
      count += held
    }
    if (count !== this.count) throw new Error('the count is off')
    if (!this.first(before)) return
    const place = new Place()
    for (this.first(place); this.next(place); this.next(before)) {
      const order = compareIds(
        this.words(before),
        this.offset(before),
        this.words(place),
        this.offset(place),
      )
      if (order >= 0) throw new Error('ids are out of order')
    }
  }

  private compareLast(chunk: number, words: Int32Array, at: number): number {
    const index = this.firsts[chunk]! + this.counts[chunk]! - 1
    return compareIds(this.chunks.words[chunk]!, index * this.width, words, at)
  }

  private findInPage(words: Int32Array, at: number, place: Place): boolean {
    const chunk = this.pages[place.page]!
    const held = this.chunks.words[chunk]!
    const { width } = this
    const base = this.firsts[chunk]! * width
    let low = 0
    let high = this.counts[chunk]! - 1
    // The oldest of all is the one that is mostly taken out.
    if (compareIds(held, base, words, at) >= 0) high = 0
    while (low < high) {
      const middle = (low + high) >>> 1
      if (compareIds(held, base + middle * width, words, at) < 0) low = middle + 1
      else high = middle
    }
    place.index = low
    return compareIds(held, base + low * width, words, at) === 0
  }

  /** Moves the records of a page together whose word is not `value`; returns how many they are. */
  private sift(chunk: number, at: number, value: number): number {
    const words = this.chunks.words[chunk]!
    const { width } = this
    const first = this.firsts[chunk]! * width
    const end = first + this.counts[chunk]! * width
    let to = first
    for (let from = first; from < end; from += width) {
      if (words[from + at] === value) continue
      if (to !== from) for (let i = 0; i < width; i++) words[to + i] = words[from + i]!
      to += width
    }
    return (to - first) / width
  }

  private roomOf(chunk: number): number {
    return Math.floor(this.chunks.words[chunk]!.length / this.width)
  }

  /** Makes sure that the page of a place has room for one more record behind its last one. */
  private makeRoom(place: Place): void {
    if (place.page === this.pages.length) {
      if (place.page === 0) this.addPage(0, FIRST_ROOM)
      else {
        place.page--
        place.index = this.counts[this.pages[place.page]!]!
      }
    }
    const chunk = this.pages[place.page]!
    if (this.chunks.shared !== 0) this.chunks.own(chunk)
    const count = this.counts[chunk]!
    const room = this.roomOf(chunk)
    if (this.firsts[chunk]! + count < room) return
    if (this.firsts[chunk]! > 0 && (count < room / 2 || place.index < count / 2)) {
      if (place.index >= count / 2) this.moveToBegin(chunk)
    } else if (room < this.roomMax) this.growPage(chunk, room)
    else this.split(place)
  }

  private addPage(page: number, room: number): number {
    const chunk = this.chunks.add(this.pageBytes(room))
    this.pages.splice(page, 0, chunk)
    this.firsts[chunk] = 0
    this.counts[chunk] = 0
    return chunk
  }

  private removePage(page: number): void {
    const chunk = this.pages[page]!
    this.pages.splice(page, 1)
    this.chunks.drop(chunk)
  }

  private moveToBegin(chunk: number): void {
    const from = this.firsts[chunk]! * this.width
    this.chunks.words[chunk]!.copyWithin(0, from, from + this.counts[chunk]! * this.width)
    this.firsts[chunk] = 0
  }

  private growPage(chunk: number, room: number): void {
    this.chunks.resize(chunk, this.pageBytes(room * 2))
  }

  /** A full page is a whole chunk, what is left over at its end included. */
  private pageBytes(room: number): number {
    return room >= this.roomMax ? CHUNK_BYTES : room * this.width * 4
  }

  /** Makes two pages of a full one; behind the last record of all just a fresh one. */
  private split(place: Place): void {
    const chunk = this.pages[place.page]!
    const count = this.counts[chunk]!
    const isLast = place.page === this.pages.length - 1 && place.index === count
    const keep = isLast ? count : count >>> 1
    const fresh = this.addPage(place.page + 1, this.roomMax)
    const from = (this.firsts[chunk]! + keep) * this.width
    const moved = (count - keep) * this.width
    this.chunks.words[fresh]!.set(this.chunks.words[chunk]!.subarray(from, from + moved))
    this.counts[fresh] = count - keep
    this.counts[chunk] = keep
    if (place.index < keep) return
    place.page++
    place.index -= keep
  }

  /** Joins a page that has become nearly empty with its neighbour, if both fit well in one. */
  private merge(place: Place): void {
    const right = Math.max(place.page, 1)
    const a = this.pages[right - 1]!
    const b = this.pages[right]!
    const kept = this.counts[a]!
    const moved = this.counts[b]!
    if ((kept + moved) * 2 > this.roomMax || kept + moved > this.roomOf(a)) return
    if (this.chunks.shared !== 0) this.chunks.own(a)
    this.moveToBegin(a)
    const { width } = this
    const from = this.firsts[b]! * width
    const source = this.chunks.words[b]!.subarray(from, from + moved * width)
    this.chunks.words[a]!.set(source, kept * width)
    this.counts[a] = kept + moved
    if (place.page === right) {
      place.page--
      place.index += kept
    }
    this.removePage(right)
  }
}
