// sketch.ts: a HyperLogLog in memory of its own, where it can grow: a command works on a copy of
// the value and puts it back when it has changed. A dense one never grows and is changed in place.

import { copyBytes, Span } from '../../bytes/memory/span.ts'
import { mergeDense, raiseRegister, writeRegisters } from './dense.ts'
import {
  DENSE,
  DENSE_BYTES,
  HEADER_BYTES,
  isSparse,
  REGISTERS,
  SPARSE,
  setEncoding,
  writeHeader,
} from './layout.ts'
import {
  CHANGED,
  GROWTH_MAX,
  INCONSISTENT,
  mergeSparse,
  SPARSE_VALUE_MAX,
  setSparse,
  TOO_LARGE,
  UNCHANGED,
  writeEmpty,
} from './sparse.ts'

/** Room for any sparse one by the default limit, and for any dense one. */
const ROOM = DENSE_BYTES + GROWTH_MAX

const spread = new Uint8Array(REGISTERS)

export class Sketch {
  bytes = new Uint8Array(ROOM)
  length = 0
  private readonly span = new Span()

  /** The bytes; a loan until the next change. */
  get value(): Span {
    return this.span.set(this.bytes, 0, this.length)
  }

  get sparse(): boolean {
    return isSparse(this.bytes, 0)
  }

  /** Makes it one without elements, which is sparse. */
  clear(): void {
    this.fit(HEADER_BYTES)
    writeHeader(this.bytes, 0, SPARSE)
    this.length = writeEmpty(this.bytes, HEADER_BYTES)
  }

  /** Takes a copy of a value. */
  load({ bytes, start, end }: Span): void {
    this.fit(end - start)
    copyBytes(bytes, start, end, this.bytes, 0)
    this.length = end - start
  }

  /**
   * Raises a register; a sparse sketch that cannot hold it becomes dense.
   * @param sparseMax how long a sparse one may become, in bytes
   * @returns CHANGED, UNCHANGED or INCONSISTENT
   */
  raise(index: number, value: number, sparseMax: number): number {
    if (this.sparse) {
      if (value <= SPARSE_VALUE_MAX) {
        this.fit(this.length)
        const outcome = setSparse(this, index, value, sparseMax)
        if (outcome !== TOO_LARGE) return outcome
      }
      if (!this.toDense()) return INCONSISTENT
    }
    return raiseRegister(this.bytes, HEADER_BYTES, index, value) ? CHANGED : UNCHANGED
  }

  /** Makes a sparse sketch dense; false, and nothing is changed, where it is inconsistent. */
  toDense(): boolean {
    spread.fill(0)
    if (!mergeSparse(this.bytes, HEADER_BYTES, this.length, spread)) return false
    this.setDense(spread)
    return true
  }

  /** Makes it dense with these registers, a byte each; the header stays otherwise. */
  setDense(registers: Uint8Array): void {
    setEncoding(this.bytes, 0, DENSE)
    writeRegisters(this.bytes, HEADER_BYTES, registers)
    this.length = DENSE_BYTES
  }

  /** Makes room for that many bytes, for a change and for a dense sketch; the content stays. */
  private fit(length: number): void {
    if (length + GROWTH_MAX <= this.bytes.length) {
      // A forged value may be huge: its room does not stay.
      if (this.bytes.length === ROOM || length + GROWTH_MAX > ROOM) return
      this.replace(ROOM)
    } else this.replace(length + Math.max(GROWTH_MAX, length >>> 1))
  }

  private replace(room: number): void {
    const bytes = new Uint8Array(room)
    bytes.set(this.bytes.subarray(0, Math.min(room, this.length)))
    this.bytes = bytes
  }
}

/**
 * Raises every one of `registers`, a byte each, to what it is in a HyperLogLog.
 * @returns false where that is inconsistent
 */
export function mergeInto(registers: Uint8Array, { bytes, start, end }: Span): boolean {
  if (isSparse(bytes, start)) return mergeSparse(bytes, start + HEADER_BYTES, end, registers)
  mergeDense(bytes, start + HEADER_BYTES, registers)
  return true
}
