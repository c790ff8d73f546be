// keyspace.ts: one numbered database: its keys, their values and their expiry times.
//
// It knows nothing of clients, clocks or statistics: `Context` looks keys up on a command's behalf
// and adds those. An entry may move when its value or its TTL needs another size: every method
// that can move one returns the ref to go on with.
// Each database has an arena of its own, so that FLUSHDB drops everything at once, whatever the
// number of keys, and SWAPDB exchanges two objects.

import { Agenda } from '../../bytes/keys/agenda.ts'
import { Dict } from '../../bytes/keys/dict.ts'
import {
  freeKey,
  keyRoom,
  outerKeyBytes,
  RECORD_HEADER,
  readKey,
  readSlot,
  recordSize,
  valueOffset,
  valueOffsetOf,
  valueRoom,
  writeRecord,
  writeSlot,
} from '../../bytes/keys/record.ts'
import { Arena, BLOCK_MAX, roomyBytes, UNIT_MASK, UNIT_SHIFT } from '../../bytes/memory/arena.ts'
import type { Ledger } from '../../bytes/memory/ledger.ts'
import { copyBytes, Span } from '../../bytes/memory/span.ts'
import { Vector } from '../../bytes/memory/vector.ts'
import type { Access } from './access.ts'
import type { DatabaseParts } from './database-parts.ts'
import {
  FORM_INLINE,
  FORM_OBJECT,
  FORM_OUTSIZED,
  FORM_SHIFT,
  formOf,
  HAS_TTL,
  KEEP_TTL,
  metaOf,
  overwriteTimed,
  overwriteValue,
  readMeta,
  TTL_WORDS,
  typeOf,
  VARIANT_SHIFT,
  variantOf,
  writeMeta,
} from './entry.ts'
import { Objects, type ValueObject } from './objects.ts'
import {
  type ExpiryTime,
  enterExpiring,
  leaveExpiring,
  readExactExpiry,
  readExpiry,
  readPlace,
  verifyExpiring,
  writeExpiry,
  writePlace,
} from './trailer.ts'
import { WaitingKeys } from './waiting.ts'
import { Watchers } from './watchers.ts'

/** The longest value that lies inside its entry, in bytes. */
const INLINE_MAX = BLOCK_MAX - 4608

export class Database {
  /** The number SELECT knows it by. */
  id: number
  readonly arena: Arena
  readonly dict: Dict
  /** Entries with a TTL, in no order: what active expiry samples. */
  readonly expiring: Vector
  /** Entries whose values want to be woken (DataType.wake); a value that is put anew leaves it. */
  readonly agenda: Agenda
  /** Values that are objects rather than bytes. */
  readonly objects = new Objects()
  /** Sessions that WATCH keys of this number; they stay when the content is exchanged. */
  watchers: Watchers
  /** Sessions that wait for keys of this number; they stay too. */
  waiting: WaitingKeys
  /** Moving average of the remaining life of sampled keys, in milliseconds, for INFO. */
  averageTtl = 0
  /** What values with memory of their own need: the ledger and the key of the hash. */
  readonly parts: DatabaseParts
  private readonly access: Access
  private readonly ledger: Ledger
  private readonly spare = new Span()

  constructor(id: number, parts: DatabaseParts) {
    const { ledger } = parts
    this.id = id
    this.parts = parts
    this.access = parts.access
    this.ledger = ledger
    this.arena = new Arena(ledger)
    this.dict = new Dict(this.arena, parts.hashKey, ledger)
    this.expiring = new Vector(ledger)
    this.agenda = new Agenda(ledger)
    this.watchers = new Watchers(parts.interest)
    this.waiting = new WaitingKeys(id, parts.noted, parts.interest)
  }

  /** Number of keys, expired ones that were not yet removed included. */
  get size(): number {
    return this.dict.count
  }

  find(key: Span): number {
    return this.dict.find(key.bytes, key.start, key.end)
  }

  type(ref: number): number {
    return typeOf(readMeta(this.arena, ref))
  }

  variant(ref: number): number {
    return variantOf(readMeta(this.arena, ref))
  }

