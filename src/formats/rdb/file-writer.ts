// file-writer.ts: an RDB file from its first byte to its checksum, in portions.
//
//   ┌ REDIS0012 ┬ auxiliary fields ┬ function libraries ┬ database … ┬ EOF ┬ CRC-64 LE ┐
//   database = ┌ SELECTDB number ┬ RESIZEDB keys, expiring keys ┬ key … ┐
//   key = ┌ EXPIRETIME_MS ┬ IDLE or FREQ ┬ type u8 ┬ key ┬ value ┐      the first two if there
//
// The checksum covers all before it; zeros stand for none.

import { latin1 } from '../../bytes/memory/span.ts'
import { Crc64 } from '../crc64.ts'
import { ModuleWriter } from './module-writer.ts'
import { rdbModuleOpcode, rdbOpcode } from './opcodes.ts'
import { type Drain, RdbWriter } from './writer.ts'

/** Bytes that are gathered before they are handed on. */
const PORTION = 1 << 16

export type RdbFileOptions = {
  /** Whether strings are compressed where that makes them shorter. */
  readonly compress: boolean
  /** The RDB version to write for. */
  readonly version: number
  /** Whether the file ends with its checksum, or with zeros. */
  readonly checksum: boolean
}

export class RdbFileWriter {
  /** What values are written to; the file may have taken what is before its `length`. */
  readonly writer: RdbWriter
  private readonly crc: Crc64 | undefined
  private readonly drain: Drain

  /** @param write takes the file's bytes in order, in portions of any length */
  constructor(write: Drain, options: RdbFileOptions) {
    const { compress, version, checksum } = options
    const crc = checksum ? new Crc64() : undefined
    this.crc = crc
    this.drain = (bytes, start, end) => {
      crc?.update(bytes, start, end)
      write(bytes, start, end)
    }
    this.writer = new RdbWriter({ compress, version, capacity: PORTION })
    this.writer.drain = this.drain
    this.writeText(`REDIS${String(version).padStart(4, '0')}`)
  }

  /** A field that says something of the file or its maker. */
  auxiliary(name: string, value: string | number): void {
    this.writer.writeByte(rdbOpcode.aux)
    this.writeString(name)
    this.writeString(String(value))
  }

  /** The code of a function library. */
  library(code: Uint8Array): void {
    this.writer.writeByte(rdbOpcode.function2)
    this.writer.writeStringBytes(code, 0, code.length)
  }

  /**
   * What a module keeps beside its values; without anything written nothing will be there.
   * @param id names the module (module-id.ts)
   * @param place before or after the keys (rdbModulePlace)
   */
  module(id: bigint, place: number, write: (to: ModuleWriter) => void): void {
    const { writer } = this
    // What announces it can be taken back while the drain does not have it.
    writer.flush()
    writer.drain = undefined
    writer.writeByte(rdbOpcode.moduleAux)
    writer.writeLength64(id)
    writer.writeLength(rdbModuleOpcode.unsignedInteger)
    writer.writeLength(place)
    const begin = writer.length
    const data = new ModuleWriter(writer)
    write(data)
    if (writer.length === begin) writer.length = 0
    else data.end()
    writer.drain = this.drain
    this.valueEnds()
  }

  /** Begins a database that is not empty. */
  database(id: number, keys: number, expiring: number): void {
    const { writer } = this
    writer.writeByte(rdbOpcode.selectDb)
    writer.writeLength(id)
    writer.writeByte(rdbOpcode.resizeDb)
    writer.writeLength(keys)
    writer.writeLength(expiring)
  }

  /** When the key that follows expires, in milliseconds since 1970. */
  expiry(ms: number | bigint): void {
    this.writer.writeByte(rdbOpcode.expireTimeMs)
    if (typeof ms === 'number') this.writer.writeMilliseconds(ms)
    else this.writer.writeInt64(ms)
  }

  /** Seconds since the key that follows was used. */
  idle(seconds: number): void {
    this.writer.writeByte(rdbOpcode.idle)
    this.writer.writeLength(seconds)
  }

  /** How often the key that follows is used, 0 to 255. */
  frequency(counter: number): void {
    this.writer.writeByte(rdbOpcode.freq)
    this.writer.writeByte(counter)
  }

  /** Ends a value: the room that a large string has made the writer take is not kept. */
  valueEnds(): void {
    const { writer } = this
    if (writer.bytes.length <= PORTION) return
    writer.flush()
    writer.bytes = new Uint8Array(PORTION)
  }

  /** Ends the file. */
  end(): void {
    const { writer, crc } = this
    writer.writeByte(rdbOpcode.eof)
    writer.flush()
    const checksum = new Uint8Array(8)
    crc?.write(checksum, 0)
    this.drain(checksum, 0, 8)
  }

  private writeText(text: string): void {
    this.writer.writeRaw(latin1(text), 0, text.length)
  }

  private writeString(text: string): void {
    this.writer.writeStringBytes(latin1(text), 0, text.length)
  }
}
