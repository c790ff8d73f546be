// group.ts: a consumer group: how far it has read, its consumers, and which entries they were given
// and have not acknowledged.
//
//   pending  id | slot of the consumer | time of delivery: 2 words | number of deliveries: 2 words
//
// Each pending entry stands here and, by its id alone, with its consumer.

import type { Ledger } from '../../../bytes/memory/ledger.ts'
import type { Span } from '../../../bytes/memory/span.ts'
import { Int64 } from '../../../bytes/numbers/int64.ts'
import { type Id, newId } from '../id.ts'
import { Bookmark } from '../nodes/bookmark.ts'
import { IdTable, Place } from '../nodes/id-table.ts'
import { Consumer } from './consumer.ts'
import { findName } from './names.ts'

const WIDTH = 9
const SLOT = 4
const TIME = 5
const COUNT = 7
/** The slot of what is pending for nobody. */
const NOBODY = -1
const WORD = 0x1_0000_0000
/** What the object takes besides its name and tables, about, in bytes. */
const OVERHEAD = 512

/** From which part of all on a consumer's entries are many: one in so many. */
const PASS_FROM = 32

const own = new Place()
const listed = new Place()

export class Group {
  readonly name: Uint8Array
  /** The last id that was delivered. */
  readonly lastId = newId()
  /** How many entries were read in all; -1 where that is not known. */
  readonly entriesRead = new Int64()
  readonly pending: IdTable
  /** Where it was last read from. */
  readonly bookmark = new Bookmark()
  /** By name. */
  consumers: Consumer[] = []
  private slots: (Consumer | undefined)[] = []
  private freeSlots: number[] = []
  private readonly ledger: Ledger

  constructor(name: Uint8Array, ledger: Ledger, pending = new IdTable(WIDTH, ledger)) {
    this.name = name
    this.ledger = ledger
    this.pending = pending
    ledger.bytes += this.ownBytes
  }

  get memory(): number {
    let memory = this.ownBytes + this.pending.memory
    for (const consumer of this.consumers) memory += consumer.memory
    return memory
  }

  find(name: Span): Consumer | undefined {
    const index = findName(this.consumers, name)
    return index < 0 ? undefined : this.consumers[index]
  }

  /** Adds a consumer whose name none has. */
  add(name: Span, now: number): Consumer {
    const slot = this.freeSlots.pop() ?? this.slots.length
    const consumer = Consumer.create(name, slot, now, this.ledger)
    this.consumers.splice(-1 - findName(this.consumers, name), 0, consumer)
    this.slots[slot] = consumer
    this.ledger.bytes += consumer.ownBytes
    return consumer
  }

  /** Removes a consumer with what is pending for it. */
  remove(consumer: Consumer): void {
    const { pending } = consumer
    // Looking each of many up takes longer than passing over all.
    if (pending.count * PASS_FROM > this.pending.count) {
      this.pending.removeWhere(SLOT, consumer.slot)
    } else
      for (let more = pending.first(listed); more; more = pending.next(listed)) {
        this.pending.find(pending.words(listed), pending.offset(listed), own)
        this.pending.remove(own)
      }
    this.consumers.splice(this.consumers.indexOf(consumer), 1)
    this.slots[consumer.slot] = undefined
    this.freeSlots.push(consumer.slot)
    this.ledger.bytes -= consumer.ownBytes
    pending.dispose()
  }

  /** Whose a pending entry is. */
  ownerAt(place: Place): Consumer {
    return this.slots[this.pending.words(place)[this.pending.offset(place) + SLOT]!]!
  }

  /** When a pending entry was last delivered, in milliseconds since 1970. */
  timeAt(place: Place): number {
    const words = this.pending.words(place)
    const at = this.pending.offset(place) + TIME
    return words[at]! * WORD + (words[at + 1]! >>> 0)
  }

  /** How often a pending entry was delivered. */
  readCount(place: Place, into: Int64): Int64 {
    const words = this.pending.words(place)
    const at = this.pending.offset(place) + COUNT
    into.high = words[at]!
    into.low = words[at + 1]!
    return into
  }

  /** Sets the time of the last delivery. */
  setTime(place: Place, ms: number): void {
    const words = this.pending.writable(place)
    const at = this.pending.offset(place) + TIME
    words[at] = Math.floor(ms / WORD)
    words[at + 1] = ms
  }

  setCount(place: Place, high: number, low: number): void {
    const words = this.pending.writable(place)
    const at = this.pending.offset(place) + COUNT
    words[at] = high
    words[at + 1] = low
  }