  setVariant(ref: number, variant: number): void {
    const meta = readMeta(this.arena, ref)
    writeMeta(this.arena, ref, (meta & ~(3 << VARIANT_SHIFT)) | (variant << VARIANT_SHIFT))
  }

  isObject(ref: number): boolean {
    return formOf(readMeta(this.arena, ref)) === FORM_OBJECT
  }

  /** Points `into` at the entry's key. */
  key(ref: number, into: Span): Span {
    return readKey(this.arena, ref, into)
  }

  /** Points `into` at the bytes of a value that is not an object. */
  value(ref: number, into: Span): Span {
    const arena = this.arena
    const words = arena.words[ref >>> UNIT_SHIFT]!
    const word = (ref & UNIT_MASK) << 1
    if (formOf(words[word]!) === FORM_OUTSIZED) {
      const outsized = arena.outsized[readSlot(arena, ref, valueOffset(arena, ref))]!
      return into.set(outsized, 0, outsized.length)
    }
    const lengths = words[word + 2]!
    const at = ((ref & UNIT_MASK) << 3) + valueOffsetOf(lengths)
    return into.set(arena.bytes[ref >>> UNIT_SHIFT]!, at, at + (lengths >>> 16))
  }

  /** The slot of a value in an outsized block, -1 where the value lies in its entry. */
  outsizedSlot(ref: number): number {
    const arena = this.arena
    if (formOf(readMeta(arena, ref)) !== FORM_OUTSIZED) return -1
    return readSlot(arena, ref, valueOffset(arena, ref))
  }

  /** The object that is the entry's value. */
  object(ref: number): ValueObject {
    return this.objects.get(readSlot(this.arena, ref, valueOffset(this.arena, ref)))
  }

  /**
   * Gives a key bytes as its value.
   * @param key the key
   * @param ref its entry, 0 where there is none yet; an old value of any type is freed
   * @param meta type and variant (entry.ts, metaOf), with KEEP_TTL for an expiry time that stays,
   * or with HAS_TTL for one that the caller sets next: the entry gets room for it in one go, and
   * until then has its old time or the latest there is; the form is filled in here
   * @param value the bytes; they may lie in this arena
   * @returns the entry
   */
  put(key: Span, ref: number, meta: number, value: Span): number {
    const length = value.end - value.start
    const kind = meta & ~KEEP_TTL
    if (ref !== 0) {
      this.agenda.delete(ref)
      const old = readMeta(this.arena, ref)
      const had = (old & HAS_TTL) !== 0
      if (had && (meta & (KEEP_TTL | HAS_TTL)) === 0) this.persist(ref)
      else if (had) {
        if (overwriteTimed(this.arena, ref, kind | HAS_TTL, value)) return ref
      } else if ((kind & HAS_TTL) === 0 && overwriteValue(this.arena, ref, kind, value)) return ref
    }
    if (length > INLINE_MAX) return this.putOutsized(key, ref, kind, value.copy())
    const entry = ref === 0 ? this.create(key, kind, length) : this.reshape(ref, kind, length)
    const at = ((entry & UNIT_MASK) << 3) + valueOffset(this.arena, entry)
    const target = this.arena.bytes[entry >>> UNIT_SHIFT]!
    copyBytes(value.bytes, value.start, value.end, target, at)
    return entry
  }

  /** The same for bytes that the caller gives up: an outsized value is taken without a copy. */
  putOwn(key: Span, ref: number, meta: number, bytes: Uint8Array): number {
    if (bytes.length <= INLINE_MAX) {
      return this.put(key, ref, meta, this.spare.set(bytes, 0, bytes.length))
    }
    return this.putOutsized(key, ref, this.renew(ref, meta), bytes)
  }

  /** Gives a key an object as its value; parameters and result as for `put`. */
  putObject(key: Span, ref: number, meta: number, value: ValueObject): number {
    const kind = this.renew(ref, meta)
    return this.putSlot(key, ref, kind | (FORM_OBJECT << FORM_SHIFT), this.objects.add(value))
  }

