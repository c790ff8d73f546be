// source.ts: where a reader gets bytes that are not in memory yet: portions of a file, one after
// another into two buffers in turn, so that a file of any size takes no more memory than they do.
// Only what must lie in one piece, a string, gets a buffer of its own size.

/** Bytes that come in portions. */
export type RdbSource = {
  /** How many bytes were not read yet; no more than really follow. */
  readonly remaining: number
  /** A buffer of at least `count` bytes that does not hold the last portion. */
  portion(count: number): Uint8Array
  /**
   * Fills the buffer from `at` on with as many of the next bytes as fit.
   * @returns how many there were; fewer than `remaining` said when the file was cut meanwhile
   */
  read(into: Uint8Array, at: number): number
}

const NOTHING = new Uint8Array(0)

/** For a reader whose bytes all lie in one array. */
export const noSource: RdbSource = {
  remaining: 0,
  portion: () => NOTHING,
  read: () => 0,
}

const PORTION = 1 << 18

/** A file that portions are read from. */
export type RdbFile = {
  /** Its size in bytes. */
  readonly size: number
  /** Reads the next `length` bytes to `at`; returns how many there were. */
  read(into: Uint8Array, at: number, length: number): number
}

export class FileSource implements RdbSource {
  remaining: number
  private readonly file: RdbFile
  private readonly buffers: Uint8Array[]
  private turn = 0

  /** @param portion size of the buffers; a test takes small ones */
  constructor(file: RdbFile, portion = PORTION) {
    this.file = file
    this.remaining = file.size
    const size = Math.max(1, Math.min(portion, file.size))
    this.buffers = [new Uint8Array(size), new Uint8Array(size)]
  }

  portion(count: number): Uint8Array {
    const buffer = this.buffers[this.turn]
    if (count > buffer.length) return new Uint8Array(count)
    this.turn = 1 - this.turn
    return buffer
  }

  read(into: Uint8Array, at: number): number {
    const length = Math.min(into.length - at, this.remaining)
    const got = this.file.read(into, at, length)
    this.remaining = got < length ? 0 : this.remaining - got
    return got
  }
}
