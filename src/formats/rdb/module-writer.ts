// module-writer.ts: what a module writes of its own into an RDB file: numbers and strings, each
// after its kind, so that who does not know the module can pass them over.

import type { Span } from '../../bytes/memory/span.ts'
import { utf8 } from '../../bytes/text/utf8.ts'
import { rdbModuleOpcode } from './opcodes.ts'
import type { RdbWriter } from './writer.ts'

const INT64_MIN = -(2n ** 63n)
const UINT64_MAX = 2n ** 64n - 1n

export class ModuleWriter {
  private readonly to: RdbWriter

  constructor(to: RdbWriter) {
    this.to = to
  }

  /**
   * A whole number of 64 bits with a sign.
   * @throws RangeError for anything else
   */
  writeSigned(n: number | bigint): void {
    const exact = BigInt(n)
    if (BigInt.asIntN(64, exact) !== exact) throw outOfRange(n, INT64_MIN)
    this.to.writeLength(rdbModuleOpcode.signedInteger)
    this.to.writeLength64(BigInt.asUintN(64, exact))
  }

  /**
   * A whole number from 0 to 2^64 - 1.
   * @throws RangeError for anything else
   */
  writeUnsigned(n: number | bigint): void {
    const exact = BigInt(n)
    if (BigInt.asUintN(64, exact) !== exact) throw outOfRange(n, 0n)
    this.to.writeLength(rdbModuleOpcode.unsignedInteger)
    this.to.writeLength64(exact)
  }

  /** A number in four bytes: seven digits or so are kept. */
  writeFloat(n: number): void {
    this.to.writeLength(rdbModuleOpcode.float)
    this.to.writeFloat(n)
  }

  /** A number as JavaScript has them. */
  writeDouble(n: number): void {
    this.to.writeLength(rdbModuleOpcode.double)
    this.to.writeDouble(n)
  }

  /** Bytes of any length; text is written as UTF-8. */
  writeString(text: string | Uint8Array | Span): void {
    this.to.writeLength(rdbModuleOpcode.string)
    // A span may be of another copy of the library than this one.
    if (typeof text === 'object' && !ArrayBuffer.isView(text)) {
      this.to.writeString(text)
      return
    }
    const bytes = typeof text === 'string' ? utf8(text) : text
    this.to.writeStringBytes(bytes, 0, bytes.length)
  }

  /** Says that nothing follows: whoever called the module does so. */
  end(): void {
    this.to.writeLength(rdbModuleOpcode.eof)
  }
}

function outOfRange(n: number | bigint, least: bigint): RangeError {
  const most = least === 0n ? UINT64_MAX : -least - 1n
  return new RangeError(`${n} is not from ${least} to ${most}`)
}
