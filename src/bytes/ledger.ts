// ledger.ts: what all arenas and tables of one engine hold together, and what they gave up.
//
// Whether memory is above its limit is asked before every command: one sum that every arena and
// table keeps up to date answers with one load, where adding up sixteen databases costs 160.
// A buffer that is given up is listed here until nobody reads it any more; the host then gives its
// pages back to the system. The garbage collector would do so too, but only when it happens to run:
// a server that was emptied of 100 MB kept them all (docs/decisions/used-memory.md).

export class Ledger {
  /** Bytes of all live blocks and tables. */
  bytes = 0
  /** Bytes of the buffers that wait to be released. */
  droppedBytes = 0
  private readonly dropped: ArrayBuffer[] = []

  /** Lists a buffer that was given up; loans of its bytes may last until the command has ended. */
  drop(buffer: ArrayBufferLike): void {
    if (!(buffer instanceof ArrayBuffer)) return
    this.droppedBytes += buffer.byteLength
    this.dropped.push(buffer)
  }

  /**
   * Takes buffers from the list, the latest first.
   * @param most bytes after which it stops
   */
  take(most: number): ArrayBuffer[] {
    const taken: ArrayBuffer[] = []
    for (let bytes = 0; bytes < most && taken.length < TAKEN_MAX; ) {
      const buffer = this.dropped.pop()
      if (buffer === undefined) break
      taken.push(buffer)
      bytes += buffer.byteLength
      this.droppedBytes -= buffer.byteLength
    }
    return taken
  }
}

/** Each buffer costs its host some 2 µs, however small it is. */
const TAKEN_MAX = 256
