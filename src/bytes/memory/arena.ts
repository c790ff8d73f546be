// arena.ts: bytes that outlive a command, kept where the garbage collector never looks.
//
//   segment (1 MiB) ┌ page 0 ┬ page 1 ┬ … ┬ page 15 ┐   a page (64 KiB) is of one size class
//   ref   = segment << 17 | offset >> 3                        8-byte units; 0 means "no block"
//   page  = ref >>> 13                               numbered through all segments
//   class = 8-byte steps up to 256 bytes, then eight steps per doubling up to BLOCK_MAX
//   a free block holds in its first word the ref of the next free block of its page
//
// Blocks above BLOCK_MAX are "outsized": an ArrayBuffer of their own in a slot table, so that a big
// value costs its size, is given back at once, and can be handed to a socket without a copy. The
// slot holds a view of the bytes in use; one that has grown keeps zeroed room behind them.
//
// Invariants: blocks never span pages; live + free + untouched = capacity of the page; a page of no
// live block goes back to its segment, a segment of no page in use is dropped.
// Cost: allocate and free O(1). Grow: one segment; nothing moves, so a ref stays true until freed.
// Not a bump allocator with compaction: moving a block would turn every ref into a handle.
// Not one buffer: Node 20 stops at 4 GiB, and a resizable one reads at half the speed.

import { Ledger } from './ledger.ts'

const SEGMENT_BYTES = 1 << 20
const SEGMENT_SHIFT = 17
const PAGE_BYTES = 1 << 16
const PAGE_SHIFT = 13
const PAGES_PER_SEGMENT = SEGMENT_BYTES / PAGE_BYTES
const ALL_PAGES_FREE = (1 << PAGES_PER_SEGMENT) - 1
const SEGMENTS_MAX = 1 << 15

/** Bits of a ref that address a unit inside its segment. */
export const UNIT_MASK = (1 << SEGMENT_SHIFT) - 1
/** Shift that turns a ref into its segment's number. */
export const UNIT_SHIFT = SEGMENT_SHIFT
/** The largest block that lives in a page, in bytes; more is an outsized block. */
export const BLOCK_MAX = 16384

const CLASS_COUNT = 81
const NO_PAGE = -1
const NO_BYTES = new Uint8Array(0)
const NO_WORDS = new Int32Array(0)
/** What one outsized block costs besides its bytes: the ArrayBuffer, its view and its slot. */
const OUTSIZED_OVERHEAD = 200
/** Up to this length a growing outsized block doubles; above it keeps an eighth in reserve. */
const DOUBLING_MAX = 1 << 20

/** The number of the smallest size class that holds `size` bytes (1 to BLOCK_MAX). */
export function classOf(size: number): number {
  if (size <= 256) return (size + 7) >>> 3
  const last = size - 1
  const exponent = 31 - Math.clz32(last)
  return (exponent << 3) - 39 + (last >>> (exponent - 3))
}

/** Bytes that a block of the class really has. */
export function classBytes(sizeClass: number): number {
  if (sizeClass <= 32) return sizeClass << 3
  const step = sizeClass - 33
  return (9 + (step & 7)) << (5 + (step >>> 3))
}

export class Arena {
  /** The segments as bytes, by segment number. */
  readonly bytes: Uint8Array[] = []
  /** The same segments as 32-bit words. */
  readonly words: Int32Array[] = []
  /** Outsized blocks by slot; `undefined` where the slot is free. */
  readonly outsized: (Uint8Array | undefined)[] = []
  /** Bytes of all live blocks, large ones included. */
  used = 0
  /** Bytes of all segments and outsized blocks. */
  reserved = 0
  private readonly freeSlots: number[] = []
  private readonly lent = new Set<number>()
  private readonly freeSegments: number[] = []
  private readonly freePages: number[] = []
  private lowestFree = 0
  private readonly partial = new Int32Array(CLASS_COUNT).fill(NO_PAGE)
  /** The page each class kept although its last block was freed. */
  private readonly idle = new Int32Array(CLASS_COUNT).fill(NO_PAGE)
  private readonly sizes = new Int32Array(CLASS_COUNT)
  private pageClass = new Uint8Array(0)
  private live = new Int32Array(0)
  private freeHead = new Int32Array(0)
  private bump = new Int32Array(0)
  private next = new Int32Array(0)
  private previous = new Int32Array(0)
  private readonly ledger: Ledger