  /**
   * Changes the length of a bytes value and keeps its begin; new bytes are zero. A value that grows
   * beyond its entry gets room for more (arena.ts), but not one that was empty.
   * @returns the entry, which may have moved; `value` points at the bytes for a change in place
   */
  resize(ref: number, length: number, value: Span): number {
    const slot = this.outsizedSlot(ref)
    if (slot < 0) return this.resizeInline(ref, length, value)
    value.set(this.arena.resizeOutsized(slot, length), 0, length)
    return ref
  }

  /**
   * Makes room at a place inside a value, `at` bytes from its begin, or, where `change` is below
   * zero, takes that many bytes out there; otherwise as `resize`.
   */
  splice(ref: number, at: number, change: number, value: Span): number {
    const slot = this.outsizedSlot(ref)
    // Bytes that a socket still reads are not moved under it.
    if (slot >= 0 && change < 0) this.arena.writableOutsized(slot)
    const { bytes, start, end } = this.value(ref, value)
    const length = end - start
    if (change < 0) bytes.copyWithin(start + at, start + at - change, end)
    const entry = this.resize(ref, length + change, value)
    if (change <= 0) return entry
    const from = value.start + at
    value.bytes.copyWithin(from + change, from, value.start + length)
    return entry
  }

  /**
   * Removes the entry and frees what it holds; whoever removes a key says so (dispatch/changes.ts).
   */
  remove(ref: number): void {
    this.detach(ref)
    this.discard(ref)
  }

  /** Takes the entry out of sight, until it is attached again or discarded. */
  detach(ref: number): void {
    this.dict.remove(ref)
  }

  /** Puts a detached entry back; its key has no entry meanwhile. */
  attach(ref: number): void {
    this.dict.insert(ref)
  }

  /** Frees a detached entry with what it holds. */
  discard(ref: number): void {
    const arena = this.arena
    if ((readMeta(arena, ref) & HAS_TTL) !== 0) leaveExpiring(this.arena, this.expiring, ref)
    this.agenda.delete(ref)
    this.freeValue(ref)
    freeKey(arena, ref)
    arena.free(ref)
  }

  hasExpiry(ref: number): boolean {
    return (readMeta(this.arena, ref) & HAS_TTL) !== 0
  }

  /** Whether the entry's time has come; `now` in milliseconds since 1970. */
  isExpired(ref: number, now: number): boolean {
    return this.hasExpiry(ref) && this.expireAt(ref) < now
  }

  /** When the entry expires, in milliseconds since 1970; -1 where it never does. */
  expireAt(ref: number): number {
    return this.hasExpiry(ref) ? readExpiry(this.arena, ref) : -1
  }

  /** The same to the last bit: a bigint where a number would be rounded. */
  exactExpireAt(ref: number): ExpiryTime {
    return this.hasExpiry(ref) ? readExactExpiry(this.arena, ref) : -1
  }

  /** Sets when the entry expires, in milliseconds since 1970; returns the entry. */
  setExpireAt(ref: number, ms: ExpiryTime): number {
    const entry = this.hasExpiry(ref) ? ref : this.addTrailer(ref)
    writeExpiry(this.arena, entry, ms)
    return entry
  }

  /** Gives an entry of this or another database the expiry time of this one; returns it. */
  copyExpiry(ref: number, target: Database, entry: number): number {
    return this.hasExpiry(ref) ? target.setExpireAt(entry, this.exactExpireAt(ref)) : entry
  }

  /** Takes the expiry time away; false where there was none. */
  persist(ref: number): boolean {
    if (!this.hasExpiry(ref)) return false
    leaveExpiring(this.arena, this.expiring, ref)
    writeMeta(this.arena, ref, readMeta(this.arena, ref) & ~HAS_TTL)
    return true
  }

  /** Bytes the entry holds, with its place in the tables, without what an object holds. */
  entryBytes(ref: number): number {
    const arena = this.arena
    const slot = this.outsizedSlot(ref)
    const outsized = slot < 0 ? 0 : arena.outsizedBytes(slot)
    const tables = this.hasExpiry(ref) ? 8 : 4
    return arena.capacity(ref) + outerKeyBytes(arena, ref) + outsized + tables
  }

