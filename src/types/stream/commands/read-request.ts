// read-request.ts: what XREAD and XREADGROUP are asked: options, streams and, for each, an id.

import { Words } from '../../../bytes/wire/request.ts'
import type { Args } from '../../../engine/arguments/args.ts'
import { errors } from '../errors.ts'
import { ID_TEXT_MAX, ID_WORDS, type Id, writeIdText } from '../id.ts'
import { isSingle } from './id-parser.ts'

const DOLLAR = 0x24

/** One request, read into the same object again and again. */
export class ReadRequest {
  readonly isGroup: boolean
  /** Entries of each stream at most. */
  count = Infinity
  /** Milliseconds to wait, 0 for ever; -1 to not wait. */
  timeoutMs = -1
  noAck = false
  /** Where the name of the group stands, the consumer's behind it; 0 where there is none. */
  groupAt = 0
  /** Where the first key stands; the ids stand `streams` words behind the keys. */
  firstKey = 0
  streams = 0
  /** An id for each stream, one behind the other. */
  ids = new Int32Array(ID_WORDS * 4)

  constructor(isGroup: boolean) {
    this.isGroup = isGroup
  }

  /** Reads the options, up to the keys. */
  read(args: Args): void {
    this.count = Infinity
    this.timeoutMs = -1
    this.noAck = false
    this.groupAt = 0
    this.firstKey = 0
    for (let i = 1; i < args.count && this.firstKey === 0; ) i = this.readOption(args, i)
    if (this.firstKey === 0) throw errors.syntax
    if (this.isGroup && this.groupAt === 0) throw errors.xreadgroupMissing
    const words = this.streams * ID_WORDS
    if (words > this.ids.length) this.ids = new Int32Array(words)
  }

  /** Where the id of a stream stands. */
  idAt(stream: number): number {
    return this.firstKey + this.streams + stream
  }

  setId(stream: number, id: Id): void {
    this.ids.set(id, stream * ID_WORDS)
  }

  getId(stream: number, id: Id): void {
    const at = stream * ID_WORDS
    for (let word = 0; word < ID_WORDS; word++) id[word] = this.ids[at + word]!
  }

  /**
   * Puts what '$' means now in its place, so that it means the same when the request is run again.
   */
  settle(args: Args): void {
    for (let stream = 0; stream < this.streams; stream++) {
      if (isSingle(args.at(this.idAt(stream)), DOLLAR)) {
        args.words = this.settled(args)
        return
      }
    }
  }

  private settled(args: Args): Words {
    const { words } = args
    const last = words.ends[words.count - 1]!
    const settled = new Words()
    settled.bytes = new Uint8Array(last + this.streams * ID_TEXT_MAX)
    settled.bytes.set(words.bytes.subarray(0, last))
    let at = last
    for (let i = 0; i < words.count; i++) {
      const stream = i - this.firstKey - this.streams
      if (stream >= 0 && isSingle(args.at(i), DOLLAR)) {
        const end = writeIdText(settled.bytes, at, this.ids, stream * ID_WORDS)
        settled.add(at, end)
        at = end
      } else settled.add(words.starts[i]!, words.ends[i]!)
    }
    return settled
  }

  /** Reads the option at `i`; returns where the next one is. */
  private readOption(args: Args, i: number): number {
    const more = args.count - i - 1
    if (more > 0 && args.is(i, 'BLOCK')) {
      this.timeoutMs = args.timeoutMs(i + 1)
      return i + 2
    }
    if (more > 0 && args.is(i, 'COUNT')) {
      const count = args.position(i + 1)
      this.count = count > 0 ? count : Infinity
      return i + 2
    }
    if (more > 0 && args.is(i, 'STREAMS')) {
      if (more % 2 !== 0) throw this.unbalanced()
      this.firstKey = i + 1
      this.streams = more / 2
      return i
    }
    if (more > 1 && args.is(i, 'GROUP')) {
      if (!this.isGroup) throw errors.xreadGroup
      this.groupAt = i + 1
      return i + 3
    }
    if (!args.is(i, 'NOACK')) throw errors.syntax
    if (!this.isGroup) throw errors.xreadNoAck
    this.noAck = true
    return i + 1
  }

  private unbalanced() {
    if (this.isGroup) return errors.unbalancedStreams('xreadgroup', "ID or '>'")
    return errors.unbalancedStreams('xread', "ID, '+', or '$'")
  }
}
