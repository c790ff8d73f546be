// file-reader.ts: an RDB file part by part, for whoever wants to know what is in it: the server
// that loads it, a tool that looks at it.

import { copyBytes, Span } from '../../bytes/memory/span.ts'
import { Crc64 } from '../crc64.ts'
import { isRdbType, RDB_VERSION, rdbModuleOpcode, rdbOpcode } from './opcodes.ts'
import { RdbError, type RdbReader } from './reader.ts'

const MAGIC = 'REDIS'
const VERSION_DIGITS = 4
const CHECKSUM_LENGTH = 8
/** Files older than this one end without a checksum. */
const CHECKSUM_SINCE = 5

/** What the file says of a key beside its value. */
export type KeyFacts = {
  /** When it expires, in milliseconds since 1970; -1 where it never does. */
  expireAt: number | bigint
  /** Seconds since it was used when the file was written, -1 where that is not told. */
  idle: bigint
  /** How often it was used, 0 to 255; -1 where that is not told. */
  frequency: number
}

/** Whoever wants to know. Spans are loans for the time of the call. */
export type RdbVisitor = {
  auxiliary(name: Span, value: Span): void
  /** The keys that follow belong to this database. */
  database(id: number): void
  /** How many keys the database has, and how many of them expire: a hint. */
  size(keys: number, expiring: number): void
  /** The code of a function library. */
  library(code: Span): void
  /**
   * What a module wrote beside its values; the visitor reads it, to its end mark, from `from`.
   * @param id names the module (module-id.ts)
   * @param place whether it was written before the keys (1) or after them (2)
   */
  module(id: bigint, place: number, from: RdbReader): void
  /** A key; the visitor reads the value, of that RDB type, from `from`. */
  key(key: Span, rdbType: number, from: RdbReader, facts: KeyFacts): void
}

/** The file is no RDB file, or one of a version that is not known. */
export class RdbForeign extends Error {}

/** The file is not what was written: the checksums, as hexadecimal numbers. */
export class RdbChecksumError extends RdbError {
  readonly computed: string
  readonly stated: string

  constructor(computed: string, stated: string, offset: number) {
    super('RDB CRC error', offset)
    this.computed = computed
    this.stated = stated
  }
}

export class RdbFileReader {
  /** Whether the file ended with zeros instead of a checksum; known at the end. */
  isUnsigned = false
  private readonly from: RdbReader
  private readonly visitor: RdbVisitor
  private readonly crc: Crc64 | undefined
  private readonly name = new Span()
  private readonly text = new Span()
  private kept = new Uint8Array(64)
  private readonly facts: KeyFacts = { expireAt: -1, idle: -1n, frequency: -1 }
  private version = 0

  /** @param verify whether the checksum counts */
  constructor(from: RdbReader, visitor: RdbVisitor, verify: boolean) {
    this.from = from
    this.visitor = visitor
    this.crc = verify ? new Crc64() : undefined
    if (this.crc !== undefined) from.startChecksum(this.crc)
  }

  /**
   * Reads the first bytes.
   * @throws RdbForeign, RdbError
   */
  begin(): void {
    const head = this.from.readRaw(MAGIC.length + VERSION_DIGITS, this.text).text()
    if (!head.startsWith(MAGIC)) throw new RdbForeign('Wrong signature trying to load DB from file')
    this.version = Number.parseInt(head.slice(MAGIC.length), 10) || 0
    if (this.version < 1 || this.version > RDB_VERSION) {
      throw new RdbForeign(`Can't handle RDB format version ${this.version}`)
    }
  }

  /**
   * Reads the next part.
   * @returns false at the end of the file
   * @throws RdbError
   */
  next(): boolean {
    const { from } = this
    const opcode = from.readByte()
    if (opcode === rdbOpcode.eof) {
      if (this.version >= CHECKSUM_SINCE) this.readChecksum()
      return false
    }
    if (isRdbType(opcode)) this.readKey(opcode)
    else if (!this.readFact(opcode)) this.readPart(opcode)
    return true
  }

  private readKey(rdbType: number): void {
    const { from, name, facts } = this
    from.readString(name)
    // The value's strings may come to lie where the key does.
    if (name.length > this.kept.length) this.kept = new Uint8Array(name.length * 2)
    copyBytes(name.bytes, name.start, name.end, this.kept, 0)
    this.visitor.key(name.set(this.kept, 0, name.length), rdbType, from, facts)
    facts.expireAt = -1
    facts.idle = -1n
    facts.frequency = -1
  }

  /** Reads what belongs to the next key; false where it is something else. */
  private readFact(opcode: number): boolean {
    const { from, facts } = this
    switch (opcode) {
      case rdbOpcode.expireTimeMs: {
        const exact = from.readInt64()
        const ms = Number(exact)
        facts.expireAt = Number.isSafeInteger(ms) ? ms : exact
        return true
      }
      case rdbOpcode.expireTime:
        facts.expireAt = from.readInt32() * 1000
        return true
      case rdbOpcode.idle:
        facts.idle = from.readLength64()
        return true
      case rdbOpcode.freq:
        facts.frequency = from.readByte()
        return true
      default:
        return false
    }
  }

  private readPart(opcode: number): void {
    const { from, visitor, text } = this
    switch (opcode) {
      case rdbOpcode.selectDb:
        visitor.database(from.readLength())
        break
      case rdbOpcode.resizeDb:
        visitor.size(from.readLength(), from.readLength())
        break
      case rdbOpcode.slotInfo:
        for (let i = 0; i < 3; i++) from.readLength()
        break
      case rdbOpcode.aux:
        this.readAuxiliary()
        break
      case rdbOpcode.function2:
        visitor.library(from.readString(text))
        break
      case rdbOpcode.moduleAux:
        this.readModule()
        break
      case rdbOpcode.functionPreRelease:
        from.fail('Pre-release function format not supported.')
        break
      default:
        from.fail(`Unknown RDB encoding type ${opcode}`)
    }
  }

  private readAuxiliary(): void {
    const { from, name, text, visitor } = this
    const copy = from.readString(name).copy()
    visitor.auxiliary(name.set(copy, 0, copy.length), from.readString(text))
  }

  private readModule(): void {
    const { from, visitor } = this
    const id = from.readLength64()
    if (from.readLength() !== rdbModuleOpcode.unsignedInteger) from.fail('bad when_opcode')
    visitor.module(id, from.readLength(), from)
  }

  private readChecksum(): void {
    const { from, crc, text } = this
    from.sumUp()
    const computed = new Uint8Array(CHECKSUM_LENGTH)
    crc?.write(computed, 0)
    const stated = from.readRaw(CHECKSUM_LENGTH, text).copy()
    if (crc === undefined) return
    this.isUnsigned = stated.every((byte) => byte === 0)
    if (this.isUnsigned || stated.every((byte, i) => byte === computed[i])) return
    throw new RdbChecksumError(hexadecimal(computed), hexadecimal(stated), from.position)
  }
}

/** Little-endian bytes as a number without leading zeros. */
function hexadecimal(bytes: Uint8Array): string {
  const digits = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).reverse()
  return digits.join('').replace(/^0+(?=.)/, '')
}