  /**
   * Takes the entry to another key or database. The value is handed over, the expiry time stays,
   * the use of the key begins anew.
   * @param target this or another database
   * @param key a key that has no entry there
   * @returns the entry in `target`
   */
  moveTo(ref: number, target: Database, key: Span): number {
    const arena = this.arena
    const meta = readMeta(arena, ref)
    const room = valueRoom(arena, ref)
    const entry = target.create(key, meta, room)
    if (formOf(meta) === FORM_INLINE) {
      const from = ((ref & UNIT_MASK) << 3) + valueOffset(arena, ref)
      const at = ((entry & UNIT_MASK) << 3) + valueOffset(target.arena, entry)
      const source = arena.bytes[ref >>> UNIT_SHIFT]!
      copyBytes(source, from, from + room, target.arena.bytes[entry >>> UNIT_SHIFT]!, at)
    } else {
      const slot = this.handOver(ref, meta, target)
      writeSlot(target.arena, entry, valueOffset(target.arena, entry), slot)
    }
    const moved = this.copyExpiry(ref, target, entry)
    const due = this.agenda.at(ref)
    if (due >= 0) target.agenda.set(moved, due)
    // What the value held now belongs to the new entry: nothing of it is freed with this one.
    writeMeta(arena, ref, metaOf(0, FORM_INLINE, 0) | (meta & HAS_TTL))
    this.remove(ref)
    return moved
  }

  /** Bytes of all keys, values and tables, as accounted. */
  get memory(): number {
    return this.arena.used + this.dict.memory + this.expiring.memory + this.agenda.memory
  }

  /** Gives all memory up. */
  dispose(): void {
    this.arena.dispose()
    this.objects.dispose()
    this.agenda.clear()
    this.ledger.bytes -= this.dict.memory + this.expiring.memory
  }

  /** Checks all invariants; throws an Error that names the first one broken. */
  verify(): void {
    this.arena.verify()
    this.dict.verify()
    this.agenda.verify()
    verifyExpiring(this.arena, this.expiring)
  }

  /** Takes away what an old value had, but for a time that stays; returns the plain meta. */
  private renew(ref: number, meta: number): number {
    const kind = meta & ~KEEP_TTL
    if (ref !== 0) {
      this.agenda.delete(ref)
      if ((meta & (KEEP_TTL | HAS_TTL)) === 0) this.persist(ref)
    }
    return kind
  }

  /** Moves what a slot holds to another database; returns its slot there. */
  private handOver(ref: number, meta: number, target: Database): number {
    const arena = this.arena
    const slot = readSlot(arena, ref, valueOffset(arena, ref))
    if (target === this) return slot
    if (formOf(meta) === FORM_OBJECT) {
      return target.objects.add(this.objects.take(slot))
    }
    // Bytes that a socket still reads stay with it: the target goes on with a copy.
    return target.arena.adoptOutsized(arena.takeOutsized(slot))
  }

  private putOutsized(key: Span, ref: number, meta: number, bytes: Uint8Array): number {
    const slot = this.arena.adoptOutsized(bytes)
    return this.putSlot(key, ref, meta | (FORM_OUTSIZED << FORM_SHIFT), slot)
  }

  private putSlot(key: Span, ref: number, meta: number, slot: number): number {
    const entry = ref === 0 ? this.create(key, meta, 4) : this.reshape(ref, meta, 4)
    writeSlot(this.arena, entry, valueOffset(this.arena, entry), slot)
    return entry
  }

  private create(key: Span, meta: number, room: number): number {
    const trailer = (meta & HAS_TTL) === 0 ? 0 : TTL_WORDS
    const ref = this.arena.allocate(recordSize(keyRoom(key.end - key.start), room, trailer))
    writeRecord(this.arena, ref, key, room)
    this.arena.words[ref >>> UNIT_SHIFT]![(ref & UNIT_MASK) << 1] = (this.access.fresh << 8) | meta
    if (trailer !== 0) enterExpiring(this.arena, this.expiring, ref)
    this.dict.insert(ref)
    return ref
  }