  /** @param ledger where the bytes are entered too that `used` counts */
  constructor(ledger = new Ledger()) {
    this.ledger = ledger
    for (let i = 1; i < CLASS_COUNT; i++) this.sizes[i] = classBytes(i)
  }

  /**
   * Takes a block.
   * @param size bytes wanted, 1 to BLOCK_MAX
   * @returns the ref of a block of at least that many bytes, whose content is undefined
   */
  allocate(size: number): number {
    const sizeClass = classOf(size)
    let page = this.partial[sizeClass]
    if (page === NO_PAGE) page = this.acquirePage(sizeClass)
    const bytes = this.sizes[sizeClass]
    let ref = this.freeHead[page]
    if (ref !== 0) {
      this.freeHead[page] = this.words[ref >>> UNIT_SHIFT][(ref & UNIT_MASK) << 1]
    } else {
      const offset = this.bump[page]
      this.bump[page] = offset + bytes
      ref = (page << PAGE_SHIFT) | (offset >>> 3)
    }
    this.live[page]++
    this.used += bytes
    this.ledger.bytes += bytes
    if (this.freeHead[page] === 0 && this.bump[page] + bytes > PAGE_BYTES) this.unlink(page)
    return ref
  }

  /** Gives a block back; its ref must not be used again. */
  free(ref: number): void {
    const page = ref >>> PAGE_SHIFT
    const bytes = this.sizes[this.pageClass[page]]
    const wasFull = this.freeHead[page] === 0 && this.bump[page] + bytes > PAGE_BYTES
    this.words[ref >>> UNIT_SHIFT][(ref & UNIT_MASK) << 1] = this.freeHead[page]
    this.freeHead[page] = ref
    this.used -= bytes
    this.ledger.bytes -= bytes
    if (wasFull) this.link(page)
    if (--this.live[page] === 0) this.retire(page)
  }

  /** Bytes the block really has: its class's size. */
  capacity(ref: number): number {
    return this.sizes[this.pageClass[ref >>> PAGE_SHIFT]]
  }

  /** Takes an outsized block of exactly `size` bytes, zeroed, and returns its slot. */
  allocateOutsized(size: number): number {
    return this.adoptOutsized(new Uint8Array(size))
  }

  /** Makes `bytes`, which the caller gives up, an outsized block and returns its slot. */
  adoptOutsized(bytes: Uint8Array): number {
    const slot = this.freeSlots.pop() ?? this.outsized.length
    this.outsized[slot] = bytes
    this.account(bytes.buffer.byteLength + OUTSIZED_OVERHEAD)
    return slot
  }

  /** Bytes the outsized block really has, room to grow included. */
  outsizedCapacity(slot: number): number {
    return this.outsized[slot]!.buffer.byteLength
  }

  /**
   * Changes the length of an outsized block and keeps its begin; new bytes are zero. Growing leaves
   * room for more, so that a value that grows step by step is not copied at each of them.
   * @returns the block's bytes, for a change in place
   */
  resizeOutsized(slot: number, length: number): Uint8Array {
    const old = this.outsized[slot]!
    if (length === old.length) return this.writableOutsized(slot)
    const grows = length > old.length
    // Behind bytes that are part of a buffer, those of an argument, is nothing that is theirs.
    const hasRoom = old.byteOffset === 0 && length <= old.buffer.byteLength
    if (grows && hasRoom && !this.lent.has(slot)) {
      const same = new Uint8Array(old.buffer, 0, length)
      this.outsized[slot] = same
      return same
    }
    // What shrinks is copied: the bytes behind a view must stay zero.
    const bytes = grows ? roomyBytes(length) : new Uint8Array(length)
    bytes.set(grows ? old : old.subarray(0, length))
    this.replaceOutsized(slot, bytes)
    return bytes
  }

