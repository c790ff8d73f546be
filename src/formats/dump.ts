// dump.ts: the payload of DUMP and RESTORE.
//
//   ┌ type u8 ┬ value, as in an RDB file … ┬ RDB version u16 LE ┬ CRC-64 of all before it, LE ┐
//
// It is signed by a checksum, not by a secret: a value behind a right checksum may still be wrong.

import type { Span } from '../bytes/memory/span.ts'
import { Crc64 } from './crc64.ts'
import { RDB_VERSION } from './rdb/opcodes.ts'
import { RdbReader } from './rdb/reader.ts'
import { RdbWriter, type RdbWriterOptions } from './rdb/writer.ts'

const FOOTER_LENGTH = 10
const CHECKSUM_LENGTH = 8

const crc = new Crc64()

/**
 * Makes a payload.
 *
 * @param type the number of the value's layout, from `rdbType`.
 * @param writeValue appends the value in that layout.
 */
export function encodeDump(
  type: number,
  writeValue: (writer: RdbWriter) => void,
  options: RdbWriterOptions = {},
): Uint8Array {
  const writer = new RdbWriter(options)
  writer.writeByte(type)
  writeValue(writer)
  sealDump(writer)
  return writer.bytes.length === writer.length ? writer.bytes : writer.take()
}

/** Appends version and checksum to a writer that holds a type byte and its value. */
export function sealDump(writer: RdbWriter): void {
  writer.writeByte(writer.version)
  writer.writeByte(writer.version >> 8)
  crc.reset().update(writer.bytes, 0, writer.length)
  writer.reserve(CHECKSUM_LENGTH)
  writer.length = crc.write(writer.bytes, writer.length)
}

export interface DumpRules {
  /** The newest RDB version to accept; 12 when not given. */
  versionMax?: number
  /** Leaves the checksum out, as DEBUG SET-SKIP-CHECKSUM-VALIDATION asks for. */
  skipChecksum?: boolean
}

/** Whether a payload is long enough, of a version we read, and has the right checksum. */
export function verifyDump(payload: Span, rules: DumpRules = {}): 'ok' | 'bad' {
  const { bytes, start, end } = payload
  if (end - start < FOOTER_LENGTH) return 'bad'
  const footer = end - FOOTER_LENGTH
  const version = bytes[footer] | (bytes[footer + 1] << 8)
  if (version > (rules.versionMax ?? RDB_VERSION)) return 'bad'
  if (rules.skipChecksum) return 'ok'
  const checksum = end - CHECKSUM_LENGTH
  return crc.reset().update(bytes, start, checksum).matches(bytes, checksum) ? 'ok' : 'bad'
}

/**
 * A reader for a verified payload, before its type byte.
 *
 * It ends where the payload does, not where the footer begins, and what a value leaves unread is
 * nobody's concern: the reference reads so, and its verdict on odd payloads is ours.
 */
export function openDump(payload: Span): RdbReader {
  return new RdbReader(payload.bytes, payload.start, payload.end)
}