  /** Frees the entry's value and makes room for another; a TTL stays, or comes with the meta. */
  private reshape(ref: number, meta: number, room: number): number {
    const ttl = (readMeta(this.arena, ref) | meta) & HAS_TTL
    this.freeValue(ref)
    const entry = this.setRoom(ref, room, ttl)
    writeMeta(this.arena, entry, meta | ttl)
    return entry
  }

  /**
   * Changes the room of the value in the entry, moving the entry where it must.
   * @param ttl HAS_TTL for an entry that has a TTL or gets room for one, which its meta does not
   * say yet; else 0
   */
  private setRoom(ref: number, room: number, ttl: number): number {
    const arena = this.arena
    const had = this.hasExpiry(ref)
    const trailer = ttl === 0 ? 0 : TTL_WORDS
    const size = recordSize(valueOffset(arena, ref) - RECORD_HEADER, room, trailer)
    const expireAt = had ? readExactExpiry(arena, ref) : 0
    const place = had ? readPlace(arena, ref) : 0
    const capacity = arena.capacity(ref)
    const fits = size <= capacity && size * 4 >= capacity * 3
    const entry = fits ? ref : this.move(ref, size)
    const words = arena.words[entry >>> UNIT_SHIFT]!
    const word = ((entry & UNIT_MASK) << 1) + 2
    words[word] = (words[word]! & 0xffff) | (room << 16)
    if (had) {
      writeExpiry(arena, entry, expireAt)
      writePlace(arena, entry, place)
    } else if (ttl !== 0) enterExpiring(arena, this.expiring, entry)
    return entry
  }

  private resizeInline(ref: number, length: number, value: Span): number {
    const arena = this.arena
    const before = valueRoom(arena, ref)
    if (length > INLINE_MAX) {
      const bytes = before === 0 ? new Uint8Array(length) : roomyBytes(length)
      const old = this.value(ref, this.spare)
      bytes.set(old.bytes.subarray(old.start, old.end))
      const meta = readMeta(arena, ref) & ~HAS_TTL
      const entry = this.putOutsized(old, ref, meta, bytes)
      value.set(bytes, 0, length)
      return entry
    }
    const ttl = readMeta(arena, ref) & HAS_TTL
    const entry = length === before ? ref : this.setRoom(ref, length, ttl)
    this.value(entry, value)
    if (length > before) value.bytes.fill(0, value.start + before, value.end)
    return entry
  }

  /** Copies the entry into a block of `size` bytes and frees the old one. */
  private move(ref: number, size: number): number {
    const arena = this.arena
    const entry = arena.allocate(size)
    const from = (ref & UNIT_MASK) << 3
    const length = Math.min(arena.capacity(ref), arena.capacity(entry))
    const source = arena.bytes[ref >>> UNIT_SHIFT]!
    const target = arena.bytes[entry >>> UNIT_SHIFT]!
    copyBytes(source, from, from + length, target, (entry & UNIT_MASK) << 3)
    this.dict.replace(ref, entry)
    this.agenda.move(ref, entry)
    if (this.hasExpiry(ref)) this.expiring.set(readPlace(arena, ref), entry)
    arena.free(ref)
    return entry
  }

  private freeValue(ref: number): void {
    const arena = this.arena
    const form = formOf(readMeta(arena, ref))
    if (form === FORM_INLINE) return
    const slot = readSlot(arena, ref, valueOffset(arena, ref))
    if (form === FORM_OUTSIZED) arena.freeOutsized(slot)
    else this.objects.free(slot)
  }

  /** Makes room for an expiry time and enters the entry in the list; returns the entry. */
  private addTrailer(ref: number): number {
    const arena = this.arena
    const keyBytes = valueOffset(arena, ref) - RECORD_HEADER
    const size = recordSize(keyBytes, valueRoom(arena, ref), TTL_WORDS)
    const entry = size > arena.capacity(ref) ? this.move(ref, size) : ref
    writeMeta(arena, entry, readMeta(arena, entry) | HAS_TTL)
    enterExpiring(arena, this.expiring, entry)
    return entry
  }
}