  freeOutsized(slot: number): void {
    this.dropOutsized(slot)
    this.vacate(slot)
  }

  /** Frees the slot and leaves its bytes to the caller: a copy where they are lent. */
  takeOutsized(slot: number): Uint8Array {
    const bytes = this.writableOutsized(slot)
    this.vacate(slot)
    return bytes
  }

  /** Bytes an outsized block costs, as `used` counts them. */
  outsizedBytes(slot: number): number {
    return this.outsizedCapacity(slot) + OUTSIZED_OVERHEAD
  }

  /** Puts other bytes into a slot, for a value that changes its length. */
  replaceOutsized(slot: number, bytes: Uint8Array): void {
    this.dropOutsized(slot)
    this.account(bytes.buffer.byteLength - this.outsizedCapacity(slot))
    this.outsized[slot] = bytes
  }

  /** Notes that a socket may still read the slot's bytes: the next change works on a copy. */
  lend(slot: number): void {
    this.lent.add(slot)
  }

  /** Whether the slot's bytes have that length and no socket reads them. */
  isOwn(slot: number, size: number): boolean {
    return this.outsized[slot]!.length === size && !this.lent.has(slot)
  }

  /** The slot's bytes for a change in place: a copy where the bytes are lent. */
  writableOutsized(slot: number): Uint8Array {
    if (this.lent.has(slot)) this.replaceOutsized(slot, this.outsized[slot]!.slice())
    return this.outsized[slot]!
  }

  /** Gives pages that only wait for their class's next block back to their segments. */
  trim(): void {
    for (let sizeClass = 1; sizeClass < CLASS_COUNT; sizeClass++) {
      const page = this.idle[sizeClass]
      if (page === NO_PAGE) continue
      this.idle[sizeClass] = NO_PAGE
      // Since it was noted it may have been used, given back, or taken by another class.
      const own = this.pageClass[page] === sizeClass && this.isTaken(page)
      if (own && this.live[page] === 0) this.releasePage(page)
    }
  }

  /** Gives everything up: nothing in the arena may be used again. */
  dispose(): void {
    for (const segment of this.bytes) this.ledger.droppedBytes += segment.length
    for (let slot = 0; slot < this.outsized.length; slot++) {
      if (this.outsized[slot] !== undefined) this.dropOutsized(slot)
    }
    this.ledger.bytes -= this.used
    this.used = 0
    this.reserved = 0
  }

  /** Checks all invariants; throws an Error that names the first one broken. */
  verify(): void {
    let used = 0
    for (const bytes of this.outsized)
      if (bytes) used += bytes.buffer.byteLength + OUTSIZED_OVERHEAD
    for (let page = 0; page < this.bytes.length * PAGES_PER_SEGMENT; page++) {
      if (!this.isTaken(page)) continue
      const size = this.sizes[this.pageClass[page]]
      let free = 0
      for (let ref = this.freeHead[page]; ref !== 0; free++) {
        if (ref >>> PAGE_SHIFT !== page)
          throw new Error(`free block of page ${page} lies elsewhere`)
        ref = this.words[ref >>> UNIT_SHIFT][(ref & UNIT_MASK) << 1]
      }
      const first = page === 0 ? 8 : 0
      const touched = Math.floor((this.bump[page] - first) / size)
      if (touched !== this.live[page] + free) throw new Error(`page ${page} lost a block`)
      used += this.live[page] * size
    }
    if (used !== this.used) throw new Error(`used is ${this.used}, blocks add up to ${used}`)
  }

  private account(bytes: number): void {
    this.used += bytes
    this.ledger.bytes += bytes
    this.reserved += bytes
  }

  private retire(page: number): void {
    const sizeClass = this.pageClass[page]
    const only = this.partial[sizeClass] === page && this.next[page] === NO_PAGE
    if (only) this.idle[sizeClass] = page
    else this.releasePage(page)
  }

  /** Whether the page belongs to a class. */
  private isTaken(page: number): boolean {
    const segment = page >>> 4
    const isFree = ((this.freePages[segment] >>> (page & 15)) & 1) === 1
    return !isFree && this.bytes[segment].length > 0
  }

