// effects.ts: the log of what commands did, as commands that do it again: the one thing that an
// append-only file and replicas are fed with.
//
//   block ┌ SET a 1 ┬ MULTI ┬ DEL b ┬ SREM c x ┬ EXEC ┐ → block ┌ … committed ┆ a unit … ┐
//                   cursor: how far a consumer has got
//
// A write that is deterministic is its own effect. One that is not (SPOP), or that depends on the
// time (EX), is restated by its handler while it runs: `ctx.restate(2).word('DEL').span(key)`.
// Effects are encoded once, in RESP, where consumers take them from; the database is selected
// where it changes. What one command or transaction states is a unit: it is committed as a whole,
// between MULTI and EXEC where it has more than one effect. Nothing is written while nobody has a
// cursor, and nothing is allocated for a command.
// The form is that of redis-server's append-only file and replication stream.

import { copyByFours, copyBytes, latin1, type Span } from '../../bytes/memory/span.ts'
import { integerLength, writeInt64, writeInteger } from '../../bytes/numbers/numbers.ts'
import type { Args } from '../arguments/args.ts'
import { BY_ENGINE, EffectBlock, TO_ALL } from './block.ts'
import { EffectCursor } from './cursor.ts'

/** Bytes of an ordinary block. */
const BLOCK = 1 << 16
/** Blocks that are kept for another use. */
const SPARE_MAX = 4
/** Bytes around a word at most: `$`, its length and two line breaks. */
const FRAME = 16
/** Words above this length are copied by the platform, in bytes. */
const LONG = 64
const NUMBER_ROOM = 24
const NOTHING = new Uint8Array(0)
const MULTI = latin1('*1\r\n$5\r\nMULTI\r\n')
const EXEC = latin1('*1\r\n$4\r\nEXEC\r\n')

export class Effects {
  /** Whether anybody consumes the log. */
  armed = false
  /** Who causes what is stated now: BY_CLIENT, BY_ENGINE or BY_PRIMARY (block.ts). */
  origin = BY_ENGINE
  /** Up to where consumers may take. */
  committedBlock: EffectBlock
  committedAt = 0
  private block: EffectBlock
  /** The oldest block that a cursor may need. */
  private oldest: EffectBlock
  private readonly cursors = new Set<EffectCursor>()
  private readonly spare: EffectBlock[] = []
  /** The database that consumers have selected; -1 where that is not known. */
  private selected = -1
  /** What the last run is. */
  private runOrigin = -1
  private runTarget = 0
  /** Effects of the unit that are not committed yet. */
  private stated = 0
  /** Where the running command's own request goes, if anywhere but where its changes go. */
  private forced = 0
  /** Whether the running command has said what its effects are. */
  private restated = false
  /** Words of an effect that were announced and did not come yet. */
  private missing = 0
  /** Where the last request lay, and the same by fours. */
  private source: Uint8Array = NOTHING
  private view: DataView | undefined = undefined

  constructor() {
    this.block = new EffectBlock(0)
    this.oldest = this.block
    this.committedBlock = this.block
  }

  /**
   * Begins to consume the log from here on.
   * @param target TO_FILE or TO_REPLICAS
   */
  open(target: number): EffectCursor {
    this.armed = true
    // What a command has stated before that is no business of who begins in the middle of it.
    this.commit()
    // Who begins here has nothing selected.
    this.selected = -1
    const cursor = new EffectCursor(this, target)
    this.cursors.add(cursor)
    return cursor
  }

  close(cursor: EffectCursor): void {
    this.cursors.delete(cursor)
    this.armed = this.cursors.size > 0
    this.release()
  }

  /** States an effect besides the running command's others: `count` words have to follow. */
  state(database: number, count: number, target = TO_ALL): this {
    this.expectWhole()
    this.begin(database, target)
    this.line(STAR, count)
    this.missing = count
    this.stated++
    return this
  }

  /** States an effect in place of the running command's request. */
  restate(database: number, count: number): this {
    this.restated = true
    return this.state(database, count)
  }

  /** Says that the running command's request is not its effect; `state` says what is. */
  replace(): void {
    this.restated = true
  }

  /** Says that the running command's request is an effect even if it changes nothing. */
  force(target: number): void {
    this.forced |= target
  }

  /** A word of the effect, in ASCII. */
  word(text: string): this {
    const { length } = text
    this.announce(length, length)
    const { block } = this
    for (let i = 0; i < length; i++) block.bytes[block.size + i] = text.charCodeAt(i)
    block.size += length
    return this.lineBreak()
  }

  span(span: Span): this {
    return this.bytes(span.bytes, span.start, span.end)
  }

  /** A word that is a whole number: a safe one, or a bigint of 64 bits. */
  number(n: number | bigint): this {
    const length = typeof n === 'number' ? integerLength(n) : String(n).length
    this.announce(length, NUMBER_ROOM)
    const { block } = this
    if (typeof n === 'number') block.size = writeInteger(block.bytes, block.size, n)
    else block.size = writeInt64(block.bytes, block.size, n)
    return this.lineBreak()
  }

  /** A word from its bytes. */
  bytes(bytes: Uint8Array, start = 0, end = bytes.length): this {
    this.announce(end - start, end - start)
    const { block } = this
    copyBytes(bytes, start, end, block.bytes, block.size)
    block.size += end - start
    return this.lineBreak()
  }

  /** Words of a request: those from `first` up to `end`, which is not among them. */
  words(args: Args, first: number, end: number): this {
    const { bytes, starts, ends } = args.words
    for (let i = first; i < end; i++) this.bytes(bytes, starts[i], ends[i])
    return this
  }