  /** Counts one more delivery. */
  countDelivery(place: Place): void {
    const words = this.pending.writable(place)
    const at = this.pending.offset(place) + COUNT + 1
    if (++words[at]! === 0) words[at - 1]!++
  }

  /**
   * Gives an entry to a consumer as delivered now for the first time, whosever it was.
   * @returns whether it was pending already
   */
  deliver(id: Id, consumer: Consumer, now: number, place: Place): boolean {
    const { pending } = this
    const known = pending.find(id, 0, place)
    if (known) this.reassign(id, place, consumer)
    else this.insert(id, place, consumer)
    const words = pending.writable(place)
    const at = pending.offset(place)
    words[at + TIME] = Math.floor(now / WORD)
    words[at + TIME + 1] = now
    words[at + COUNT] = 0
    words[at + COUNT + 1] = 1
    return known
  }

  /** Enters an id that is not pending, at the place where `pending.find` looked for it. */
  insert(id: Id, place: Place, consumer: Consumer): void {
    const words = this.pending.insert(id, 0, place)
    words[this.pending.offset(place) + SLOT] = consumer.slot
    consumer.pending.find(id, 0, own)
    consumer.pending.insert(id, 0, own)
  }

  /** Enters an id as pending for nobody yet, while a group is loaded; false where it is already. */
  insertUnowned(id: Id, place: Place): boolean {
    if (this.pending.find(id, 0, place)) return false
    const words = this.pending.insert(id, 0, place)
    words[this.pending.offset(place) + SLOT] = NOBODY
    return true
  }

  /** Gives what is pending for nobody to a consumer; false where it is not. */
  own(id: Id, consumer: Consumer, place: Place): boolean {
    if (!this.pending.find(id, 0, place)) return false
    const words = this.pending.writable(place)
    const at = this.pending.offset(place) + SLOT
    if (words[at] !== NOBODY) return false
    words[at] = consumer.slot
    consumer.pending.find(id, 0, own)
    consumer.pending.insert(id, 0, own)
    return true
  }

  /** Hands a pending entry to a consumer. */
  reassign(id: Id, place: Place, consumer: Consumer): void {
    const words = this.pending.writable(place)
    const at = this.pending.offset(place) + SLOT
    const owner = this.slots[words[at]!]!
    if (owner === consumer) return
    if (owner.pending.find(id, 0, own)) owner.pending.remove(own)
    consumer.pending.find(id, 0, own)
    consumer.pending.insert(id, 0, own)
    words[at] = consumer.slot
  }

  /** Takes an entry out of what is pending; false where it is not. */
  acknowledge(id: Id, place: Place): boolean {
    if (!this.pending.find(id, 0, place)) return false
    this.drop(id, place)
    return true
  }

  /** Takes out the pending entry at a place, which is then that of the next one. */
  drop(id: Id, place: Place): void {
    const owner = this.ownerAt(place)
    this.pending.remove(place)
    if (owner.pending.find(id, 0, own)) owner.pending.remove(own)
  }

  clone(): Group {
    const clone = new Group(this.name, this.ledger, this.pending.clone(this.ledger))
    clone.lastId.set(this.lastId)
    clone.entriesRead.low = this.entriesRead.low
    clone.entriesRead.high = this.entriesRead.high
    clone.consumers = this.consumers.map((consumer) => consumer.clone(this.ledger))
    clone.slots = new Array(this.slots.length).fill(undefined)
    for (const consumer of clone.consumers) {
      clone.slots[consumer.slot] = consumer
      this.ledger.bytes += consumer.ownBytes
    }
    clone.freeSlots = this.freeSlots.slice()
    return clone
  }

  dispose(): void {
    for (const consumer of this.consumers) {
      this.ledger.bytes -= consumer.ownBytes
      consumer.pending.dispose()
    }
    this.pending.dispose()
    this.ledger.bytes -= this.ownBytes
  }

  /** Checks all invariants; throws an Error that names the first one broken. */
  verify(): void {
    this.pending.verify()
    const place = new Place()
    let owned = 0
    for (const consumer of this.consumers) {
      consumer.pending.verify()
      owned += consumer.pending.count
    }
    if (owned !== this.pending.count) throw new Error('pending entries without a consumer')
    for (let more = this.pending.first(place); more; more = this.pending.next(place)) {
      const { pending } = this.ownerAt(place)
      if (!pending.find(this.pending.words(place), this.pending.offset(place), own)) {
        throw new Error('a consumer does not know what is pending for it')
      }
    }
  }

  private get ownBytes(): number {
    return OVERHEAD + this.name.length
  }
}
