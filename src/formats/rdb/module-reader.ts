// module-reader.ts: reads what a module has written of its own (module-writer.ts). The bytes may
// be damaged or hostile: a part of another kind than the one asked for, and a part that is not
// there, are damage.

import { Span } from '../../bytes/memory/span.ts'
import { readUtf8 } from '../../bytes/text/utf8.ts'
import { rdbModuleOpcode } from './opcodes.ts'
import type { RdbReader } from './reader.ts'

/** What parts are called in messages, by the number that announces them. */
const KINDS = ['the end', 'a signed integer', 'an unsigned integer', 'a float', 'a double', 'bytes']

export class ModuleReader {
  private readonly from: RdbReader
  private readonly text = new Span()

  constructor(from: RdbReader) {
    this.from = from
  }

  /**
   * How many bytes there still are, of everything: a count that was read is a lie when so many
   * elements cannot follow, and no memory should be taken for it.
   */
  get remaining(): number {
    return this.from.remaining
  }

  /** A whole number with a sign; rounded beyond ±2^53. */
  readSigned(): number {
    return Number(this.readSigned64())
  }

  readSigned64(): bigint {
    this.expect(rdbModuleOpcode.signedInteger)
    return BigInt.asIntN(64, this.from.readLength64())
  }

  /** A whole number that is not below zero; rounded beyond 2^53. */
  readUnsigned(): number {
    return Number(this.readUnsigned64())
  }

  readUnsigned64(): bigint {
    this.expect(rdbModuleOpcode.unsignedInteger)
    return this.from.readLength64()
  }

  readFloat(): number {
    this.expect(rdbModuleOpcode.float)
    return this.from.readFloat()
  }

  readDouble(): number {
    this.expect(rdbModuleOpcode.double)
    return this.from.readDouble()
  }

  /** Bytes, in memory of their own. */
  readBytes(): Uint8Array {
    this.expect(rdbModuleOpcode.string)
    return this.from.readString(this.text).copy()
  }

  /** Bytes as text; what is not UTF-8 in them is replaced. */
  readText(): string {
    this.expect(rdbModuleOpcode.string)
    const { bytes, start, end } = this.from.readString(this.text)
    return readUtf8(bytes, start, end)
  }

  /**
   * Gives up: what was read cannot be.
   * @throws RdbError
   */
  fail(reason: string): never {
    this.from.fail(reason)
  }

  /** Expects that nothing follows: whoever called the module does so. */
  end(): void {
    this.expect(rdbModuleOpcode.eof)
  }

  private expect(kind: number): void {
    const found = this.from.readLength()
    if (found === kind) return
    const what = KINDS[found] ?? 'something unknown'
    this.from.fail(`the data of a module has ${what} where ${KINDS[kind]} should be`)
  }
}

/**
 * Reads past all that a module has written, up to its end.
 * @param hear is told how many bytes each part takes
 */
export function passModuleData(from: RdbReader, hear: (bytes: number) => void): void {
  const text = new Span()
  for (;;) {
    const kind = from.readLength()
    if (kind === rdbModuleOpcode.eof) return
    const before = from.position
    if (kind === rdbModuleOpcode.string) from.readString(text)
    else if (kind === rdbModuleOpcode.float) from.readFloat()
    else if (kind === rdbModuleOpcode.double) from.readDouble()
    else if (kind > rdbModuleOpcode.string) from.fail('an unknown kind of module data')
    else from.readLength64()
    hear(from.position - before)
  }
}