  /** A command begins inside another one: what that has said of itself so far, for `resume`. */
  suspend(): number {
    const said = (this.restated ? 4 : 0) | this.forced
    this.restated = false
    this.forced = 0
    return said
  }

  resume(said: number): void {
    this.restated = (said & 4) !== 0
    this.forced = said & TO_ALL
  }

  /** Ends a command: `changed` tells whether it changed anything by itself. */
  commandEnd(database: number, args: Args, changed: boolean): void {
    const target = changed ? TO_ALL : this.forced
    if (target !== 0 && !this.restated) {
      this.request(database, args, target)
    }
    this.restated = false
    this.forced = 0
  }

  /**
   * Lets consumers have what came together, as one transaction when it is more than one effect.
   * @param together false for what has nothing to do with each other: keys that expired
   */
  commit(together = true): void {
    if (this.stated === 0) return
    this.expectWhole()
    if (this.stated > 1 && together) {
      this.committedBlock.insert(this.committedAt, MULTI)
      this.begin(this.selected, TO_ALL)
      this.reserve(EXEC.length)
      const { block } = this
      block.bytes.set(EXEC, block.size)
      block.size += EXEC.length
    }
    this.stated = 0
    this.committedBlock = this.block
    this.committedAt = this.block.size
  }

  /** Gives blocks up that no cursor needs. */
  release(): void {
    while (this.oldest !== this.committedBlock) {
      const { oldest } = this
      for (const { block } of this.cursors) if (block === oldest) return
      this.oldest = oldest.next!
      if (oldest.room + oldest.size !== BLOCK || this.spare.length === SPARE_MAX) continue
      oldest.clear()
      this.spare.push(oldest)
    }
  }

  /** States a request as it is: the way of nearly all writes. */
  private request(database: number, args: Args, target: number): void {
    const { bytes, starts, ends, count } = args.words
    // Words lie in their order, whatever stands between them.
    const size = ends[count - 1]! - starts[0]! + FRAME * (count + 1)
    if (size > BLOCK) {
      this.state(database, count, target).words(args, 0, count)
      return
    }
    this.begin(database, target)
    this.reserve(size)
    this.stated++
    const { block } = this
    const { view: to } = block
    const from = this.viewOf(bytes)
    let at = writeHead(to, block.size, STAR, count)
    for (let i = 0; i < count; i++) {
      const start = starts[i]!
      const end = ends[i]!
      at = writeHead(to, at, DOLLAR, end - start)
      if (from === undefined || end - start > LONG) copyBytes(bytes, start, end, block.bytes, at)
      else copyByFours(from, start, end, to, at)
      at += end - start
      to.setInt16(at, LINE_BREAK)
      at += 2
    }
    block.size = at
  }

  /**
   * The bytes of a request by fours, where the last one lay in the same buffer, as those of one
   * client or program mostly do: to make a view costs more than it spares.
   */
  private viewOf(bytes: Uint8Array): DataView | undefined {
    if (bytes !== this.source) {
      this.source = bytes
      this.view = undefined
    } else this.view ??= new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
    return this.view
  }

  /** Selects the database and begins a run, where that is needed. */
  private begin(database: number, target: number): void {
    if (database !== this.selected) this.select(database)
    if (target !== this.runTarget || this.origin !== this.runOrigin) {
      this.beginRun(target)
    }
  }

  private select(database: number): void {
    this.selected = database
    this.beginRun(TO_ALL)
    this.line(STAR, 2)
    this.word('SELECT').number(database)
    this.missing = 0
  }

  private beginRun(target: number): void {
    this.runTarget = target
    this.runOrigin = this.origin
    this.block.begin(this.selected, this.origin, target)
  }

  /** Begins a word of `length` bytes, and makes room for `room`. */
  private announce(length: number, room: number): void {
    this.missing--
    this.reserve(room + FRAME)
    const { block } = this
    block.size = writeHead(block.view, block.size, DOLLAR, length)
  }

  private line(mark: number, n: number): void {
    this.reserve(FRAME)
    const { block } = this
    block.size = writeHead(block.view, block.size, mark, n)
  }

  private lineBreak(): this {
    const { block } = this
    block.view.setInt16(block.size, LINE_BREAK)
    block.size += 2
    return this
  }

  private reserve(size: number): void {
    if (this.block.room < size) this.roll(size)
  }

  private roll(size: number): void {
    const spare = size > BLOCK ? undefined : this.spare.pop()
    const block = spare ?? new EffectBlock(Math.max(size, BLOCK))
    this.block.next = block
    this.block = block
    block.begin(this.selected, this.runOrigin, this.runTarget)
  }

  /** An effect of fewer or more words than announced would be read as another one. */
  private expectWhole(): void {
    if (this.missing === 0) return
    throw new Error(`an effect lacks ${this.missing} of its words`)
  }
}

const STAR = 42
const DOLLAR = 36
const LINE_BREAK = 0x0d0a
const ZERO = 48

/** Writes `mark`, a number that is not negative, and a line break; returns the offset after it. */
function writeHead(to: DataView, at: number, mark: number, n: number): number {
  if (n < 10) {
    to.setInt32(at, (mark << 24) | ((ZERO + n) << 16) | LINE_BREAK)
    return at + 4
  }
  to.setUint8(at, mark)
  const end = at + 1 + integerLength(n)
  for (let i = end - 1, rest = n; i > at; i--) {
    const tens = Math.floor(rest / 10)
    to.setUint8(i, ZERO + rest - tens * 10)
    rest = tens
  }
  to.setInt16(end, LINE_BREAK)
  return end + 2
}