  /** Counts the bytes of an outsized block as given up; a socket may still read them. */
  private dropOutsized(slot: number): void {
    this.lent.delete(slot)
    this.ledger.droppedBytes += this.outsizedCapacity(slot)
  }

  private vacate(slot: number): void {
    this.account(-this.outsizedCapacity(slot) - OUTSIZED_OVERHEAD)
    this.outsized[slot] = undefined
    this.freeSlots.push(slot)
  }

  private acquirePage(sizeClass: number): number {
    let segment = this.lowestFree
    while (segment < this.bytes.length && this.freePages[segment] === 0) segment++
    this.lowestFree = segment
    if (segment === this.bytes.length || this.bytes[segment].length === 0) segment = this.grow()
    const bit = 31 - Math.clz32(this.freePages[segment] & -this.freePages[segment])
    this.freePages[segment] &= ~(1 << bit)
    const page = segment * PAGES_PER_SEGMENT + bit
    this.pageClass[page] = sizeClass
    this.live[page] = 0
    this.freeHead[page] = 0
    this.bump[page] = page === 0 ? 8 : 0 // ref 0 stays "no block"
    this.link(page)
    return page
  }

  private releasePage(page: number): void {
    this.unlink(page)
    const segment = page >>> 4
    this.freePages[segment] |= 1 << (page & 15)
    if (segment < this.lowestFree) this.lowestFree = segment
    if (this.freePages[segment] !== ALL_PAGES_FREE || segment === 0) return
    this.ledger.droppedBytes += SEGMENT_BYTES
    this.bytes[segment] = NO_BYTES
    this.words[segment] = NO_WORDS
    this.freePages[segment] = 0
    this.freeSegments.push(segment)
    this.reserved -= SEGMENT_BYTES
  }

  private grow(): number {
    const segment = this.freeSegments.pop() ?? this.bytes.length
    if (segment >= SEGMENTS_MAX) throw new RangeError('the arena is full (32 GiB)')
    const buffer = new ArrayBuffer(SEGMENT_BYTES)
    this.bytes[segment] = new Uint8Array(buffer)
    this.words[segment] = new Int32Array(buffer)
    this.freePages[segment] = ALL_PAGES_FREE
    this.reserved += SEGMENT_BYTES
    if (segment < this.lowestFree) this.lowestFree = segment
    this.growPages((segment + 1) * PAGES_PER_SEGMENT)
    return segment
  }

  private growPages(count: number): void {
    if (count <= this.live.length) return
    const size = Math.max(64, this.live.length * 2, count)
    this.pageClass = enlarged(this.pageClass, new Uint8Array(size))
    this.live = enlarged(this.live, new Int32Array(size))
    this.freeHead = enlarged(this.freeHead, new Int32Array(size))
    this.bump = enlarged(this.bump, new Int32Array(size))
    this.next = enlarged(this.next, new Int32Array(size))
    this.previous = enlarged(this.previous, new Int32Array(size))
  }

  private link(page: number): void {
    const sizeClass = this.pageClass[page]
    const head = this.partial[sizeClass]
    this.next[page] = head
    this.previous[page] = NO_PAGE
    if (head !== NO_PAGE) this.previous[head] = page
    this.partial[sizeClass] = page
  }

  private unlink(page: number): void {
    const before = this.previous[page]
    const after = this.next[page]
    if (before === NO_PAGE) this.partial[this.pageClass[page]] = after
    else this.next[before] = after
    if (after !== NO_PAGE) this.previous[after] = before
  }
}

/** Zeroed bytes of that length, with room behind them in their buffer. */
export function roomyBytes(length: number): Uint8Array {
  const room = length < DOUBLING_MAX ? length : Math.max(DOUBLING_MAX, length >>> 3)
  return new Uint8Array(new ArrayBuffer(length + room), 0, length)
}

function enlarged<T extends Uint8Array | Int32Array>(from: T, into: T): T {
  into.set(from)
  return into
}
