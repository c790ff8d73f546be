// buffers.ts: the buffers of one list: made, shared with copies of the list, and given up.
//
//   buffer  ┌ number of lists that hold it u32 ┬ content and room … ┐
//
// A copy of a list shares all buffers; whoever changes one first takes a copy of its own. The
// ledger counts a shared buffer once, `memory` counts it for each list: it is what the list needs.

import type { Ledger } from '../../bytes/memory/ledger.ts'

/** Where the content of a buffer may begin. */
export const BUFFER_HEADER = 4
/** What a node costs besides its bytes: its object, the view and the ArrayBuffer. */
export const NODE_OVERHEAD = 400

export class Buffers {
  /** Bytes of the list, with what its nodes cost. */
  memory = 0
  /** Whether any buffer has ever been shared. */
  private shares = false
  private readonly ledger: Ledger

  constructor(ledger: Ledger) {
    this.ledger = ledger
  }

  /** A buffer with room for that many bytes of content. */
  make(room: number): Uint8Array {
    const buffer = new Uint8Array(BUFFER_HEADER + room)
    buffer[0] = 1
    this.account(buffer.length + NODE_OVERHEAD)
    return buffer
  }

  /** The same buffers as those of another list. */
  share(other: Buffers): void {
    this.memory = other.memory
    this.shares = true
    other.shares = true
  }

  /** Notes that one more list holds the buffer. */
  hold(buffer: Uint8Array): void {
    writeHolders(buffer, readHolders(buffer) + 1)
  }

  isShared(buffer: Uint8Array): boolean {
    return this.shares && readHolders(buffer) > 1
  }

  /** Gives a buffer up; loans of its bytes may last until the command has ended. */
  release(buffer: Uint8Array): void {
    const bytes = buffer.length + NODE_OVERHEAD
    const holders = readHolders(buffer)
    if (holders > 1) {
      writeHolders(buffer, holders - 1)
      this.memory -= bytes
      return
    }
    this.account(-bytes)
    this.ledger.droppedBytes += buffer.length
  }

  /**
   * Gives all buffers up at once, if that is possible.
   * @returns false where they have to be released one by one, since other lists may hold some
   */
  releaseAll(): boolean {
    if (this.shares) return false
    this.ledger.droppedBytes += this.memory
    this.account(-this.memory)
    return true
  }

  private account(bytes: number): void {
    this.memory += bytes
    this.ledger.bytes += bytes
  }
}

function readHolders(buffer: Uint8Array): number {
  return buffer[0]! | (buffer[1]! << 8) | (buffer[2]! << 16) | (buffer[3]! << 24)
}

function writeHolders(buffer: Uint8Array, count: number): void {
  buffer[0] = count
  buffer[1] = count >>> 8
  buffer[2] = count >>> 16
  buffer[3] = count >>> 24
}
