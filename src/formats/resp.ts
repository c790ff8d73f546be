// resp.ts: the client's side of RESP: a server's bytes in, decoded replies out.
//
// Both protocol versions are read by one decoder, because the first byte of an item already tells
// its type; the whole of RESP3 is known, streamed strings and aggregates and attributes included.
// Bytes may arrive cut anywhere: what is complete is decoded, the rest waits for the next `feed`.
//
//   buffer  ┌ decoded ┬ waiting ┬ room ┐        open  root > array > map     (what is being filled)
//           0         at        end                                          innermost frame last
//
// A bulk string is only taken once all of it is here: its header is read again for each chunk,
// which costs a few bytes and saves a state. Aggregates are filled item by item and never
// allocated by their announced size, so a lying header costs nothing.
// Document: https://github.com/redis/redis-specifications/blob/master/protocol/RESP3.md

/** What can be said of every decoded reply. */
interface Tagged {
  /** Keys and values of an attribute that the server sent ahead of this reply. */
  attributes?: DecodedReply[]
}

/** A string of bytes: bulk or simple, an error line without its '-', or a big number's digits. */
export interface TextReply extends Tagged {
  type: 'string' | 'status' | 'error' | 'bignumber'
  bytes: Uint8Array
}

/** A string that is meant to be shown as it is; `format` has three letters: txt, mkd, ... */
export interface VerbatimReply extends Tagged {
  type: 'verbatim'
  format: string
  bytes: Uint8Array
}

/** An int64; a bigint only when a number could not hold it exactly. */
export interface IntegerReply extends Tagged {
  type: 'integer'
  value: number | bigint
}

/** A double, with the text the server chose for it. */
export interface DoubleReply extends Tagged {
  type: 'double'
  value: number
  text: string
}

export interface BooleanReply extends Tagged {
  type: 'boolean'
  value: boolean
}

/** Nothing: `_`, `$-1`, or with `array` set the `*-1` that stands for a missing array in RESP2. */
export interface NilReply extends Tagged {
  type: 'nil'
  array: boolean
}

/** Several replies; the items of a map are its keys and values in turn. */
export interface AggregateReply extends Tagged {
  type: 'array' | 'map' | 'set' | 'push'
  items: DecodedReply[]
}

export type DecodedReply =
  | TextReply
  | VerbatimReply
  | IntegerReply
  | DoubleReply
  | BooleanReply
  | NilReply
  | AggregateReply

/** The bytes are not RESP. The decoder cannot go on: close the connection. */
export class RespError extends Error {
  override readonly name = 'RespError'
}

/** How much a reply may ask for before it is refused with a `RespError`. */
export interface RespLimits {
  /** Aggregates inside one another. */
  nestingMax: number
  /** Bytes of one string. */
  stringMax: number
  /** Items of one aggregate (pairs, for a map). */
  itemsMax: number
}

const defaults: RespLimits = { nestingMax: 1024, stringMax: 2 ** 31, itemsMax: 2 ** 32 - 1 }

/** An aggregate, an attribute or a streamed string that is still being filled. */
interface Frame {
  type: AggregateReply['type'] | 'attribute' | 'chunks' | 'root'
  items: DecodedReply[]
  /** Items still to come; Infinity while the end will be marked instead. */
  left: number
  /** An attribute that waits for the next item of this frame. */
  attributes: DecodedReply[] | undefined
}

const CR = 0x0d
const LF = 0x0a
const MINUS = 0x2d
const ROOM_MIN = 16_384

/** Decodes one connection's replies. */
export class ReplyDecoder {
  readonly #limits: RespLimits
  #bytes = new Uint8Array(ROOM_MIN)
  #at = 0
  #end = 0
  /** Where the search for the end of a line goes on, so that long lines are not searched twice. */
  #searched = 0
  /** A string is known to need the buffer filled up to here. */
  #wanted = 0
  readonly #open: Frame[] = [frame('root', Infinity)]

  /** @param limits replaces single limits; the others keep their generous defaults. */
  constructor(limits: Partial<RespLimits> = {}) {
    this.#limits = { ...defaults, ...limits }
  }

  /** Appends what was received. The bytes are copied, so the chunk may be reused. */
  feed(chunk: Uint8Array): void {
    this.#makeRoom(chunk.length)
    this.#bytes.set(chunk, this.#end)
    this.#end += chunk.length
  }

  /**
   * Takes the next complete reply, pushes included, in the order of arrival.
   *
   * @returns undefined when more bytes are needed.
   * @throws RespError when the bytes break the protocol or a limit.
   */
  next(): DecodedReply | undefined {
    const root = this.#open[0]
    while (root.items.length === 0) if (!this.#step()) return undefined
    return root.items.pop()
  }

  /** Bytes received that no reply has consumed yet. */
  get waiting(): number {
    return this.#end - this.#at
  }

  #makeRoom(size: number): void {
    if (this.#at === this.#end) {
      this.#at = this.#end = this.#searched = this.#wanted = 0
    }
    if (this.#end + size <= this.#bytes.length && this.#wanted <= this.#bytes.length) return
    const kept = this.#end - this.#at
    const needed = Math.max(kept + size, this.#wanted - this.#at)
    const roomy = needed > this.#bytes.length ? Math.max(needed, this.#bytes.length * 2) : 0
    const target = roomy > 0 ? new Uint8Array(roomy) : this.#bytes
    target.set(this.#bytes.subarray(this.#at, this.#end))
    this.#searched = Math.max(0, this.#searched - this.#at)
    this.#wanted = Math.max(0, this.#wanted - this.#at)
    this.#bytes = target
    this.#at = 0
    this.#end = kept
  }

  /** Reads one item; false when it is not all here yet, and then nothing has moved. */
  #step(): boolean {
    const stop = this.#lineEnd()
    if (stop < 0) return false
    const start = this.#at + 1
    const kind = String.fromCharCode(this.#bytes[this.#at])
    const top = this.#open[this.#open.length - 1]
    if (top.type === 'chunks' || kind === ';') return this.#chunk(kind, start, stop)
    if (kind === '$' || kind === '=' || kind === '!') return this.#blob(kind, start, stop)
    this.#skipTo(stop + 2)
    if (kind === '.') this.#endStream(start, stop)
    else if (isAggregate(kind)) this.#aggregate(kind, start, stop)
    else this.#complete(this.#line(kind, start, stop))
    return true
  }

  #lineEnd(): number {
    let at = Math.max(this.#searched, this.#at)
    for (;;) {
      at = this.#bytes.indexOf(CR, at)
      if (at < 0 || at + 1 >= this.#end) {
        // The type byte is checked at once: a server that talks something else is found out here.
        if (this.#end > this.#at) checkType(this.#bytes[this.#at])
        this.#searched = at < 0 || at > this.#end ? this.#end : at
        return -1
      }
      if (this.#bytes[at + 1] === LF) return at
      at++
    }
  }

  #skipTo(offset: number): void {
    this.#at = this.#searched = offset
  }

  #line(kind: string, start: number, stop: number): DecodedReply {
    switch (kind) {
      case '+':
        return { type: 'status', bytes: this.#bytes.slice(start, stop) }
      case '-':
        return { type: 'error', bytes: this.#bytes.slice(start, stop) }
      case ':':
        return { type: 'integer', value: readInteger(this.#text(start, stop)) }
      case '(':
        return readBigNumber(this.#bytes.slice(start, stop))
      case ',':
        return readDouble(this.#text(start, stop))
      case '#':
        return { type: 'boolean', value: readBoolean(this.#text(start, stop)) }
      case '_':
        if (stop !== start) throw new RespError('Bad nil value')
        return { type: 'nil', array: false }
      default:
        throw unknownType(kind.charCodeAt(0))
    }
  }

  #text(start: number, stop: number): string {
    let text = ''
    for (let at = start; at < stop; at++) text += String.fromCharCode(this.#bytes[at])
    return text
  }

  #blob(kind: string, start: number, stop: number): boolean {
    const header = this.#text(start, stop)
    if (kind === '$' && header === '?') {
      this.#skipTo(stop + 2)
      this.#push(frame('chunks', Infinity))
      return true
    }
    const length = this.#size(header, this.#limits.stringMax, 'Bad bulk string length')
    if (length < 0) {
      this.#skipTo(stop + 2)
      this.#complete({ type: 'nil', array: false })
      return true
    }
    const bytes = this.#payload(stop + 2, length)
    if (bytes === undefined) return false
    if (kind === '$') this.#complete({ type: 'string', bytes })
    else if (kind === '!') this.#complete({ type: 'error', bytes })
    else this.#complete(readVerbatim(bytes))
    return true
  }

  /** The bytes of a string and its line end; undefined, and a note of the need, when cut. */
  #payload(start: number, length: number): Uint8Array | undefined {
    const stop = start + length
    if (stop + 2 > this.#end) {
      // The search for the header's end must begin again at the header.
      this.#searched = this.#at
      this.#wanted = stop + 2
      return undefined
    }
    if (this.#bytes[stop] !== CR || this.#bytes[stop + 1] !== LF) {
      throw new RespError('Bulk string without a line end')
    }
    this.#skipTo(stop + 2)
    return this.#bytes.slice(start, stop)
  }

  #chunk(kind: string, start: number, stop: number): boolean {
    const top = this.#open[this.#open.length - 1]
    if (kind !== ';' || top.type !== 'chunks') throw unknownType(kind.charCodeAt(0))
    const length = this.#size(this.#text(start, stop), this.#limits.stringMax, 'Bad chunk length')
    if (length > 0) {
      const bytes = this.#payload(stop + 2, length)
      if (bytes !== undefined) top.items.push({ type: 'string', bytes })
      return bytes !== undefined
    }
    this.#skipTo(stop + 2)
    this.#open.pop()
    this.#complete({ type: 'string', bytes: join(top.items) })
    return true
  }

  #aggregate(kind: string, start: number, stop: number): void {
    const type = aggregates[kind as keyof typeof aggregates]
    const header = this.#text(start, stop)
    if (header === '?') {
      this.#push(frame(type, Infinity))
      return
    }
    const count = this.#size(header, this.#limits.itemsMax, 'Bad multi-bulk length')
    if (count < 0) {
      this.#complete({ type: 'nil', array: true })
      return
    }
    const opened = frame(type, type === 'map' || type === 'attribute' ? count * 2 : count)
    this.#push(opened)
    if (count === 0) this.#close(opened)
  }

  #endStream(start: number, stop: number): void {
    const top = this.#open[this.#open.length - 1]
    if (start !== stop || top.type === 'root' || top.left !== Infinity) {
      throw new RespError('End of a stream that was not begun')
    }
    const paired = top.type === 'map' || top.type === 'attribute'
    if (paired && top.items.length % 2 !== 0) throw new RespError('Map key without a value')
    this.#close(top)
  }

  #push(opened: Frame): void {
    if (this.#open.length > this.#limits.nestingMax) throw new RespError('Too many nested replies')
    this.#open.push(opened)
  }

  /** Ends the innermost frame and hands what it became to the frame around it. */
  #close(top: Frame): void {
    this.#open.pop()
    if (top.type === 'attribute') this.#open[this.#open.length - 1].attributes = top.items
    else this.#complete({ type: top.type as AggregateReply['type'], items: top.items })
  }

  #complete(reply: DecodedReply): void {
    const top = this.#open[this.#open.length - 1]
    if (top.attributes !== undefined) {
      reply.attributes = top.attributes
      top.attributes = undefined
    }
    top.items.push(reply)
    if (--top.left === 0) this.#close(top)
  }

  /** A length from a header; -1 stands for nil. */
  #size(header: string, max: number, complaint: string): number {
    if (!/^(-1|0|[1-9]\d{0,14})$/.test(header)) throw new RespError(complaint)
    const size = Number(header)
    if (size > max) throw new RespError(`${complaint}: over the limit of ${max}`)
    return size
  }
}

const aggregates = {
  '*': 'array',
  '%': 'map',
  '~': 'set',
  '>': 'push',
  '|': 'attribute',
} as const

function isAggregate(kind: string): boolean {
  return Object.hasOwn(aggregates, kind)
}

function frame(type: Frame['type'], left: number): Frame {
  return { type, items: [], left, attributes: undefined }
}

function checkType(byte: number): void {
  if (!'+-:$*_,#!=(%~>|;.'.includes(String.fromCharCode(byte))) throw unknownType(byte)
}

// The wording is hiredis's, which people know from redis-cli and search for.
function unknownType(byte: number): RespError {
  const hex = byte.toString(16).padStart(2, '0')
  const shown = byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : `\\x${hex}`
  return new RespError(`Protocol error, got "${shown}" as reply type byte`)
}

function readInteger(text: string): number | bigint {
  if (!/^[+-]?\d{1,19}$/.test(text)) throw new RespError('Bad integer value')
  const value = Number(text)
  return Number.isSafeInteger(value) ? value : BigInt(text)
}

function readBigNumber(bytes: Uint8Array): TextReply {
  const first = bytes[0] === MINUS ? 1 : 0
  let valid = bytes.length > first
  for (let at = first; at < bytes.length; at++) valid &&= bytes[at] >= 0x30 && bytes[at] <= 0x39
  if (!valid) throw new RespError('Bad bignum value')
  return { type: 'bignumber', bytes }
}

function readDouble(text: string): DoubleReply {
  if (/^[+-]?\d*\.?\d*([eE][+-]?\d+)?$/.test(text) && /\d/.test(text)) {
    return { type: 'double', value: Number(text), text }
  }
  const word = text.toLowerCase()
  if (word === 'nan' || word === '-nan') return { type: 'double', value: NaN, text }
  if (word === 'inf' || word === '+inf') return { type: 'double', value: Infinity, text }
  if (word === '-inf') return { type: 'double', value: -Infinity, text }
  throw new RespError('Bad double value')
}

function readBoolean(text: string): boolean {
  if (text !== 't' && text !== 'f') throw new RespError('Bad bool value')
  return text === 't'
}

function readVerbatim(bytes: Uint8Array): VerbatimReply {
  if (bytes.length < 4 || bytes[3] !== 0x3a) {
    throw new RespError('Verbatim string without its three letters and colon')
  }
  const format = String.fromCharCode(bytes[0], bytes[1], bytes[2])
  return { type: 'verbatim', format, bytes: bytes.slice(4) }
}

function join(chunks: DecodedReply[]): Uint8Array {
  let size = 0
  for (const chunk of chunks) size += (chunk as TextReply).bytes.length
  const whole = new Uint8Array(size)
  let at = 0
  for (const chunk of chunks) {
    whole.set((chunk as TextReply).bytes, at)
    at += (chunk as TextReply).bytes.length
  }
  return whole
}
